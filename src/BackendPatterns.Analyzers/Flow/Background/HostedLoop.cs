using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Calls;
using BackendPatterns.Analyzers.Model.Endpoints;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow.Background;

/// <summary>An endless loop that runs under <c>ExecuteAsync</c> of a background service: in it, or in a method, local function or lambda that it waits for.</summary>
/// <param name="Loop">The loop.</param>
/// <param name="Routes">
/// The ways from <c>ExecuteAsync</c> to the loop, each from the inside: the loop, the call of the function around it, the call of the one around that, and so on.
/// </param>
internal sealed record HostedLoop(ILoopOperation Loop, ImmutableArray<ImmutableArray<IOperation>> Routes)
{
    private const int MostCalls = 4;
    private const int MostDepth = 4;

    /// <summary>Returns the hosted loop that an operation is, or null where it ends by itself, is not run by a background service, or more callers run it than can be told.</summary>
    public static HostedLoop? Of(ILoopOperation loop, ISymbol member, BackendModel model, CancellationToken cancellation)
    {
        if (!model.HostedServices.IsBackgroundService(member.ContainingType) || !EndlessLoop.Is(loop) || !EndlessLoop.HasNoEndByDesign(loop))
            return null;
        var routes = ImmutableArray.CreateBuilder<ImmutableArray<IOperation>>();
        return Climb(ImmutableArray.Create<IOperation>(loop), routes, model, cancellation) && routes.Count > 0 ? new HostedLoop(loop, routes.ToImmutable()) : null;
    }

    /// <summary>Adds the routes that go on from an operation; false where they are too many or too long to tell.</summary>
    private static bool Climb(ImmutableArray<IOperation> route, ImmutableArray<ImmutableArray<IOperation>>.Builder routes, BackendModel model, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (route.Length > MostDepth || routes.Count > MostCalls)
            return false;
        var place = route[route.Length - 1];
        switch (place.EnclosingFunction())
        {
            case IAnonymousFunctionOperation lambda:
                return RunBy(lambda) is not { } run || Climb(route.Add(run), routes, model, cancellation);
            case ILocalFunctionOperation function:
                return ClimbAll(CallsOf(function), route, routes, model, cancellation);
        }

        if (place.MemberAround(cancellation) is not IMethodSymbol method)
            return true;
        if (model.HostedServices.IsExecute(method))
        {
            routes.Add(route);
            return true;
        }

        if (!model.HostedServices.IsBackgroundService(method.ContainingType) || method.MethodKind is not MethodKind.Ordinary)
            return true;
        var callers = CallersInSource.Of(method, model, MostCalls);
        return !callers.IsDefault && ClimbAll(callers, route, routes, model, cancellation);
    }

    private static bool ClimbAll(
        IEnumerable<IInvocationOperation> calls, ImmutableArray<IOperation> route, ImmutableArray<ImmutableArray<IOperation>>.Builder routes, BackendModel model, CancellationToken cancellation)
    {
        foreach (var call in calls)
        {
            if (Waiting.IsWaitedFor(call) && !Climb(route.Add(call), routes, model, cancellation))
                return false;
        }

        return true;
    }

    private static IEnumerable<IInvocationOperation> CallsOf(ILocalFunctionOperation function)
    {
        foreach (var operation in function.Root().DescendantsAndSelf())
        {
            if (operation is IInvocationOperation call && SymbolEqualityComparer.Default.Equals(call.TargetMethod, function.Symbol) && !call.IsWithin(function))
                yield return call;
        }
    }

    /// <summary>Returns the <c>Task.Run</c> that runs a lambda, where something waits for it; null for every other lambda.</summary>
    private static IInvocationOperation? RunBy(IAnonymousFunctionOperation lambda) =>
        lambda.WithConversions().Parent is IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { Name: "Run", ContainingType.Name: "Task" } } run } && Waiting.IsWaitedFor(run) ? run : null;
}

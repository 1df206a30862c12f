using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow.Background;

/// <summary>A hosted loop that the first failure of its work ends.</summary>
/// <param name="Failure">The work.</param>
/// <param name="StopsHost">True where the exception leaves <c>ExecuteAsync</c>; false where a handler around the loop logs it and the service does nothing any more.</param>
public sealed record UnguardedLoop(EscapingFailure Failure, bool StopsHost)
{
    /// <summary>Returns what is wrong with a loop, or null where it goes on after a failure, ends with one on purpose, or nothing is known.</summary>
    public static UnguardedLoop? Of(ILoopOperation loop, ISymbol member, BackendModel model, CancellationToken cancellation)
    {
        if (HostedLoop.Of(loop, member, model, cancellation) is not { } hosted || StopsApplication(loop))
            return null;
        bool? stopsHost = null;
        foreach (var route in hosted.Routes)
        {
            if (EndOf(route) is { } stops)
                stopsHost = stopsHost is true || stops;
        }

        if (stopsHost is not { } stopping || EscapingFailure.Of(loop, model, cancellation) is not { } failure)
            return null;
        return model.HostedServices.FailureStopsHost ? new UnguardedLoop(failure, stopping) : null;
    }

    /// <summary>Whether a failure that leaves the loop on this route stops the host (true) or is the quiet end of the loop (false); null where neither is certain.</summary>
    private static bool? EndOf(ImmutableArray<IOperation> route)
    {
        for (var index = 0; index < route.Length; index++)
        {
            var guard = FailureGuard.Around(route[index], boundary: null);
            // A loop further out comes back to this one.
            var from = guard.Statement ?? route[index];
            switch (guard.Kind)
            {
                case GuardKind.None:
                    continue;
                case GuardKind.GoesOn when guard.OnlyLogs && !IsRepeated(from, route, index):
                    return false;
                default:
                    return null;
            }
        }

        return true;
    }

    private static bool IsRepeated(IOperation place, ImmutableArray<IOperation> route, int index)
    {
        while (true)
        {
            for (var current = place.Parent; current is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation); current = current.Parent)
            {
                if (current is ILoopOperation or ILabeledOperation)
                    return true;
            }

            if (++index >= route.Length)
                return false;
            place = route[index];
        }
    }

    /// <summary>A worker that ends the application itself has its own idea of when it is done.</summary>
    private static bool StopsApplication(IOperation loop)
    {
        foreach (var operation in (loop.EnclosingFunction() ?? loop.Root()).DescendantsAndSelf())
        {
            if (operation is IInvocationOperation { TargetMethod: { Name: "StopApplication", ContainingType.Name: "IHostApplicationLifetime" or "IApplicationLifetime" } })
                return true;
        }

        return false;
    }
}

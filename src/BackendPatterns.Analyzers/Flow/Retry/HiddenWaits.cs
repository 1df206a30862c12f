using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow.Retry;

/// <summary>Whether a loop may wait where its own text does not show it: in a helper, in the operation that is tried, in a resilience handler, after a hint of the server.</summary>
internal static class HiddenWaits
{
    private const int MostBodies = 24;
    private const int MostOperations = 4_000;
    private const int MostDepth = 4;

    private static readonly string[] Words = ["Delay", "Sleep", "Wait", "Backoff", "BackOff", "Throttle", "Pause", "RetryAfter", "Retry", "Polly", "Resilience", "Acquire", "Lease"];

    private static readonly TreeWords Handlers = new("AddStandardResilienceHandler", "AddResilienceHandler", "AddStandardHedgingHandler", "AddPolicyHandler", "AddTransientHttpErrorPolicy", "PolicyHttpMessageHandler");

    /// <summary>False only where every call of the loop is known not to wait.</summary>
    public static bool MayBeIn(RetryScope scope, IReadOnlyList<RemoteCall> remotes, CancellationToken cancellation)
    {
        if (ReadsHint(scope))
            return true;
        foreach (var operation in scope.Operations)
        {
            if (operation is IInvocationOperation call && !IsLog(call.TargetMethod) && (IsNamedLikeWait(call.TargetMethod) || MayWait(call, scope, cancellation)))
                return true;
            if (operation is IObjectCreationOperation { Type.Name: var type } && !type.EndsWith("Exception", StringComparison.Ordinal) && IsNamedLikeWait(type))
                return true;
        }

        foreach (var remote in remotes)
        {
            if (remote.Kind is RoundTripKind.Remote)
                return HasResilienceHandler(scope);
        }

        return false;
    }

    /// <summary>True where the time that the server asks for is read.</summary>
    public static bool ReadsHint(RetryScope scope)
    {
        foreach (var operation in scope.Operations)
        {
            if (operation is IMemberReferenceOperation { Member.Name: var name } && name.Contains("RetryAfter"))
                return true;
            if (operation is ILiteralOperation { ConstantValue: { HasValue: true, Value: "Retry-After" or "retry-after" } })
                return true;
        }

        return false;
    }

    private static bool HasResilienceHandler(RetryScope scope)
    {
        foreach (var tree in scope.Model.Compilation.SyntaxTrees)
        {
            if (Handlers.AnyIn(tree, CancellationToken.None))
                return true;
        }

        return false;
    }

    private static bool IsLog(IMethodSymbol method) => AttemptClassifier.IsLogging(method) || method.Name.StartsWith("Log", StringComparison.Ordinal);

    private static bool IsNamedLikeWait(IMethodSymbol method) => IsNamedLikeWait(method.Name) || IsNamedLikeWait(method.ContainingType?.Name ?? "");

    private static bool IsNamedLikeWait(string name)
    {
        // "Await" is no wait, and an awaiter's members are what the compiler writes for it.
        if (name.Contains("Await"))
            return false;
        foreach (var word in Words)
        {
            if (name.Contains(word))
                return true;
        }

        return false;
    }

    /// <summary>Looks into the bodies behind a call of the application's own code; what has none here may wait.</summary>
    private static bool MayWait(IInvocationOperation call, RetryScope scope, CancellationToken cancellation)
    {
        if (!scope.Model.Libraries.OwnCode.Contains(call.TargetMethod.ContainingAssembly))
            return false;
        var pending = new Queue<(IMethodSymbol Method, int Depth)>();
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        pending.Enqueue((call.TargetMethod, 0));
        var count = 0;
        while (pending.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            var (method, depth) = pending.Dequeue();
            if (!seen.Add(method.OriginalDefinition))
                continue;
            var bodies = method.MethodKind is MethodKind.LocalFunction or MethodKind.AnonymousFunction ? [method] : (IReadOnlyList<IMethodSymbol>)scope.Model.Calls.BodiesOf(method, cancellation);
            if (bodies.Count == 0 || depth > MostDepth || seen.Count > MostBodies)
                return true;
            foreach (var candidate in bodies)
            {
                if (scope.Model.BodyOf(candidate, cancellation) is not { } body)
                    return true;
                foreach (var operation in body.DescendantsAndSelf())
                {
                    if (++count > MostOperations)
                        return true;
                    if (operation is not IInvocationOperation inner || IsLog(inner.TargetMethod))
                        continue;
                    if (IsNamedLikeWait(inner.TargetMethod))
                        return true;
                    if (scope.Model.Libraries.OwnCode.Contains(inner.TargetMethod.ContainingAssembly))
                        pending.Enqueue((inner.TargetMethod, depth + 1));
                }
            }
        }

        return false;
    }
}

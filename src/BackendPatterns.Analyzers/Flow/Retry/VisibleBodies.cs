using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow.Retry;

/// <summary>What the bodies of small helpers beside a loop say, as far as they are in this compilation and cannot be overridden.</summary>
internal static class VisibleBodies
{
    private const int MostOperations = 600;
    private const int MostDepth = 3;

    /// <summary>True where the method's body is visible and makes an attempt that leaves the process.</summary>
    public static bool LeavesProcess(IMethodSymbol method, BackendModel model, AttemptClassifier attempts) => Reaches(method, model, attempts) == true;

    /// <summary>False only where the whole body is visible and nothing in it can leave the process.</summary>
    public static bool MayLeaveProcess(IMethodSymbol method, BackendModel model, AttemptClassifier attempts) => Reaches(method, model, attempts) != false;

    /// <summary>
    /// True where a helper may end a retry: it throws, counts, reads a clock or mutable state, or calls what cannot be seen. False where its visible body
    /// only looks at its arguments.
    /// </summary>
    public static bool MayBound(IMethodSymbol method, BackendModel model, CancellationToken cancellation)
    {
        var pending = new Queue<(IMethodSymbol Method, int Depth)>();
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        pending.Enqueue((method, 0));
        while (pending.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            var (current, depth) = pending.Dequeue();
            if (!seen.Add(current.OriginalDefinition))
                continue;
            if (depth > MostDepth || BodyOf(current, model) is not { } body)
                return true;
            var count = 0;
            foreach (var operation in body.DescendantsAndSelf())
            {
                if (++count > MostOperations || IsMutable(operation) || IsCaptured(operation, current))
                    return true;
                if (operation is IInvocationOperation call && !AttemptClassifier.IsLogging(call.TargetMethod) && !PureCalls.IsPure(call.TargetMethod) && !RetryWaits.IsWait(call))
                    pending.Enqueue((call.TargetMethod, depth + 1));
            }
        }

        return false;
    }

    /// <summary>True where the method's own body is in this compilation and cannot be overridden.</summary>
    public static bool HasBody(IMethodSymbol method, BackendModel model) => BodyOf(method, model) is not null;

    /// <summary>True where the visible body throws, or calls a visible helper that does. What cannot be seen is taken not to throw.</summary>
    public static bool Throws(IMethodSymbol method, BackendModel model, CancellationToken cancellation)
    {
        var pending = new Queue<(IMethodSymbol Method, int Depth)>();
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        pending.Enqueue((method, 0));
        while (pending.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            var (current, depth) = pending.Dequeue();
            if (depth > MostDepth || !seen.Add(current.OriginalDefinition) || BodyOf(current, model) is not { } body)
                continue;
            var count = 0;
            foreach (var operation in body.DescendantsAndSelf())
            {
                if (++count > MostOperations || operation is IThrowOperation)
                    return true;
                if (operation is IInvocationOperation { TargetMethod: var callee })
                {
                    if (callee.Name.StartsWith("ThrowIf", StringComparison.Ordinal) && callee.Name is not ("ThrowIfNull" or "ThrowIfNullOrEmpty" or "ThrowIfNullOrWhiteSpace"))
                        return true;
                    pending.Enqueue((callee, depth + 1));
                }
            }
        }

        return false;
    }

    /// <summary>Returns the constant that a visible method returns whatever happens, as a filter that only logs does; null where there is none.</summary>
    public static bool? AlwaysReturns(IMethodSymbol method, BackendModel model)
    {
        if (method.ReturnType.SpecialType is not SpecialType.System_Boolean || BodyOf(method, model) is not { } body)
            return null;
        bool? only = null;
        var count = 0;
        foreach (var operation in body.DescendantsAndSelf())
        {
            if (++count > MostOperations)
                return null;
            if (operation is not IReturnOperation { ReturnedValue: { } returned } || operation.EnclosingFunction() is not (null or ILocalFunctionOperation))
                continue;
            if (returned.ConstantValue is not { HasValue: true, Value: bool value } || (only is { } before && before != value))
                return null;
            only = value;
        }

        return only;
    }

    /// <summary>True where the visible body tries something, and returns <c>true</c> where it worked and <c>false</c> where it failed.</summary>
    public static bool TellsWhetherItWorked(IMethodSymbol method, BackendModel model, AttemptClassifier attempts)
    {
        if (method.ReturnType.UnwrapTask().SpecialType is not SpecialType.System_Boolean || BodyOf(method, model) is not { } body)
            return false;
        var count = 0;
        bool succeeds = false, fails = false;
        foreach (var operation in body.DescendantsAndSelf())
        {
            if (++count > MostOperations)
                return false;
            switch (operation)
            {
                case ITryOperation attempt when attempt.Body.Descendants().Take(MostOperations).Any(tried => attempts.Classify(tried) is not null):
                    fails |= attempt.Catches.Any(static handler => handler.Handler.Descendants().Take(MostOperations).Any(static left => Returns(left, false)));
                    break;
                default:
                    succeeds |= Returns(operation, true);
                    break;
            }
        }

        return succeeds && fails;
    }

    private static bool Returns(IOperation operation, bool value) =>
        operation is IReturnOperation { ReturnedValue.ConstantValue: { HasValue: true, Value: bool returned } } && returned == value;

    /// <summary>A variable of the code around a local function: a counter keeps its value there.</summary>
    private static bool IsCaptured(IOperation operation, IMethodSymbol method) =>
        operation is ILocalReferenceOperation { Local: { IsConst: false } local } && !SymbolEqualityComparer.Default.Equals(local.ContainingSymbol.OriginalDefinition, method.OriginalDefinition)
        || operation is IParameterReferenceOperation { Parameter: { ContainingSymbol: not IMethodSymbol { MethodKind: MethodKind.AnonymousFunction } } parameter } && !SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol.OriginalDefinition, method.OriginalDefinition);

    private static bool IsMutable(IOperation operation) => operation switch
    {
        IThrowOperation => true,
        IFieldReferenceOperation { Field: { IsConst: false, IsReadOnly: false } } => true,
        IPropertyReferenceOperation { Instance: null } => true,
        IPropertyReferenceOperation { Instance: IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } } => true,
        IPropertyReferenceOperation { Property.Name: "IsCancellationRequested" } => true,
        _ => false,
    };

    private static bool? Reaches(IMethodSymbol method, BackendModel model, AttemptClassifier attempts)
    {
        if (BodyOf(method, model) is not { } body)
            return null;
        var count = 0;
        foreach (var operation in body.DescendantsAndSelf())
        {
            if (++count > MostOperations)
                return null;
            if (attempts.Classify(operation) is not null)
                return true;
        }

        return false;
    }

    private static IOperation? BodyOf(IMethodSymbol method, BackendModel model) =>
        method.IsVirtual && !method.ContainingType.IsSealed ? null : model.BodyOf(method);
}

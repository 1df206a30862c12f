using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Calls;
using BackendPatterns.Analyzers.Model.DataAccess.Transactions;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow.Boundaries;

/// <summary>
/// Whether operations run inside a delegate that an execution strategy runs (<c>CreateExecutionStrategy().ExecuteAsync(…)</c>): in their own function, or in that of all their callers. Goes up through
/// lambdas, locals that hold them, local functions, helpers that run a delegate inside a strategy, interfaces, to methods that nobody in source calls.
/// </summary>
internal sealed class StrategyBoundary(BackendModel model, CancellationToken cancellation)
{
    private const int MostSteps = 400;
    private const int MostUses = 40;

    private readonly OpenStrategies _open = new(model, cancellation);
    private readonly HashSet<ISymbol> _asked = new(SymbolEqualityComparer.Default);
    private int _steps;

    /// <summary>Returns where an operation runs.</summary>
    public StrategyPlace Of(IOperation operation)
    {
        _asked.Clear();
        _steps = 0;
        return Around(operation) ?? StrategyPlace.Unknown;
    }

    /// <summary>Null where the way leads back to a function that is asked about already: it adds nothing to the others.</summary>
    private StrategyPlace? Around(IOperation operation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (++_steps > MostSteps)
            return StrategyPlace.Unknown;
        return operation.EnclosingFunction() switch
        {
            IAnonymousFunctionOperation lambda => OfValue(lambda),
            ILocalFunctionOperation function => OfMethod(function.Symbol),
            _ => operation.MemberAround(cancellation) is IMethodSymbol method ? OfMethod(method) : StrategyPlace.Unknown,
        };
    }

    private StrategyPlace? OfMethod(IMethodSymbol method)
    {
        if (!_asked.Add(method.OriginalDefinition))
            return null;
        if (method.MethodKind is not (MethodKind.Ordinary or MethodKind.LocalFunction or MethodKind.ExplicitInterfaceImplementation))
            return StrategyPlace.Unknown;
        var uses = UsesInSource.Of(method, model, MostUses, cancellation);
        if (uses.IsDefault)
            return StrategyPlace.Unknown;
        var places = new Places();
        foreach (var use in uses)
            places.Add(use is IMethodReferenceOperation ? OfValue(use) : Around(use));
        if (uses.IsEmpty)
            return method.MethodKind is MethodKind.LocalFunction || _open.MayRun(method) ? StrategyPlace.Unknown : StrategyPlace.Outside;
        return places.Answer;
    }

    /// <summary>Where a lambda or method group runs.</summary>
    private StrategyPlace? OfValue(IOperation function)
    {
        var value = function.WithConversions();
        switch (value.Parent)
        {
            case IArgumentOperation { Parent: IInvocationOperation call, Parameter: { } parameter }:
                return OfPassed(call, parameter);
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } }:
                return OfHeld(local, value);
            case ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var local } } assignment when assignment.Value == value:
                return OfHeld(local, value);
            case IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke } invoked when invoked.Instance == value:
                return Around(invoked);
            default:
                return StrategyPlace.Unknown;
        }
    }

    private StrategyPlace? OfHeld(ILocalSymbol local, IOperation near)
    {
        var places = new Places();
        foreach (var reference in LocalValues.Around(near).ReferencesTo(local))
        {
            if (!reference.IsWritten())
                places.Add(OfValue(reference));
        }

        return places.IsEmpty ? StrategyPlace.Unknown : places.Answer;
    }

    private StrategyPlace? OfPassed(IInvocationOperation call, IParameterSymbol parameter)
    {
        if (++_steps > MostSteps)
            return StrategyPlace.Unknown;
        if (StrategyCommands.IsExecution(call))
            return StrategyPlace.Inside;
        var method = call.TargetMethod;
        var space = method.ContainingNamespace;
        if (space.IsBelow("Microsoft.AspNetCore.Builder") && method.Name.StartsWith("Map", StringComparison.Ordinal))
            return _open.MayRunEndpoints ? StrategyPlace.Unknown : StrategyPlace.Outside;
        // They run what they are given, here or on another thread.
        if (space.IsBelow("System") || space.IsBelow("Polly"))
            return parameter.Type.Name is "Expression" ? StrategyPlace.Unknown : Around(call);
        var places = new Places();
        foreach (var body in model.Calls.BodiesOf(method, cancellation))
            places.Add(RunsIn(body, parameter.Ordinal + (method.ReducedFrom is null ? 0 : 1), call));
        return places.IsEmpty ? StrategyPlace.Unknown : places.Answer;
    }

    /// <summary>Where a helper runs the delegate that it is given: inside a strategy of its own, or where its caller stands.</summary>
    private StrategyPlace? RunsIn(IMethodSymbol helper, int ordinal, IInvocationOperation call)
    {
        if (helper.Parameters.Length <= ordinal || model.BodyOf(helper, cancellation) is not { } body)
            return StrategyPlace.Unknown;
        var places = new Places();
        foreach (var reference in LocalValues.Around(body).ReferencesTo(helper.OriginalDefinition.Parameters[ordinal]))
        {
            // Asked for null, as in a guard.
            if (reference.Parent is IBinaryOperation or IIsPatternOperation || (reference.Parent is IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "ThrowIfNull" } }))
                continue;
            if (reference.WithConversions().Parent is IArgumentOperation { Parent: IInvocationOperation inner, Parameter: { } parameter })
                places.Add(StrategyCommands.IsExecution(inner) || IsWithinExecution(inner) ? StrategyPlace.Inside : _asked.Add(helper.OriginalDefinition) ? OfPassedOn(inner, parameter, call) : StrategyPlace.Unknown);
            else if (reference.Parent is IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke } invoked)
                places.Add(IsWithinExecution(invoked) ? StrategyPlace.Inside : invoked.EnclosingFunction() is null ? Around(call) : StrategyPlace.Unknown);
            else
                places.Add(StrategyPlace.Unknown);
        }

        return places.IsEmpty ? StrategyPlace.Unknown : places.Answer;
    }

    /// <summary>The helper hands it on to another one.</summary>
    private StrategyPlace? OfPassedOn(IInvocationOperation inner, IParameterSymbol parameter, IInvocationOperation call)
    {
        if (++_steps > MostSteps || inner.EnclosingFunction() is not null)
            return StrategyPlace.Unknown;
        var places = new Places();
        foreach (var body in model.Calls.BodiesOf(inner.TargetMethod, cancellation))
            places.Add(RunsIn(body, parameter.Ordinal + (inner.TargetMethod.ReducedFrom is null ? 0 : 1), call));
        return places.IsEmpty ? StrategyPlace.Unknown : places.Answer;
    }

    private static bool IsWithinExecution(IOperation operation)
    {
        for (var parent = operation.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IArgumentOperation { Parent: IInvocationOperation call } && StrategyCommands.IsExecution(call))
                return true;
        }

        return false;
    }

    /// <summary>What several ways say together: one that is known to lead through no strategy is enough.</summary>
    private sealed class Places
    {
        private bool _isAnyUnknown;
        private bool _isAnyInside;
        private bool _isAnyOutside;

        public bool IsEmpty { get; private set; } = true;

        /// <summary>Null where no way says anything.</summary>
        public StrategyPlace? Answer =>
            _isAnyOutside ? StrategyPlace.Outside : _isAnyUnknown ? StrategyPlace.Unknown : _isAnyInside ? StrategyPlace.Inside : null;

        public void Add(StrategyPlace? place)
        {
            IsEmpty = false;
            _isAnyUnknown |= place is StrategyPlace.Unknown;
            _isAnyInside |= place is StrategyPlace.Inside;
            _isAnyOutside |= place is StrategyPlace.Outside;
        }
    }
}

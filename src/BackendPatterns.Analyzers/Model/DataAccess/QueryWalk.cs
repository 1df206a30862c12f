using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Model.Endpoints;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.DataAccess;

/// <summary>Reads the ways to one query. Every part is read once per call that leads to it; what is too deep or too much is not known.</summary>
internal sealed class QueryWalk
{
    private const int MostSteps = 400;
    private const int MostCalls = 4;

    private readonly BackendModel _model;
    private readonly QuerySources _sources;
    private readonly Dictionary<(IOperation, QueryCall?), QueryStep> _steps = [];
    private readonly Stack<(IOperation Query, QueryCall? Call, QueryStep Step)> _pending = new();

    private QueryWalk(BackendModel model, QuerySources sources)
    {
        _model = model;
        _sources = sources;
    }

    /// <summary>Returns all ways to the query that an expression is.</summary>
    public static QueryWays Of(IOperation query, BackendModel model, QuerySources sources)
    {
        var walk = new QueryWalk(model, sources);
        var end = walk.StepOf(query, call: null);
        while (walk._pending.Count > 0)
        {
            var (current, call, step) = walk._pending.Pop();
            walk.Read(current, call, step);
        }

        return new QueryWays(end);
    }

    private QueryStep StepOf(IOperation query, QueryCall? call)
    {
        query = query.UnwrapAwait();
        if (_steps.TryGetValue((query, call), out var known))
            return known;
        var step = new QueryStep();
        if (_steps.Count >= MostSteps)
        {
            step.IsKnown = false;
            return step;
        }

        _steps.Add((query, call), step);
        _pending.Push((query, call, step));
        return step;
    }

    private void Read(IOperation query, QueryCall? call, QueryStep step)
    {
        switch (query)
        {
            case ITranslatedQueryOperation { Operation: var translated }:
                step.Before.Add(StepOf(translated, call));
                break;
            case ILocalReferenceOperation local:
                ReadVariable(local, local.Local, call, step);
                break;
            case IParameterReferenceOperation parameter:
                if (ReadVariable(parameter, parameter.Parameter, call, step))
                    ReadGiven(parameter.Parameter, call, step);
                break;
            case IConditionalOperation { WhenTrue: var whenTrue, WhenFalse: { } whenFalse }:
                step.Before.Add(StepOf(whenTrue, call));
                step.Before.Add(StepOf(whenFalse, call));
                break;
            case ISwitchExpressionOperation choice:
                foreach (var arm in choice.Arms)
                {
                    if (arm.Value.Unwrap() is not IThrowOperation)
                        step.Before.Add(StepOf(arm.Value, call));
                }

                break;
            case ICoalesceOperation either:
                step.Before.Add(StepOf(either.Value, call));
                if (either.WhenNull.Unwrap() is not IThrowOperation)
                    step.Before.Add(StepOf(either.WhenNull, call));
                break;
            case ISimpleAssignmentOperation { Value: var assigned }:
                step.Before.Add(StepOf(assigned, call));
                break;
            case IInvocationOperation invocation:
                ReadCall(invocation, call, step);
                break;
            case IPropertyReferenceOperation { Property: { GetMethod: { } getter } property } reference
                when !_sources.IsSource(reference) && property is { IsIndexer: false, DeclaringSyntaxReferences.IsEmpty: false }:
                ReadReturned(getter, new QueryCall(reference, getter, call), step);
                break;
            default:
                ReadSource(query, step);
                break;
        }
    }

    /// <summary>Adds the values that the variable may have at this place; true where it may still have the one it came in with.</summary>
    private bool ReadVariable(IOperation reference, ISymbol variable, QueryCall? call, QueryStep step)
    {
        var reaching = ReachingValues.At(reference, variable);
        step.IsKnown &= reaching.AreKnown && (variable is IParameterSymbol || !reaching.Values.IsEmpty);
        foreach (var value in reaching.Values)
            step.Before.Add(StepOf(value, call));
        return reaching.IncludesEntry;
    }

    private void ReadGiven(IParameterSymbol parameter, QueryCall? call, QueryStep step)
    {
        if (call?.ValueOf(parameter) is { } argument)
        {
            step.Before.Add(StepOf(argument, call.Caller));
            return;
        }

        var callers = _sources.CallersOf(parameter);
        step.IsKnown &= !callers.IsDefaultOrEmpty;
        if (callers.IsDefault)
            return;
        foreach (var caller in callers)
        {
            if (caller.ArgumentAt(parameter.Ordinal) is { } given)
                step.Before.Add(StepOf(given, call: null));
            else
                step.IsKnown = false;
        }
    }

    private void ReadCall(IInvocationOperation invocation, QueryCall? call, QueryStep step)
    {
        if ((QueryChain.IsDeferredOperator(invocation, _sources.Libraries) || IsProjectionOfMapper(invocation)) && invocation.Receiver() is { } receiver)
        {
            step.Operator = invocation;
            step.Before.Add(StepOf(receiver, call));
            return;
        }

        var method = invocation.TargetMethod;
        if (_sources.IsSource(invocation))
        {
            step.Source = invocation;
        }
        else if (!method.DeclaringSyntaxReferences.IsEmpty && _sources.Libraries.Linq.IsQueryable(method.ReturnType.UnwrapTask()))
        {
            ReadReturned(method, new QueryCall(invocation, method, call), step);
        }
        else
        {
            step.IsKnown &= !_sources.Libraries.Linq.IsQueryable(method.ReturnType.UnwrapTask());
            if (step.IsKnown)
                step.Source = invocation;
        }

        // What an extension of unknown meaning is called on is at least there.
        if (!step.IsKnown && invocation.Receiver() is { } composed && _sources.Libraries.Linq.IsQueryable(composed.Type))
            step.Before.Add(StepOf(composed, call));
    }

    /// <summary><c>ProjectTo</c> of AutoMapper and <c>ProjectToType</c> of Mapster are a <c>Select</c>.</summary>
    private static bool IsProjectionOfMapper(IInvocationOperation invocation) =>
        invocation.TargetMethod is { IsExtensionMethod: true, Name: "ProjectTo" or "ProjectToType" } method
        && (method.ContainingNamespace.IsBelow("AutoMapper") || method.ContainingNamespace.IsBelow("Mapster"));

    /// <summary>Adds what the bodies that may run return.</summary>
    private void ReadReturned(IMethodSymbol method, QueryCall call, QueryStep step)
    {
        var bodies = call.Depth > MostCalls ? default : _model.Calls.BodiesOf(method);
        if (bodies.IsDefaultOrEmpty)
        {
            step.IsKnown = false;
            return;
        }

        foreach (var body in bodies)
        {
            var returned = _sources.ReturnedBy(body);
            step.IsKnown &= !returned.IsDefaultOrEmpty;
            if (returned.IsDefault)
                continue;
            var entered = bodies.Length == 1 ? call.Into(body) : new QueryCall(call.Operation, body, call.Caller);
            foreach (var value in returned)
                step.Before.Add(StepOf(value, entered));
        }
    }

    private void ReadSource(IOperation query, QueryStep step)
    {
        step.IsKnown &= _sources.IsSource(query) || !_sources.Libraries.Linq.IsQueryable(query.Type);
        step.Source = query;
    }
}

/// <summary>A call or property read whose body is looked into.</summary>
/// <param name="Operation">The call.</param>
/// <param name="Body">The method whose body runs.</param>
/// <param name="Caller">The call whose body this one stands in, or null.</param>
internal sealed record QueryCall(IOperation Operation, IMethodSymbol Body, QueryCall? Caller)
{
    public int Depth { get; } = Caller is null ? 1 : Caller.Depth + 1;

    public bool Equals(QueryCall? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    public QueryCall Into(IMethodSymbol body) => SymbolEqualityComparer.Default.Equals(body, Body) ? this : this with { Body = body };

    /// <summary>Returns the argument for a parameter of the body, or null where the parameter is of another function or has a default value here.</summary>
    public IOperation? ValueOf(IParameterSymbol parameter) =>
        Operation is IInvocationOperation call && SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol.OriginalDefinition, (Body.ReducedFrom ?? Body).OriginalDefinition)
            ? call.ArgumentAt(parameter.Ordinal)
            : null;
}

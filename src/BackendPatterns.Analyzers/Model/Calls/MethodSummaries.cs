using System.Collections.Immutable;
using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Model.DataAccess;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Calls;

/// <summary>Reads the bodies of methods.</summary>
public sealed class MethodSummaries(BackendModel model)
{
    /// <summary>Returns what a method's body does; <see cref="MethodSummary.Nothing"/> where there is no body in this compilation.</summary>
    public MethodSummary Of(IMethodSymbol method, Func<IInvocationOperation, bool> canFollow)
    {
        if (model.BodyOf(method) is not { } body)
            return MethodSummary.Nothing;
        var trips = ImmutableArray.CreateBuilder<OwnTrip>();
        var calls = ImmutableArray.CreateBuilder<OwnCall>();
        ValueFlow? flow = null;
        foreach (var operation in Executed(body))
        {
            if (model.DataAccess.Classify(operation) is { } trip)
            {
                flow ??= ValueFlow.OfParameters(body, method, model.Libraries);
                trips.Add(new OwnTrip(trip, QueryText.SourcesOf(QueryPart(operation), flow), IsExpected(operation, body)));
            }
            else if (operation is IInvocationOperation call && canFollow(call))
            {
                flow ??= ValueFlow.OfParameters(body, method, model.Libraries);
                calls.Add(new OwnCall(new CallLink(call.TargetMethod, call.Syntax.GetLocation()), Arguments(call, flow), IsExpected(call, body)));
            }
            else if (operation is IInvocationOperation hidden && model.SuspectedReads.Of(hidden) is { } suspected)
            {
                flow ??= ValueFlow.OfParameters(body, method, model.Libraries);
                trips.Add(new OwnTrip(suspected, QueryText.SourcesOf(hidden, flow), IsExpected(hidden, body)));
            }
        }

        return trips.Count == 0 && calls.Count == 0 ? MethodSummary.Nothing : new MethodSummary(trips.ToImmutable(), calls.ToImmutable());
    }

    private static IOperation QueryPart(IOperation operation) => operation is IForEachLoopOperation loop ? loop.Collection : operation;

    /// <summary>
    /// The operations that run when the method runs: not the bodies of its local functions, not expression trees, and of its lambdas only those that an
    /// operator calls per item.
    /// </summary>
    private static IEnumerable<IOperation> Executed(IOperation body)
    {
        var pending = new Stack<IOperation>();
        pending.Push(body);
        while (pending.Count > 0)
        {
            var current = pending.Pop();
            if (current is ILocalFunctionOperation || (current is IAnonymousFunctionOperation lambda && (Loops.IsTranslated(lambda) || PerItemOperators.CallOf(lambda) is null)))
                continue;
            yield return current;
            foreach (var child in current.ChildOperations.Reverse())
                pending.Push(child);
        }
    }

    private static ImmutableArray<ulong> Arguments(IInvocationOperation call, ValueFlow flow)
    {
        var arguments = new ulong[call.TargetMethod.Parameters.Length];
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter is { } parameter && parameter.Ordinal < arguments.Length)
                arguments[parameter.Ordinal] = flow.SourcesOf(argument.Value);
        }

        return ImmutableArray.Create(arguments);
    }

    private bool IsExpected(IOperation operation, IOperation body)
    {
        if (ReadThroughCache.Guards(operation, body))
            return true;
        // A query in a loop of the callee is a finding there, or meant to be there; a caller's loop adds nothing to it.
        foreach (var repetition in Loops.Enclosing(operation))
        {
            if (LegitimateLoops.ShapeOf(repetition, operation, model.Libraries) is not { } shape || !shape.LooksOutward())
                return true;
        }

        return false;
    }
}

using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Calls;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow;

/// <summary>How a round trip must depend on the element to count.</summary>
public enum Dependence
{
    /// <summary>It asks for something else per element: reads, remote calls, cache calls.</summary>
    OnElement,

    /// <summary>It asks for the same each time.</summary>
    None,

    /// <summary>Whether it does makes no difference: writes.</summary>
    Any,
}

/// <summary>A round trip that runs once per element of a repetition.</summary>
/// <param name="Place">The call inside the loop.</param>
/// <param name="Name">The round trip, or the chain that leads to it, as messages name it.</param>
/// <param name="Repetition">What repeats it.</param>
/// <param name="Chain">The chain, or null where the call itself is the round trip.</param>
public sealed record PerElementTrip(SyntaxNode Place, string Name, Repetition Repetition, CallChain? Chain)
{
    /// <summary>The places that belong to the finding: what repeats it, then each link of the chain.</summary>
    public IEnumerable<Location> Locations => Chain is null ? [Repetition.Header] : [Repetition.Header, .. Chain.Locations];
}

/// <summary>Which round trips run once per element: the question behind all rules on loops.</summary>
public static class PerElementTrips
{
    /// <summary>
    /// Returns the finding for an operation (a call, an enumeration, a method group) that makes a round trip of this kind, itself or behind calls, in a
    /// repetition that is not a legitimate loop; null where there is none or nothing is known.
    /// </summary>
    public static PerElementTrip? Of(IOperation operation, RoundTripKind kind, Dependence dependence, BackendModel model)
    {
        if (Loops.Enclosing(operation) is not { IsEmpty: false } repetitions)
            return null;
        switch (operation)
        {
            case IInvocationOperation call when model.DataAccess.Classify(call) is { } trip:
                return trip.Kind == kind ? Direct(call, trip, dependence, repetitions, model) : null;
            case IInvocationOperation call when model.Calls.CanFollow(call):
                return Behind(call, kind, dependence, repetitions, model);
            case IMethodReferenceOperation group:
                return Behind(group, kind, repetitions, model);
            case IForEachLoopOperation loop when model.DataAccess.Classify(loop) is { } trip:
                return trip.Kind == kind ? Direct(loop.Collection, trip, dependence, repetitions, model) : null;
            default:
                return null;
        }
    }

    private static PerElementTrip? Direct(IOperation query, RoundTrip trip, Dependence dependence, ImmutableArray<Repetition> repetitions, BackendModel model) =>
        Repeated(query, dependence, repetitions, model, element => QueryText.SourcesOf(query, element) != 0 && !IsExplicitLoadWhereNeeded(query, element) && !ContextOfElement.Is(query, element)) is { } repetition
            ? new PerElementTrip(query.Syntax, trip.Name, repetition, Chain: null)
            : null;

    /// <summary>Where a callee writes too, the writes are the finding.</summary>
    private static PerElementTrip? Behind(IInvocationOperation call, RoundTripKind kind, Dependence dependence, ImmutableArray<Repetition> repetitions, BackendModel model)
    {
        // What stands behind a method is known once for all of its calls; what reaches this call is not.
        if (!model.Calls.Reaches(call.TargetMethod, kind))
            return null;
        var chain = dependence is Dependence.OnElement ? null : model.Calls.RoundTripBehind(call, kind);
        var repetition = Repeated(call, dependence, repetitions, model, element =>
        {
            var dependent = model.Calls.RoundTripBehind(call, kind, element.Reaches);
            chain = dependent ?? chain;
            return dependent is not null;
        });
        return repetition is not null && chain is not null && !(kind is RoundTripKind.DatabaseRead && model.Calls.Reaches(call.TargetMethod, RoundTripKind.DatabaseWrite))
            ? new PerElementTrip(call.Syntax, chain.Text, repetition, chain)
            : null;
    }

    /// <summary>A method group that an operator calls per item, also where the method is itself the round trip.</summary>
    private static PerElementTrip? Behind(IMethodReferenceOperation group, RoundTripKind kind, ImmutableArray<Repetition> repetitions, BackendModel model)
    {
        if (PerItemOperators.CallOf(group) is null || model.Calls.RoundTripBehind(group, kind) is not { } chain)
            return null;
        return LegitimateLoops.ShapeOf(repetitions[0], group, model.Libraries) is null
               && !(kind is RoundTripKind.DatabaseRead && model.Calls.Reaches(group.Method, RoundTripKind.DatabaseWrite))
            ? new PerElementTrip(group.Syntax, chain.Text, repetitions[0], chain)
            : null;
    }

    /// <summary>
    /// Returns the innermost repetition that counts: a legitimate one ends the search, unless it only bounds the tries per item; one with the wrong
    /// dependence ends it too (a query that does not depend on the element is invariant there, which is another finding).
    /// </summary>
    private static Repetition? Repeated(IOperation query, Dependence dependence, ImmutableArray<Repetition> repetitions, BackendModel model, Func<ValueFlow, bool> dependsOn)
    {
        foreach (var repetition in repetitions)
        {
            if (repetition.Sequence is { } sequence && query.IsWithin(sequence))
                continue;
            var counts = dependence is Dependence.Any || dependsOn(ValueFlow.OfElement(repetition, model.Libraries)) == (dependence is Dependence.OnElement);
            var shape = counts || repetition.IsOpenEnded || repetition.Kind is RepetitionKind.For ? LegitimateLoops.ShapeOf(repetition, query, model.Libraries) : null;
            if (shape is null)
                return counts ? repetition : null;
            if (!shape.Value.LooksOutward())
                return null;
        }

        return null;
    }

    /// <summary>
    /// <c>if (order.IsDraft) await db.Entry(order).Collection(o => o.Lines).LoadAsync();</c>: loading only where needed is what explicit loading is for.
    /// Reloading an entry of <c>DbUpdateConcurrencyException.Entries</c> has no bulk form: https://learn.microsoft.com/ef/core/saving/concurrency
    /// </summary>
    private static bool IsExplicitLoadWhereNeeded(IOperation query, ValueFlow element)
    {
        if (query is not IInvocationOperation { TargetMethod: var method } call || !method.IsIn("Microsoft.EntityFrameworkCore.ChangeTracking"))
            return false;
        if (call.Instance?.Unwrap() is ILocalReferenceOperation or IParameterReferenceOperation)
            return true;
        for (IOperation current = query; current.Parent is { } parent and not ILoopOperation; current = parent)
        {
            if (parent is IConditionalOperation conditional && conditional.Condition != current && element.Reaches(conditional.Condition))
                return true;
        }

        return false;
    }
}

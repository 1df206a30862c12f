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

    /// <summary>True where the chain leads through the method that contains the loop: that method calls itself for each element.</summary>
    public bool ComesBackTo(IOperation call, ISymbol containing) => Chain is not null && Recursion.Of(call, Chain, containing) is not null;
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
            case IMethodReferenceOperation group when model.DataAccess.Classify(group) is { } trip:
                return trip.Kind == kind && IsPerItem(group, repetitions, model) ? new PerElementTrip(group.Syntax, trip.Name, repetitions[0], Chain: null) : null;
            case IInvocationOperation call when kind is RoundTripKind.SuspectedRead && model.SuspectedReads.Of(call) is { } suspected:
                return Direct(call, suspected, dependence, repetitions, model);
            case IForEachLoopOperation loop when model.DataAccess.Classify(loop) is { } trip:
                return trip.Kind == kind ? Direct(loop.Collection, trip, dependence, repetitions, model) : null;
            case IMethodReferenceOperation group when model.Calls.CanFollow(group, kind):
                return LoopAnswers.About(operation).TripOf(kind, dependence, () => Behind(group, kind, repetitions, model));
            case not IMethodReferenceOperation when model.Calls.CanFollow(operation, kind):
                return LoopAnswers.About(operation).TripOf(kind, dependence, () => Behind(operation, kind, dependence, repetitions, model));
            default:
                return null;
        }
    }

    private static PerElementTrip? Direct(IOperation query, RoundTrip trip, Dependence dependence, ImmutableArray<Repetition> repetitions, BackendModel model) =>
        Repeated(
            query, dependence, repetitions, model,
            (repetition, element) => QueryText.SourcesOf(query, element) != 0 && !ExplicitLoad.IsWhereNeeded(query, repetition, element) && !ContextOfElement.Is(query, element)) is { } found
            ? new PerElementTrip(query.Syntax, trip.Name, found, Chain: null)
            : null;

    /// <summary>Where a callee writes too, the writes are the finding.</summary>
    private static PerElementTrip? Behind(IOperation call, RoundTripKind kind, Dependence dependence, ImmutableArray<Repetition> repetitions, BackendModel model)
    {
        CallChain? chain = null;
        if (dependence is not Dependence.OnElement && (chain = model.Calls.RoundTripBehind(call, kind)) is null)
            return null;
        var isExpected = false;
        var found = Repeated(call, dependence, repetitions, model, (repetition, element) =>
        {
            var captured = CapturingFunctions.RoundTripBehind(call, kind, repetition, model);
            var dependent = captured?.Chain ?? model.Calls.RoundTripBehind(call, kind, element.Reaches);
            isExpected = captured is { IsExpected: true };
            chain = dependent ?? chain;
            return dependent is not null;
        });
        return found is not null && chain is { End.IsNextPage: false } && !isExpected
               && !(kind is RoundTripKind.DatabaseRead && model.Calls.RoundTripBehind(call, RoundTripKind.DatabaseWrite) is not null)
            ? new PerElementTrip(call.Syntax, chain.Text, found, chain)
            : null;
    }

    private static PerElementTrip? Behind(IMethodReferenceOperation group, RoundTripKind kind, ImmutableArray<Repetition> repetitions, BackendModel model) =>
        model.Calls.RoundTripBehind(group, kind) is { End.IsNextPage: false } chain && IsPerItem(group, repetitions, model)
        && !(kind is RoundTripKind.DatabaseRead && model.Calls.Reaches(group.Method, RoundTripKind.DatabaseWrite))
            ? new PerElementTrip(group.Syntax, chain.Text, repetitions[0], chain)
            : null;

    /// <summary>True for a method group that an operator calls per item.</summary>
    private static bool IsPerItem(IMethodReferenceOperation group, ImmutableArray<Repetition> repetitions, BackendModel model) =>
        PerItemOperators.CallOf(group) is not null && LegitimateLoops.ShapeOf(repetitions[0], group, model.Libraries) is null;

    /// <summary>
    /// Returns the innermost repetition that counts: a legitimate one ends the search, unless it only bounds the tries per item; one with the wrong
    /// dependence ends it too (a query that does not depend on the element is invariant there, which is another finding).
    /// </summary>
    private static Repetition? Repeated(
        IOperation query, Dependence dependence, ImmutableArray<Repetition> repetitions, BackendModel model, Func<Repetition, ValueFlow, bool> dependsOn)
    {
        foreach (var repetition in repetitions)
        {
            if (repetition.Sequence is { } sequence && query.IsWithin(sequence))
                continue;
            var counts = dependence is Dependence.Any || dependsOn(repetition, ValueFlow.OfElement(repetition, model.Libraries)) == (dependence is Dependence.OnElement);
            var shape = counts || repetition.IsOpenEnded || repetition.Kind is RepetitionKind.For ? LoopAnswers.About(query).ShapeOf(repetition, query, model.Libraries) : null;
            if (shape is null)
                return counts ? repetition : null;
            if (!shape.Value.LooksOutward())
                return null;
        }

        return null;
    }
}

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
/// <param name="Call">The operation inside the loop: a call, an enumeration, a method group.</param>
/// <param name="Place">Where to report it.</param>
/// <param name="Name">The round trip, or the chain that leads to it, as messages name it.</param>
/// <param name="Repetition">What repeats it.</param>
/// <param name="Chain">The chain, or null where the call itself is the round trip.</param>
public sealed record PerElementTrip(IOperation Call, SyntaxNode Place, string Name, Repetition Repetition, CallChain? Chain)
{
    /// <summary>The places that belong to the finding: what repeats it, then each link of the chain.</summary>
    public IEnumerable<Location> Locations => Chain is null ? [Repetition.Header] : [Repetition.Header, .. Chain.Locations];

    /// <summary>True where the chain leads through the method that contains the loop: that method calls itself for each element.</summary>
    public bool ComesBackTo(ISymbol containing) => Chain is not null && Recursion.Of(Call, Chain, containing) is not null;
}

/// <summary>Which round trips run once per element: the question behind all rules on loops.</summary>
public static class PerElementTrips
{
    /// <summary>
    /// Returns the findings in a member: each operation (a call, an enumeration, a method group) that makes a round trip of this kind, itself or behind calls, in a
    /// repetition that is not a legitimate loop.
    /// </summary>
    public static IEnumerable<PerElementTrip> In(ImmutableArray<IOperation> blocks, RoundTripKind kind, Dependence dependence, BackendModel model, CancellationToken cancellation)
    {
        foreach (var call in RepeatedCalls.In(blocks, model, cancellation))
        {
            if ((call.Kinds & RoundTripNames.Of(kind)) != 0 && call.TripOf(kind, dependence, () => Find(call, kind, dependence, model)) is { } trip)
                yield return trip;
        }
    }

    private static PerElementTrip? Find(RepeatedCall call, RoundTripKind kind, Dependence dependence, BackendModel model) => call.Operation switch
    {
        IMethodReferenceOperation group => OfGroup(call, group, kind, model),
        _ when call.OwnTrip(kind) is { } trip => Direct(call, trip, dependence, model),
        _ => Behind(call, kind, dependence, model),
    };

    private static PerElementTrip? Direct(RepeatedCall call, RoundTrip trip, Dependence dependence, BackendModel model)
    {
        var query = call.Query;
        var found = Repeated(
            call, dependence, model,
            (repetition, element) => QueryText.SourcesOf(query, element) != 0 && !ExplicitLoad.IsWhereNeeded(query, repetition, element) && !ContextOfElement.Is(query, element));
        return found is null ? null : new PerElementTrip(call.Operation, query.Syntax, trip.Name, found, Chain: null);
    }

    /// <summary>Where a callee writes too, the writes are the finding.</summary>
    private static PerElementTrip? Behind(RepeatedCall call, RoundTripKind kind, Dependence dependence, BackendModel model)
    {
        var operation = call.Operation;
        CallChain? chain = null;
        if (dependence is not Dependence.OnElement && (chain = model.Calls.RoundTripBehind(operation, kind)) is null)
            return null;
        var isExpected = false;
        var found = Repeated(call, dependence, model, (repetition, element) =>
        {
            var captured = CapturingFunctions.RoundTripBehind(operation, kind, repetition, model);
            var dependent = captured?.Chain ?? model.Calls.RoundTripBehind(operation, kind, element.Reaches);
            isExpected = captured is { IsExpected: true };
            chain = dependent ?? chain;
            return dependent is not null;
        });
        return found is not null && chain is { End.IsNextPage: false } && !isExpected
               && !(kind is RoundTripKind.DatabaseRead && model.Calls.RoundTripBehind(operation, RoundTripKind.DatabaseWrite) is not null)
            ? new PerElementTrip(operation, operation.Syntax, chain.Text, found, chain)
            : null;
    }

    private static PerElementTrip? OfGroup(RepeatedCall call, IMethodReferenceOperation group, RoundTripKind kind, BackendModel model)
    {
        if (call.OwnTrip(kind) is { } trip)
            return IsPerItem(call, group, model) ? new PerElementTrip(group, group.Syntax, trip.Name, call.Repetitions[0], Chain: null) : null;
        return model.Calls.RoundTripBehind(group, kind) is { End.IsNextPage: false } chain && IsPerItem(call, group, model)
               && !(kind is RoundTripKind.DatabaseRead && model.Calls.Reaches(group.Method, RoundTripKind.DatabaseWrite))
            ? new PerElementTrip(group, group.Syntax, chain.Text, call.Repetitions[0], chain)
            : null;
    }

    /// <summary>True for a method group that an operator calls per item.</summary>
    private static bool IsPerItem(RepeatedCall call, IMethodReferenceOperation group, BackendModel model) =>
        PerItemOperators.CallOf(group) is not null && call.ShapeIn(call.Repetitions[0], model.Libraries) is null;

    /// <summary>
    /// Returns the innermost repetition that counts: a legitimate one ends the search, unless it only bounds the tries per item; one with the wrong
    /// dependence ends it too (a query that does not depend on the element is invariant there, which is another finding).
    /// </summary>
    private static Repetition? Repeated(RepeatedCall call, Dependence dependence, BackendModel model, Func<Repetition, ValueFlow, bool> dependsOn)
    {
        for (var i = 0; i < call.Repetitions.Length; i++)
        {
            var repetition = call.Repetitions[i];
            if (repetition.Sequence is { } sequence && call.Query.IsWithin(sequence))
                continue;
            var counts = dependence is Dependence.Any || dependsOn(repetition, ValueFlow.OfElement(repetition, model.Libraries)) == (dependence is Dependence.OnElement);
            if (!counts && i == call.Repetitions.Length - 1)
                return null;
            var shape = counts || repetition.IsOpenEnded || repetition.Kind is RepetitionKind.For ? call.ShapeIn(repetition, model.Libraries) : null;
            if (shape is null)
                return counts ? repetition : null;
            if (!shape.Value.LooksOutward())
                return null;
        }

        return null;
    }
}

using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Model.Libraries;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow;

/// <summary>
/// An operation in a repetition that makes a round trip, or may by the names behind it, and what was found out about it: several rules ask the same question,
/// and the loops around a call have the same shape for every kind of round trip.
/// </summary>
internal sealed class RepeatedCall(IOperation operation, RoundTrip? trip, RoundTrip? suspected, NameTraits kinds, ImmutableArray<Repetition> repetitions)
{
    // Almost every operation is asked by few rules and stands in one or two loops: lists that are replaced when they grow.
    private volatile Answer? _answers;
    private volatile Shape? _shapes;

    public IOperation Operation { get; } = operation;

    /// <summary>What is executed: the operation, or the sequence that a <c>foreach</c> enumerates.</summary>
    public IOperation Query => Operation is IForEachLoopOperation loop ? loop.Collection : Operation;

    /// <summary>The kinds of round trips that it may make.</summary>
    public NameTraits Kinds { get; } = kinds;

    /// <summary>The repetitions around it, innermost first.</summary>
    public ImmutableArray<Repetition> Repetitions { get; } = repetitions;

    /// <summary>Returns the round trip of this kind that the operation itself makes, or null where it makes none; what stands behind it is another question.</summary>
    public RoundTrip? OwnTrip(RoundTripKind kind) => kind is RoundTripKind.SuspectedRead ? suspected : trip;

    /// <summary>Returns the round trip per element, computed at the first question.</summary>
    public PerElementTrip? TripOf(RoundTripKind kind, Dependence dependence, Func<PerElementTrip?> find)
    {
        for (var known = _answers; known is not null; known = known.Next)
        {
            if (known.Kind == kind && known.Dependence == dependence)
                return known.Trip;
        }

        var found = find();
        _answers = new Answer(kind, dependence, found, _answers);
        return found;
    }

    /// <summary>Returns the shape that makes it legitimate in one of its repetitions, or null.</summary>
    public LegitimateLoop? ShapeIn(Repetition repetition, KnownLibraries libraries)
    {
        for (var known = _shapes; known is not null; known = known.Next)
        {
            if (known.Body == repetition.Body)
                return known.Loop;
        }

        var shape = LegitimateLoops.ShapeOf(repetition, Query, libraries);
        _shapes = new Shape(repetition.Body, shape, _shapes);
        return shape;
    }

    private sealed record Answer(RoundTripKind Kind, Dependence Dependence, PerElementTrip? Trip, Answer? Next);

    private sealed record Shape(IOperation Body, LegitimateLoop? Loop, Shape? Next);
}

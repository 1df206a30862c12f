using System.Runtime.CompilerServices;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Model.Libraries;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Flow;

/// <summary>What was found out about one operation in a loop. Several rules ask the same question, and the loops around a call have the same shape for every kind of round trip.</summary>
internal sealed class LoopAnswers
{
    private static readonly ConditionalWeakTable<IOperation, LoopAnswers> Known = new();

    // Almost every operation is asked by few rules and stands in one or two loops: lists that are replaced when they grow.
    private volatile Trip? _trips;
    private volatile Shape? _shapes;

    private LoopAnswers()
    {
    }

    /// <summary>Returns the answers about an operation; they live as long as it does.</summary>
    public static LoopAnswers About(IOperation operation) => Known.GetValue(operation, static _ => new LoopAnswers());

    /// <summary>Returns the round trip per element, computed at the first question.</summary>
    public PerElementTrip? TripOf(RoundTripKind kind, Dependence dependence, Func<PerElementTrip?> find)
    {
        for (var known = _trips; known is not null; known = known.Next)
        {
            if (known.Kind == kind && known.Dependence == dependence)
                return known.Answer;
        }

        var answer = find();
        _trips = new Trip(kind, dependence, answer, _trips);
        return answer;
    }

    /// <summary>The same as <see cref="LegitimateLoops.ShapeOf"/> for the operation that these answers are about.</summary>
    public LegitimateLoop? ShapeOf(Repetition repetition, IOperation call, KnownLibraries libraries)
    {
        for (var known = _shapes; known is not null; known = known.Next)
        {
            if (known.Body == repetition.Body)
                return known.Answer;
        }

        var answer = LegitimateLoops.ShapeOf(repetition, call, libraries);
        _shapes = new Shape(repetition.Body, answer, _shapes);
        return answer;
    }

    private sealed record Trip(RoundTripKind Kind, Dependence Dependence, PerElementTrip? Answer, Trip? Next);

    private sealed record Shape(IOperation Body, LegitimateLoop? Answer, Shape? Next);
}

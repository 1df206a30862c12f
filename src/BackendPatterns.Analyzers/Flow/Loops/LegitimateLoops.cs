using BackendPatterns.Analyzers.Model.Libraries;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow;

/// <summary>Why a round trip in a loop is meant to be there.</summary>
public enum LegitimateLoop
{
    /// <summary>Each turn loads the next page, or walks on from the row it found.</summary>
    Paging,

    /// <summary>The loop waits, or runs until it is cancelled.</summary>
    Polling,

    /// <summary>Success leaves the loop.</summary>
    Retry,

    /// <summary>The item is a collection that reaches the query as a whole.</summary>
    Batch,

    /// <summary>Runs every so many items only.</summary>
    ThresholdFlush,

    /// <summary>Finding it leaves the loop.</summary>
    Search,

    /// <summary>A candidate changes until it is free.</summary>
    UniquenessProbe,

    /// <summary>Runs when a cache does not have the answer, which is then stored.</summary>
    ReadThroughCache,

    /// <summary>The author wrote down the few items.</summary>
    ConstantHandful,

    /// <summary>Takes messages from a queue or stream.</summary>
    Consumer,

    /// <summary>The database's own counter is asked.</summary>
    SequenceValue,
}

/// <summary>The loops in which a round trip per turn is the point, not a mistake.</summary>
public static class LegitimateLoops
{
    /// <summary>
    /// Returns the shape that makes <paramref name="call"/> (a round trip, or a call that makes one) legitimate in a repetition around it, or null.
    /// </summary>
    public static LegitimateLoop? ShapeOf(Repetition repetition, IOperation call, KnownLibraries libraries)
    {
        if (ConstantHandful.Is(repetition) || ConstantHandful.IsChosenByCounter(repetition, call))
            return LegitimateLoop.ConstantHandful;
        if (Consumer.Is(repetition))
            return LegitimateLoop.Consumer;
        if (Polling.Is(repetition))
            return LegitimateLoop.Polling;
        if (ReadThroughCache.Guards(call, repetition.Operation))
            return LegitimateLoop.ReadThroughCache;
        if (ThresholdFlush.Is(repetition, call))
            return LegitimateLoop.ThresholdFlush;
        var element = ValueFlow.OfElement(repetition, libraries);
        if (Batch.Is(repetition, call, element))
            return LegitimateLoop.Batch;
        if (Paging.AdvancesIn(repetition, call, element))
            return LegitimateLoop.Paging;
        if (IsSequenceValue(call))
            return LegitimateLoop.SequenceValue;
        return ResultLeavesLoop.ShapeOf(repetition, call, libraries);
    }

    /// <summary>True for shapes that bound how often one item is asked for, not how many items there are: the loop around them still counts.</summary>
    public static bool LooksOutward(this LegitimateLoop shape) => shape is LegitimateLoop.ConstantHandful or LegitimateLoop.Retry;

    private static bool IsSequenceValue(IOperation call)
    {
        foreach (var operation in call.DescendantsAndSelf())
        {
            if (operation.ConstantValue is { HasValue: true, Value: string text }
                && (text.IndexOf("nextval", StringComparison.OrdinalIgnoreCase) >= 0 || text.IndexOf("next value for", StringComparison.OrdinalIgnoreCase) >= 0))
            {
                return true;
            }

            if (operation is IInterpolatedStringTextOperation { Text.ConstantValue: { HasValue: true, Value: string part } }
                && (part.IndexOf("nextval", StringComparison.OrdinalIgnoreCase) >= 0 || part.IndexOf("next value for", StringComparison.OrdinalIgnoreCase) >= 0))
            {
                return true;
            }
        }

        return false;
    }
}

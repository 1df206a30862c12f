using System.Collections.Immutable;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow.Rows;

/// <summary>Where the result of a query is used as a whole: in the expression that has it, or at every mention of the one local that holds it.</summary>
/// <param name="Value">The load with the <c>await</c>, conversion or parentheses around it.</param>
/// <param name="Local">The local, or null where the expression is used in place.</param>
/// <param name="Places">The expressions that have the result; what uses it stands around each. Empty for a local that nobody mentions.</param>
public sealed record ResultPlaces(IOperation Value, ILocalSymbol? Local, ImmutableArray<IOperation> Places)
{
    /// <summary>
    /// Returns the places, or null where the result goes elsewhere: it is not awaited here, assigned to a field, or the local has other values too.
    /// </summary>
    public static ResultPlaces? Of(IInvocationOperation load)
    {
        var value = load.WalkUpValue();
        if (load.Type.IsTask() && value.Type.IsTask())
            return null;
        if (value.Parent is not IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: { IsRef: false } local } })
            return new ResultPlaces(value, null, ImmutableArray.Create(value));
        var values = LocalValues.Around(value);
        if (values.WritesTo(local).Count != 1)
            return null;
        var places = ImmutableArray.CreateBuilder<IOperation>();
        foreach (var reference in values.ReferencesTo(local))
            places.Add(reference.WalkUpValue());
        return new ResultPlaces(value, local, places.ToImmutable());
    }

    /// <summary>True where every use runs as often as the load: in the same function and in no further loop.</summary>
    public bool RunAsOftenAs(IOperation load)
    {
        var repetition = RepetitionOf(load);
        foreach (var place in Places)
        {
            if (!ReferenceEquals(RepetitionOf(place), repetition))
                return false;
        }

        return true;
    }

    /// <summary>The innermost loop or function that runs an operation again.</summary>
    private static IOperation? RepetitionOf(IOperation operation)
    {
        for (var (child, current) = (operation, operation.Parent); current is not null; (child, current) = (current, current.Parent))
        {
            switch (current)
            {
                case IAnonymousFunctionOperation or ILocalFunctionOperation:
                    return current;
                // The collection of a foreach and the start of a for run once.
                case IForEachLoopOperation loop when loop.Collection != child:
                case IForLoopOperation counted when !counted.Before.Contains(child):
                case IWhileLoopOperation:
                    return current;
            }
        }

        return null;
    }
}

using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>The repetition around a query, and the key that it takes from each item.</summary>
/// <param name="Repetition">The loop, or the operator that calls a lambda per item.</param>
/// <param name="Syntax">The statement that the query goes before: the loop, or the one with the operator. It stands in a block.</param>
/// <param name="Item">What stands for the item inside.</param>
/// <param name="ItemKey">The key as an expression over the item.</param>
/// <param name="Sequence">The items, and how they are looked at before the statement.</param>
/// <param name="Regions">What runs per item, and what may run between two items.</param>
public sealed record BatchLoop(
    Repetition Repetition, StatementSyntax Syntax, BatchItem Item, IOperation ItemKey, BatchSequence Sequence, ImmutableArray<IOperation> Regions)
{
    /// <summary>The <c>Task.WhenAll</c> over the items; null where they are not awaited together.</summary>
    public BatchFanOut? FanOut { get; init; }

    /// <summary>The whole loop, or the whole call of the operator.</summary>
    public IOperation Operation => Repetition.Operation;

    /// <summary>
    /// Returns the loop, or null where the query stands in no loop of a known shape, or its keys cannot be collected before the loop
    /// without changing anything.
    /// </summary>
    public static BatchLoop? Around(BatchQuery query, BackendModel model)
    {
        if (Loops.Enclosing(query.Call) is not [var repetition, ..])
            return null;
        var shape = repetition.Kind switch
        {
            RepetitionKind.ForEach or RepetitionKind.AwaitForEach => BatchEachLoop.Of(repetition, query, model),
            RepetitionKind.For => BatchCountedLoop.Of(repetition),
            RepetitionKind.PerItemCall => BatchOperatorCall.Of(repetition, query, model),
            _ => null,
        };
        return shape is not null && !KeyedLoop.IsGuardedByTry(query.Call, repetition.Operation)
            && shape.Item.KeyOf(query.ItemKey, repetition.Body) is { } key && !(shape.Item.IsPartOf(key) && shape.Item.MayBeNull(shape))
            ? shape with { ItemKey = key }
            : null;
    }

    /// <summary>True where anything in the loop gives a variable or member a value.</summary>
    public bool Assigns(ISymbol symbol) => Operation.Assigns(symbol);
}

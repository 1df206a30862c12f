using System.Collections.Immutable;
using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>A query in a <c>foreach</c> or <c>await foreach</c>.</summary>
public static class BatchEachLoop
{
    /// <summary>Returns the loop without its key, or null where it yields, or its variable is not the element itself.</summary>
    public static BatchLoop? Of(Repetition repetition, BatchQuery query, BackendModel model)
    {
        if (repetition.Operation is not IForEachLoopOperation { Locals: [var variable], Syntax: ForEachStatementSyntax { Parent: BlockSyntax } syntax } loop
            || HasYield(loop) || !IsElement(loop, variable) || BatchSequence.Of(loop.Collection, loop.IsAsynchronous, LeavesEarly(loop), model) is not { } sequence)
        {
            return null;
        }

        return new BatchLoop(repetition, syntax, new BatchItem(variable.Name, variable), query.ItemKey, sequence, ImmutableArray.Create(loop.Body));
    }

    /// <summary>An iterator runs between the items for whoever enumerates it.</summary>
    public static bool HasYield(IOperation loop) =>
        loop.DescendantsAndSelf().Any(operation => operation.Kind is OperationKind.YieldReturn or OperationKind.YieldBreak);

    private static bool IsElement(IForEachLoopOperation loop, ILocalSymbol variable) =>
        loop.Collection.Unwrap().Type.ElementTypeOfSequence() is { } element
            && SymbolEqualityComparer.Default.Equals(element, variable.Type);

    private static bool LeavesEarly(IForEachLoopOperation loop) => Exits.Of(loop).Any();
}

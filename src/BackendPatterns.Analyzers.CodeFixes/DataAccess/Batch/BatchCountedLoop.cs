using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>A query in <c>for (var i = 0; i &lt; orders.Count; i++)</c>, for the element <c>orders[i]</c>.</summary>
public static class BatchCountedLoop
{
    /// <summary>Returns the loop without its key, or null where the counter does not run through a list that stays as it is.</summary>
    public static BatchLoop? Of(Repetition repetition)
    {
        if (repetition.Operation is not IForLoopOperation { Syntax: ForStatementSyntax { Parent: BlockSyntax } syntax } loop
            || CounterOf(loop) is not { } counter || ListOf(loop.Condition, counter) is not { } items || items.ReferencedSymbol() is not { } list
            || loop.Body.Assigns(counter) || BatchEachLoop.HasYield(loop) || !StaysAsItIs(list, loop))
        {
            return null;
        }

        var element = new BatchItem("", Variable: null, list, counter);
        var holder = loop.Body.Descendants().OfType<IVariableDeclaratorOperation>()
            .FirstOrDefault(declarator => element.Is(declarator.GetVariableInitializer()?.Value)
                && LocalValues.Around(loop).OnlyValueOf(declarator.Symbol) is not null)?.Symbol;
        var item = element with { Name = holder?.Name ?? FreshNames.InMember(syntax).Take(FreshNames.Singular(list.Name), "item"), Variable = holder };
        var sequence = new BatchSequence(items, (ExpressionSyntax)items.Syntax, SequenceUse.AsIs);
        return new BatchLoop(repetition, syntax, item, items, sequence, ImmutableArray.Create(loop.Body));
    }

    /// <summary>The counter that starts at zero and goes up by one.</summary>
    private static ILocalSymbol? CounterOf(IForLoopOperation loop) =>
        loop is { Locals: [var counter], AtLoopBottom: [IExpressionStatementOperation { Operation: var step }] }
        && loop.Before is [IVariableDeclarationGroupOperation { Declarations: [{ Declarators: [{ } declarator] }] }]
        && declarator.GetVariableInitializer()?.Value.ConstantValue is { HasValue: true, Value: 0 }
        && step is IIncrementOrDecrementOperation { Kind: OperationKind.Increment } increment
        && SymbolEqualityComparer.Default.Equals(increment.Target.ReferencedSymbol(), counter)
            ? counter
            : null;

    /// <summary>The list in a local or parameter that has as many elements as the counter takes turns.</summary>
    private static IOperation? ListOf(IOperation? condition, ILocalSymbol counter)
    {
        if (condition is not IBinaryOperation { OperatorKind: BinaryOperatorKind.LessThan, LeftOperand: var left, RightOperand: var right }
            || !SymbolEqualityComparer.Default.Equals(left.ReferencedSymbol(), counter)
            || right.Unwrap() is not IPropertyReferenceOperation { Property.Name: "Count" or "Length", Instance: { } list })
        {
            return null;
        }

        return list is ILocalReferenceOperation or IParameterReferenceOperation && KeyedLoop.IsList(list.Type) ? list : null;
    }

    /// <summary>The loop only reads the list's length and its elements; the list itself goes nowhere.</summary>
    private static bool StaysAsItIs(ISymbol list, IForLoopOperation loop) =>
        loop.DescendantsAndSelf()
            .Where(operation => operation is ILocalReferenceOperation or IParameterReferenceOperation && SymbolEqualityComparer.Default.Equals(operation.ReferencedSymbol(), list))
            .All(reference => reference.Parent switch
            {
                IPropertyReferenceOperation property => !property.IsWritten(),
                IArrayElementReferenceOperation element => !element.IsWritten(),
                _ => false,
            });
}

using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow;

/// <summary>
/// Runs every so many items: below <c>if (i % 100 == 0)</c> or <c>if (batch.Count &gt;= size)</c>, where <c>batch</c> outlives one turn, behind
/// <c>if (batch.Count &lt; size) continue;</c>, or below a test of a counter that starts again there.
/// </summary>
public static class ThresholdFlush
{
    public static bool Is(Repetition repetition, IOperation call)
    {
        var from = call;
        for (var current = call.Parent; current is not null && current != repetition.Operation; from = current, current = current.Parent)
        {
            if (current is IConditionalOperation { Condition: var condition } conditional && from == conditional.WhenTrue
                && (IsThreshold(condition, repetition) || IsCounterThatStartsAgain(condition, conditional.WhenTrue)))
            {
                return true;
            }

            if (current is IBlockOperation block && WaitsForMore(block, from, repetition))
                return true;
        }

        return false;
    }

    private static bool WaitsForMore(IBlockOperation block, IOperation statement, Repetition repetition)
    {
        foreach (var before in block.Operations)
        {
            if (before == statement)
                return false;
            if (before is IConditionalOperation { WhenFalse: null, Condition: var condition } test && condition.Unwrap() is IBinaryOperation { OperatorKind: BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual } few
                && Exits.EndsWithExit(test.WhenTrue) && IsCountOfOuterCollection(few.LeftOperand, repetition))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary><c>if (++n >= 100) { n = 0; … }</c>.</summary>
    private static bool IsCounterThatStartsAgain(IOperation condition, IOperation branch)
    {
        if (condition.Unwrap() is not IBinaryOperation { OperatorKind: BinaryOperatorKind.GreaterThanOrEqual or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.Equals } comparison)
            return false;
        var counter = (comparison.LeftOperand.Unwrap() is IIncrementOrDecrementOperation increment ? increment.Target : comparison.LeftOperand).ReferencedSymbol();
        if (counter is not (ILocalSymbol or IFieldSymbol))
            return false;
        foreach (var operation in branch.DescendantsAndSelf())
        {
            if (operation is ISimpleAssignmentOperation { Value.ConstantValue: { HasValue: true, Value: 0 } } reset && SymbolEqualityComparer.Default.Equals(reset.Target.ReferencedSymbol(), counter))
                return true;
        }

        return false;
    }

    private static bool IsThreshold(IOperation condition, Repetition repetition)
    {
        foreach (var operation in condition.DescendantsAndSelf())
        {
            if (operation is not IBinaryOperation binary)
                continue;
            if (binary.OperatorKind is BinaryOperatorKind.Remainder && IsCounter(binary.LeftOperand, repetition))
                return true;
            if (binary.OperatorKind is BinaryOperatorKind.GreaterThanOrEqual or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.Equals
                && IsCountOfOuterCollection(binary.LeftOperand, repetition) && binary.RightOperand.ConstantValue is not { HasValue: true, Value: 0 or 1 })
            {
                return true;
            }
        }

        return false;
    }

    /// <summary><c>i % 100</c>, <c>++count % 100</c>, <c>batch.Count % 100</c>; <c>order.Total % 100</c> picks items, it does not count them.</summary>
    private static bool IsCounter(IOperation dividend, Repetition repetition)
    {
        foreach (var operation in dividend.DescendantsAndSelf())
        {
            var counts = operation switch
            {
                IIncrementOrDecrementOperation => true,
                ILocalReferenceOperation { Parent: not IMemberReferenceOperation, Local: var local } => repetition.Kind is RepetitionKind.For || !repetition.ElementSymbols.Contains(local),
                // The second parameter of a selector is the index.
                IParameterReferenceOperation { Parent: not IMemberReferenceOperation, Parameter: var parameter } => parameter.Ordinal > 0 || !repetition.ElementSymbols.Contains(parameter),
                IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } => true,
                _ => IsCountOfOuterCollection(operation, repetition),
            };
            if (counts)
                return true;
        }

        return false;
    }

    private static bool IsCountOfOuterCollection(IOperation operation, Repetition repetition)
    {
        var collection = operation.Unwrap() switch
        {
            IPropertyReferenceOperation { Property.Name: "Count" or "Length", Instance: { } instance } => instance,
            IInvocationOperation { TargetMethod.Name: "Count" } count => count.Receiver(),
            _ => null,
        };
        return collection?.Unwrap() switch
        {
            ILocalReferenceOperation { Local: var local } => local.DeclaringSyntaxReferences is [var declaration] && !repetition.Operation.Syntax.Span.Contains(declaration.Span),
            IParameterReferenceOperation { Parameter: var parameter } => !repetition.ElementSymbols.Contains(parameter),
            IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } => true,
            _ => false,
        };
    }
}

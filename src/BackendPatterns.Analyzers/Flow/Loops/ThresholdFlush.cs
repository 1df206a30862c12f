using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow;

/// <summary>Runs every so many items: below <c>if (i % 100 == 0)</c> or <c>if (batch.Count &gt;= size)</c>, where <c>batch</c> outlives one turn.</summary>
public static class ThresholdFlush
{
    public static bool Is(Repetition repetition, IOperation call)
    {
        var from = call;
        for (var current = call.Parent; current is not null && current != repetition.Operation; from = current, current = current.Parent)
        {
            if (current is IConditionalOperation { Condition: var condition } conditional && from == conditional.WhenTrue && IsThreshold(condition, repetition))
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
            if (binary.OperatorKind is BinaryOperatorKind.Remainder)
                return true;
            if (binary.OperatorKind is BinaryOperatorKind.GreaterThanOrEqual or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.Equals
                && IsCountOfOuterCollection(binary.LeftOperand, repetition) && binary.RightOperand.ConstantValue is not { HasValue: true, Value: 0 or 1 })
            {
                return true;
            }
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

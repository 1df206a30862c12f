using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow.Rows;

/// <summary>A comparison that only asks whether there is a row.</summary>
/// <param name="Whole">The comparison.</param>
/// <param name="IsTrueWhenPresent">True for <c>!= null</c>, false for <c>== null</c>.</param>
public sealed record ExistenceTest(IOperation Whole, bool IsTrueWhenPresent)
{
    /// <summary>Returns the test that a row is used in: a comparison with null, <c>?? throw</c> whose value is dropped; null for every other use.</summary>
    public static ExistenceTest? OfRow(IOperation row) => row.Parent switch
    {
        IBinaryOperation { OperatorMethod: null, OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison
            when (comparison.LeftOperand == row ? comparison.RightOperand : comparison.LeftOperand).IsNull() =>
            new ExistenceTest(comparison, comparison.OperatorKind is BinaryOperatorKind.NotEquals),
        IIsPatternOperation { Pattern: var pattern } test when MatchesRow(pattern) is { } matches => new ExistenceTest(test, matches),
        ICoalesceOperation coalesce when coalesce.Value == row && coalesce.WhenNull.Unwrap() is IThrowOperation && IsDropped(coalesce) => new ExistenceTest(coalesce, IsTrueWhenPresent: true),
        _ => null,
    };

    /// <summary>Returns the test that a count is used in: a comparison that holds for zero and nothing else, or for everything else; null for every other use.</summary>
    public static ExistenceTest? OfCount(IOperation count)
    {
        if (count.Parent is IIsPatternOperation { Pattern: var pattern } test)
            return MatchesCount(pattern) is { } matches ? new ExistenceTest(test, matches) : null;
        if (count.Parent is not IBinaryOperation { OperatorMethod: null } comparison)
            return null;
        var isLeft = comparison.LeftOperand == count;
        if (Number(isLeft ? comparison.RightOperand : comparison.LeftOperand) is not { } number)
            return null;
        return IsPresence(isLeft ? comparison.OperatorKind : comparison.OperatorKind.Mirrored(), number) is { } isPresence ? new ExistenceTest(comparison, isPresence) : null;
    }

    private static bool? MatchesRow(IPatternOperation pattern)
    {
        var (inner, isNegated) = WithoutNegations(pattern);
        return inner switch
        {
            IConstantPatternOperation { Value: var value } when value.IsNull() => isNegated,
            IRecursivePatternOperation { DeclaredSymbol: null, DeconstructionSubpatterns.IsEmpty: true, PropertySubpatterns.IsEmpty: true } any
                when any.MatchedType is null || SymbolEqualityComparer.Default.Equals(any.MatchedType, any.InputType) => !isNegated,
            _ => null,
        };
    }

    private static bool? MatchesCount(IPatternOperation pattern)
    {
        var (inner, isNegated) = WithoutNegations(pattern);
        var isPresence = inner switch
        {
            IConstantPatternOperation { Value: var value } when Number(value) is { } number => IsPresence(BinaryOperatorKind.Equals, number),
            IRelationalPatternOperation { Value: var value, OperatorKind: var kind } when Number(value) is { } number => IsPresence(kind, number),
            _ => null,
        };
        return isPresence is { } matches ? matches != isNegated : null;
    }

    private static (IPatternOperation Pattern, bool IsNegated) WithoutNegations(IPatternOperation pattern)
    {
        var isNegated = false;
        for (; pattern is INegatedPatternOperation negated; pattern = negated.Pattern)
            isNegated = !isNegated;
        return (pattern, isNegated);
    }

    private static bool? IsPresence(BinaryOperatorKind kind, long number) => (kind, number) switch
    {
        (BinaryOperatorKind.GreaterThan or BinaryOperatorKind.NotEquals, 0) or (BinaryOperatorKind.GreaterThanOrEqual, 1) => true,
        (BinaryOperatorKind.Equals or BinaryOperatorKind.LessThanOrEqual, 0) or (BinaryOperatorKind.LessThan, 1) => false,
        _ => null,
    };

    private static long? Number(IOperation operand) => operand.Unwrap().ConstantValue is { HasValue: true, Value: var value } ? value switch
    {
        int number => number,
        long number => number,
        _ => null,
    } : null;

    /// <summary><c>_ = row ?? throw …;</c>, or a local that nobody mentions.</summary>
    private static bool IsDropped(ICoalesceOperation coalesce) => coalesce.WalkUpValue().Parent switch
    {
        ISimpleAssignmentOperation { Target: IDiscardOperation, Parent: IExpressionStatementOperation } => true,
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } declarator } => LocalValues.Around(declarator).ReferencesTo(local).Count == 0,
        _ => false,
    };
}

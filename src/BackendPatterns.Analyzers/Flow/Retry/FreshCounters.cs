using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow.Retry;

/// <summary>Counters that begin anew in every attempt: they never come far enough to end anything.</summary>
internal static class FreshCounters
{
    /// <summary>
    /// True for a local that is declared and set to a number inside the scope, counted up in one place outside all inner loops, and compared only with more than it can reach in one attempt.
    /// </summary>
    public static bool Contain(ILocalSymbol local, RetryScope scope)
    {
        if (local.Type.SpecialType is not SpecialType.System_Int32 || local.DeclaringSyntaxReferences is not [var declared] || declared.GetSyntax() is not VariableDeclaratorSyntax { Initializer: not null } declarator
            || !scope.Contains(declarator) || IsInInnerLoop(declarator, scope) || scope.Values.WritesTo(local).Count != 2)
        {
            return false;
        }

        if (First(local, scope) is not { } first)
            return false;
        var counts = 0;
        foreach (var reference in scope.Values.ReferencesTo(local))
        {
            if (IsInInnerLoop(reference.Syntax, scope) || !SymbolEqualityComparer.Default.Equals(reference.ReferencedSymbol(), local) || reference.EnclosingFunction() != scope.Function)
                return false;
            var use = reference;
            if (reference.Parent is IIncrementOrDecrementOperation step)
            {
                counts++;
                use = step;
            }

            if (!(use.Parent is IExpressionStatementOperation or IBlockOperation || use.Parent is IBinaryOperation comparison && IsOutOfReach(comparison, use, first)))
                return false;
        }

        return counts == 1;
    }

    private static int? First(ILocalSymbol local, RetryScope scope)
    {
        foreach (var value in scope.Values.WritesTo(local))
        {
            if (value is { ConstantValue: { HasValue: true, Value: int first } })
                return first;
        }

        return null;
    }

    private static bool IsOutOfReach(IBinaryOperation comparison, IOperation counter, int first)
    {
        if (comparison.OperatorKind is not (BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual or BinaryOperatorKind.Equals or BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.NotEquals))
            return false;
        var limit = comparison.LeftOperand == counter ? comparison.RightOperand : comparison.LeftOperand;
        return limit.Unwrap() switch
        {
            { ConstantValue: { HasValue: true, Value: int number } } => number > first + 1,
            IFieldReferenceOperation or IParameterReferenceOperation or IPropertyReferenceOperation => true,
            _ => false,
        };
    }

    private static bool IsInInnerLoop(SyntaxNode node, RetryScope scope)
    {
        for (var parent = node; parent is not null && scope.Contains(parent); parent = parent.Parent)
        {
            if (parent is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax && parent != scope.Loop.Syntax)
                return true;
        }

        return false;
    }
}

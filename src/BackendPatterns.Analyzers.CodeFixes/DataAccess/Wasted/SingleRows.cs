using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess.Wasted;

/// <summary>Whether a query can have a second row, at which <c>SingleOrDefault</c> throws.</summary>
internal static class SingleRows
{
    /// <summary>True where a condition of the query, or of the operator, compares a unique column.</summary>
    public static bool IsCertain(IInvocationOperation terminal, QueryChain query, BackendModel model)
    {
        if (ComparesUnique(terminal, model))
            return true;
        foreach (var call in query.Operators)
        {
            if (call.TargetMethod.Name is "Where" && ComparesUnique(call, model))
                return true;
        }

        return false;
    }

    private static bool ComparesUnique(IInvocationOperation call, BackendModel model)
    {
        if (call.ArgumentAt(1).AsLambda() is not { Body.Operations: [IReturnOperation { ReturnedValue: { } condition }] } lambda)
            return false;
        var pending = new Stack<IOperation>();
        pending.Push(condition);
        while (pending.Count > 0)
        {
            switch (pending.Pop().Unwrap())
            {
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both:
                    pending.Push(both.LeftOperand);
                    pending.Push(both.RightOperand);
                    break;
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } comparison when IsUnique(comparison.LeftOperand, lambda, model) || IsUnique(comparison.RightOperand, lambda, model):
                    return true;
            }
        }

        return false;
    }

    private static bool IsUnique(IOperation operand, IAnonymousFunctionOperation lambda, BackendModel model) =>
        operand.Unwrap() is IPropertyReferenceOperation { Instance: { } instance, Property: var property } && instance.Unwrap() is IParameterReferenceOperation { Parameter: var row }
        && SymbolEqualityComparer.Default.Equals(row, lambda.Symbol.Parameters[0]) && model.Entities.IsUniqueKey(row.Type, property);
}

using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Entities;

/// <summary>Whether a query asks for the one row with a certain key.</summary>
internal static class KeyFilter
{
    /// <summary>True where a <c>Where</c>, or the predicate of the terminal operator, compares a unique property, or all parts of the key, with a value.</summary>
    public static bool SelectsOne(EntityType entity, IOperation terminal, IReadOnlyList<IInvocationOperation> operators)
    {
        var compared = new HashSet<string>(StringComparer.Ordinal);
        if (terminal is IInvocationOperation call)
            AddCompared(call.Argument("predicate"), compared);
        foreach (var part in operators)
        {
            if (part.TargetMethod.Name is "Where")
                AddCompared(part.Argument("predicate"), compared);
        }

        if (compared.Count == 0)
            return false;
        foreach (var name in compared)
        {
            if (entity.IsUnique(name))
                return true;
        }

        return AreAllIn(entity.Key, compared) || entity.UniqueSets.Any(set => AreAllIn(set, compared));
    }

    private static bool AreAllIn(IReadOnlyCollection<string> names, HashSet<string> compared) => names.Count > 0 && names.All(compared.Contains);

    private static void AddCompared(IOperation? predicate, HashSet<string> compared)
    {
        if (predicate.AsLambda() is not { Symbol.Parameters: [var row], Body.Operations: [IReturnOperation { ReturnedValue: { } condition }] })
            return;
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
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } equality:
                    Add(equality.LeftOperand, equality.RightOperand);
                    Add(equality.RightOperand, equality.LeftOperand);
                    break;
                case IInvocationOperation { TargetMethod.Name: "Equals", Instance: { } instance, Arguments: [var argument] }:
                    Add(instance, argument.Value);
                    break;
            }
        }

        void Add(IOperation member, IOperation value)
        {
            if (member.Unwrap() is IPropertyReferenceOperation { Instance: { } instance } property && IsRow(instance.Unwrap(), row) && !value.DescendantsAndSelf().Any(part => IsRow(part, row)))
                compared.Add(property.Property.Name);
        }
    }

    private static bool IsRow(IOperation operation, IParameterSymbol row) =>
        operation is IParameterReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Parameter, row);
}

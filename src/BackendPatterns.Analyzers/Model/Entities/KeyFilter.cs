using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Entities;

/// <summary>Whether a query asks for the one row with a certain key.</summary>
public static class KeyFilter
{
    /// <summary>Operators after which one entity may be in several rows.</summary>
    private static readonly string[] Multiplying = ["SelectMany", "Join", "GroupJoin", "LeftJoin", "RightJoin", "Zip", "Concat", "Union"];

    /// <summary>True where a query certainly has at most one row: of an entity whose mapping is known, found by its key, and not joined with others.</summary>
    public static bool SelectsOne(IInvocationOperation terminal, QueryChain query, BackendModel model) =>
        !Array.Exists(Multiplying, query.Has) && query.SourceElementType is { } row && model.Entities.Find(row) is { IsReadable: true } entity && SelectsOne(entity, terminal, query.Operators, ofEntityOnly: true);

    /// <summary>
    /// True where a <c>Where</c>, or the predicate of the terminal operator, compares a unique property, or all parts of the key, with a value; also where the predicate is one of
    /// projected rows that have a member of the name, so true is not certain.
    /// </summary>
    public static bool SelectsOne(EntityType entity, IOperation terminal, IReadOnlyList<IInvocationOperation> operators) => SelectsOne(entity, terminal, operators, ofEntityOnly: false);

    private static bool SelectsOne(EntityType entity, IOperation terminal, IReadOnlyList<IInvocationOperation> operators, bool ofEntityOnly)
    {
        var row = ofEntityOnly ? entity : null;
        var compared = new HashSet<string>(StringComparer.Ordinal);
        if (terminal is IInvocationOperation call)
            AddCompared(call.Argument("predicate"), row, compared);
        foreach (var part in operators)
        {
            if (part.TargetMethod.Name is "Where")
                AddCompared(part.Argument("predicate"), row, compared);
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

    private static void AddCompared(IOperation? predicate, EntityType? entity, HashSet<string> compared)
    {
        // A projected row may have a member of the name, and another entity its own key.
        if (predicate.AsLambda() is not { Symbol.Parameters: [var row], Body.Operations: [IReturnOperation { ReturnedValue: { } condition }] } || (entity is not null && !IsRowOf(entity, row.Type)))
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

    private static bool IsRowOf(EntityType entity, ITypeSymbol type) =>
        type is ITypeParameterSymbol or { TypeKind: TypeKind.Interface } || entity.Symbol.IsOrDerivesFrom(type as INamedTypeSymbol) || type.IsOrDerivesFrom(entity.Symbol);

    private static bool IsRow(IOperation operation, IParameterSymbol row) =>
        operation is IParameterReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Parameter, row);
}

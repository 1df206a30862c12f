using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Entities;

/// <summary>Whether a filter leaves the rows that belong to one thing, or a part of a table that does not grow with it; a filter by a state, a flag or an amount does not.</summary>
internal static class NarrowFilter
{
    private static readonly HashSet<string> OwnerWords = new(StringComparer.Ordinal)
    {
        "user", "owner", "tenant", "author", "account", "customer", "organization", "organisation", "company", "creator", "created", "member", "client", "team", "email", "login", "username", "slug", "key",
    };

    private const int MostParts = 32;

    private static readonly string[] KeySuffixes = ["Id", "ID", "Key", "Guid", "Uuid", "Code", "Number", "Hash", "Token"];

    /// <summary>States that rows reach and stay in; in every other state they may be a queue, which is as long as the work that is left.</summary>
    private static readonly HashSet<string> FinalWords = new(StringComparer.Ordinal)
    {
        "completed", "complete", "done", "finished", "closed", "archived", "cancelled", "canceled", "delivered", "collected", "resolved", "paid", "shipped", "published", "active", "approved", "success", "sent",
    };

    /// <summary>
    /// True where a <c>Where</c> compares a key, a unique or foreign key column, an owner, or a text that a caller brings, with a value; where it asks for membership in a list or
    /// of related rows, for a range of time, or for a state of work; and where it cannot be read.
    /// </summary>
    public static bool Is(IInvocationOperation call, BackendModel model) =>
        call.ArgumentAt(1).AsLambda() is not { Body.Operations: [IReturnOperation { ReturnedValue: { } condition }] } || Narrows(condition, model, countsStates: true, depth: 0);

    private static bool Narrows(IOperation condition, BackendModel model, bool countsStates, int depth)
    {
        if (depth > MostParts)
            return true;
        switch (condition.Unwrap())
        {
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.And } both:
                return Narrows(both.RightOperand, model, countsStates, depth + 1) || Narrows(both.LeftOperand, model, countsStates, depth + 1);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr or BinaryOperatorKind.Or } either:
                // The rows of one owner and those that are public; but every state has to be one of work.
                return Narrows(either.RightOperand, model, countsStates: false, depth + 1) || Narrows(either.LeftOperand, model, countsStates: false, depth + 1)
                       || (countsStates && AreOpenStates(either));
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } equality:
                return Narrows(equality.LeftOperand, equality.RightOperand, model) || Narrows(equality.RightOperand, equality.LeftOperand, model) || (countsStates && IsOpenState(equality));
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual or BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual } range:
                return IsRange(range.LeftOperand, model) || IsRange(range.RightOperand, model);
            case IInvocationOperation { TargetMethod.Name: "Equals", Instance: { } left, Arguments: [{ Value: var right }] }:
                return Narrows(left, right, model) || Narrows(right, left, model);
            // A search in a text may find all there is; a call that is not known may leave one row.
            case IInvocationOperation { TargetMethod.ContainingType: var type }:
                return type is not ({ SpecialType: SpecialType.System_String } or { Name: "DbFunctionsExtensions" });
            default:
                return false;
        }
    }

    private static bool Narrows(IOperation side, IOperation value, BackendModel model)
    {
        if (side.Unwrap() is not IPropertyReferenceOperation { Property: var property, Instance: { } instance } || !StartsAtRow(instance))
            return false;
        if (IsKey(property, instance.Type, model) || model.Entities.Find(property.Type) is not null)
            return true;
        foreach (var word in NameWords.Of(property.Name))
        {
            if (OwnerWords.Contains(word))
                return true;
        }

        // What a caller asks for by its name; a flag is no name.
        return !IsConstant(value.Unwrap()) && IsName(property.Type);
    }

    private static bool IsConstant(IOperation value) => value.ConstantValue.HasValue || value is IFieldReferenceOperation { Field.IsStatic: true };

    private static bool AreOpenStates(IBinaryOperation either)
    {
        IOperation current = either;
        while (current.Unwrap() is IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr or BinaryOperatorKind.Or } more)
        {
            if (more.RightOperand.Unwrap() is not IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } state || !IsOpenState(state))
                return false;
            current = more.LeftOperand;
        }

        return current.Unwrap() is IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } last && IsOpenState(last);
    }

    private static bool IsOpenState(IBinaryOperation equality) =>
        (IsColumn(equality.LeftOperand) && IsOpenState(equality.RightOperand.Unwrap())) || (IsColumn(equality.RightOperand) && IsOpenState(equality.LeftOperand.Unwrap()));

    private static bool IsColumn(IOperation side) => side.Unwrap() is IPropertyReferenceOperation { Instance: { } instance } && StartsAtRow(instance);

    private static bool IsOpenState(IOperation value)
    {
        var name = value switch
        {
            IFieldReferenceOperation { Field: { Type.SpecialType: not SpecialType.System_Boolean } field } => field.Name,
            { ConstantValue: { HasValue: true, Value: string text } } => text,
            _ => null,
        };
        if (name is null)
            return false;
        foreach (var word in NameWords.Of(name))
        {
            if (FinalWords.Contains(word))
                return false;
        }

        return true;
    }

    private static bool IsKey(IPropertySymbol property, ITypeSymbol? row, BackendModel model)
    {
        if (Array.Exists(KeySuffixes, suffix => property.Name.EndsWith(suffix, StringComparison.Ordinal)))
            return true;
        if (row is null || model.Entities.Find(row) is not { } entity)
            return false;
        return entity.Key.Contains(property.Name) || entity.UniqueSets.Any(set => set.Contains(property.Name));
    }

    private static bool IsName(ITypeSymbol type)
    {
        type = Underlying(type);
        return type.SpecialType is SpecialType.System_String or SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_Int16 && type.TypeKind is not TypeKind.Enum
            || (type.Name is "Guid" && type.IsIn("System"));
    }

    private static bool IsRange(IOperation side, BackendModel model) =>
        IsTime(side.Unwrap().Type) || (side.Unwrap() is IPropertyReferenceOperation { Property: var property, Instance: { } instance } && StartsAtRow(instance) && IsKey(property, instance.Type, model));

    /// <summary>True for a date, or a moment.</summary>
    public static bool IsTime(ITypeSymbol? type) =>
        type is not null && (Underlying(type) is { SpecialType: SpecialType.System_DateTime } or { Name: "DateTimeOffset" or "DateOnly" or "Instant" or "LocalDate" or "LocalDateTime" });

    private static ITypeSymbol Underlying(ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var inner] } ? inner : type;

    private static bool StartsAtRow(IOperation instance)
    {
        var current = instance.Unwrap();
        while (current is IPropertyReferenceOperation { Instance: { } inner })
            current = inner.Unwrap();
        return current is IParameterReferenceOperation { Parameter.ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.AnonymousFunction } };
    }
}

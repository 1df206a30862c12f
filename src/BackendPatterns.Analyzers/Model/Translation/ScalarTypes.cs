using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Translation;

/// <summary>The types of values that every relational provider compares (https://learn.microsoft.com/ef/core/providers/sqlite/functions and its siblings).</summary>
internal static class ScalarTypes
{
    private static readonly HashSet<string> Named = new(StringComparer.Ordinal) { "Guid", "DateTimeOffset", "DateOnly", "TimeOnly", "TimeSpan" };

    private static readonly HashSet<string> WeakNamed = new(StringComparer.Ordinal) { "DateTimeOffset", "TimeSpan", "TimeOnly" };

    /// <summary>True for text, numbers, <c>bool</c>, dates, <c>Guid</c> and enums, nullable or not.</summary>
    public static bool Contains(ITypeSymbol? type)
    {
        type = Underlying(type);
        return type switch
        {
            null => false,
            { TypeKind: TypeKind.Enum } => true,
            { SpecialType: SpecialType.System_String or SpecialType.System_Boolean or SpecialType.System_DateTime or SpecialType.System_Decimal } => true,
            { SpecialType: >= SpecialType.System_SByte and <= SpecialType.System_Double } => true,
            _ => type.ContainingNamespace.Is("System") && Named.Contains(type.Name),
        };
    }

    /// <summary>True for whole numbers of 32 or 64 bits and smaller signed ones, whose arithmetic is the same in every database.</summary>
    public static bool IsWholeNumber(ITypeSymbol? type) =>
        Underlying(type)?.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_Int16 or SpecialType.System_Byte;

    public static bool IsFraction(ITypeSymbol? type) => Underlying(type)?.SpecialType is SpecialType.System_Double or SpecialType.System_Single;

    public static bool IsText(ITypeSymbol? type) => type?.SpecialType is SpecialType.System_String;

    /// <summary>True for the types that SQLite stores as text, so that it neither orders nor sums them.</summary>
    public static bool IsWeak(ITypeSymbol? type)
    {
        type = Underlying(type);
        return type is { SpecialType: SpecialType.System_Decimal or SpecialType.System_UInt64 } || (type is not null && type.ContainingNamespace.Is("System") && WeakNamed.Contains(type.Name));
    }

    public static bool IsNullable(ITypeSymbol? type) => type is { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T };

    /// <summary><c>int</c> for <c>int?</c>, and the type itself for anything else.</summary>
    public static ITypeSymbol? Underlying(ITypeSymbol? type) => IsNullable(type) ? ((INamedTypeSymbol)type!).TypeArguments[0] : type;
}

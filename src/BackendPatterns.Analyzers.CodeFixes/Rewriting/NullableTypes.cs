using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.CodeFixes.Rewriting;

/// <summary>Questions about <c>Nullable&lt;T&gt;</c>.</summary>
public static class NullableTypes
{
    /// <summary>True for <c>int?</c> and its like.</summary>
    public static bool IsNullableValue(this ITypeSymbol type) => type.OriginalDefinition.SpecialType is SpecialType.System_Nullable_T;

    /// <summary><c>int</c> for <c>int?</c>, and the type itself for anything else.</summary>
    public static ITypeSymbol WithoutNullable(this ITypeSymbol type) => type.IsNullableValue() ? ((INamedTypeSymbol)type).TypeArguments[0] : type;
}

using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Entities;

/// <summary>
/// Which types EF Core and its usual providers store in one column
/// (https://learn.microsoft.com/ef/core/modeling/entity-properties, https://learn.microsoft.com/ef/core/what-is-new/ef-core-8.0/whatsnew#primitive-collections).
/// </summary>
internal static class ColumnTypes
{
    /// <summary>True for values, strings and arrays of bytes, for collections of them, and for classes that providers map (JSON documents, geometries).</summary>
    public static bool Contains(ITypeSymbol type) => IsValue(type) || (type.ElementTypeOfSequence() is { } element && IsValue(element));

    private static bool IsValue(ITypeSymbol type) => type switch
    {
        { SpecialType: SpecialType.System_String } => true,
        // A struct that no provider knows has a converter or is a complex value: at least one column.
        { IsValueType: true } => true,
        IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Byte } => true,
        { TypeKind: TypeKind.Class, SpecialType: SpecialType.None } => type.ElementTypeOfSequence() is null && IsOfProvider(type),
        _ => false,
    };

    private static bool IsOfProvider(ITypeSymbol type)
    {
        var root = type.ContainingNamespace;
        if (root is null or { IsGlobalNamespace: true })
            return false;
        while (root.ContainingNamespace is { IsGlobalNamespace: false } outer)
            root = outer;
        return root.Name is "System" or "NodaTime" or "NetTopologySuite" or "NpgsqlTypes" || (type.Name is "HierarchyId" && root.Name is "Microsoft");
    }
}

using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction.Split;

/// <summary>Which types may stand in the signature of a service method, and how they are written there.</summary>
internal static class CrossingTypes
{
    private const int MostDepth = 10;

    private static readonly SymbolDisplayFormat Format = SymbolDisplayFormat.FullyQualifiedFormat.WithMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers | SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <summary>True for a query that has not run yet, and for what runs it: an open connection, a command, a reader, a transaction, a context.</summary>
    public static bool IsDeferred(ITypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.Name is "DbContext" or "DatabaseFacade" or "ChangeTracker" or "EntityEntry" or "LocalView" && current.ContainingNamespace.IsBelow("Microsoft.EntityFrameworkCore"))
                return true;
        }

        return IsQuery(type) || type.AllInterfaces.Any(IsQuery);
    }

    /// <summary>True where a value of the type can be handed to a service method, or back from it.</summary>
    public static bool CanCross(ITypeSymbol? type, bool isResult) =>
        type is not null && IsWritable(type, depth: 0) && !IsDeferred(type.UnwrapTask()) && !(isResult && IsDisposable(type.UnwrapTask()));

    /// <summary>Returns the type as it is written in a signature.</summary>
    public static TypeSyntax Write(ITypeSymbol type) => Written(type.ToDisplayString(Format));

    /// <summary>Returns a fully qualified name, to be simplified where it stands.</summary>
    public static TypeSyntax Written(string qualifiedName) => SyntaxFactory.ParseTypeName(qualifiedName).WithAdditionalAnnotations(Simplifier.Annotation);

    private static bool IsQuery(ITypeSymbol type) =>
        type.Name switch
        {
            "IQueryable" => type.ContainingNamespace.Is("System.Linq"),
            "IAsyncEnumerable" or "IAsyncEnumerator" => type.ContainingNamespace.Is("System.Collections.Generic"),
            "IDbConnection" or "IDbCommand" or "IDataReader" or "IDbTransaction" => type.ContainingNamespace.Is("System.Data"),
            "IDbContextTransaction" => true,
            _ => false,
        };

    // Files and other streams are loaded to be answered with.
    private static bool IsDisposable(ITypeSymbol type) =>
        type.TypeKind is not TypeKind.TypeParameter
        && !(type.ContainingNamespace.Is("System.IO") && type.Name.EndsWith("Stream", StringComparison.Ordinal))
        && type.AllInterfaces.Concat([type]).Any(static contract => contract.Name is "IDisposable" or "IAsyncDisposable" && contract.ContainingNamespace.Is("System"));

    private static bool IsWritable(ITypeSymbol type, int depth)
    {
        if (depth > MostDepth || type.IsRefLikeType)
            return false;
        switch (type)
        {
            case IDynamicTypeSymbol:
                return true;
            case IArrayTypeSymbol array:
                return IsWritable(array.ElementType, depth + 1);
            case INamedTypeSymbol { IsTupleType: true } tuple:
                return tuple.TupleElements.All(element => IsWritable(element.Type, depth + 1));
            case INamedTypeSymbol { TypeKind: not TypeKind.Error, IsAnonymousType: false } named:
                return IsVisible(named) && named.TypeArguments.All(argument => IsWritable(argument, depth + 1));
            default:
                return false;
        }
    }

    private static bool IsVisible(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.ContainingType)
        {
            if (current.IsFileLocal || current.DeclaredAccessibility is Accessibility.Private or Accessibility.Protected or Accessibility.ProtectedAndInternal)
                return false;
        }

        return true;
    }
}

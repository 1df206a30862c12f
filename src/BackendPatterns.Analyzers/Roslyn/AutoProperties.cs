using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.Roslyn;

/// <summary>Whether reading a property gives what is stored.</summary>
public static class AutoProperties
{
    /// <summary>
    /// False for a property whose accessors have bodies in visible source: a query reads the column, past them. True for auto-properties, and for properties of
    /// referenced assemblies, whose accessors cannot be seen.
    /// </summary>
    public static bool IsAutoProperty(this IPropertySymbol property)
    {
        foreach (var reference in property.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax() is not PropertyDeclarationSyntax declaration)
                continue;
            if (declaration.ExpressionBody is not null || declaration.AccessorList?.Accessors.Any(accessor => accessor.Body is not null || accessor.ExpressionBody is not null) == true)
                return false;
        }

        return true;
    }
}

using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Calls;

/// <summary>
/// Compares symbols that may come from two compilations. In an editor two projects can see a third one through symbols of their own, which are never equal; names, arity and
/// signature then decide.
/// </summary>
internal static class Definitions
{
    /// <summary>True where both are the same type, type arguments aside.</summary>
    public static bool AreSame(INamedTypeSymbol a, INamedTypeSymbol b)
    {
        a = a.OriginalDefinition;
        b = b.OriginalDefinition;
        return SymbolEqualityComparer.Default.Equals(a, b)
               || (a.Arity == b.Arity && a.Name == b.Name && a.GetDocumentationCommentId() == b.GetDocumentationCommentId() && a.ContainingAssembly?.Identity.Name == b.ContainingAssembly?.Identity.Name);
    }

    /// <summary>True where both are the same method, type arguments aside.</summary>
    public static bool AreSame(IMethodSymbol a, IMethodSymbol b)
    {
        a = a.OriginalDefinition;
        b = b.OriginalDefinition;
        return SymbolEqualityComparer.Default.Equals(a, b)
               || (a.Name == b.Name && a.Parameters.Length == b.Parameters.Length && a.GetDocumentationCommentId() == b.GetDocumentationCommentId()
                   && AreSame(a.ContainingType, b.ContainingType));
    }

    /// <summary>False where two constructions of one generic type cannot be the same: <c>IRepository&lt;Order&gt;</c> and <c>IRepository&lt;Customer&gt;</c>.</summary>
    public static bool MayBeSame(INamedTypeSymbol a, INamedTypeSymbol b)
    {
        for (var i = 0; i < a.TypeArguments.Length && i < b.TypeArguments.Length; i++)
        {
            if (a.TypeArguments[i] is INamedTypeSymbol left && b.TypeArguments[i] is INamedTypeSymbol right && !(AreSame(left, right) && MayBeSame(left, right)))
                return false;
        }

        return true;
    }

    /// <summary>Returns the construction of <paramref name="contract"/> that a type is, derives from or implements and that may be the same as it, or null.</summary>
    public static INamedTypeSymbol? Of(INamedTypeSymbol contract, INamedTypeSymbol type)
    {
        if (contract.TypeKind is TypeKind.Interface)
        {
            foreach (var candidate in type.AllInterfaces)
            {
                if (AreSame(candidate, contract) && MayBeSame(candidate, contract))
                    return candidate;
            }
        }

        for (var current = type; current is not null; current = current.BaseType)
        {
            if (AreSame(current, contract))
                return MayBeSame(current, contract) ? current : null;
        }

        return null;
    }
}

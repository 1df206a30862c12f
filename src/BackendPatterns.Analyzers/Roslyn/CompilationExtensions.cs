using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Roslyn;

/// <summary>Steps into a compilation that know nothing of backends.</summary>
public static class CompilationExtensions
{
    /// <summary>
    /// Returns the type with this metadata name (<c>Namespace.Type`1</c>, not nested): of this compilation, else the public one of its references, or null where
    /// there is none or more than one. Goes through the
    /// merged namespaces that the compiler builds anyway: <c>GetTypeByMetadataName</c> asks every one of several hundred references, for every name again.
    /// </summary>
    public static INamedTypeSymbol? FindType(this Compilation compilation, string metadataName)
    {
        INamespaceSymbol? space = compilation.GlobalNamespace;
        var start = 0;
        for (var dot = metadataName.IndexOf('.'); dot >= 0; dot = metadataName.IndexOf('.', start))
        {
            space = ChildOf(space, metadataName.Substring(start, dot - start));
            if (space is null)
                return null;
            start = dot + 1;
        }

        var tick = metadataName.IndexOf('`', start);
        var name = tick < 0 ? metadataName.Substring(start) : metadataName.Substring(start, tick - start);
        var arity = tick < 0 ? 0 : int.Parse(metadataName.Substring(tick + 1), System.Globalization.CultureInfo.InvariantCulture);
        INamedTypeSymbol? found = null;
        foreach (var type in space.GetTypeMembers(name, arity))
        {
            if (SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly))
                return type;
            if (type.DeclaredAccessibility is not Accessibility.Public)
                continue;
            if (found is not null)
                return null;
            found = type;
        }

        return found;
    }

    private static INamespaceSymbol? ChildOf(INamespaceSymbol space, string name)
    {
        foreach (var member in space.GetMembers(name))
        {
            if (member is INamespaceSymbol child)
                return child;
        }

        return null;
    }
}

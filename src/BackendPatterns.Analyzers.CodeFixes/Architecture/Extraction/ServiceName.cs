using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction;

/// <summary>What the service of an endpoint type is called: <c>MarketsController</c> → <c>MarketsService</c>.</summary>
internal static class ServiceName
{
    private static readonly string[] EndpointRoles = ["Controller", "Endpoints", "Endpoint", "PageModel", "Model", "Hub", "Routes", "Module", "Api"];
    private static readonly string[] DataRoles = ["DbContext", "Context", "Database", "Db", "Repository"];

    /// <summary>Names of pages that say nothing without their folder.</summary>
    private static readonly HashSet<string> PageNames = new(StringComparer.Ordinal) { "Index", "Create", "Edit", "Update", "Delete", "Details", "List", "Add", "Home" };

    /// <summary>Returns the first conventional name that no type of the project has, alone or with an <c>I</c> in front; null where all are taken.</summary>
    /// <param name="type">The endpoint type; null for top-level statements.</param>
    /// <param name="dependency">The type of the first dependency that moves, which names the service of top-level statements.</param>
    /// <param name="compilation">The project.</param>
    public static string? For(INamedTypeSymbol? type, ITypeSymbol dependency, Compilation compilation)
    {
        foreach (var name in type is null || type.Name is "Program" ? Words(OfData(dependency), above: null) : Words(Without(type.Name, EndpointRoles), SpaceAbove(type)))
        {
            if (IsFree(name, compilation) && IsFree("I" + name, compilation))
                return name;
        }

        return null;
    }

    private static IEnumerable<string> Words(string word, string? above)
    {
        if (!PageNames.Contains(word) || above is null)
            yield return word + "Service";
        if (above is not null && above.IndexOf(word, StringComparison.OrdinalIgnoreCase) < 0 && !word.StartsWith(above, StringComparison.OrdinalIgnoreCase))
            yield return above + word + "Service";
        yield return word + "DataService";
    }

    /// <summary>The area or folder of pages, from the namespace: <c>Admin</c> of <c>Shop.Areas.Admin.Controllers</c>, <c>Orders</c> of <c>Shop.Pages.Orders</c>.</summary>
    private static string? SpaceAbove(INamedTypeSymbol type)
    {
        for (var space = type.ContainingNamespace; space is { IsGlobalNamespace: false, ContainingNamespace: { } parent }; space = parent)
        {
            if (parent.Name is "Areas" or "Pages" && space.Name is not ("Areas" or "Pages"))
                return space.Name;
        }

        return null;
    }

    private static string OfData(ITypeSymbol dependency)
    {
        var name = dependency.Name.Length > 1 && dependency.TypeKind is TypeKind.Interface && dependency.Name[0] == 'I' ? dependency.Name.Substring(1) : dependency.Name;
        return Without(name, DataRoles);
    }

    private static string Without(string name, string[] roles)
    {
        foreach (var role in roles)
        {
            if (name.Length > role.Length && name.EndsWith(role, StringComparison.Ordinal))
                return name.Substring(0, name.Length - role.Length);
        }

        return name;
    }

    private static bool IsFree(string name, Compilation compilation) => !compilation.ContainsSymbolsWithName(name, SymbolFilter.TypeAndMember);
}

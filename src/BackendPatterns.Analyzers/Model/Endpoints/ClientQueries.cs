using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Endpoints;

/// <summary>
/// OData and GraphQL (HotChocolate): their clients say which rows and members they get, see https://learn.microsoft.com/odata/webapi-8/fundamentals/query-options and
/// https://chillicream.com/docs/hotchocolate/fetching.
/// </summary>
internal static class ClientQueries
{
    private static readonly string[] Libraries = ["Microsoft.AspNetCore.OData", "Microsoft.AspNet.OData", "HotChocolate"];

    /// <summary>True for a type that such a library declares.</summary>
    public static bool IsOfLibrary(INamedTypeSymbol? type) => type?.ContainingAssembly is { Name: var assembly } && IsLibrary(assembly);

    /// <summary>True for the name of an assembly of such a library.</summary>
    public static bool IsLibrary(string assembly)
    {
        foreach (var library in Libraries)
        {
            if (assembly.StartsWith(library, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    /// <summary>True for a controller that one of these libraries serves, by its base class or an attribute: routes, bodies and answers follow the library's conventions.</summary>
    public static bool AreServedBy(INamedTypeSymbol controller)
    {
        for (var type = controller; type is { SpecialType: SpecialType.None }; type = type.BaseType)
        {
            if (IsOfLibrary(type) || (type.Name.StartsWith("OData", StringComparison.Ordinal) && !SymbolEqualityComparer.Default.Equals(type, controller)) || type.Name is "ODataController")
                return true;
            foreach (var attribute in type.GetAttributes())
            {
                if (attribute.AttributeClass?.Name is "EnableQueryAttribute" or "ODataAttributeRoutingAttribute")
                    return true;
            }
        }

        return false;
    }

    /// <summary>True where the client says which members of the answer it gets, by an attribute of the function or its type.</summary>
    public static bool Project(IMethodSymbol function) => Has(function, static name => name is "EnableQueryAttribute" or "UseProjectionAttribute");

    /// <summary>True where the library cuts the answer into pages, by an attribute of the function or its type.</summary>
    public static bool Page(IMethodSymbol function) => Has(function, static name => name is "EnableQueryAttribute" or "UsePagingAttribute" or "UseOffsetPagingAttribute");

    private static bool Has(IMethodSymbol function, Func<string?, bool> isMeant)
    {
        for (ISymbol? holder = function; holder is IMethodSymbol or INamedTypeSymbol; holder = holder is IMethodSymbol ? holder.ContainingType : null)
        {
            foreach (var attribute in holder.GetAttributes())
            {
                if (isMeant(attribute.AttributeClass?.Name))
                    return true;
            }
        }

        return false;
    }
}

using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction.Split;

/// <summary>Which types are a matter of the endpoint: requests, results, principals, logs.</summary>
internal sealed class HttpTypes
{
    private const int MostDepth = 8;

    private static readonly string[] EndpointSpaces = ["Microsoft.AspNetCore", "Microsoft.Net.Http", "System.Security.Claims", "System.Security.Principal", "Microsoft.Extensions.Logging"];

    // Users, roles and keys are data; a patch document is a request's content.
    private static readonly string[] DataSpaces = ["Microsoft.AspNetCore.Identity", "Microsoft.AspNetCore.DataProtection", "Microsoft.AspNetCore.JsonPatch"];

    private readonly Dictionary<ITypeSymbol, bool> _known = new(SymbolEqualityComparer.Default);

    /// <summary>True for such a type, a type derived from one, and a type made of one, as <c>List&lt;IFormFile&gt;</c> and <c>Task&lt;IResult&gt;</c>.</summary>
    public bool Contain(ITypeSymbol? type) => Contain(type, depth: 0);

    private bool Contain(ITypeSymbol? type, int depth)
    {
        if (type is null || depth > MostDepth)
            return false;
        if (_known.TryGetValue(type, out var known))
            return known;
        return _known[type] = type switch
        {
            IArrayTypeSymbol array => Contain(array.ElementType, depth + 1),
            INamedTypeSymbol named => IsHttp(named) || named.TypeArguments.Any(argument => Contain(argument, depth + 1)),
            _ => false,
        };
    }

    private static bool IsHttp(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (IsIn(current))
                return true;
        }

        return type.AllInterfaces.Any(IsIn);
    }

    private static bool IsIn(INamedTypeSymbol type) =>
        EndpointSpaces.Any(space => type.ContainingNamespace.IsBelow(space)) && !DataSpaces.Any(space => type.ContainingNamespace.IsBelow(space));
}

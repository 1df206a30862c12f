using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction.Split;

/// <summary>The namespaces of what code names: its types, and the extension methods that it calls.</summary>
internal static class NeededNamespaces
{
    public static ImmutableArray<string> Of(Region region, SplitScope scope)
    {
        var spaces = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var node in region.Nodes.SelectMany(static node => node.DescendantNodesAndSelf()))
        {
            var space = node switch
            {
                SimpleNameSyntax name => SpaceOf(scope.SymbolOf(name)),
                QueryExpressionSyntax => "System.Linq",
                _ => null,
            };
            if (space is { Length: > 0 })
                spaces.Add(space);
        }

        return spaces.ToImmutableArray();
    }

    private static string? SpaceOf(ISymbol? symbol) => symbol switch
    {
        INamedTypeSymbol { ContainingType: null, IsAnonymousType: false, IsTupleType: false } type => Name(type.ContainingNamespace),
        IMethodSymbol { MethodKind: MethodKind.ReducedExtension } extension => Name(extension.ContainingNamespace),
        _ => null,
    };

    private static string? Name(INamespaceSymbol? space) => space is null or { IsGlobalNamespace: true } ? null : space.ToDisplayString();
}

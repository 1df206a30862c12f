using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.Model.Layers;

/// <summary>A type of another layer that a type must not use.</summary>
/// <param name="Type">What is used; of nested types the outermost one.</param>
/// <param name="From">The layer of the type that uses it.</param>
/// <param name="To">The layer of what is used.</param>
/// <param name="Places">Where it is named.</param>
public sealed record ForbiddenReference(INamedTypeSymbol Type, LayerPattern From, LayerPattern To, List<Location> Places);

/// <summary>
/// Finds the references of a type to layers that are forbidden to it: names of types wherever they are written, extension methods, members that <c>using static</c> brings in. A
/// <c>using</c> directive alone is none, neither is a comment.
/// </summary>
internal static class LayerReferences
{
    /// <summary>Returns the forbidden references in one declaration of a type, one per type that is used, in the order of the first use.</summary>
    public static IReadOnlyList<ForbiddenReference> In(SyntaxNode declaration, INamedTypeSymbol type, SemanticModel semantics, LayerRulesInForce inForce, CancellationToken cancellation)
    {
        var tree = declaration.SyntaxTree;
        if (inForce.In(tree) is not var (rules, names) || names.LayerOf(type) is var from && from < 0 || rules.ForbiddenTo(from) is var forbidden && forbidden == 0)
            return [];
        List<ForbiddenReference>? found = null;
        foreach (var name in NamesIn(declaration))
        {
            if (!names.MayRefer(name.Identifier.ValueText, forbidden, tree) || TypeBehind(name, semantics, cancellation) is not { } used)
                continue;
            var to = names.LayerOf(used);
            if (to < 0 || rules.Allow(from, to))
                continue;
            found ??= [];
            if (found.Find(known => SymbolEqualityComparer.Default.Equals(known.Type, used)) is { } before)
                AddPlace(before.Places, name);
            else
                found.Add(new ForbiddenReference(used, rules.Layers[from], rules.Layers[to], [name.GetLocation()]));
        }

        return found ?? (IReadOnlyList<ForbiddenReference>)[];
    }

    /// <summary>In <c>Page.Line</c> a type and the one that it contains are named at once.</summary>
    private static void AddPlace(List<Location> places, SimpleNameSyntax name)
    {
        if (places[places.Count - 1].SourceSpan.End != name.SpanStart - 1)
            places.Add(name.GetLocation());
    }

    /// <summary>Nested types speak for themselves.</summary>
    private static IEnumerable<SimpleNameSyntax> NamesIn(SyntaxNode declaration) =>
        declaration.DescendantNodes(node => node == declaration || node is not (BaseTypeDeclarationSyntax or DelegateDeclarationSyntax)).OfType<SimpleNameSyntax>();

    private static INamedTypeSymbol? TypeBehind(SimpleNameSyntax name, SemanticModel semantics, CancellationToken cancellation)
    {
        var type = semantics.GetSymbolInfo(name, cancellation).Symbol switch
        {
            INamedTypeSymbol named => named,
            // The name of an attribute is its constructor.
            IMethodSymbol { MethodKind: MethodKind.Constructor } constructor => constructor.ContainingType,
            IMethodSymbol { IsExtensionMethod: true } extension => (extension.ReducedFrom ?? extension).ContainingType,
            // A static member that stands alone comes with a using directive, unless it is one of the type itself.
            { IsStatic: true, Kind: SymbolKind.Method or SymbolKind.Property or SymbolKind.Field or SymbolKind.Event } member when !IsQualified(name) => member.ContainingType,
            _ => null,
        };
        while (type?.ContainingType is { } outer)
            type = outer;
        return type is null or { TypeKind: TypeKind.Error } ? null : type.OriginalDefinition;
    }

    private static bool IsQualified(SimpleNameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Name == name && access.IsKind(SyntaxKind.SimpleMemberAccessExpression),
        QualifiedNameSyntax qualified => qualified.Right == name,
        MemberBindingExpressionSyntax => true,
        _ => false,
    };
}

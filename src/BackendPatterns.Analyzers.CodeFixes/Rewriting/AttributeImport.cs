using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Rewriting;

/// <summary>
/// How a file can name an attribute that it may not import yet: by its simple name, after adding a using, or with its namespace.
/// </summary>
public sealed class AttributeImport
{
    private readonly string _namespace;
    private readonly int? _place;

    /// <param name="name">The name to write.</param>
    /// <param name="namespace">The namespace to import.</param>
    /// <param name="place">Where the using goes, a place of <see cref="UsingDirectives"/>; null where none is needed.</param>
    private AttributeImport(NameSyntax name, string @namespace, int? place)
    {
        Name = name;
        _namespace = @namespace;
        _place = place;
    }

    /// <summary>The name to write in brackets.</summary>
    public NameSyntax Name { get; }

    /// <summary>
    /// Returns how to name an attribute at a position of a file. A using is added only where no name that the file already uses would
    /// change its meaning.
    /// </summary>
    public static AttributeImport Of(string @namespace, string name, SemanticModel semantics, int position)
    {
        var simple = SyntaxFactory.IdentifierName(name);
        var info = semantics.GetSpeculativeSymbolInfo(position, SyntaxFactory.Attribute(simple));
        // Without its arguments an attribute that needs some binds to a candidate only.
        if ((info.Symbol ?? info.CandidateSymbols.FirstOrDefault())?.ContainingType is { } type && type.IsIn(@namespace))
            return new AttributeImport(simple, @namespace, place: null);
        var root = (CompilationUnitSyntax)semantics.SyntaxTree.GetRoot();
        return info.Symbol is null && info.CandidateSymbols.IsEmpty && !WouldChangeNames(root, @namespace, semantics)
            ? new AttributeImport(simple, @namespace, UsingDirectives.PlaceFor(root, position))
            : new AttributeImport(SyntaxFactory.ParseName(@namespace + "." + name), @namespace, place: null);
    }

    /// <summary>Returns the file with the using, where one is needed.</summary>
    public CompilationUnitSyntax AddTo(CompilationUnitSyntax root) =>
        _place is { } place ? UsingDirectives.Add(root, _namespace, place) : root;

    private static bool WouldChangeNames(CompilationUnitSyntax root, string @namespace, SemanticModel semantics)
    {
        INamespaceOrTypeSymbol? imported = semantics.Compilation.GlobalNamespace;
        foreach (var part in @namespace.Split('.'))
            imported = imported?.GetMembers(part).OfType<INamespaceSymbol>().FirstOrDefault();
        if (imported is null)
            return true;
        var names = new HashSet<string>(imported.GetTypeMembers().SelectMany(static type => Spellings(type.Name)), StringComparer.Ordinal);
        foreach (var node in root.DescendantNodes())
        {
            if (node is SimpleNameSyntax { Identifier.ValueText: var text } name && names.Contains(text)
                && semantics.GetSymbolInfo(name).Symbol is INamedTypeSymbol or IMethodSymbol { MethodKind: MethodKind.Constructor })
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<string> Spellings(string name) =>
        name.EndsWith("Attribute", StringComparison.Ordinal) ? [name, name.Substring(0, name.Length - "Attribute".Length)] : [name];
}

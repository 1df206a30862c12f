using System.Collections.Concurrent;
using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model.Libraries;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.Model.Layers;

/// <summary>
/// The layers of the types that one compilation sees, and the names by which code refers to them: only names that a forbidden layer declares have to be bound.
/// </summary>
internal sealed class LayerNames
{
    private static readonly TreeWords GlobalUsings = new("global using");

    private readonly LayerRules _rules;
    private readonly Compilation _compilation;
    private readonly OwnCode _own;
    private readonly ConcurrentDictionary<INamespaceSymbol, int> _layers = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<SyntaxTree, ImmutableDictionary<string, ulong>> _aliases = new();
    private readonly Lazy<Dictionary<string, ulong>> _names;

    public LayerNames(LayerRules rules, BackendModel model)
    {
        _rules = rules;
        _compilation = model.Compilation;
        _own = model.Libraries.OwnCode;
        _names = BackendModel.Once(FindNames);
    }

    /// <summary>Returns the index of the layer that a type belongs to, or -1.</summary>
    public int LayerOf(INamedTypeSymbol type)
    {
        var space = type.ContainingNamespace;
        if (space is null or { IsGlobalNamespace: true })
            return -1;
        return _layers.TryGetValue(space, out var known) ? known : _layers.GetOrAdd(space, _rules.LayerOf(PartsOf(space), fromStart: !_own.Contains(space.ContainingAssembly)));
    }

    /// <summary>True where a name may refer to a type of one of these layers, or to an extension method of one.</summary>
    public bool MayRefer(string name, ulong layers, SyntaxTree tree)
    {
        if (_names.Value.TryGetValue(name, out var declaring) && (declaring & layers) != 0)
            return true;
        return AliasesIn(tree).TryGetValue(name, out var behind) && (behind & layers) != 0;
    }

    private static ImmutableArray<string> PartsOf(INamespaceSymbol space)
    {
        var parts = ImmutableArray.CreateBuilder<string>();
        for (var current = space; current is { IsGlobalNamespace: false }; current = current.ContainingNamespace)
            parts.Add(current.Name);
        parts.Reverse();
        return parts.ToImmutable();
    }

    private Dictionary<string, ulong> FindNames()
    {
        var names = new Dictionary<string, ulong>(StringComparer.Ordinal);
        foreach (var assembly in _own.Assemblies)
            AddBelow(assembly.GlobalNamespace, names);
        foreach (var layer in _rules.Layers)
        {
            INamespaceSymbol? space = _compilation.GlobalNamespace;
            foreach (var part in layer.FixedPrefix)
                space = space?.GetNamespaceMembers().FirstOrDefault(child => child.Name == part);
            if (space is { IsGlobalNamespace: false })
                AddBelow(space, names);
        }

        return names;
    }

    private void AddBelow(INamespaceSymbol space, Dictionary<string, ulong> names)
    {
        foreach (var type in space.Types())
        {
            if (LayerOf(type) is var layer && layer < 0)
                continue;
            Add(type.Name, layer, names);
            if (type.Name.EndsWith("Attribute", StringComparison.Ordinal))
                Add(type.Name.Substring(0, type.Name.Length - "Attribute".Length), layer, names);
            if (!type.MightContainExtensionMethods)
                continue;
            foreach (var member in type.GetMembers())
            {
                if (member is IMethodSymbol { IsExtensionMethod: true })
                    Add(member.Name, layer, names);
            }
        }
    }

    private static void Add(string name, int layer, Dictionary<string, ulong> names)
    {
        names.TryGetValue(name, out var known);
        names[name] = known | (1UL << layer);
    }

    /// <summary>Names that <c>using X = …</c> and <c>using static …</c> bring into a file.</summary>
    private ImmutableDictionary<string, ulong> AliasesIn(SyntaxTree tree) => _aliases.TryGetValue(tree, out var known) ? known : _aliases.GetOrAdd(tree, FindAliases);

    private ImmutableDictionary<string, ulong> FindAliases(SyntaxTree tree)
    {
        var aliases = ImmutableDictionary.CreateBuilder<string, ulong>(StringComparer.Ordinal);
        foreach (var directive in UsingsOf(tree.GetRoot()))
            AddAliases(directive, aliases);
        foreach (var other in _compilation.SyntaxTrees)
        {
            if (other == tree || !GlobalUsings.AnyIn(other, CancellationToken.None))
                continue;
            foreach (var directive in UsingsOf(other.GetRoot()))
            {
                if (directive.GlobalKeyword.Span.Length > 0)
                    AddAliases(directive, aliases);
            }
        }

        return aliases.ToImmutable();
    }

    private static IEnumerable<UsingDirectiveSyntax> UsingsOf(SyntaxNode root) =>
        root.DescendantNodes(static node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax).OfType<UsingDirectiveSyntax>();

    private void AddAliases(UsingDirectiveSyntax directive, ImmutableDictionary<string, ulong>.Builder aliases)
    {
        if (directive.NamespaceOrType is not NameSyntax name || LastOf(name) is not { } last || !_names.Value.TryGetValue(last, out var layers))
            return;
        if (directive.Alias is { } alias)
            aliases[alias.Name.Identifier.ValueText] = layers;
        if (directive.StaticKeyword.Span.Length == 0)
            return;
        foreach (var type in _own.Assemblies.SelectMany(assembly => assembly.GlobalNamespace.Types()).Where(type => type.Name == last))
        {
            foreach (var member in type.GetMembers())
            {
                if (member.IsStatic)
                    aliases[member.Name] = layers;
            }
        }
    }

    private static string? LastOf(NameSyntax name) => name switch
    {
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax qualified => qualified.Name.Identifier.ValueText,
        _ => null,
    };
}

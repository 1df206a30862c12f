using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Rewriting;

/// <summary>How a file can name an attribute that it may not import yet: by its simple name, after adding a using, or with its namespace.</summary>
public sealed class AttributeImport
{
    private const int AtFile = -1;

    private readonly string _namespace;
    private readonly int? _place;

    /// <param name="name">The name to write.</param>
    /// <param name="namespace">The namespace to import.</param>
    /// <param name="place">Where the using goes: the file or the index of a namespace; null where none is needed.</param>
    private AttributeImport(NameSyntax name, string @namespace, int? place)
    {
        Name = name;
        _namespace = @namespace;
        _place = place;
    }

    /// <summary>The name to write in brackets.</summary>
    public NameSyntax Name { get; }

    /// <summary>
    /// Returns how to name an attribute at all of some positions of a file. A using is added only where no name that the file already uses would change its meaning.
    /// </summary>
    public static AttributeImport Of(string @namespace, string name, SemanticModel semantics, IReadOnlyList<int> positions)
    {
        var simple = SyntaxFactory.IdentifierName(name);
        var infos = positions.Select(position => semantics.GetSpeculativeSymbolInfo(position, SyntaxFactory.Attribute(simple))).ToList();
        if (infos.TrueForAll(info => info.Symbol?.ContainingType is { } type && type.ContainingNamespace.ToDisplayString() == @namespace))
            return new AttributeImport(simple, @namespace, place: null);
        var root = (CompilationUnitSyntax)semantics.SyntaxTree.GetRoot();
        return infos.TrueForAll(static info => info.Symbol is null && info.CandidateSymbols.IsEmpty) && !WouldChangeNames(root, @namespace, semantics) && PlaceIn(root, positions) is { } place
            ? new AttributeImport(simple, @namespace, place)
            : new AttributeImport(SyntaxFactory.ParseName(@namespace + "." + name), @namespace, place: null);
    }

    /// <summary>Returns the file with the using, where one is needed: in its place in a sorted list, else at the end.</summary>
    public CompilationUnitSyntax AddTo(CompilationUnitSyntax root)
    {
        if (_place is not { } place)
            return root;
        if (place == AtFile)
            return Insert(root, root.Usings, root.WithUsings, EndOfLineOf(root));
        var space = (BaseNamespaceDeclarationSyntax)root.Members[place];
        return root.ReplaceNode(space, Insert(space, space.Usings, space.WithUsings, EndOfLineOf(root)));
    }

    private static int? PlaceIn(CompilationUnitSyntax root, IReadOnlyList<int> positions)
    {
        if (root.Usings.Count > 0)
            return AtFile;
        var index = root.Members.IndexOf(member => member is BaseNamespaceDeclarationSyntax { Usings.Count: > 0 } && positions.All(member.Span.Contains));
        if (index >= 0)
            return index;
        // A comment above the first declaration belongs to it; a using cannot be put between.
        return root.GetLeadingTrivia().All(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia) || trivia.IsKind(SyntaxKind.EndOfLineTrivia)) ? AtFile : null;
    }

    private T Insert<T>(T owner, SyntaxList<UsingDirectiveSyntax> usings, Func<SyntaxList<UsingDirectiveSyntax>, T> with, SyntaxTrivia endOfLine)
        where T : SyntaxNode
    {
        var added = SyntaxFactory.UsingDirective(SyntaxFactory.ParseName(_namespace))
            .WithUsingKeyword(SyntaxFactory.Token(SyntaxKind.UsingKeyword).WithTrailingTrivia(SyntaxFactory.Space))
            .WithTrailingTrivia(endOfLine);
        if (usings.Count == 0)
            return with(SyntaxFactory.SingletonList(added.WithTrailingTrivia(endOfLine, endOfLine)));
        var index = PlaceIn(usings);
        var indentation = usings[0].GetLeadingTrivia().Where(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).LastOrDefault();
        if (index > 0)
            return with(usings.Insert(index, indentation == default ? added : added.WithLeadingTrivia(indentation)));
        var first = usings[0];
        return with(usings.Replace(first, first.WithLeadingTrivia(indentation == default ? SyntaxTriviaList.Empty : SyntaxTriviaList.Create(indentation))).Insert(0, added.WithLeadingTrivia(first.GetLeadingTrivia())));
    }

    private int PlaceIn(SyntaxList<UsingDirectiveSyntax> usings)
    {
        var last = 0;
        for (var i = 0; i < usings.Count; i++)
        {
            if (usings[i] is { GlobalKeyword.RawKind: (int)SyntaxKind.GlobalKeyword })
            {
                last = i + 1;
                continue;
            }

            if (usings[i].Alias is not null || usings[i].StaticKeyword.IsKind(SyntaxKind.StaticKeyword))
                return i;
            if (Compare(_namespace, usings[i].Name?.ToString() ?? "") < 0)
                return i;
            last = i + 1;
        }

        return last;
    }

    private static int Compare(string one, string other)
    {
        var system = IsSystem(other).CompareTo(IsSystem(one));
        return system != 0 ? system : string.Compare(one, other, StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsSystem(string name) => name == "System" || name.StartsWith("System.", StringComparison.Ordinal);

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

    private static SyntaxTrivia EndOfLineOf(SyntaxNode root) =>
        root.DescendantTrivia().FirstOrDefault(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)) is { RawKind: not 0 } found ? found : SyntaxFactory.LineFeed;
}

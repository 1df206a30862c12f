using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace BackendPatterns.Analyzers.Model.Calls;

/// <summary>Where the trees of a compilation mention a name: from their indexes, so that neither their text nor their nodes are read again for each name.</summary>
internal sealed class NameMentions
{
    private static readonly ConditionalWeakTable<SyntaxTree, TextSpan[]> Loose = new();

    private readonly Dictionary<string, List<SyntaxTree>> _trees = new(StringComparer.Ordinal);
    private readonly List<SyntaxTree> _withLooseParts = [];

    private NameMentions()
    {
    }

    /// <summary>Reads the indexes of all trees of a compilation.</summary>
    public static NameMentions In(BackendModel model, CancellationToken cancellation)
    {
        var mentions = new NameMentions();
        foreach (var tree in model.Trees)
        {
            foreach (var name in TreeIndex.Of(tree, cancellation).Names)
            {
                if (!mentions._trees.TryGetValue(name, out var trees))
                    mentions._trees.Add(name, trees = []);
                trees.Add(tree);
            }

            if (LoosePartsOf(tree).Length > 0)
                mentions._withLooseParts.Add(tree);
        }

        return mentions;
    }

    /// <summary>Returns the simple names that stand for this name in the code of members, in source order; those in comments, strings and documentation are not among them.</summary>
    public IEnumerable<SimpleNameSyntax> Of(string name)
    {
        _trees.TryGetValue(name, out var trees);
        foreach (var tree in trees ?? [])
        {
            foreach (var found in In(tree, name))
                yield return found;
        }

        foreach (var tree in _withLooseParts)
        {
            if (trees?.Contains(tree) == true)
                continue;
            foreach (var found in In(tree, name))
                yield return found;
        }
    }

    /// <summary>The same for one tree, whatever compilation it belongs to.</summary>
    public static IEnumerable<SimpleNameSyntax> In(SyntaxTree tree, string name)
    {
        foreach (var part in PartsOf(tree, name))
        {
            foreach (var found in NamesIn(tree, part, name))
                yield return found;
        }
    }

    /// <summary>The members that mention the name, and those that the index does not list.</summary>
    private static IEnumerable<TextSpan> PartsOf(SyntaxTree tree, string name)
    {
        var index = TreeIndex.Of(tree, CancellationToken.None);
        var id = index.PositionOf(name);
        if (id >= 0)
        {
            foreach (var member in index.Members)
            {
                if (!member.Body.IsEmpty && index.Mentions.IndexOf(id, member.Body.Start, member.Body.Length) >= 0)
                    yield return member.Span;
            }
        }

        foreach (var part in LoosePartsOf(tree))
            yield return part;
    }

    private static IEnumerable<SimpleNameSyntax> NamesIn(SyntaxTree tree, TextSpan part, string name)
    {
        // In half-typed code a method may have no name yet.
        if (name.Length == 0)
            yield break;
        var text = tree.GetText().ToString(part);
        for (var at = text.IndexOf(name, StringComparison.Ordinal); at >= 0; at = text.IndexOf(name, at + name.Length, StringComparison.Ordinal))
        {
            var token = tree.GetRoot().FindToken(part.Start + at);
            if (token.IsKind(SyntaxKind.IdentifierToken) && token.Span.Contains(part.Start + at) && token.ValueText == name && token.Parent is SimpleNameSyntax simple)
                yield return simple;
        }
    }

    /// <summary>Code that the index does not list: top-level statements, operators, accessors of events, finalizers.</summary>
    private static TextSpan[] LoosePartsOf(SyntaxTree tree) => Loose.GetValue(tree, static t =>
    {
        var parts = new List<TextSpan>();
        if (t.GetRoot() is not CompilationUnitSyntax unit)
            return [];
        var pending = new Stack<SyntaxList<MemberDeclarationSyntax>>();
        pending.Push(unit.Members);
        while (pending.Count > 0)
        {
            foreach (var member in pending.Pop())
            {
                if (member is BaseNamespaceDeclarationSyntax space)
                    pending.Push(space.Members);
                else if (member is TypeDeclarationSyntax type)
                    pending.Push(type.Members);
                else if (member is GlobalStatementSyntax or OperatorDeclarationSyntax or ConversionOperatorDeclarationSyntax or EventDeclarationSyntax or DestructorDeclarationSyntax)
                    parts.Add(member.Span);
            }
        }

        return [.. parts.OrderBy(static part => part.Start)];
    });
}

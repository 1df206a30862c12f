using System.Collections.Immutable;
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

    // A list of the files of each name is only made for as many questions as a whole project asks: someone who types would wait for it after every key.
    private const int QuestionsWithoutFiles = 32;

    private readonly BackendModel _model;
    private readonly Lazy<FilesOfNames> _files;
    private int _questions;

    public NameMentions(BackendModel model)
    {
        _model = model;
        _files = BackendModel.Once(() => new FilesOfNames(model));
    }

    /// <summary>
    /// Returns the simple names that stand for this name in the code of members, in the order of the files and in source order; those in comments, strings and documentation are not among them.
    /// </summary>
    public IEnumerable<SimpleNameSyntax> Of(string name)
    {
        var trees = Interlocked.Increment(ref _questions) > QuestionsWithoutFiles ? _files.Value.With(name) : _model.Trees.Where(tree => MayHave(tree, name));
        foreach (var tree in trees)
        {
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

    private static bool MayHave(SyntaxTree tree, string name) => TreeIndex.Of(tree, CancellationToken.None).PositionOf(name) >= 0 || LoosePartsOf(tree).Length > 0;

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

    /// <summary>The files that have each name, and those with code that the index does not list.</summary>
    private sealed class FilesOfNames
    {
        private readonly ImmutableArray<SyntaxTree> _trees;
        private readonly Dictionary<string, List<int>> _positions = new(StringComparer.Ordinal);
        private readonly List<int> _withLooseParts = [];

        public FilesOfNames(BackendModel model)
        {
            _trees = model.Trees;
            for (var position = 0; position < _trees.Length; position++)
            {
                foreach (var name in TreeIndex.Of(_trees[position], CancellationToken.None).Names)
                {
                    if (!_positions.TryGetValue(name, out var positions))
                        _positions.Add(name, positions = []);
                    positions.Add(position);
                }

                if (LoosePartsOf(_trees[position]).Length > 0)
                    _withLooseParts.Add(position);
            }
        }

        public IEnumerable<SyntaxTree> With(string name) =>
            (_positions.TryGetValue(name, out var positions) ? positions.Union(_withLooseParts).OrderBy(static position => position) : _withLooseParts.AsEnumerable())
            .Select(position => _trees[position]);
    }
}

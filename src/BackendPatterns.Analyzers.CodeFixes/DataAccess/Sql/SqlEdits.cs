using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>Changes of nodes of one file; a node may stand inside another one that changes too.</summary>
internal sealed class SqlEdits
{
    private readonly Dictionary<SyntaxNode, Func<SyntaxNode, SyntaxNode>> _changes = [];

    /// <summary>Replaces a node.</summary>
    public void Replace(SyntaxNode node, SyntaxNode replacement) => _changes[node] = _ => replacement.WithTriviaFrom(node);

    /// <summary>Changes a node after everything inside of it has been changed.</summary>
    public void Change<TNode>(TNode node, Func<TNode, SyntaxNode> change)
        where TNode : SyntaxNode =>
        _changes[node] = current => change((TNode)current);

    public SyntaxNode Apply(SyntaxNode root) => root.ReplaceNodes(_changes.Keys, (original, current) => _changes[original](current));
}

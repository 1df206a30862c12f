using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.Baseline;

/// <summary>The fingerprints of all nodes of one kind in the declarations that share the name of a member, in the order of their files and places.</summary>
internal sealed class CodeOfMember
{
    private readonly Dictionary<SyntaxNode, Fingerprint> _fingerprints = [];
    private readonly Dictionary<ulong, int> _texts = [];
    private readonly Dictionary<ulong, int> _shapes = [];

    public CodeOfMember(IEnumerable<SyntaxNode> declarations, SyntaxKind kind, CancellationToken cancellation)
    {
        var name = kind.ToString();
        foreach (var declaration in declarations)
        {
            foreach (var node in declaration.DescendantNodesAndSelf(node => node == declaration || !IsAnotherMember(node)))
            {
                cancellation.ThrowIfCancellationRequested();
                if (!node.IsKind(kind))
                    continue;
                var (text, shape) = CodeHash.Of(node, name);
                _fingerprints[node] = new Fingerprint(text, Next(_texts, text), shape, Next(_shapes, shape));
            }
        }
    }

    /// <summary>The fingerprint of a node of this member.</summary>
    public Fingerprint Of(SyntaxNode node) => _fingerprints[node];

    /// <summary>True where the code of a fingerprint still stands in the member, word for word.</summary>
    public bool Has(Fingerprint fingerprint) => _texts.TryGetValue(fingerprint.Text, out var count) && count > fingerprint.TextIndex;

    private static bool IsAnotherMember(SyntaxNode node) => node is MemberDeclarationSyntax and not (GlobalStatementSyntax or BaseNamespaceDeclarationSyntax);

    private static int Next(Dictionary<ulong, int> counts, ulong hash)
    {
        counts.TryGetValue(hash, out var count);
        counts[hash] = count + 1;
        return count;
    }
}

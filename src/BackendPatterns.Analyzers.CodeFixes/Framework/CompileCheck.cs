using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Framework;

/// <summary>Compiles the member that a fix changes before the fix is offered.</summary>
public static class CompileCheck
{
    /// <summary>
    /// True where the member around <paramref name="place"/>, a node of <paramref name="before"/>, has no error in <paramref name="after"/> and no warning that it did
    /// not have. The change must not add or remove members.
    /// </summary>
    public static async Task<bool> PassesAsync(Document before, SyntaxNode place, Document after, CancellationToken cancellationToken)
    {
        var oldSemantics = await before.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        var newSemantics = await after.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        var newRoot = await after.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        if (oldSemantics is null || newSemantics is null || newRoot is null)
            return false;
        var member = MemberAround(place);
        var oldCounts = Count(oldSemantics, member, cancellationToken);
        foreach (var pair in Count(newSemantics, SamePlace(member, newRoot), cancellationToken))
        {
            if (!oldCounts.TryGetValue(pair.Key, out var count) || pair.Value > count)
                return false;
        }

        return true;
    }

    private static SyntaxNode MemberAround(SyntaxNode place) =>
        place.FirstAncestorOrSelf<MemberDeclarationSyntax>(node => node is not BaseNamespaceDeclarationSyntax) ?? place.SyntaxTree.GetRoot();

    private static SyntaxNode SamePlace(SyntaxNode member, SyntaxNode newRoot)
    {
        var at = 0;
        foreach (var candidate in Members(member.SyntaxTree.GetRoot()))
        {
            if (candidate == member)
                return Members(newRoot).ElementAtOrDefault(at) ?? newRoot;
            at++;
        }

        return newRoot;
    }

    private static IEnumerable<MemberDeclarationSyntax> Members(SyntaxNode root) =>
        root.DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax).OfType<MemberDeclarationSyntax>();

    private static Dictionary<string, int> Count(SemanticModel semantics, SyntaxNode node, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var diagnostic in semantics.GetDiagnostics(node.Span, cancellationToken))
        {
            if (diagnostic.Severity >= DiagnosticSeverity.Warning)
                counts[diagnostic.Id] = (counts.TryGetValue(diagnostic.Id, out var count) ? count : 0) + 1;
        }

        return counts;
    }
}

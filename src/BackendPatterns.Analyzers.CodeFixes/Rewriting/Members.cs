using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Rewriting;

/// <summary>The declarations that nodes stand in.</summary>
public static class Members
{
    /// <summary>
    /// Returns the innermost member that contains a node or is it. For top-level statements, which see each other's locals, the whole file.
    /// </summary>
    public static SyntaxNode MemberAround(this SyntaxNode node) =>
        node.FirstAncestorOrSelf<MemberDeclarationSyntax>(IsMember)
        ?? node.SyntaxTree.GetRoot();

    private static bool IsMember(MemberDeclarationSyntax declaration) =>
        declaration is not (BaseNamespaceDeclarationSyntax or GlobalStatementSyntax);
}

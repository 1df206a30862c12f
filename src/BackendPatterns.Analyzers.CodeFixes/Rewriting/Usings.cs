using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Rewriting;

/// <summary>Adds using directives.</summary>
public static class Usings
{
    /// <summary>Returns the document with a using directive for a namespace, in its sorted place at the top of the file, or null where it is there already.</summary>
    public static async Task<Document?> AddAsync(Document document, string fullNamespace, CancellationToken cancellationToken)
    {
        if (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not CompilationUnitSyntax root
            || root.DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax).OfType<UsingDirectiveSyntax>().Any(directive => directive.Name?.ToString() == fullNamespace))
        {
            return null;
        }

        var added = SyntaxFactory.UsingDirective(SyntaxFactory.ParseName(fullNamespace)).NormalizeWhitespace().WithTrailingTrivia(LineEndOf(root));
        var at = 0;
        while (at < root.Usings.Count && IsBefore(root.Usings[at], fullNamespace))
            at++;
        if (at == 0 && root.Usings.Count > 0)
        {
            var first = root.Usings[0];
            added = added.WithLeadingTrivia(first.GetLeadingTrivia());
            root = root.ReplaceNode(first, first.WithoutLeadingTrivia());
        }

        return document.WithSyntaxRoot(root.WithUsings(root.Usings.Insert(at, added)));
    }

    private static SyntaxTrivia LineEndOf(SyntaxNode root) =>
        root.DescendantTrivia().FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)) is var end && end.IsKind(SyntaxKind.EndOfLineTrivia) ? end : SyntaxFactory.ElasticLineFeed;

    private static bool IsBefore(UsingDirectiveSyntax directive, string fullNamespace)
    {
        var name = directive.Name?.ToString() ?? "";
        if (directive.Alias is not null || !directive.StaticKeyword.IsKind(SyntaxKind.None))
            return false;
        var isSystem = name == "System" || name.StartsWith("System.", StringComparison.Ordinal);
        return isSystem && string.CompareOrdinal(name, fullNamespace) < 0;
    }
}

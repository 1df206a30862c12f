using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.Rules.Security;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Security;

/// <summary>Fix of BP4012: failed sign-ins count towards a lockout.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BP4012LockoutDisabledFix() : RuleFix(BP4012LockoutDisabledAnalyzer.Id)
{
    // What the templates of ASP.NET Core Identity write above the call; it would no longer be true.
    private static readonly HashSet<string> TemplateComments = new(StringComparer.Ordinal)
    {
        "// This doesn't count login failures towards account lockout",
        "// To enable password failures to trigger account lockout, set lockoutOnFailure: true",
    };

    protected override async Task<ImmutableArray<Remedy>> FindAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        var value = node is ArgumentSyntax argument ? argument.Expression : node as ExpressionSyntax;
        if (value is null || await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } root)
            return ImmutableArray<Remedy>.Empty;
        var fixedValue = SyntaxFactory.LiteralExpression(SyntaxKind.TrueLiteralExpression).WithTriviaFrom(value);
        var fixedRoot = value.FirstAncestorOrSelf<StatementSyntax>() is { } statement
            ? root.ReplaceNode(statement, WithoutTemplateComments(statement.ReplaceNode(value, fixedValue)))
            : root.ReplaceNode(value, fixedValue);
        var changed = document.WithSyntaxRoot(fixedRoot);
        return await IfItCompilesAsync(document, node, changed, "Count failed sign-ins", nameof(BP4012LockoutDisabledFix), cancellationToken).ConfigureAwait(false);
    }

    private static StatementSyntax WithoutTemplateComments(StatementSyntax statement)
    {
        var trivia = statement.GetLeadingTrivia();
        for (var at = trivia.Count - 1; at >= 0; at--)
        {
            if (!TemplateComments.Contains(trivia[at].ToString().TrimEnd()))
                continue;
            // Its line: the indentation before it, and the line break after it.
            if (at + 1 < trivia.Count && trivia[at + 1].IsKind(SyntaxKind.EndOfLineTrivia))
                trivia = trivia.RemoveAt(at + 1);
            trivia = trivia.RemoveAt(at);
            if (at > 0 && trivia[at - 1].IsKind(SyntaxKind.WhitespaceTrivia))
                trivia = trivia.RemoveAt(--at);
        }

        return statement.WithLeadingTrivia(trivia);
    }
}

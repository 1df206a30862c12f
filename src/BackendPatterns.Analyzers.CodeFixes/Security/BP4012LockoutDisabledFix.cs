using System.Collections.Immutable;
using System.Composition;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.Rules.Security;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Security;

/// <summary>Fix of BP4012: failed sign-ins count towards a lockout.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class BP4012LockoutDisabledFix() : RuleFix(BP4012LockoutDisabledAnalyzer.Id)
{
    protected override async Task<ImmutableArray<Remedy>> FindAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        var value = node is ArgumentSyntax argument ? argument.Expression : node as ExpressionSyntax;
        if (value is null || await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } root)
            return ImmutableArray<Remedy>.Empty;
        var changed = document.WithSyntaxRoot(
            root.ReplaceNode(value, SyntaxFactory.LiteralExpression(SyntaxKind.TrueLiteralExpression).WithTriviaFrom(value)));
        return await IfItCompilesAsync(document, node, changed, "Count failed sign-ins", nameof(BP4012LockoutDisabledFix), cancellationToken).ConfigureAwait(false);
    }
}

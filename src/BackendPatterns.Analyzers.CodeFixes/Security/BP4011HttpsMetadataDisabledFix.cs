using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Roslyn;
using BackendPatterns.Analyzers.Rules.Security;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Security;

/// <summary>Fix of BP4011: HTTPS is required unless the application runs in development. Offered where the environment is at hand.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BP4011HttpsMetadataDisabledFix() : RuleFix(BP4011HttpsMetadataDisabledAnalyzer.Id)
{
    protected override async Task<ImmutableArray<Remedy>> FindAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        if (node is not AssignmentExpressionSyntax assignment
            || await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } semantics
            || semantics.Compilation.FindType("Microsoft.Extensions.Hosting.IHostEnvironment") is not { } type
            || ValuesInScope.Find(assignment, semantics, type, "Environment", "HostingEnvironment") is not { } environment)
        {
            return ImmutableArray<Remedy>.Empty;
        }

        var root = await semantics.SyntaxTree.GetRootAsync(cancellationToken).ConfigureAwait(false);
        var condition = SyntaxFactory.ParseExpression($"!{environment}.IsDevelopment()").WithTriviaFrom(assignment.Right);
        root = UsingDirectives.AddMissing(
            root.ReplaceNode(assignment.Right, condition), semantics, assignment.SpanStart, ("Microsoft.Extensions.Hosting", "HostEnvironmentEnvExtensions"));
        var changed = document.WithSyntaxRoot(root);
        return await IfItCompilesAsync(document, node, changed, "Require HTTPS except in development", nameof(BP4011HttpsMetadataDisabledFix), cancellationToken).ConfigureAwait(false);
    }
}

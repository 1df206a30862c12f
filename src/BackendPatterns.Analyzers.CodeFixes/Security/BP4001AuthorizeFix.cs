using System.Collections.Immutable;
using System.Composition;
using BackendPatterns.Analyzers.Rules.Security;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace BackendPatterns.Analyzers.CodeFixes.Security;

/// <summary>BP4001: requires authorization, with <c>[Authorize]</c> or <c>.RequireAuthorization()</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(BP4001AuthorizeFix))]
[Shared]
public sealed class BP4001AuthorizeFix : CodeFixProvider
{
    private static readonly EndpointStanceRewriter Rewriter = new("Authorize", "RequireAuthorization");

    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(BP4001MissingAuthorizationAnalyzer.Id);

    public override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(
        static async (context, document, diagnostics) => await Rewriter.RewriteAsync(document, diagnostics, context.CancellationToken).ConfigureAwait(false));

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            if (await Rewriter.TitleAsync(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false) is { } title)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(title, cancellation => Rewriter.RewriteAsync(context.Document, ImmutableArray.Create(diagnostic), cancellation), nameof(BP4001AuthorizeFix)),
                    diagnostic);
            }
        }
    }
}

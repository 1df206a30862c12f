using System.Collections.Immutable;
using System.Composition;
using BackendPatterns.Analyzers.Rules.Security;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace BackendPatterns.Analyzers.CodeFixes.Security;

/// <summary>BP4001: says that anyone may call, with <c>[AllowAnonymous]</c> or <c>.AllowAnonymous()</c>. One at a time: opening an endpoint is a decision.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(BP4001AllowAnonymousFix))]
[ExtensionOrder(After = nameof(BP4001AuthorizeFix))]
[Shared]
public sealed class BP4001AllowAnonymousFix : CodeFixProvider
{
    private static readonly EndpointStanceRewriter Rewriter = new("AllowAnonymous", "AllowAnonymous");

    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(BP4001MissingAuthorizationAnalyzer.Id);

    public override FixAllProvider? GetFixAllProvider() => null;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            if (await Rewriter.TitleAsync(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false) is { } title)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(title, cancellation => Rewriter.RewriteAsync(context.Document, ImmutableArray.Create(diagnostic), cancellation), nameof(BP4001AllowAnonymousFix)),
                    diagnostic);
            }
        }
    }
}

using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.CodeFixes.Resilience.Background;
using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Flow.Background;
using BackendPatterns.Analyzers.Rules.Resilience;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Resilience;

/// <summary>
/// Guards one pass of a hosted loop: what fails is logged and the next pass comes, after the same wait; cancellation at shutdown still leaves. A service without a logger gets one through its
/// constructor, where nobody constructs it by hand.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BP5009BackgroundLoopUnguardedFix() : RuleFix(BP5009BackgroundLoopUnguardedAnalyzer.Id)
{
    private const string Key = "GuardPass";

    protected override async Task<ImmutableArray<Remedy>> FindAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var semantics = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (root is null || semantics is null || node is not StatementSyntax loop
            || GuardedPass.Of(loop, semantics, cancellationToken) is not { } pass
            || await ServiceLogger.OfAsync(document, loop, semantics, cancellationToken).ConfigureAwait(false) is not { } logger)
        {
            return ImmutableArray<Remedy>.Empty;
        }

        var guarded = loop.WithAdditionalAnnotations(pass.Mark);
        var changed = root.ReplaceNode(loop, pass.ApplyTo(guarded, logger.Name));
        changed = logger.AddTo(changed, changed.GetAnnotatedNodes(pass.Mark).Single());
        changed = UsingDirectives.AddMissing(changed, semantics, loop.SpanStart, ("Microsoft.Extensions.Logging", "LoggerExtensions"));
        var after = document.WithSyntaxRoot(changed);
        return await ChangedLoop.IsSoundAsync(after, pass.Mark, (changedLoop, member, model) => UnguardedLoop.Of(changedLoop, member, model, cancellationToken) is null, cancellationToken).ConfigureAwait(false)
            ? await IfItCompilesAsync(document, loop, after, "Catch and log the failure of one pass", Key, cancellationToken).ConfigureAwait(false)
            : ImmutableArray<Remedy>.Empty;
    }
}

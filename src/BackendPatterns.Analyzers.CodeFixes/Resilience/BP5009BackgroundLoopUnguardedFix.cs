using System.Collections.Immutable;
using System.Composition;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.CodeFixes.Resilience.Background;
using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Flow.Background;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Rules.Resilience;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.Resilience;

/// <summary>
/// Guards one pass of a hosted loop: what fails is logged and the next pass comes, after the same wait; cancellation at shutdown still leaves. A service without a logger gets one through its
/// constructor, where nobody constructs it by hand.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
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
        return await IsGuardedAsync(after, pass.Mark, cancellationToken).ConfigureAwait(false)
            ? await IfItCompilesAsync(document, loop, after, "Catch and log the failure of one pass", Key, cancellationToken).ConfigureAwait(false)
            : ImmutableArray<Remedy>.Empty;
    }

    private static async Task<bool> IsGuardedAsync(Document after, SyntaxAnnotation mark, CancellationToken cancellationToken)
    {
        if (await after.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } semantics)
            return false;
        var root = await semantics.SyntaxTree.GetRootAsync(cancellationToken).ConfigureAwait(false);
        var loop = root.GetAnnotatedNodes(mark).Single();
        return semantics.GetOperation(loop, cancellationToken) is ILoopOperation operation && semantics.GetEnclosingSymbol(loop.SpanStart, cancellationToken) is { } member
            && UnguardedLoop.Of(operation, member, BackendModel.For(semantics.Compilation), cancellationToken) is null;
    }
}

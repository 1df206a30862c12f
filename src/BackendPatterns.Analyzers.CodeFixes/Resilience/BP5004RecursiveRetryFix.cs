using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.Rules.Resilience;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Resilience;

/// <summary>
/// Turns a recursive retry into a loop of at most five attempts, with an exponential wait with full jitter between them, the last failure let out with its stack,
/// cancellation not retried.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BP5004RecursiveRetryFix() : RuleFix(BP5004RecursiveRetryAnalyzer.Id)
{
    protected override async Task<ImmutableArray<Remedy>> FindAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var semantics = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (root is null || semantics is null || node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } call
            || RecursionAsLoop.ApplyTo(root, call, semantics, cancellationToken) is not { } endless
            || await BoundedAsync(document.WithSyntaxRoot(endless), cancellationToken).ConfigureAwait(false) is not { } bounded
            || !await SoundRetry.IsInAsync(document, call, bounded, cancellationToken).ConfigureAwait(false))
        {
            return ImmutableArray<Remedy>.Empty;
        }

        return ImmutableArray.Create(new Remedy("Retry in a loop with limited attempts and jitter", "BoundAttempts", _ => Task.FromResult(document.WithSyntaxRoot(bounded))));
    }

    /// <summary>Returns the file with the endless loop bounded, or null where it has no shape that can be.</summary>
    private static async Task<SyntaxNode?> BoundedAsync(Document document, CancellationToken cancellationToken)
    {
        if (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } semantics)
            return null;
        var root = await semantics.SyntaxTree.GetRootAsync(cancellationToken).ConfigureAwait(false);
        return root.GetAnnotatedNodes(RecursionAsLoop.Loop).FirstOrDefault() is StatementSyntax loop && RetryShape.Of(loop, semantics, cancellationToken) is { } shape
            ? new BoundedAttempts(shape, semantics).ApplyTo(root)
            : null;
    }
}

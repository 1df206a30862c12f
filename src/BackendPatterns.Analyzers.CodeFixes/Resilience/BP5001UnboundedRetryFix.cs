using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.Rules.Resilience;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Resilience;

/// <summary>
/// Bounds a retry: at most five attempts, an exponential wait with full jitter between them, the last failure let out with its stack,
/// cancellation not retried. Where Polly 8 is referenced a simple retry can also become a resilience pipeline.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BP5001UnboundedRetryFix() : RuleFix(BP5001UnboundedRetryAnalyzer.Id)
{
    private const string Bound = "BoundAttempts";
    private const string Pipeline = "ResiliencePipeline";

    protected override async Task<ImmutableArray<Remedy>> FindAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var semantics = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (root is null || semantics is null || node is not StatementSyntax loop
            || RetryShape.Of(loop, semantics, cancellationToken) is not { } shape)
        {
            return ImmutableArray<Remedy>.Empty;
        }

        var remedies = ImmutableArray.CreateBuilder<Remedy>();
        var bounded = new BoundedAttempts(shape, semantics).ApplyTo(root);
        if (bounded is not null && await SoundRetry.IsInAsync(document, loop, bounded, cancellationToken).ConfigureAwait(false))
            remedies.Add(new Remedy("Limit the attempts and back off with jitter", Bound, Applied(document, bounded)));
        var pipeline = PipelineExtraction.ApplyTo(root, shape, semantics);
        if (pipeline is not null && await SoundRetry.IsInAsync(document, loop, pipeline, cancellationToken).ConfigureAwait(false))
            remedies.Add(new Remedy("Retry through a resilience pipeline", Pipeline, Applied(document, pipeline)));
        return remedies.ToImmutable();
    }

    private static Func<CancellationToken, Task<Document>> Applied(Document document, SyntaxNode root) =>
        _ => Task.FromResult(document.WithSyntaxRoot(root));
}

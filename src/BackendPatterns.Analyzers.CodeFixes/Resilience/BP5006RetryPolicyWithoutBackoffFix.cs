using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Rules.Resilience;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace BackendPatterns.Analyzers.CodeFixes.Resilience;

/// <summary>Lets the waits of a retry policy grow exponentially, with jitter, from the wait that it has.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BP5006RetryPolicyWithoutBackoffFix() : RuleFix(BP5006RetryPolicyWithoutBackoffAnalyzer.Id)
{
    protected override async Task<ImmutableArray<Remedy>> FindAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var semantics = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (root is null || semantics is null || BackendModel.For(semantics.Compilation).Libraries.Polly is not { } polly)
            return ImmutableArray<Remedy>.Empty;
        if ((FluentBackoff.Around(node, isBounded: false, semantics, polly, cancellationToken) ?? StrategyBackoff.Waiting(node, semantics, polly, cancellationToken)) is not var (old, changed))
            return ImmutableArray<Remedy>.Empty;
        var after = document.WithSyntaxRoot(root.ReplaceNode(old, changed));
        return await IfItCompilesAsync(document, node, after, "Back off exponentially with jitter", "BackOff", cancellationToken).ConfigureAwait(false);
    }
}

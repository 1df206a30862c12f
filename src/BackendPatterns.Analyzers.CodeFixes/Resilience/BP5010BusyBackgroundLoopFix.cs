using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.CodeFixes.Resilience.Background;
using BackendPatterns.Analyzers.Flow.Background;
using BackendPatterns.Analyzers.Rules.Resilience;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Resilience;

/// <summary>
/// Lets a hosted loop wait for a <c>PeriodicTimer</c>: where it finds no work, else between the passes. The first pass comes at once. How long is the author's decision, so there is no Fix All.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BP5010BusyBackgroundLoopFix() : RuleFix(BP5010BusyBackgroundLoopAnalyzer.Id)
{
    private const string Key = "PeriodicTimer";

    protected override bool HasFixAll => false;

    protected override async Task<ImmutableArray<Remedy>> FindAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var semantics = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (root is null || semantics is null || node is not StatementSyntax loop || TimedLoop.Of(loop, semantics, cancellationToken) is not { } timed)
            return ImmutableArray<Remedy>.Empty;
        foreach (var statements in timed.Forms())
        {
            var after = document.WithSyntaxRoot(root.ReplaceNode(loop, statements));
            if (!await ChangedLoop.IsSoundAsync(after, timed.Mark, (changedLoop, member, model) => BusyLoop.Of(changedLoop, member, model, cancellationToken) is null, cancellationToken).ConfigureAwait(false))
                continue;
            var remedies = await IfItCompilesAsync(document, loop, after, "Wait for a PeriodicTimer between the passes", Key, cancellationToken).ConfigureAwait(false);
            if (!remedies.IsEmpty)
                return remedies;
        }

        return ImmutableArray<Remedy>.Empty;
    }
}

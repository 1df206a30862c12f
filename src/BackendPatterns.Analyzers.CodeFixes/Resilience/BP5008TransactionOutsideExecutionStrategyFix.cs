using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Rules.Resilience;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace BackendPatterns.Analyzers.CodeFixes.Resilience;

/// <summary>
/// Runs a transaction, from its beginning to its commit, as one delegate of the context's execution strategy. The strategy may run the delegate again, so the fix is offered only where a second run
/// does the same work on the database and nothing else a second time.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BP5008TransactionOutsideExecutionStrategyFix() : RuleFix(BP5008TransactionOutsideExecutionStrategyAnalyzer.Id)
{
    private const string Title = "Run the transaction through the execution strategy";
    private const string Key = "ExecutionStrategy";

    protected override async Task<ImmutableArray<Remedy>> FindAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var semantics = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (root is null || semantics is null || TransactionUnit.Around(node, semantics, cancellationToken) is not { } unit)
            return ImmutableArray<Remedy>.Empty;
        var work = new RepeatableWork(unit, semantics, BackendModel.For(semantics.Compilation), cancellationToken);
        if (!work.IsRepeatable() || StrategyWrap.Of(unit, work.UsesTracker, semantics, cancellationToken) is not { } block)
            return ImmutableArray<Remedy>.Empty;
        var after = document.WithSyntaxRoot(root.ReplaceNode(unit.Block, block));
        return await IfItCompilesAsync(document, node, after, Title, Key, cancellationToken).ConfigureAwait(false);
    }
}

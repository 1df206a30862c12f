using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Rules.DataAccess;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>Fix of BP1001: one query for the keys of all items, and a lookup in the loop.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BP1001QueryInLoopFix() : RuleFix(BP1001QueryInLoopAnalyzer.Id)
{
    private const string Title = "Load the rows before the loop with one query";

    protected override async Task<ImmutableArray<Remedy>> FindAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        if (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } semantics
            || semantics.GetOperation(node, cancellationToken) is not IInvocationOperation call)
        {
            return ImmutableArray<Remedy>.Empty;
        }

        if (await BatchAsync(document, semantics, call, cancellationToken).ConfigureAwait(false) is { } batched
            && await CompileCheck.PassesAsync(document, node, batched, cancellationToken).ConfigureAwait(false))
        {
            var tidied = await BatchHelper.WithoutUnusedAsync(batched, call.TargetMethod, cancellationToken).ConfigureAwait(false);
            return ImmutableArray.Create(new Remedy(Title, nameof(BP1001QueryInLoopFix), _ => Task.FromResult(tidied)));
        }

        return await BulkRewrite.ApplyAsync(document, semantics, call, cancellationToken).ConfigureAwait(false) is var (solution, method)
               && await CompileCheck.PassesAsync(document, node, solution, cancellationToken).ConfigureAwait(false)
            ? ImmutableArray.Create(new Remedy($"Load the rows before the loop with '{method}'", nameof(BP1001QueryInLoopFix), _ => Task.FromResult(solution)))
            : ImmutableArray<Remedy>.Empty;
    }

    /// <summary>Returns the document with one query before the loop, in place of the call or of the query in the private method that it calls; null where the answers are not provably the same.</summary>
    private static async Task<Document?> BatchAsync(Document document, SemanticModel semantics, IInvocationOperation call, CancellationToken cancellationToken)
    {
        if (await PlanAsync(document, semantics, call, cancellationToken).ConfigureAwait(false) is { } direct)
            return await BatchRewrite.ApplyAsync(document, direct, semantics, cancellationToken).ConfigureAwait(false);
        return await BatchInlinedAsync(await BatchHelper.InlineAsync(document, semantics, call, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false)
               ?? await BatchInlinedAsync(await BatchTasks.InlineAsync(document, call, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }

    private static async Task<Document?> BatchInlinedAsync((Document Document, SemanticModel Semantics, IInvocationOperation Query)? inlined, CancellationToken cancellationToken) =>
        inlined is var (document, semantics, query) && await PlanAsync(document, semantics, query, cancellationToken).ConfigureAwait(false) is { } plan
            ? await BatchRewrite.ApplyAsync(document, plan, semantics, cancellationToken).ConfigureAwait(false)
            : null;

    private static async Task<BatchPlan?> PlanAsync(Document document, SemanticModel semantics, IInvocationOperation call, CancellationToken cancellationToken)
    {
        var model = BackendModel.For(semantics.Compilation);
        return BatchPlan.For(call, model, cancellationToken) is { } plan
               && await BatchAssumptions.HoldAsync(plan, model, document.Project.Solution, cancellationToken).ConfigureAwait(false)
            ? plan
            : null;
    }
}

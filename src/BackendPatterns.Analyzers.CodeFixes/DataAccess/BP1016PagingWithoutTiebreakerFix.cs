using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Entities;
using BackendPatterns.Analyzers.Rules.DataAccess;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>Fix of BP1016: the key becomes the last column of the order.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BP1016PagingWithoutTiebreakerFix() : RuleFix(BP1016PagingWithoutTiebreakerAnalyzer.Id)
{
    protected override async Task<ImmutableArray<Remedy>> FindAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        if (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } semantics
            || node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } syntax
            || semantics.GetOperation(syntax, cancellationToken) is not IInvocationOperation call
            || BackendModel.For(semantics.Compilation) is var model && BP1016TiedPage.Of(call, model) is not { } tied)
        {
            return ImmutableArray<Remedy>.Empty;
        }

        var root = await semantics.SyntaxTree.GetRootAsync(cancellationToken).ConfigureAwait(false);
        var orders = new Dictionary<SyntaxNode, ExpressionSyntax>();
        foreach (var order in tied.Orders)
        {
            if (order.Last.Syntax is not InvocationExpressionSyntax last || last.SyntaxTree != semantics.SyntaxTree || WithKey(last, order, model) is not { } after)
                return ImmutableArray<Remedy>.Empty;
            orders[last] = after;
        }

        var changed = document.WithSyntaxRoot(root.ReplaceNodes(orders.Keys, (before, _) => orders[before]));
        return await IfItCompilesAsync(document, node, changed, "Order by the key last", nameof(BP1016PagingWithoutTiebreakerFix), cancellationToken).ConfigureAwait(false);
    }

    private static ExpressionSyntax? WithKey(InvocationExpressionSyntax last, SortKeys order, BackendModel model)
    {
        var missing = KeyOrder.MissingIn(order, last, model);
        return missing.IsEmpty ? null : FluentChain.AppendCalls(last, missing.Select(static key => ("ThenBy", (ExpressionSyntax)key)));
    }
}

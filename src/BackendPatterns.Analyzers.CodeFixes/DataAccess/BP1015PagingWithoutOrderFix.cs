using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Roslyn;
using BackendPatterns.Analyzers.Rules.DataAccess;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>Fix of BP1015: the rows are ordered by the key before they are skipped.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BP1015PagingWithoutOrderFix() : RuleFix(BP1015PagingWithoutOrderAnalyzer.Id)
{
    protected override async Task<ImmutableArray<Remedy>> FindAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        if (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } semantics
            || node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } syntax
            || semantics.GetOperation(syntax, cancellationToken) is not IInvocationOperation call
            || BackendModel.For(semantics.Compilation) is var model && BP1015UnorderedPage.Of(call, model) is not { } page
            || KeyOrder.PlaceIn(page.Query, model) is not var (query, keys))
        {
            return ImmutableArray<Remedy>.Empty;
        }

        var root = await semantics.SyntaxTree.GetRootAsync(cancellationToken).ConfigureAwait(false);
        root = root.ReplaceNode(query, Ordered(query, keys));
        var changed = document.WithSyntaxRoot(UsingDirectives.AddMissing(root, semantics, syntax.SpanStart, ("System.Linq", "Queryable")));
        return await IfItCompilesAsync(document, node, changed, "Order the rows by their key", nameof(BP1015PagingWithoutOrderFix), cancellationToken).ConfigureAwait(false);
    }

    private static ExpressionSyntax Ordered(ExpressionSyntax query, ImmutableArray<LambdaExpressionSyntax> keys) =>
        FluentChain.AppendCalls(query, keys.Select(static (key, i) => (i == 0 ? "OrderBy" : "ThenBy", (ExpressionSyntax)key)));
}

using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Rules.DataAccess;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>Fix of BP1005: the save moves after the loop, or goes where the loop is followed by one anyway.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BP1005SaveChangesInLoopFix() : RuleFix(BP1005SaveChangesInLoopAnalyzer.Id)
{
    protected override async Task<ImmutableArray<Remedy>> FindAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        if (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } semantics
            || semantics.GetOperation(node, cancellationToken) is not IInvocationOperation call
            || SavePlan.For(call, BackendModel.For(semantics.Compilation), cancellationToken) is not { } plan)
        {
            return ImmutableArray<Remedy>.Empty;
        }

        var root = (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
        var moved = document.WithSyntaxRoot(Move(root, plan));
        return await IfItCompilesAsync(document, node, moved, "Save once after the loop", nameof(BP1005SaveChangesInLoopFix), cancellationToken).ConfigureAwait(false);
    }

    private static SyntaxNode Move(SyntaxNode root, SavePlan plan)
    {
        var loop = plan.Loop.RemoveNode(plan.Save, SyntaxRemoveOptions.KeepNoTrivia)!;
        return plan.IsFollowed
            ? root.ReplaceNode(plan.Loop, loop)
            : root.ReplaceNode(plan.Loop, loop.WithStatementAfter(plan.Save, plan.Loop.IndentOf(), LineBreaks.In(root)));
    }
}

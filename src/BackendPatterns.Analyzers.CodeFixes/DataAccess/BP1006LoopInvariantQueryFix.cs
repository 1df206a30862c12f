using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Rules.DataAccess;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>Fix of BP1006: the query runs once, before the loop.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BP1006LoopInvariantQueryFix() : RuleFix(BP1006LoopInvariantQueryAnalyzer.Id)
{
    protected override async Task<ImmutableArray<Remedy>> FindAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        if (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } semantics
            || semantics.GetOperation(node, cancellationToken) is not IInvocationOperation call
            || HoistPlan.For(call, BackendModel.For(semantics.Compilation), cancellationToken) is not { } plan)
        {
            return ImmutableArray<Remedy>.Empty;
        }

        var root = (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
        foreach (var keepsDeclaration in new[] { true, false })
        {
            var hoisted = document.WithSyntaxRoot(HoistRewrite.Apply(root, plan, keepsDeclaration));
            if (await CompileCheck.PassesAsync(document, node, hoisted, cancellationToken).ConfigureAwait(false))
                return ImmutableArray.Create(new Remedy("Run the query once before the loop", nameof(BP1006LoopInvariantQueryFix), _ => Task.FromResult(hoisted)));
        }

        return ImmutableArray<Remedy>.Empty;
    }
}

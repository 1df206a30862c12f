using System.Collections.Immutable;
using System.Composition;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Rules.DataAccess;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>Fix of BP1001: one query for the keys of all items, and a lookup in the loop.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class BP1001QueryInLoopFix() : RuleFix(BP1001QueryInLoopAnalyzer.Id)
{
    protected override async Task<ImmutableArray<Remedy>> FindAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        if (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } semantics
            || semantics.GetOperation(node, cancellationToken) is not IInvocationOperation call
            || BatchPlan.For(call, BackendModel.For(semantics.Compilation), cancellationToken) is not { } plan)
        {
            return ImmutableArray<Remedy>.Empty;
        }

        var fixedDocument = await BatchRewrite.ApplyAsync(document, plan, semantics, cancellationToken).ConfigureAwait(false);
        return await Compiles(document, fixedDocument, cancellationToken).ConfigureAwait(false)
            ? ImmutableArray.Create(new Remedy("Load the rows before the loop with one query", nameof(BP1001QueryInLoopFix), _ => Task.FromResult(fixedDocument)))
            : ImmutableArray<Remedy>.Empty;
    }

    /// <summary>The last word on the rewrite has the compiler: it adds no error to the file.</summary>
    private static async Task<bool> Compiles(Document before, Document after, CancellationToken cancellationToken) =>
        await ErrorsIn(after, cancellationToken).ConfigureAwait(false) is var errors
        && (errors == 0 || errors <= await ErrorsIn(before, cancellationToken).ConfigureAwait(false));

    private static async Task<int> ErrorsIn(Document document, CancellationToken cancellationToken) =>
        (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false))!.GetDiagnostics(cancellationToken: cancellationToken)
            .Count(diagnostic => diagnostic.Severity is DiagnosticSeverity.Error);
}

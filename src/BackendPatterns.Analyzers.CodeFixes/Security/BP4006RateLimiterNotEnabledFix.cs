using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Rules.Security;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace BackendPatterns.Analyzers.CodeFixes.Security;

/// <summary>BP4006: adds <c>UseRateLimiter</c> to the pipeline of the application, wherever that stands.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BP4006RateLimiterNotEnabledFix() : RuleFix(BP4006RateLimiterNotEnabledAnalyzer.Id)
{
    protected override async Task<ImmutableArray<Remedy>> FindAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        var solution = document.Project.Solution;
        if (await document.Project.GetCompilationAsync(cancellationToken).ConfigureAwait(false) is not { } compilation
            || BackendModel.For(compilation).Pipelines is not { RateLimits: { IsRegistered: true, IsEnabled: false }, All: [var host] }
            || AddedRateLimiter.Place(host) is not { } place || solution.GetDocument(place.SyntaxTree) is not { } program)
        {
            return ImmutableArray<Remedy>.Empty;
        }

        var semantics = await program.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (semantics is null || AddedRateLimiter.Write(place, semantics) is not { } changed)
            return ImmutableArray<Remedy>.Empty;
        var fixedProgram = program.WithSyntaxRoot(changed);
        return await IfItCompilesAsync(program, place.Statement.Statement, fixedProgram, "Add 'UseRateLimiter' to the pipeline", "Add", cancellationToken).ConfigureAwait(false);
    }
}

using System.Collections.Immutable;
using System.Composition;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Rules.DataAccess;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>Fix of BP1019: an include that EF Core ignores goes away.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class BP1019RedundantIncludeFix() : RuleFix(BP1019RedundantIncludeAnalyzer.Id)
{
    protected override async Task<ImmutableArray<Remedy>> FindAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        if (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } semantics || MarkedQuery.At(node) is not { } place
            || semantics.GetOperation(place, cancellationToken) is not { } operation
            || BP1019UnusedInclude.Of(operation, BackendModel.For(semantics.Compilation), cancellationToken) is not { IsDropped: true } found
            || MarkedQuery.Of(operation) is not { } query)
        {
            return ImmutableArray<Remedy>.Empty;
        }

        var redundant = new HashSet<SyntaxNode>(found.Includes.Select(static include => include.Syntax));
        var after = FluentChain.Without(query, redundant.Contains);
        // An include in a local or in a method, or with a comment beside it, stays: others may need it.
        if (FluentChain.CallsOf(after).Count() != FluentChain.CallsOf(query).Count() - redundant.Count)
            return ImmutableArray<Remedy>.Empty;
        var changed = document.WithSyntaxRoot(semantics.SyntaxTree.GetRoot(cancellationToken).ReplaceNode(query, after));
        return await CompileCheck.PassesAsync(document, place, changed, cancellationToken).ConfigureAwait(false)
            ? ImmutableArray.Create(new Remedy("Remove the 'Include' that loads nothing", "Remove", _ => Task.FromResult(changed)))
            : ImmutableArray<Remedy>.Empty;
    }
}

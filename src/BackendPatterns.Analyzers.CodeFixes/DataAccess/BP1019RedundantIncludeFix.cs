using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Rules.DataAccess;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Formatting;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>Fix of BP1019: an include that EF Core ignores goes away; of rows that are only counted, the number is loaded with the columns that are read.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BP1019RedundantIncludeFix() : RuleFix(BP1019RedundantIncludeAnalyzer.Id)
{
    protected override async Task<ImmutableArray<Remedy>> FindAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        if (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } semantics || MarkedQuery.At(node) is not { } place
            || semantics.GetOperation(place, cancellationToken) is not { } operation
            || BP1019UnusedInclude.Of(operation, BackendModel.For(semantics.Compilation), cancellationToken) is not { } found
            || MarkedQuery.Of(operation) is not { } query)
        {
            return ImmutableArray<Remedy>.Empty;
        }

        if (!found.IsDropped)
            return await ProjectAsync(document, place, found, semantics, cancellationToken).ConfigureAwait(false);

        var redundant = new HashSet<SyntaxNode>(found.Includes.Select(static include => include.Syntax));
        var after = FluentChain.Without(query, redundant.Contains);
        // An include in a local or in a method, or with a comment beside it, stays: others may need it.
        if (FluentChain.CallsOf(after).Count() != FluentChain.CallsOf(query).Count() - redundant.Count)
            return ImmutableArray<Remedy>.Empty;
        var changed = document.WithSyntaxRoot(semantics.SyntaxTree.GetRoot(cancellationToken).ReplaceNode(query, after));
        return await IfItCompilesAsync(document, place, changed, "Remove the 'Include' that loads nothing", "Remove", cancellationToken).ConfigureAwait(false);
    }

    private async Task<ImmutableArray<Remedy>> ProjectAsync(Document document, SyntaxNode place, BP1019UnusedInclude found, SemanticModel semantics, CancellationToken cancellationToken)
    {
        if (BP1019CountProjection.Replacements(found, BackendModel.For(semantics.Compilation), cancellationToken) is not { } replacements)
            return ImmutableArray<Remedy>.Empty;
        var root = await semantics.SyntaxTree.GetRootAsync(cancellationToken).ConfigureAwait(false);
        root = root.ReplaceNodes(replacements.Keys, (original, _) => replacements[original].WithAdditionalAnnotations(Formatter.Annotation));
        var changed = document.WithSyntaxRoot(UsingDirectives.AddMissing(root, semantics, place.SpanStart, ("System.Linq", "Queryable")));
        return await IfItCompilesAsync(document, place, changed, "Load the number instead of the rows", "Project", cancellationToken).ConfigureAwait(false);
    }
}

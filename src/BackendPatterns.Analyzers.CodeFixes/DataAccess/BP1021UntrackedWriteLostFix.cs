using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Entities;
using BackendPatterns.Analyzers.Rules.DataAccess;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>Fix of BP1021: the rows are tracked, so that their changes are saved.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BP1021UntrackedWriteLostFix() : RuleFix(BP1021UntrackedWriteLostAnalyzer.Id)
{
    protected override async Task<ImmutableArray<Remedy>> FindAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        if (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } semantics || MarkedQuery.At(node) is not { } place)
            return ImmutableArray<Remedy>.Empty;
        var model = BackendModel.For(semantics.Compilation);
        if (semantics.GetOperation(place, cancellationToken) is not { } operation || BP1021UntrackedWrite.Of(operation, model, cancellationToken) is not { } found
            || Tracked(found) is not var (before, after))
        {
            return ImmutableArray<Remedy>.Empty;
        }

        var root = semantics.SyntaxTree.GetRoot(cancellationToken).ReplaceNode(before, after);
        var changed = document.WithSyntaxRoot(UsingDirectives.AddMissing(root, semantics, place.SpanStart, ("Microsoft.EntityFrameworkCore", "EntityFrameworkQueryableExtensions")));
        var title = found.Tracking.IsByDefault ? "Load the rows with 'AsTracking'" : "Load the rows tracked: remove 'AsNoTracking'";
        return await IfItCompilesAsync(document, place, changed, title, "Track", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The query without the operators that switch tracking off, where they stand in the same expression; with <c>AsTracking</c> where the context switches it off.</summary>
    private static (SyntaxNode Before, SyntaxNode After)? Tracked(BP1021UntrackedWrite found)
    {
        if (found.Tracking.IsByDefault)
            return MarkedQuery.With(found.Load.Operation, "AsTracking");
        if (MarkedQuery.Of(found.Load.Operation) is not { } query)
            return null;
        var removed = found.Load.Query.Operators.Count(call => LoadTracking.IsOperator(call.TargetMethod.Name) && call.Syntax is InvocationExpressionSyntax syntax && query.Contains(syntax));
        var without = FluentChain.Without(query, static call => IsNoTracking(call));
        // What stays would still decide: an operator in a local or a method, or one with a comment beside it.
        if (removed == 0 || FluentChain.CallsOf(without).Any(IsNoTracking) || found.Load.Query.Operators.Count(call => LoadTracking.IsOperator(call.TargetMethod.Name)) != removed)
            return null;
        return (query, without);
    }

    private static bool IsNoTracking(InvocationExpressionSyntax call) =>
        call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "AsNoTracking" or "AsNoTrackingWithIdentityResolution" };
}

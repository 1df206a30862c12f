using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Rules.DataAccess;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>Fix of BP1020: the rows are loaded without tracking.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BP1020TrackedReadOnlyQueryFix() : RuleFix(BP1020TrackedReadOnlyQueryAnalyzer.Id)
{
    private const string NoTracking = "AsNoTracking";

    protected override async Task<ImmutableArray<Remedy>> FindAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        if (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } semantics || MarkedQuery.At(node) is not { } place)
            return ImmutableArray<Remedy>.Empty;
        var model = BackendModel.For(semantics.Compilation);
        if (semantics.GetOperation(place, cancellationToken) is not { } operation || BP1020ReadOnlyLoad.Of(operation, model, cancellationToken) is not { } found)
            return ImmutableArray<Remedy>.Empty;
        // A loop over a set alone, and SQL that starts a query, take the operator only at the end.
        (SyntaxNode, SyntaxNode)?[] ways = [AfterSource(found), MarkedQuery.With(operation, NoTracking)];
        foreach (var way in ways)
        {
            if (way is not var (before, after))
                continue;
            var root = semantics.SyntaxTree.GetRoot(cancellationToken).ReplaceNode(before, after);
            var changed = document.WithSyntaxRoot(UsingDirectives.AddMissing(root, semantics, place.SpanStart, ("Microsoft.EntityFrameworkCore", "EntityFrameworkQueryableExtensions")));
            if (await CompileCheck.PassesAsync(document, place, changed, cancellationToken).ConfigureAwait(false))
                return ImmutableArray.Create(new Remedy("Load the rows without tracking ('AsNoTracking')", NoTracking, _ => Task.FromResult(changed)));
        }

        return ImmutableArray<Remedy>.Empty;
    }

    /// <summary>The set that the query starts from, where it stands in the same expression, and the set with the operator.</summary>
    private static (SyntaxNode Before, SyntaxNode After)? AfterSource(BP1020ReadOnlyLoad found)
    {
        if (MarkedQuery.Of(found.Load.Operation) is not { } query || found.Load.Query.Source.Syntax is not ExpressionSyntax source
            || source is not (MemberAccessExpressionSyntax or SimpleNameSyntax or InvocationExpressionSyntax) || !query.Contains(source))
        {
            return null;
        }

        var unmarked = FluentChain.Call(source.WithoutTrailingTrivia(), SyntaxFactory.Token(SyntaxKind.DotToken), NoTracking);
        return (source, unmarked.WithTrailingTrivia(source.GetTrailingTrivia()));
    }
}

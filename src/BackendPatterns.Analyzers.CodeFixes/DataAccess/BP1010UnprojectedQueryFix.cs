using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Rules.DataAccess;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>
/// BP1010: moves the mapping that follows the load into the query, or, where that is not the only use of the rows or not certain to mean
/// the same there, projects the columns that are read into an anonymous type.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BP1010UnprojectedQueryFix() : RuleFix(BP1010UnprojectedQueryAnalyzer.Id)
{
    protected override async Task<ImmutableArray<Remedy>> FindAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        var none = ImmutableArray<Remedy>.Empty;
        if (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } semantics || LoadAt(node) is not { } place)
            return none;
        var model = BackendModel.For(semantics.Compilation);
        if (semantics.GetOperation(place, cancellationToken) is not { } operation
            || BP1010UnprojectedLoad.Of(operation, model, cancellationToken) is not { } found
            || !BP1010SameRows.AreLoadedBy(found, model))
        {
            return none;
        }

        var attempts = new[] { BP1010MappingMove.Replacements(found, model, semantics), BP1010ColumnProjection.Replacements(found, model, semantics) };
        foreach (var replacements in attempts)
        {
            if (replacements is not null && await ApplyAsync(document, place, semantics, replacements, cancellationToken).ConfigureAwait(false) is { } changed)
                return ImmutableArray.Create(new Remedy("Load only the columns that are read", "Project", _ => Task.FromResult(changed)));
        }

        return none;
    }

    /// <summary>The call whose name is marked, or the loop whose collection is.</summary>
    private static SyntaxNode? LoadAt(SyntaxNode node) =>
        node is SimpleNameSyntax { Parent: MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access } && access.Name == node ? call
        : node.AncestorsAndSelf().OfType<ForEachStatementSyntax>().FirstOrDefault(loop => loop.Expression == node);

    private static async Task<Document?> ApplyAsync(
        Document document, SyntaxNode place, SemanticModel semantics, IReadOnlyDictionary<SyntaxNode, SyntaxNode> replacements,
        CancellationToken cancellationToken)
    {
        var root = (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
        root = root.ReplaceNodes(replacements.Keys, (original, _) => replacements[original].WithAdditionalAnnotations(Formatter.Annotation));
        var changed = document.WithSyntaxRoot(UsingDirectives.AddMissing(root, semantics, place.SpanStart, ("System.Linq", "Queryable")));
        return await CompileCheck.PassesAsync(document, place, changed, cancellationToken).ConfigureAwait(false) ? changed : null;
    }
}

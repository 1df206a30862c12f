using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace BackendPatterns.Analyzers.CodeFixes.Framework;

/// <summary>Fixes one report after the other, each on the solution that the one before left.</summary>
internal sealed class SequentialFixAll : FixAllProvider
{
    public static readonly SequentialFixAll Instance = new();

    public override Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext) => Task.FromResult<CodeAction?>(
        fixAllContext.CodeFixProvider is RuleFix fix
            ? CodeAction.Create(
                $"Fix all '{string.Join(", ", fixAllContext.DiagnosticIds)}' in {fixAllContext.Scope}",
                cancellation => FixAsync(fix, fixAllContext.WithCancellationToken(cancellation)), nameof(SequentialFixAll))
            : null);

    private static async Task<Solution> FixAsync(RuleFix fix, FixAllContext context)
    {
        var solution = context.Solution;
        var marks = new List<(DocumentId Document, SyntaxAnnotation Mark)>();
        foreach (var (document, diagnostics) in await ReportsAsync(context).ConfigureAwait(false))
        {
            if (await document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root)
                continue;
            var (marked, added) = Mark(root, diagnostics);
            solution = solution.WithDocumentSyntaxRoot(document.Id, marked);
            marks.AddRange(added.Select(mark => (document.Id, mark)));
        }

        foreach (var (id, mark) in marks)
            solution = await FixOneAsync(fix, solution.GetDocument(id)!, mark, context).ConfigureAwait(false);
        return solution;
    }

    private static async Task<Solution> FixOneAsync(RuleFix fix, Document document, SyntaxAnnotation mark, FixAllContext context)
    {
        var root = await document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root?.GetAnnotatedNodes(mark).FirstOrDefault() is not { } node)
            return document.Project.Solution;
        var remedies = await fix.RemediesAsync(document, node, context.CancellationToken).ConfigureAwait(false);
        return remedies.FirstOrDefault(remedy => remedy.Key == context.CodeActionEquivalenceKey && remedy.IsForFixAll) is { } remedy
            ? await remedy.ApplyAsync(context.CancellationToken).ConfigureAwait(false)
            : document.Project.Solution;
    }

    private static (SyntaxNode Marked, IEnumerable<SyntaxAnnotation> Marks) Mark(SyntaxNode root, IEnumerable<Diagnostic> diagnostics)
    {
        var marks = diagnostics.OrderBy(static diagnostic => diagnostic.Location.SourceSpan.Start)
            .Select(diagnostic => (Mark: new SyntaxAnnotation(), Node: root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true)))
            .ToList();
        var marked = root.ReplaceNodes(
            marks.Select(static mark => mark.Node).Distinct(),
            (original, current) => current.WithAdditionalAnnotations(marks.Where(mark => mark.Node == original).Select(static mark => mark.Mark)));
        return (marked, marks.Select(static mark => mark.Mark));
    }

    /// <summary>The reports by document, in an order that does not depend on how they were found.</summary>
    private static async Task<IEnumerable<(Document, IEnumerable<Diagnostic>)>> ReportsAsync(FixAllContext context)
    {
        if (context.Scope is FixAllScope.Document)
        {
            return context.Document is { } document
                ? [(document, await context.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false))]
                : [];
        }

        IEnumerable<Project> projects = context.Scope is FixAllScope.Project ? [context.Project] : context.Solution.Projects.OrderBy(static project => project.Name, StringComparer.Ordinal);
        var reports = new List<(Document, IEnumerable<Diagnostic>)>();
        foreach (var project in projects)
        {
            var diagnostics = await context.GetAllDiagnosticsAsync(project).ConfigureAwait(false);
            reports.AddRange(
                from diagnostic in diagnostics
                where diagnostic.Location.IsInSource
                group diagnostic by context.Solution.GetDocumentId(diagnostic.Location.SourceTree) into inDocument
                let document = context.Solution.GetDocument(inDocument.Key)
                where document is not null
                orderby document.FilePath ?? document.Name
                select (document, (IEnumerable<Diagnostic>)inDocument));
        }

        return reports;
    }
}

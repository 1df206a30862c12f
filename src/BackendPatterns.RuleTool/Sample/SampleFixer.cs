using System.Collections.Immutable;
using BackendPatterns.RuleTool.Catalogue;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace BackendPatterns.RuleTool.Sample;

/// <summary>Applies every fix of every rule to a project, until none is offered any more. Nothing is written to disk.</summary>
public sealed class SampleFixer(ImmutableArray<RuleFacts> rules)
{
    private const int MostRounds = 10;

    /// <summary>The project with all fixes applied, and what each round did.</summary>
    /// <exception cref="ToolFailure">A fix yields code that does not compile, or fixes never end.</exception>
    public async Task<(Project Project, ImmutableArray<string> Log)> Apply(Project project)
    {
        var log = ImmutableArray.CreateBuilder<string>();
        for (var round = 1; round <= MostRounds; round++)
        {
            var before = log.Count;
            foreach (var rule in rules.Where(rule => rule.FixesAll))
            {
                if (await FixAll(project, rule) is not { } result)
                    continue;
                project = result.Project;
                await ThrowIfBroken(project, rule);
                log.Add($"round {round}: {rule.Id} {result.Title}");
            }

            if (log.Count == before)
                return (project, log.ToImmutable());
        }

        throw new ToolFailure($"Fixes are still offered after {MostRounds} rounds:\n{string.Join('\n', log)}");
    }

    private static async Task<(Project Project, string Title)?> FixAll(Project project, RuleFacts rule)
    {
        var reports = (await SampleReports.Of(project, [rule])).Diagnostics;
        foreach (var report in reports)
        {
            if (await FirstFix(project, rule, report) is not { } action)
                continue;
            var context = new FixAllContext(
                project.GetDocument(report.Location.SourceTree)!, rule.Fix!, FixAllScope.Project, action.EquivalenceKey, [rule.Id],
                new Reported(reports), CancellationToken.None);
            if (await rule.Fix!.GetFixAllProvider()!.GetFixAsync(context) is not { } all)
                continue;
            var operations = await all.GetOperationsAsync(CancellationToken.None);
            var changed = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetProject(project.Id)!;
            if (changed.GetChanges(project) is var changes && (changes.GetChangedDocuments().Any() || changes.GetAddedDocuments().Any()))
                return (changed, action.Title);
        }

        return null;
    }

    private static async Task<CodeAction?> FirstFix(Project project, RuleFacts rule, Diagnostic report)
    {
        CodeAction? first = null;
        var context = new CodeFixContext(
            project.GetDocument(report.Location.SourceTree)!, report, (action, _) => first ??= action, CancellationToken.None);
        await rule.Fix!.RegisterCodeFixesAsync(context);
        return first is { NestedActions: [var nested, ..] } ? nested : first;
    }

    private static async Task ThrowIfBroken(Project project, RuleFacts rule)
    {
        var errors = (await project.GetCompilationAsync())!.GetDiagnostics().Where(ProjectLoader.IsCompilerError).ToList();
        if (errors.Count > 0)
            throw new ToolFailure($"The fix of {rule.Id} yields code that does not compile:\n{string.Join('\n', errors.Take(20))}");
    }

    private sealed class Reported(ImmutableArray<Diagnostic> reports) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(reports);

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken)
        {
            var tree = await document.GetSyntaxTreeAsync(cancellationToken);
            return reports.Where(report => report.Location.SourceTree == tree);
        }

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult(Enumerable.Empty<Diagnostic>());
    }
}

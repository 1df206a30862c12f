using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Markets.Api.Tests.FixAll;

/// <summary>Applies the first fix of every rule that has Fix All to a whole project by Fix All, until nothing changes any more.</summary>
public static class FixAllRun
{
    private const int MostRounds = 5;

    public static ImmutableArray<DiagnosticAnalyzer> Rules { get; } = [.. Instances<DiagnosticAnalyzer>(typeof(RuleAnalyzer))];

    private static ImmutableArray<CodeFixProvider> Fixes { get; } = [.. Instances<CodeFixProvider>(typeof(RuleFix)).Where(fix => fix.GetFixAllProvider() is not null)];

    /// <summary>Returns the reports of every rule over a project; fails where an analyzer threw.</summary>
    public static Task<ImmutableArray<Diagnostic>> ReportsAsync(Project project) => ReportsAsync(project, Rules);

    private static async Task<ImmutableArray<Diagnostic>> ReportsAsync(Project project, ImmutableArray<DiagnosticAnalyzer> rules)
    {
        var compilation = (await project.GetCompilationAsync())!;
        var reports = await compilation.WithAnalyzers(rules, project.AnalyzerOptions).GetAnalyzerDiagnosticsAsync();
        Assert.DoesNotContain(reports, report => report.Id == "AD0001");
        return reports;
    }

    public static async Task<Project> ApplyAsync(Project project)
    {
        foreach (var fix in Fixes.OrderBy(fix => fix.FixableDiagnosticIds[0], StringComparer.Ordinal))
        {
            for (var round = 0; round < MostRounds && await ApplyOnceAsync(project, fix) is { } changed; round++)
                project = changed;
        }

        return project;
    }

    private static async Task<Project?> ApplyOnceAsync(Project project, CodeFixProvider fix)
    {
        var fixable = Rules.Where(rule => rule.SupportedDiagnostics.Any(descriptor => fix.FixableDiagnosticIds.Contains(descriptor.Id))).ToImmutableArray();
        var reports = (await ReportsAsync(project, fixable)).Where(report => fix.FixableDiagnosticIds.Contains(report.Id))
            .OrderBy(static report => report.Location.SourceTree?.FilePath, StringComparer.Ordinal).ThenBy(static report => report.Location.SourceSpan.Start).ToImmutableArray();
        foreach (var report in reports)
        {
            if (await FirstActionAsync(project, fix, report) is not { } first)
                continue;
            var context = new FixAllContext(
                project, fix, FixAllScope.Project, first.EquivalenceKey, fix.FixableDiagnosticIds, new Known(reports), CancellationToken.None);
            var all = await fix.GetFixAllProvider()!.GetFixAsync(context);
            if (all is null)
                return null;
            var operations = await all.GetOperationsAsync(CancellationToken.None);
            return operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetProject(project.Id);
        }

        return null;
    }

    private static async Task<CodeAction?> FirstActionAsync(Project project, CodeFixProvider fix, Diagnostic report)
    {
        var actions = new List<CodeAction>();
        var document = project.GetDocument(report.Location.SourceTree)!;
        await fix.RegisterCodeFixesAsync(new CodeFixContext(document, report, (action, _) => actions.Add(action), CancellationToken.None));
        return actions.FirstOrDefault();
    }

    private static IEnumerable<T> Instances<T>(Type marker) =>
        marker.Assembly.GetTypes().Where(type => !type.IsAbstract && typeof(T).IsAssignableFrom(type)).Select(type => (T)Activator.CreateInstance(type)!);

    private sealed class Known(ImmutableArray<Diagnostic> reports) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            Task.FromResult(reports.Where(report => document.Project.GetDocument(report.Location.SourceTree)?.Id == document.Id));

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult(Enumerable.Empty<Diagnostic>());

        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(reports);
    }
}

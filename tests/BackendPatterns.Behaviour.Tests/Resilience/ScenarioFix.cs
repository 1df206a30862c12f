using BackendPatterns.Behaviour.Tests.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace BackendPatterns.Behaviour.Tests.Resilience;

/// <summary>What one rule says about a scenario, and what its fix makes of it.</summary>
internal static class ScenarioFix
{
    private const string Start = "public object Services => (http, gateway);";

    /// <summary>True where the rule reports the scenario.</summary>
    public static async Task<bool> IsReportedBy<TAnalyzer>(this RetryScenario scenario)
        where TAnalyzer : DiagnosticAnalyzer, new()
    {
        using var workspace = new AdhocWorkspace();
        return await ReportOf<TAnalyzer>(Open(workspace, scenario)) is not null;
    }

    /// <summary>Returns the scenario after the first action of the fix; fails where the rule reports nothing, nothing is offered, or the rule still reports.</summary>
    public static async Task<RetryScenario> FixedBy<TAnalyzer, TFix>(this RetryScenario scenario)
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new()
    {
        using var workspace = new AdhocWorkspace();
        var document = Open(workspace, scenario);
        var report = await ReportOf<TAnalyzer>(document);
        Assert.NotNull(report);
        var actions = new List<CodeAction>();
        await new TFix().RegisterCodeFixesAsync(new CodeFixContext(document, report, (action, _) => actions.Add(action), CancellationToken.None));
        var operations = await actions[0].GetOperationsAsync(CancellationToken.None);
        var changed = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetDocument(document.Id)!;
        Assert.Null(await ReportOf<TAnalyzer>(changed));
        var text = (await changed.GetTextAsync()).ToString();
        return new RetryScenario(text[(text.IndexOf(Start, StringComparison.Ordinal) + Start.Length)..text.LastIndexOf('}')]);
    }

    private static Document Open(AdhocWorkspace workspace, RetryScenario scenario)
    {
        var document = BeforeAndAfter.Open(workspace, scenario.Text);
        return document.Project.AddDocument("Fakes.cs", SourceText.From(RetryFakes.Source)).Project.GetDocument(document.Id)!;
    }

    private static async Task<Diagnostic?> ReportOf<TAnalyzer>(Document document)
        where TAnalyzer : DiagnosticAnalyzer, new()
    {
        var compilation = (await document.Project.GetCompilationAsync())!;
        Assert.DoesNotContain(compilation.GetDiagnostics(), diagnostic => diagnostic.Severity is DiagnosticSeverity.Error);
        var reports = await compilation.WithAnalyzers([new TAnalyzer()]).GetAnalyzerDiagnosticsAsync();
        Assert.DoesNotContain(reports, report => report.Id == "AD0001");
        return reports.SingleOrDefault();
    }
}

using BackendPatterns.Behaviour.Tests.Framework;
using Microsoft.CodeAnalysis;
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
        var changed = await ScenarioCode.After(document, (await ScenarioCode.ActionsFor(document, report, new TFix()))[0]);
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
        where TAnalyzer : DiagnosticAnalyzer, new() => (await ScenarioCode.ReportsOf(document, new TAnalyzer())).SingleOrDefault();
}

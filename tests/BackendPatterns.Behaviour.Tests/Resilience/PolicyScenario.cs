using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Behaviour.Tests.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace BackendPatterns.Behaviour.Tests.Resilience;

/// <summary>A method that runs a retry policy: analysed and fixed as written, and executed on clocks that take no time.</summary>
internal sealed class PolicyScenario(string members)
{
    private string Source { get; init; } = $$"""
        public class Scenario(HttpClient http, IGateway gateway)
        {
            public static object Start()
            {
                PolicyClock.Use();
                return new Scenario(new HttpClient(new FakeHandler()) { BaseAddress = new Uri("http://localhost") }, new Gateway());
            }

            public object Services => (http, gateway);

            {{members}}
        }
        """;

    /// <summary>True where the rule reports the policy.</summary>
    public async Task<bool> IsReported(DiagnosticAnalyzer rule)
    {
        using var workspace = new AdhocWorkspace();
        return await ReportOf(Open(workspace, Source), rule) is not null;
    }

    /// <summary>Returns the scenario after the fix; fails where it is not offered, or leaves the report.</summary>
    public async Task<PolicyScenario> Fixed(DiagnosticAnalyzer rule, RuleFix fix)
    {
        using var workspace = new AdhocWorkspace();
        var document = Open(workspace, Source);
        var report = await ReportOf(document, rule);
        Assert.NotNull(report);
        var changed = await ScenarioCode.After(document, Assert.Single(await ScenarioCode.ActionsFor(document, report, fix)));
        Assert.Null(await ReportOf(changed, rule));
        return new PolicyScenario(members) { Source = (await changed.GetTextAsync()).ToString() };
    }

    /// <summary>Executes the policy. With <paramref name="longestWaits"/> fluent waits are as long as their jitter allows.</summary>
    public async Task<RetryRun> Run(RetryConditions? conditions = null, bool longestWaits = false)
    {
        using var workspace = new AdhocWorkspace();
        var source = Source
            .Replace("new ResiliencePipelineBuilder()", "new ResiliencePipelineBuilder { TimeProvider = PolicyTime.Instance }", StringComparison.Ordinal)
            .Replace("new ResiliencePipelineBuilder<HttpResponseMessage>()", "new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = PolicyTime.Instance }", StringComparison.Ordinal);
        var executed = longestWaits ? source.Replace("Random.Shared.NextDouble()", "1.0", StringComparison.Ordinal) : source;
        return await RetryExecution.Of((await Open(workspace, executed).Project.GetCompilationAsync())!, conditions ?? new RetryConditions());
    }

    private static Document Open(AdhocWorkspace workspace, string source)
    {
        var document = BeforeAndAfter.Open(workspace, source);
        return document.Project
            .AddDocument("Fakes.cs", SourceText.From(RetryFakes.Source)).Project
            .AddDocument("PolicyFakes.cs", SourceText.From(PolicyFakes.Source)).Project
            .GetDocument(document.Id)!;
    }

    private static async Task<Diagnostic?> ReportOf(Document document, DiagnosticAnalyzer rule)
    {
        var tree = await document.GetSyntaxTreeAsync();
        return (await ScenarioCode.ReportsOf(document, rule)).SingleOrDefault(report => report.Location.SourceTree == tree);
    }
}

using BackendPatterns.Analyzers.CodeFixes.Resilience;
using BackendPatterns.Analyzers.Rules.Resilience;
using BackendPatterns.Behaviour.Tests.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace BackendPatterns.Behaviour.Tests.Resilience;

/// <summary>What happened when a retry was executed.</summary>
/// <param name="Calls">How often the operation was tried.</param>
/// <param name="Ended">False where the loop would have gone on beyond the step limit.</param>
/// <param name="Waits">The waits, in milliseconds.</param>
/// <param name="Result">What it returned.</param>
/// <param name="Failure">What it threw.</param>
internal sealed record RetryRun(int Calls, bool Ended, IReadOnlyList<double> Waits, object? Result, Exception? Failure);

/// <summary>What the operation does while a retry is executed.</summary>
/// <param name="FailuresBeforeSuccess">How often it fails first.</param>
/// <param name="CancelAt">At which call the token is cancelled.</param>
internal sealed record RetryConditions(int FailuresBeforeSuccess = int.MaxValue, int CancelAt = 50);

/// <summary>A method with a retry: analysed and fixed as written, and executed with waits that take no time.</summary>
internal sealed class RetryScenario(string members)
{
    private string Source { get; init; } = $$"""
        public class Scenario(HttpClient http, IGateway gateway)
        {
            public static object Start() => new Scenario(new HttpClient(new FakeHandler()) { BaseAddress = new Uri("http://localhost") }, new Gateway());

            public object Services => (http, gateway);

        {{members}}
        }
        """;

    /// <summary>The source, after a fix where one was applied.</summary>
    public string Text => Source;

    /// <summary>True where the rule reports the retry.</summary>
    public async Task<bool> IsReported()
    {
        using var workspace = new AdhocWorkspace();
        return await ReportOf(Open(workspace, Source)) is not null;
    }

    /// <summary>Returns the scenario after the fix with this key; fails where it is not offered.</summary>
    public async Task<RetryScenario> Fixed(string key)
    {
        using var workspace = new AdhocWorkspace();
        var document = Open(workspace, Source);
        var report = await ReportOf(document);
        Assert.NotNull(report);
        CodeFixProvider fix = report.Id == BP5004RecursiveRetryAnalyzer.Id ? new BP5004RecursiveRetryFix() : new BP5001UnboundedRetryFix();
        var changed = await ScenarioCode.After(document, (await ScenarioCode.ActionsFor(document, report, fix)).Single(action => action.EquivalenceKey == key));
        Assert.Null(await ReportOf(changed));
        return new RetryScenario(members) { Source = (await changed.GetTextAsync()).ToString() };
    }

    /// <summary>Executes the retry.</summary>
    public async Task<RetryRun> Run(RetryConditions? conditions = null)
    {
        using var workspace = new AdhocWorkspace();
        return await RetryExecution.Of((await Open(workspace, Instant(Source)).Project.GetCompilationAsync())!, conditions ?? new RetryConditions());
    }

    private static string Instant(string source) => source
        .Replace("Task.Delay(", "Fakes.Delay(", StringComparison.Ordinal)
        .Replace("Thread.Sleep(", "Fakes.Sleep(", StringComparison.Ordinal)
        .Replace("DateTime.UtcNow", "Fakes.UtcNow", StringComparison.Ordinal)
        .Replace("DateTimeOffset.UtcNow", "new DateTimeOffset(Fakes.UtcNow)", StringComparison.Ordinal)
        .Replace("Environment.TickCount64", "Fakes.Ticks", StringComparison.Ordinal)
        .Replace("TimeProvider.System", "FakeTime.Instance", StringComparison.Ordinal)
        .Replace("Stopwatch.StartNew()", "FakeStopwatch.StartNew()", StringComparison.Ordinal)
        .Replace("new CancellationTokenSource(TimeSpan", "Fakes.CancelledAfter(TimeSpan", StringComparison.Ordinal)
        // The longest wait that the jitter allows.
        .Replace("Random.Shared.NextDouble()", "1.0", StringComparison.Ordinal)
        .Replace("new ResiliencePipelineBuilder()", "new ResiliencePipelineBuilder { TimeProvider = InstantTime.Instance }", StringComparison.Ordinal);

    private static Document Open(AdhocWorkspace workspace, string source)
    {
        var document = BeforeAndAfter.Open(workspace, source);
        return document.Project.AddDocument("Fakes.cs", SourceText.From(RetryFakes.Source)).Project.GetDocument(document.Id)!;
    }

    private static async Task<Diagnostic?> ReportOf(Document document) =>
        (await ScenarioCode.ReportsOf(document, new BP5001UnboundedRetryAnalyzer(), new BP5004RecursiveRetryAnalyzer())).SingleOrDefault();
}

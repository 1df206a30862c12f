using System.Reflection;
using System.Runtime.Loader;
using BackendPatterns.Behaviour.Tests.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace BackendPatterns.Behaviour.Tests.Resilience;

/// <summary>What became of a background service whose work failed at first.</summary>
/// <param name="Verdict"><c>StopsHost</c>, <c>EndsLoop</c> or <c>GoesOn</c>.</param>
/// <param name="Calls">How often it called.</param>
/// <param name="Errors">How many errors it logged.</param>
/// <param name="EndedWithHost">True where it had ended when the host had stopped.</param>
internal sealed record FailingRun(string Verdict, int Calls, int Errors, bool EndedWithHost);

/// <summary>What a background service did while there was no work.</summary>
/// <param name="Waited">True where it came to a wait before the step limit.</param>
/// <param name="PassesBeforeWait">How many passes it had begun then.</param>
/// <param name="Passes">How many passes it made in all.</param>
/// <param name="Ended">True where it ended when it was told to.</param>
internal sealed record IdleRun(bool Waited, int PassesBeforeWait, int Passes, bool Ended);

/// <summary>A background service: analysed and fixed as written, and executed with waits that take no time.</summary>
internal sealed class HostedScenario(string members)
{
    private string Source { get; init; } = $$"""
        public class Worker(HttpClient http, ShopContext db, IHostApplicationLifetime lifetime, ILogger<Worker> logger) : BackgroundService
        {
            public object Services => (http, db, lifetime, logger);

        {{members}}
        }
        """;

    /// <summary>The source, after a fix where one was applied.</summary>
    public string Text => Source;

    /// <summary>A service whose <c>ExecuteAsync</c> has this body.</summary>
    public static HostedScenario Executing(string body) => new(
        $$"""
            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                {{body}}
            }
        """);

    /// <summary>True where the rule reports the service.</summary>
    public async Task<bool> IsReported(DiagnosticAnalyzer rule)
    {
        using var workspace = new AdhocWorkspace();
        return await ReportOf(Open(workspace, Source), rule) is not null;
    }

    /// <summary>Returns the scenario after the fix; fails where none is offered, or where the rule still reports.</summary>
    public async Task<HostedScenario> Fixed(DiagnosticAnalyzer rule, CodeFixProvider fix)
    {
        using var workspace = new AdhocWorkspace();
        var document = Open(workspace, Source);
        var report = await ReportOf(document, rule);
        Assert.NotNull(report);
        var changed = await ScenarioCode.After(document, Assert.Single(await ScenarioCode.ActionsFor(document, report, fix)));
        Assert.Null(await ReportOf(changed, rule));
        return new HostedScenario(members) { Source = (await changed.GetTextAsync()).ToString() };
    }

    /// <summary>Runs it in a host while its calls fail.</summary>
    public async Task<FailingRun> Fail(int failures = 1, bool timesOut = false)
    {
        var result = await Run("Fail", failures, timesOut);
        return new FailingRun((string)result[0], (int)result[1], (int)result[2], (bool)result[3]);
    }

    /// <summary>Runs it while there is no work.</summary>
    public async Task<IdleRun> Idle()
    {
        var result = await Run("Idle");
        return new IdleRun((bool)result[0], (int)result[1], (int)result[2], (bool)result[3]);
    }

    private async Task<object[]> Run(string method, params object[] arguments)
    {
        using var workspace = new AdhocWorkspace();
        using var image = ScenarioCode.ImageOf((await Open(workspace, Instant(Source)).Project.GetCompilationAsync())!);
        var harness = new AssemblyLoadContext("Hosted").LoadFromStream(image).GetType("Harness", throwOnError: true)!;
        return await (Task<object[]>)harness.GetMethod(method)!.Invoke(null, BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null)!;
    }

    private static string Instant(string source) => source
        .Replace("Task.Delay(", "Fakes.Delay(", StringComparison.Ordinal)
        .Replace("new PeriodicTimer(", "new FakeTimer(", StringComparison.Ordinal);

    private static Document Open(AdhocWorkspace workspace, string source)
    {
        var document = BeforeAndAfter.Open(workspace, source);
        return document.Project.AddDocument("Fakes.cs", SourceText.From(HostedFakes.Source)).Project.GetDocument(document.Id)!;
    }

    private static async Task<Diagnostic?> ReportOf(Document document, DiagnosticAnalyzer rule) => (await ScenarioCode.ReportsOf(document, rule)).SingleOrDefault();
}

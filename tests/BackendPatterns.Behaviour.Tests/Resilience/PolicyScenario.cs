using System.Reflection;
using System.Runtime.Loader;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Behaviour.Tests.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
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
        var actions = new List<CodeAction>();
        await fix.RegisterCodeFixesAsync(new CodeFixContext(document, report, (action, _) => actions.Add(action), CancellationToken.None));
        var operations = await Assert.Single(actions).GetOperationsAsync(CancellationToken.None);
        var changed = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetDocument(document.Id)!;
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
        var compilation = (await Open(workspace, longestWaits ? source.Replace("Random.Shared.NextDouble()", "1.0", StringComparison.Ordinal) : source).Project.GetCompilationAsync())!;
        using var image = new MemoryStream();
        var emitted = compilation.Emit(image);
        Assert.True(emitted.Success, string.Join(Environment.NewLine, emitted.Diagnostics.Where(diagnostic => diagnostic.Severity is DiagnosticSeverity.Error)) + Source);
        image.Position = 0;
        return await Execute(new AssemblyLoadContext("Policy").LoadFromStream(image), conditions ?? new RetryConditions());
    }

    private static async Task<RetryRun> Execute(Assembly assembly, RetryConditions conditions)
    {
        var fakes = assembly.GetType("Fakes", throwOnError: true)!;
        fakes.GetField("FailuresBeforeSuccess")!.SetValue(null, conditions.FailuresBeforeSuccess);
        fakes.GetField("CancelAt")!.SetValue(null, conditions.CancelAt);
        var scenario = assembly.GetType("Scenario", throwOnError: true)!;
        var target = scenario.GetMethod("Start")!.Invoke(null, null);
        var method = scenario.GetMethod("Run") ?? throw new InvalidOperationException("A scenario has a method Run.");
        object?[] arguments = method.GetParameters().Length == 0 ? [] : [((CancellationTokenSource)fakes.GetField("Cancellation")!.GetValue(null)!).Token];
        var outcome = new TaskCompletionSource<(object? Result, Exception? Failure)>();
        // A synchronous retry is stopped by blocking its thread for good; as a background thread it does not keep the process.
        new Thread(() => outcome.SetResult(Outcome(method, target, arguments))) { IsBackground = true }.Start();
        var exceeded = ((TaskCompletionSource)fakes.GetField("Exceeded")!.GetValue(null)!).Task;
        var ended = await Task.WhenAny(outcome.Task, exceeded).WaitAsync(TimeSpan.FromSeconds(60)) == outcome.Task;
        var (result, failure) = ended ? await outcome.Task : default;
        return new RetryRun((int)fakes.GetField("Calls")!.GetValue(null)!, ended, [.. (IEnumerable<double>)fakes.GetField("Waits")!.GetValue(null)!], result, failure);
    }

    private static (object?, Exception?) Outcome(MethodInfo method, object? target, object?[] arguments)
    {
        try
        {
            var result = method.Invoke(target, BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null);
            if (result is not Task task)
                return (result, null);
            task.GetAwaiter().GetResult();
            return (task.GetType().GetProperty("Result")?.GetValue(task), null);
        }
#pragma warning disable CA1031 // How a retry ends is what the tests ask.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return (null, exception);
        }
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
        var compilation = (await document.Project.GetCompilationAsync())!;
        Assert.DoesNotContain(compilation.GetDiagnostics(), diagnostic => diagnostic.Severity is DiagnosticSeverity.Error);
        var reports = await compilation.WithAnalyzers([rule]).GetAnalyzerDiagnosticsAsync();
        Assert.DoesNotContain(reports, report => report.Id == "AD0001");
        var tree = await document.GetSyntaxTreeAsync();
        return reports.SingleOrDefault(report => report.Location.SourceTree == tree);
    }
}

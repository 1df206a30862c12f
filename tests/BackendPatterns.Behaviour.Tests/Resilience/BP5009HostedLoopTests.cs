using BackendPatterns.Analyzers.CodeFixes.Resilience;
using BackendPatterns.Analyzers.Rules.Resilience;

namespace BackendPatterns.Behaviour.Tests.Resilience;

/// <summary>Background services in a real host whose work fails at the first pass: what happens agrees with what BP5009 says, and the fix makes them go on.</summary>
public class BP5009HostedLoopTests
{
    private const string StopsHost = "StopsHost";
    private const string EndsLoop = "EndsLoop";
    private const string GoesOn = "GoesOn";

    /// <summary>The shape, the body of <c>ExecuteAsync</c>, what happens. BP5009 reports all but those that go on.</summary>
    public static TheoryData<string, string, string> Shapes => new()
    {
        { "delay after the work", """while (!stoppingToken.IsCancellationRequested) { await http.GetStringAsync("/a", stoppingToken); await Task.Delay(1000, stoppingToken); }""", StopsHost },
        { "delay before the work", """while (!stoppingToken.IsCancellationRequested) { await Task.Delay(1000, stoppingToken); await http.GetStringAsync("/a", stoppingToken); }""", StopsHost },
        { "endless while", """while (true) { await http.GetStringAsync("/a", stoppingToken); await Task.Delay(1000, stoppingToken); }""", StopsHost },
        { "endless for", """for (;;) { await http.GetStringAsync("/a", stoppingToken); await Task.Delay(1000, stoppingToken); }""", StopsHost },
        { "do while", """do { await http.GetStringAsync("/a", stoppingToken); await Task.Delay(1000, stoppingToken); } while (!stoppingToken.IsCancellationRequested);""", StopsHost },
        { "timer", """using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1)); while (await timer.WaitForNextTickAsync(stoppingToken)) { await http.GetStringAsync("/a", stoppingToken); }""", StopsHost },
        { "timer after the pass", """using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1)); do { await http.GetStringAsync("/a", stoppingToken); } while (await timer.WaitForNextTickAsync(stoppingToken));""", StopsHost },
        { "stream of a channel", """var items = Channel.CreateUnbounded<int>(); for (var i = 0; i < 5; i++) items.Writer.TryWrite(i); await foreach (var item in items.Reader.ReadAllAsync(stoppingToken)) { await http.GetStringAsync("/" + item, stoppingToken); }""", StopsHost },
        { "channel waited for", """var items = Channel.CreateUnbounded<int>(); for (var i = 0; i < 5; i++) items.Writer.TryWrite(i); while (await items.Reader.WaitToReadAsync(stoppingToken)) { while (items.Reader.TryRead(out var item)) { await http.GetStringAsync("/" + item, stoppingToken); } }""", StopsHost },
        { "channel read", """var items = Channel.CreateUnbounded<int>(); for (var i = 0; i < 5; i++) items.Writer.TryWrite(i); while (!stoppingToken.IsCancellationRequested) { var item = await items.Reader.ReadAsync(stoppingToken); await http.GetStringAsync("/" + item, stoppingToken); }""", StopsHost },
        { "work items", """var items = Channel.CreateUnbounded<Func<CancellationToken, Task>>(); for (var i = 0; i < 5; i++) items.Writer.TryWrite(ct => http.GetStringAsync("/a", ct)); while (!stoppingToken.IsCancellationRequested) { var item = await items.Reader.ReadAsync(stoppingToken); await item(stoppingToken); }""", StopsHost },
        { "cancellation caught inside", """while (!stoppingToken.IsCancellationRequested) { try { await http.GetStringAsync("/a", stoppingToken); await Task.Delay(1000, stoppingToken); } catch (OperationCanceledException) { break; } }""", StopsHost },
        { "cancellation caught outside", """try { while (!stoppingToken.IsCancellationRequested) { await http.GetStringAsync("/a", stoppingToken); await Task.Delay(1000, stoppingToken); } } catch (OperationCanceledException) { }""", StopsHost },
        { "filter for shutdown", """while (!stoppingToken.IsCancellationRequested) { try { await http.GetStringAsync("/a", stoppingToken); await Task.Delay(1000, stoppingToken); } catch (Exception) when (stoppingToken.IsCancellationRequested) { } }""", StopsHost },
        { "another failure caught", """while (!stoppingToken.IsCancellationRequested) { try { await http.GetStringAsync("/a", stoppingToken); } catch (FormatException) { } await Task.Delay(1000, stoppingToken); }""", StopsHost },
        { "guarded in part", """while (!stoppingToken.IsCancellationRequested) { await http.GetStringAsync("/a", stoppingToken); try { await http.GetStringAsync("/b", stoppingToken); } catch (Exception) { } await Task.Delay(1000, stoppingToken); }""", StopsHost },
        { "callee that throws again", """while (!stoppingToken.IsCancellationRequested) { await LoadAsync(); await Task.Delay(1000, stoppingToken); } async Task LoadAsync() { try { await http.GetStringAsync("/a", stoppingToken); } catch (Exception ex) { logger.LogWarning(ex, "load"); throw; } }""", StopsHost },
        { "loop in a local function", """await LoopAsync(); async Task LoopAsync() { while (!stoppingToken.IsCancellationRequested) { await http.GetStringAsync("/a", stoppingToken); await Task.Delay(1000, stoppingToken); } }""", StopsHost },
        { "Task.Run", """await Task.Run(async () => { while (!stoppingToken.IsCancellationRequested) { await http.GetStringAsync("/a", stoppingToken); await Task.Delay(1000, stoppingToken); } }, stoppingToken);""", StopsHost },
        { "joined calls", """while (!stoppingToken.IsCancellationRequested) { await Task.WhenAll(http.GetStringAsync("/a", stoppingToken), http.GetStringAsync("/b", stoppingToken)); await Task.Delay(1000, stoppingToken); }""", StopsHost },
        { "parallel", """while (!stoppingToken.IsCancellationRequested) { await Parallel.ForEachAsync(new[] { "/a" }, stoppingToken, async (path, ct) => await http.GetStringAsync(path, ct)); await Task.Delay(1000, stoppingToken); }""", StopsHost },
        { "exit at shutdown", """while (true) { if (stoppingToken.IsCancellationRequested) return; await http.GetStringAsync("/a", stoppingToken); await Task.Delay(1000, stoppingToken); }""", StopsHost },
        { "logged outside", """try { while (!stoppingToken.IsCancellationRequested) { await http.GetStringAsync("/a", stoppingToken); await Task.Delay(1000, stoppingToken); } } catch (Exception ex) { logger.LogError(ex, "failed"); }""", EndsLoop },
        { "logged outside, cancellation let out", """try { while (!stoppingToken.IsCancellationRequested) { await http.GetStringAsync("/a", stoppingToken); await Task.Delay(1000, stoppingToken); } } catch (Exception ex) when (ex is not OperationCanceledException) { logger.LogError(ex, "failed"); }""", EndsLoop },
        { "swallowed outside", """try { while (!stoppingToken.IsCancellationRequested) { await http.GetStringAsync("/a", stoppingToken); await Task.Delay(1000, stoppingToken); } } catch { }""", EndsLoop },
        { "guarded", """while (!stoppingToken.IsCancellationRequested) { try { await http.GetStringAsync("/a", stoppingToken); } catch (Exception ex) { logger.LogError(ex, "failed"); } await Task.Delay(1000, stoppingToken); }""", GoesOn },
        { "guarded, cancellation let out", """while (!stoppingToken.IsCancellationRequested) { try { await http.GetStringAsync("/a", stoppingToken); } catch (Exception ex) when (ex is not OperationCanceledException) { logger.LogError(ex, "failed"); } await Task.Delay(1000, stoppingToken); }""", GoesOn },
        { "guarded while not stopping", """while (true) { try { await http.GetStringAsync("/a", stoppingToken); } catch (Exception) when (!stoppingToken.IsCancellationRequested) { } await Task.Delay(1000, stoppingToken); }""", GoesOn },
        { "two clauses", """while (!stoppingToken.IsCancellationRequested) { try { await http.GetStringAsync("/a", stoppingToken); await Task.Delay(1000, stoppingToken); } catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { break; } catch (Exception ex) { logger.LogError(ex, "failed"); } }""", GoesOn },
        { "its kind of failure caught", """while (!stoppingToken.IsCancellationRequested) { try { await http.GetStringAsync("/a", stoppingToken); } catch (HttpRequestException) { } await Task.Delay(1000, stoppingToken); }""", GoesOn },
        { "callee that guards", """while (!stoppingToken.IsCancellationRequested) { await LoadAsync(); await Task.Delay(1000, stoppingToken); } async Task LoadAsync() { try { await http.GetStringAsync("/a", stoppingToken); } catch (Exception ex) { logger.LogError(ex, "failed"); } }""", GoesOn },
        { "restarted outside", """while (!stoppingToken.IsCancellationRequested) { try { while (!stoppingToken.IsCancellationRequested) { await http.GetStringAsync("/a", stoppingToken); await Task.Delay(1000, stoppingToken); } } catch (Exception ex) when (!stoppingToken.IsCancellationRequested) { logger.LogError(ex, "again"); } }""", GoesOn },
        { "timer, guarded", """using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1)); while (await timer.WaitForNextTickAsync(stoppingToken)) { try { await http.GetStringAsync("/a", stoppingToken); } catch (Exception ex) { logger.LogError(ex, "failed"); } }""", GoesOn },
        { "stream, guarded", """var items = Channel.CreateUnbounded<int>(); for (var i = 0; i < 5; i++) items.Writer.TryWrite(i); await foreach (var item in items.Reader.ReadAllAsync(stoppingToken)) { try { await http.GetStringAsync("/" + item, stoppingToken); } catch (Exception ex) { logger.LogError(ex, "failed"); } }""", GoesOn },
        { "not awaited", """while (!stoppingToken.IsCancellationRequested) { _ = http.GetStringAsync("/a", stoppingToken); await Task.Delay(1000, stoppingToken); }""", GoesOn },
        { "fan-out, guarded", """while (!stoppingToken.IsCancellationRequested) { await Task.WhenAll(new[] { "/a" }.Select(async path => { try { await http.GetStringAsync(path, stoppingToken); } catch (Exception) { } })); await Task.Delay(1000, stoppingToken); }""", GoesOn },
    };

    /// <summary>Services that end with a failure because somebody wrote that they should: BP5009 leaves them alone.</summary>
    public static TheoryData<string, string> Deliberate => new()
    {
        { "application stopped", """try { while (!stoppingToken.IsCancellationRequested) { await http.GetStringAsync("/a", stoppingToken); await Task.Delay(1000, stoppingToken); } } catch (Exception) { lifetime.StopApplication(); }""" },
        { "application stopped in finally", """try { while (!stoppingToken.IsCancellationRequested) { await http.GetStringAsync("/a", stoppingToken); await Task.Delay(1000, stoppingToken); } } finally { lifetime.StopApplication(); }""" },
        { "thrown again", """while (!stoppingToken.IsCancellationRequested) { try { await http.GetStringAsync("/a", stoppingToken); } catch (Exception ex) { logger.LogCritical(ex, "stopping"); throw; } await Task.Delay(1000, stoppingToken); }""" },
    };

    /// <summary>The shapes that are fixed, of those above.</summary>
    public static TheoryData<string> Fixable =>
    [
        "delay after the work", "delay before the work", "endless while", "endless for", "do while", "timer", "timer after the pass", "stream of a channel", "channel waited for", "channel read", "work items",
        "filter for shutdown", "another failure caught", "guarded in part", "callee that throws again", "loop in a local function", "Task.Run", "joined calls", "parallel", "exit at shutdown", "logged outside, cancellation let out",
    ];

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Verdict_AgreesWithWhatHappens(string shape, string body, string verdict)
    {
        var scenario = HostedScenario.Executing(body);
        var run = await scenario.Fail();
        Assert.True(verdict == run.Verdict, $"'{shape}': {run}");
        Assert.True(verdict != GoesOn == await scenario.IsReported(new BP5009BackgroundLoopUnguardedAnalyzer()), $"'{shape}' is {(verdict == GoesOn ? "" : "not ")}reported");
    }

    [Theory]
    [MemberData(nameof(Deliberate))]
    public async Task DeliberateEnd_StopsTheHostAndIsNotReported(string shape, string body)
    {
        var scenario = HostedScenario.Executing(body);
        Assert.True((await scenario.Fail()).Verdict == StopsHost, shape);
        Assert.False(await scenario.IsReported(new BP5009BackgroundLoopUnguardedAnalyzer()), shape);
    }

    [Theory]
    [MemberData(nameof(Fixable))]
    public async Task FixedLoop_GoesOnLogsAndEndsWithTheHost(string shape)
    {
        var scenario = await Of(shape).Fixed(new BP5009BackgroundLoopUnguardedAnalyzer(), new BP5009BackgroundLoopUnguardedFix());
        var run = await scenario.Fail(failures: 3);
        Assert.True(run.Verdict == GoesOn, $"'{shape}': {run}\n{scenario.Text}");
        // Calls that are made together fail together.
        Assert.InRange(run.Errors, 1, 3);
        Assert.True(run.EndedWithHost, $"'{shape}' does not end with the host\n{scenario.Text}");
    }

    [Fact]
    public async Task FixedLoop_LogsATimeoutAsWell()
    {
        var scenario = await Of("delay after the work").Fixed(new BP5009BackgroundLoopUnguardedAnalyzer(), new BP5009BackgroundLoopUnguardedFix());
        var run = await scenario.Fail(failures: 2, timesOut: true);
        Assert.Equal((GoesOn, 2, true), (run.Verdict, run.Errors, run.EndedWithHost));
    }

    [Fact]
    public async Task FixedLoop_DoesNotLogTheShutdown()
    {
        var scenario = await Of("delay after the work").Fixed(new BP5009BackgroundLoopUnguardedAnalyzer(), new BP5009BackgroundLoopUnguardedFix());
        var run = await scenario.Fail(failures: 0);
        Assert.Equal((GoesOn, 0, true), (run.Verdict, run.Errors, run.EndedWithHost));
    }

    private static HostedScenario Of(string shape) => HostedScenario.Executing(Shapes.Single(row => (string)row[0] == shape)[1].ToString()!);
}

using BackendPatterns.Analyzers.Rules.Resilience;

namespace BackendPatterns.Behaviour.Tests.Resilience;

/// <summary>How a bounded retry waits between its attempts.</summary>
public enum ObservedWait
{
    None,
    Constant,
    Growing,
}

/// <summary>
/// Shapes of bounded retries, executed against an operation that always fails. "No wait" is what BP5002 reports, "the same wait" what BP5003 reports, and a growing one neither: the verdict is
/// compared with the waits that were observed.
/// </summary>
public class WaitVerdictTests
{
    private const string Try = """try { return await http.GetStringAsync("/a"); }""";

    public static TheoryData<string, string, ObservedWait> Shapes => new()
    {
        { "counted for", "for (var i = 0; i < 4; i++) { " + Try + " catch (HttpRequestException) { } }", ObservedWait.None },
        { "filter", "for (var i = 1; ; i++) { " + Try + " catch (HttpRequestException) when (i < 4) { } }", ObservedWait.None },
        { "counter in the catch", "var n = 0; while (true) { " + Try + " catch (HttpRequestException) { if (++n >= 4) throw; } }", ObservedWait.None },
        { "counter in the filter", "var n = 0; while (true) { " + Try + " catch (HttpRequestException) when (n++ < 4) { } }", ObservedWait.None },
        { "counts down", "var n = 4; while (n-- > 0) { " + Try + " catch (HttpRequestException) { } }", ObservedWait.None },
        { "do while", "var n = 0; var ok = false; do { try { await http.GetStringAsync(\"/a\"); ok = true; } catch (HttpRequestException) { } } while (!ok && ++n < 4);", ObservedWait.None },
        { "failed status", "for (var i = 0; i < 4; i++) { var r = await http.GetAsync(\"/status\"); if (r.IsSuccessStatusCode) return \"\"; }", ObservedWait.None },
        { "behind a call", "for (var i = 0; i < 4; i++) { try { return await Load(); } catch (HttpRequestException) { } }", ObservedWait.None },
        { "helper that only notes", "for (var i = 0; i < 4; i++) { " + Try + " catch (HttpRequestException) { Note(i); } }", ObservedWait.None },
        { "limit of the caller", "var most = int.Parse(\"4\"); for (var i = 0; i < most; i++) { " + Try + " catch (HttpRequestException) { } }", ObservedWait.None },
        { "number", "for (var i = 0; i < 4; i++) { " + Try + " catch (HttpRequestException) { await Task.Delay(100); } }", ObservedWait.Constant },
        { "seconds", "for (var i = 0; i < 4; i++) { " + Try + " catch (HttpRequestException) { await Task.Delay(TimeSpan.FromSeconds(2)); } }", ObservedWait.Constant },
        { "sleep", "for (var i = 0; i < 4; i++) { " + Try + " catch (HttpRequestException) { Thread.Sleep(100); } }", ObservedWait.Constant },
        { "constant", "for (var i = 0; i < 4; i++) { " + Try + " catch (HttpRequestException) { await Task.Delay(Pause); } }", ObservedWait.Constant },
        { "read-only field", "for (var i = 0; i < 4; i++) { " + Try + " catch (HttpRequestException) { await Task.Delay(PauseTime); } }", ObservedWait.Constant },
        { "local", "var pause = TimeSpan.FromMilliseconds(20); for (var i = 0; i < 4; i++) { " + Try + " catch (HttpRequestException) { await Task.Delay(pause); } }", ObservedWait.Constant },
        { "local in the loop", "for (var i = 0; i < 4; i++) { var pause = new TimeSpan(0, 0, 3); " + Try + " catch (HttpRequestException) { await Task.Delay(pause); } }", ObservedWait.Constant },
        { "helper", "for (var i = 0; i < 4; i++) { " + Try + " catch (HttpRequestException) { await Task.Delay(Fixed()); } }", ObservedWait.Constant },
        { "helper that ignores its argument", "for (var i = 0; i < 4; i++) { " + Try + " catch (HttpRequestException) { await Task.Delay(Ignoring(i)); } }", ObservedWait.Constant },
        { "after the try", "for (var i = 0; i < 4; i++) { " + Try + " catch (HttpRequestException) { } await Task.Delay(70); }", ObservedWait.Constant },
        { "only between attempts", "for (var i = 0; i < 4; i++) { " + Try + " catch (HttpRequestException) { if (i < 3) await Task.Delay(70); } }", ObservedWait.Constant },
        { "before the attempt", "for (var i = 0; i < 4; i++) { if (i > 0) await Task.Delay(70); " + Try + " catch (HttpRequestException) { } }", ObservedWait.Constant },
        { "after a failed status", "for (var i = 0; i < 4; i++) { var r = await http.GetAsync(\"/status\"); if (r.IsSuccessStatusCode) return \"\"; await Task.Delay(70); }", ObservedWait.Constant },
        { "counted down, constant", "var n = 4; while (n-- > 0) { " + Try + " catch (HttpRequestException) { await Task.Delay(50 * 2); } }", ObservedWait.Constant },
        { "linear", "for (var i = 1; i < 5; i++) { " + Try + " catch (HttpRequestException) { await Task.Delay(100 * i); } }", ObservedWait.Growing },
        { "exponential", "for (var i = 0; i < 4; i++) { " + Try + " catch (HttpRequestException) { await Task.Delay(TimeSpan.FromSeconds(Math.Pow(2, i))); } }", ObservedWait.Growing },
        { "shifted", "for (var i = 0; i < 4; i++) { " + Try + " catch (HttpRequestException) { await Task.Delay(10 << i); } }", ObservedWait.Growing },
        { "doubled local", "var pause = 10; for (var i = 0; i < 4; i++) { " + Try + " catch (HttpRequestException) { await Task.Delay(pause); pause *= 2; } }", ObservedWait.Growing },
        { "local from itself", "var pause = TimeSpan.FromSeconds(1); for (var i = 0; i < 4; i++) { " + Try + " catch (HttpRequestException) { await Task.Delay(pause); pause = pause + pause; } }", ObservedWait.Growing },
        { "field", "for (var i = 0; i < 4; i++) { " + Try + " catch (HttpRequestException) { await Task.Delay(_pause); _pause += 10; } }", ObservedWait.Growing },
        { "array", "var pauses = new[] { 1, 2, 4, 8 }; for (var i = 0; i < 4; i++) { " + Try + " catch (HttpRequestException) { await Task.Delay(pauses[i]); } }", ObservedWait.Growing },
        { "list", "var pauses = new List<int> { 1, 2, 4, 8 }; for (var i = 0; i < 4; i++) { " + Try + " catch (HttpRequestException) { await Task.Delay(pauses[i]); } }", ObservedWait.Growing },
        { "growing helper", "for (var i = 0; i < 4; i++) { " + Try + " catch (HttpRequestException) { await Task.Delay(Growing(i)); } }", ObservedWait.Growing },
        { "helper that waits", "for (var i = 0; i < 4; i++) { " + Try + " catch (HttpRequestException) { await Pausing(i); } }", ObservedWait.Growing },
        { "operation that waits", "for (var i = 0; i < 4; i++) { try { return await LoadSlowly(); } catch (HttpRequestException) { } }", ObservedWait.Growing },
        { "local computed from the counter", "for (var i = 0; i < 4; i++) { " + Try + " catch (HttpRequestException) { var pause = 10 + i; await Task.Delay(pause); } }", ObservedWait.Growing },
        { "chosen by the counter", "for (var i = 0; i < 4; i++) { " + Try + " catch (HttpRequestException) { await Task.Delay(i == 0 ? 10 : 500); } }", ObservedWait.Growing },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Verdict_AgreesWithTheWaits(string shape, string body, ObservedWait expected)
    {
        var scenario = WaitScenarios.With(body);
        var run = await scenario.Run();
        Assert.True(run.Ended, shape);
        Assert.InRange(run.Calls, 4, 5);
        Assert.True(Observed(run) == expected, $"'{shape}' waited {string.Join(", ", run.Waits)}");
        Assert.True(await scenario.IsReportedBy<BP5002RetryWithoutDelayAnalyzer>() == expected is ObservedWait.None, $"BP5002 on '{shape}'");
        Assert.True(await scenario.IsReportedBy<BP5003FixedRetryDelayAnalyzer>() == expected is ObservedWait.Constant, $"BP5003 on '{shape}'");
    }

    private static ObservedWait Observed(RetryRun run) => run.Waits.Distinct().Count() switch
    {
        0 => ObservedWait.None,
        1 => ObservedWait.Constant,
        _ => ObservedWait.Growing,
    };
}

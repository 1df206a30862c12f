using BackendPatterns.Analyzers.CodeFixes.Resilience;
using BackendPatterns.Analyzers.Rules.Resilience;

namespace BackendPatterns.Behaviour.Tests.Resilience;

/// <summary>Retries before and after the fixes of BP5002 and BP5003, executed: the attempts and the outcome stay, the waits come, grow and end.</summary>
public class WaitFixTests
{
    private const string Try = """try { return await http.GetStringAsync("/a"); }""";

    public static TheoryData<string> WithoutWait =>
    [
        "for (var i = 0; i < 6; i++) { " + Try + " catch (HttpRequestException) { } }",
        "for (var i = 1; ; i++) { " + Try + " catch (HttpRequestException) when (i < 6) { Note(i); } }",
        "var n = 0; while (true) { " + Try + " catch (HttpRequestException) { if (++n >= 6) throw; } }",
        "var n = 1; while (n <= 6) { " + Try + " catch (HttpRequestException) { n++; } }",
        "var n = 6; while (n-- > 0) { " + Try + " catch (HttpRequestException) { } }",
        "var n = 0; var ok = false; do { try { await http.GetStringAsync(\"/a\"); ok = true; } catch (HttpRequestException) { } } while (!ok && ++n < 6);",
        "for (var i = 0; i < 6; i++) { var r = await http.GetAsync(\"/status\"); if (r.IsSuccessStatusCode) return \"done\"; }",
        "for (var i = 0; i < 6; i++) { string t; try { t = await Load(); } catch (HttpRequestException) { continue; } return t; }",
    ];

    public static TheoryData<string, double> WithConstantWait => new()
    {
        { "for (var i = 0; i < 6; i++) { " + Try + " catch (HttpRequestException) { await Task.Delay(1000); } }", 1000 },
        { "for (var i = 1; ; i++) { " + Try + " catch (HttpRequestException) when (i < 6) { await Task.Delay(PauseTime); } }", 250 },
        { "var n = 0; while (true) { " + Try + " catch (HttpRequestException) { if (++n >= 6) throw; await Task.Delay(Pause); } }", 250 },
        { "var n = 6; while (n-- > 0) { " + Try + " catch (HttpRequestException) { Thread.Sleep(TimeSpan.FromSeconds(1)); } }", 1000 },
        { "for (var i = 0; i < 6; i++) { " + Try + " catch (HttpRequestException) { } await Task.Delay(20_000); }", 20_000 },
        { "for (var i = 0; i < 6; i++) { if (i > 0) await Task.Delay(40_000); " + Try + " catch (HttpRequestException) { } }", 40_000 },
        { "for (var i = 0; i < 6; i++) { var r = await http.GetAsync(\"/status\"); if (r.IsSuccessStatusCode) return \"done\"; await Task.Delay(100); }", 100 },
    };

    [Theory]
    [MemberData(nameof(WithoutWait))]
    public async Task NewWait_StandsBetweenTheAttempts(string body)
    {
        var (before, after) = await RunBoth<BP5002RetryWithoutDelayAnalyzer, BP5002RetryWithoutDelayFix>(body, int.MaxValue);
        Assert.Empty(before.Waits);
        Assert.Equal(6, after.Calls);
        Assert.Equal(after.Calls - 1, after.Waits.Count);
        AssertBackoff(after.Waits);
    }

    [Theory]
    [MemberData(nameof(WithoutWait))]
    public async Task NewWait_DoesNotDelaySuccess(string body)
    {
        var (_, after) = await RunBoth<BP5002RetryWithoutDelayAnalyzer, BP5002RetryWithoutDelayFix>(body, 2);
        Assert.Equal((3, 2), (after.Calls, after.Waits.Count));
        Assert.Empty((await RunBoth<BP5002RetryWithoutDelayAnalyzer, BP5002RetryWithoutDelayFix>(body, 0)).After.Waits);
    }

    [Theory]
    [MemberData(nameof(WithConstantWait))]
    public async Task ConstantWait_GrowsFromTheConstant(string body, double constant)
    {
        var (before, after) = await RunBoth<BP5003FixedRetryDelayAnalyzer, BP5003FixedRetryDelayFix>(body, int.MaxValue);
        Assert.Equal([constant], before.Waits.Distinct());
        Assert.Equal(before.Waits.Count, after.Waits.Count);
        Assert.Equal(constant, after.Waits[0]);
        AssertBackoff(after.Waits, Math.Max(30_000, constant));
    }

    [Theory]
    [MemberData(nameof(WithConstantWait))]
    public async Task ConstantWait_KeepsTheResult(string body, double constant)
    {
        var (before, after) = await RunBoth<BP5003FixedRetryDelayAnalyzer, BP5003FixedRetryDelayFix>(body, 2);
        Assert.Equal(before.Waits.Count, after.Waits.Count);
        Assert.Equal(constant, after.Waits[0]);
    }

    [Fact]
    public async Task CancelledWait_EndsTheRetry()
    {
        var withoutWait = await WaitScenarios.With("for (var i = 0; i < 6; i++) { " + Try + " catch (HttpRequestException) { } }", "CancellationToken ct").FixedBy<BP5002RetryWithoutDelayAnalyzer, BP5002RetryWithoutDelayFix>();
        var constant = await WaitScenarios.With("for (var i = 0; i < 6; i++) { " + Try + " catch (HttpRequestException) { await Task.Delay(100); } }", "CancellationToken ct").FixedBy<BP5003FixedRetryDelayAnalyzer, BP5003FixedRetryDelayFix>();
        foreach (var scenario in new[] { withoutWait, constant })
        {
            var run = await scenario.Run(new RetryConditions(CancelAt: 2));
            Assert.Equal(2, run.Calls);
            Assert.IsAssignableFrom<OperationCanceledException>(run.Failure);
        }
    }

    [Fact]
    public async Task Wait_IsRandomBelowItsLimit()
    {
        var scenario = await WaitScenarios.With("for (var i = 0; i < 6; i++) { " + Try + " catch (HttpRequestException) { await Task.Delay(100); } }").FixedBy<BP5003FixedRetryDelayAnalyzer, BP5003FixedRetryDelayFix>();
        Assert.Contains("Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * Math.Min(30_000, 100 * Math.Pow(2, i))))", scenario.Text, StringComparison.Ordinal);
    }

    /// <summary>The limits double up to the cap.</summary>
    private static void AssertBackoff(IReadOnlyList<double> waits, double cap = 30_000)
    {
        for (var index = 1; index < waits.Count; index++)
            Assert.Equal(Math.Min(cap, 2 * waits[index - 1]), waits[index]);
    }

    private static async Task<(RetryRun Before, RetryRun After)> RunBoth<TAnalyzer, TFix>(string body, int failures)
        where TAnalyzer : Microsoft.CodeAnalysis.Diagnostics.DiagnosticAnalyzer, new()
        where TFix : Microsoft.CodeAnalysis.CodeFixes.CodeFixProvider, new()
    {
        var scenario = WaitScenarios.With(body);
        var conditions = new RetryConditions(FailuresBeforeSuccess: failures);
        var before = await scenario.Run(conditions);
        var after = await (await scenario.FixedBy<TAnalyzer, TFix>()).Run(conditions);
        Assert.True(before.Ended && after.Ended);
        Assert.Equal((before.Calls, before.Result, before.Failure?.Message), (after.Calls, after.Result, after.Failure?.Message));
        return (before, after);
    }
}

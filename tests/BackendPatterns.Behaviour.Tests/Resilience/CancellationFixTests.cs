using BackendPatterns.Analyzers.CodeFixes.Resilience;
using BackendPatterns.Analyzers.Rules.Resilience;

namespace BackendPatterns.Behaviour.Tests.Resilience;

/// <summary>A retry whose operation is cancelled at its first attempt, before and after the fix of BP5007: before it is tried again, after it is not.</summary>
public class CancellationFixTests
{
    private const string Try = """try { return await http.GetStringAsync("/a", ct); }""";

    public static TheoryData<string> Shapes =>
    [
        "for (var i = 0; i < 4; i++) { " + Try + " catch (Exception) { } }",
        "for (var i = 0; i < 4; i++) { " + Try + " catch { await Task.Delay(100); } }",
        "for (var i = 0; i < 4; i++) { " + Try + " catch (SystemException) { } catch (HttpRequestException) { } }",
        "for (var i = 1; ; i++) { " + Try + " catch (Exception ex) when (i < 4) { Note(ex.Message.Length); } }",
        "for (var i = 1; ; i++) { " + Try + " catch (Exception) when (i < 2 || i < 4) { await Task.Delay(100); } }",
        "var n = 0; while (true) { " + Try + " catch (Exception) { if (++n >= 4) throw; } }",
        "for (var i = 0; i < 4; i++) { try { ct.ThrowIfCancellationRequested(); return await http.GetStringAsync(\"/a\", ct); } catch (Exception) { Note(i); } }",
    ];

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task CancelledOperation_IsTriedAgainBeforeAndNotAfter(string body)
    {
        var scenario = WaitScenarios.With(body, "CancellationToken ct");
        var conditions = new RetryConditions(CancelAt: 1);
        var before = await scenario.Run(conditions);
        var after = await (await Fixed(scenario)).Run(conditions);
        Assert.True(before.Calls > 1 || before.Failure is not OperationCanceledException, $"{before.Calls} calls, {before.Failure}");
        Assert.Equal(1, after.Calls);
        Assert.IsAssignableFrom<OperationCanceledException>(after.Failure);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task OtherFailures_AreTriedAsBefore(string body)
    {
        var scenario = WaitScenarios.With(body, "CancellationToken ct");
        var changed = await Fixed(scenario);
        foreach (var failures in new[] { 0, 2, int.MaxValue })
        {
            var before = await scenario.Run(new RetryConditions(FailuresBeforeSuccess: failures));
            var after = await changed.Run(new RetryConditions(FailuresBeforeSuccess: failures));
            Assert.Equal((before.Calls, before.Result, before.Failure?.Message), (after.Calls, after.Result, after.Failure?.Message));
            Assert.Equal(before.Waits, after.Waits);
        }
    }

    private static Task<RetryScenario> Fixed(RetryScenario scenario) => scenario.FixedBy<BP5007RetryCatchesCancellationAnalyzer, BP5007RetryCatchesCancellationFix>();
}

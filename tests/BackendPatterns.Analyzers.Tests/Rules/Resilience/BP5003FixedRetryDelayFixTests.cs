using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.Resilience.BP5003FixedRetryDelayAnalyzer,
    BackendPatterns.Analyzers.CodeFixes.Resilience.BP5003FixedRetryDelayFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.Resilience;

/// <summary>What the fix makes of a constant wait: the first limit is the constant.</summary>
public class BP5003FixedRetryDelayFixTests
{
    [Theory]
    // The counter is zero at the first wait, or is brought there.
    [InlineData("for|(var i = 0; i < 3; i++)", "", "i")]
    [InlineData("for|(var i = 1; i <= 3; i++)", "", "i - 1")]
    [InlineData("for|(var i = -1; i <= 3; i++)", "", "retries++")]
    [InlineData("while|(left-- > 0)", "", "retries++")]
    [InlineData("while|(true)", "if (++failures > 3) throw;", "failures - 1")]
    [InlineData("while|(failures < 3)", "failures += 1;", "failures - 1")]
    [InlineData("while|(failures++ < 3)", "", "failures - 1")]
    public Task Counter_IsTheExponent(string loop, string count, string exponent) => Fixed(
        loop, count, "await Task.Delay(1000);", $"await Task.Delay({Backoff("1000", exponent)}, ct);", exponent is "retries++");

    [Theory]
    [InlineData("await Task.Delay(250, ct);", "250", "30_000", "await Task.Delay($, ct);")]
    [InlineData("await Task.Delay(TimeSpan.FromSeconds(2));", "2000", "30_000", "await Task.Delay($, ct);")]
    [InlineData("await Task.Delay(TimeSpan.FromMinutes(1), ct).ConfigureAwait(false);", "60_000", "60_000", "await Task.Delay($, ct).ConfigureAwait(false);")]
    [InlineData("await Task.Delay(Pause);", "Pause", "30_000", "await Task.Delay($, ct);")]
    [InlineData("await Task.Delay(PauseTime);", "PauseTime.TotalMilliseconds", "30_000", "await Task.Delay($, ct);")]
    [InlineData("await Task.Delay(TimeSpan.FromMilliseconds(Pause));", "TimeSpan.FromMilliseconds(Pause).TotalMilliseconds", "30_000", "await Task.Delay($, ct);")]
    [InlineData("await Task.Delay(Pause + 50);", "(Pause + 50)", "30_000", "await Task.Delay($, ct);")]
    [InlineData("Thread.Sleep(Pause);", "Pause", "30_000", "Thread.Sleep($);")]
    public Task Constant_IsTheFirstLimit(string wait, string start, string cap, string after) => Fixed(
        "for|(var i = 0; i < 3; i++)", "", wait, after.Replace("$", Backoff(start, "i", cap), StringComparison.Ordinal), isNew: false);

    /// <summary>The length of the first wait is not known, so neither is the cap.</summary>
    [Fact]
    public Task WaitOfTheCaller_IsNotFixed() => Verify.NotFixed(Source("[|for|] (var i = 0; i < 3; i++)", "", "await Task.Delay(left);", ""));

    [Fact]
    public Task WaitThatIsNoStatement_IsNotFixed() => Verify.NotFixed(Source("[|for|] (var i = 0; i < 3; i++)", "", "var pause = Task.Delay(100); await pause;", ""));

    [Fact]
    public Task TwoWaits_AreNotFixed() => Verify.NotFixed(Source("[|for|] (var i = 0; i < 3; i++)", "", "await Task.Delay(100); await Task.Delay(100);", ""));

    [Fact]
    public Task WaitBeforeTheAttempt_HasItsOwnCounter() => Verify.Fixed(
        RetryClient.With(
            """
            public async Task<string> LoadAsync()
            {
                [|for|] (var i = 0; i < 3; i++)
                {
                    await Task.Delay(100);
                    try
                    {
                        return await http.GetStringAsync("a");
                    }
                    catch (HttpRequestException)
                    {
                    }
                }

                return "";
            }
            """),
        RetryClient.With(
            $$"""
            public async Task<string> LoadAsync()
            {
                var retries = 0;
                for (var i = 0; i < 3; i++)
                {
                    await Task.Delay({{Backoff("100", "retries++")}});
                    try
                    {
                        return await http.GetStringAsync("a");
                    }
                    catch (HttpRequestException)
                    {
                    }
                }

                return "";
            }
            """));

    private static string Backoff(string start, string exponent, string cap = "30_000") => $"TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * Math.Min({cap}, {start} * Math.Pow(2, {exponent})))";

    private static Task Fixed(string loop, string count, string wait, string after, bool isNew) => Verify.Fixed(
        Source("[|" + loop.Replace("|", "|] ", StringComparison.Ordinal), count, wait, ""),
        Source(loop.Replace("|", " ", StringComparison.Ordinal), count, after, isNew ? "var retries = 0;\n        " : ""));

    private static string Source(string loop, string count, string wait, string declaration) => RetryClient.With(
        $$"""
            private const int Pause = 250;

            private static readonly TimeSpan PauseTime = TimeSpan.FromMilliseconds(250);

            public async Task<string> LoadAsync(int left, CancellationToken ct)
            {
                var failures = 0;
                {{declaration}}{{loop}}
                {
                    try
                    {
                        return await http.GetStringAsync("a" + PauseTime + Pause);
                    }
                    catch (HttpRequestException)
                    {
                        {{count}}
                        {{wait}}
                    }
                }

                return failures.ToString();
            }
        """);
}

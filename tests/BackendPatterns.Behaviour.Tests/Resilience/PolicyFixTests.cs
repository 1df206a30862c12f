using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.CodeFixes.Resilience;
using BackendPatterns.Analyzers.Rules.Resilience;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Behaviour.Tests.Resilience;

/// <summary>Policies after the fix, executed: how often they try, how long they wait, what comes out in the end, what the callback is told.</summary>
[Collection(PolicyClockCollection.Name)]
public class PolicyFixTests
{
    private const string Strategic = """
        public async Task<string> Run() => await new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions { {0} }).Build().ExecuteAsync(async token => await http.GetStringAsync("/a", token));
        """;

    private static readonly (DiagnosticAnalyzer Rule, RuleFix Fix) Bound = (new BP5005UnboundedRetryPolicyAnalyzer(), new BP5005UnboundedRetryPolicyFix());
    private static readonly (DiagnosticAnalyzer Rule, RuleFix Fix) BackOff = (new BP5006RetryPolicyWithoutBackoffAnalyzer(), new BP5006RetryPolicyWithoutBackoffFix());

    [Theory]
    [InlineData("RetryForeverAsync()", 5)]
    [InlineData("RetryAsync(int.MaxValue)", 5)]
    [InlineData("WaitAndRetryForeverAsync(_ => TimeSpan.FromMilliseconds(200))", 5)]
    [InlineData("WaitAndRetryAsync(int.MaxValue, _ => TimeSpan.FromMilliseconds(200), (ex, wait) => { })", 5)]
    public async Task EndlessFluentPolicy_TriesFiveTimes_WithLimitsThatDouble(string policy, int calls)
    {
        var run = await (await Fluent(policy).Fixed(Bound.Rule, Bound.Fix)).Run(longestWaits: true);
        Assert.True(run.Ended);
        Assert.IsType<HttpRequestException>(run.Failure);
        Assert.Equal(calls, run.Calls);
        Assert.Equal([200, 400, 800, 1600], run.Waits);
    }

    [Theory]
    [InlineData("RetryAsync(5)", new double[] { 200, 400, 800, 1600, 3200 })]
    [InlineData("WaitAndRetryAsync(3, _ => TimeSpan.FromSeconds(2))", new double[] { 2000, 4000, 8000 })]
    [InlineData("WaitAndRetryAsync(3, _ => TimeSpan.FromMinutes(2))", new double[] { 120_000, 120_000, 120_000 })]
    [InlineData("WaitAndRetryAsync(6, _ => TimeSpan.FromSeconds(4))", new double[] { 4000, 8000, 16_000, 30_000, 30_000, 30_000 })]
    [InlineData("WaitAndRetryAsync(new[] { TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1) })", new double[] { 1000, 2000 })]
    public async Task FluentPolicyThatBacksOff_TriesAsOften_WithLimitsThatDoubleUpToACap(string policy, double[] limits)
    {
        var before = await Fluent(policy).Run();
        var run = await (await Fluent(policy).Fixed(BackOff.Rule, BackOff.Fix)).Run(longestWaits: true);
        Assert.Equal(before.Calls, run.Calls);
        Assert.Equal(before.Failure!.Message, run.Failure!.Message);
        Assert.Equal(limits, run.Waits);
    }

    [Fact]
    public async Task FluentPolicyThatBacksOff_SpreadsTheCallers()
    {
        var changed = await Fluent("RetryAsync(5)").Fixed(BackOff.Rule, BackOff.Fix);
        var (one, other) = (await changed.Run(), await changed.Run());
        Assert.NotEqual(one.Waits, other.Waits);
        Assert.All(one.Waits.Select((wait, index) => (wait, limit: 100 * Math.Pow(2, index + 1))), static pair => Assert.InRange(pair.wait, 0, pair.limit));
    }

    [Theory]
    [InlineData("MaxRetryAttempts = int.MaxValue", 5)]
    [InlineData("MaxRetryAttempts = int.MaxValue, Delay = TimeSpan.Zero", 5)]
    public async Task EndlessStrategy_TriesFiveTimes_WithWaitsThatGrowAndDiffer(string options, int calls)
    {
        var changed = await Strategy(options).Fixed(Bound.Rule, Bound.Fix);
        await AssertBacksOff(changed, calls);
    }

    [Theory]
    [InlineData("MaxRetryAttempts = 6", 7)]
    [InlineData("MaxRetryAttempts = 6, Delay = TimeSpan.FromMilliseconds(100)", 7)]
    [InlineData("MaxRetryAttempts = 6, BackoffType = DelayBackoffType.Exponential", 7)]
    [InlineData("MaxRetryAttempts = 6, Delay = TimeSpan.Zero", 7)]
    public async Task StrategyThatBacksOff_TriesAsOften_WithWaitsThatGrowAndDiffer(string options, int calls)
    {
        var changed = await Strategy(options).Fixed(BackOff.Rule, BackOff.Fix);
        await AssertBacksOff(changed, calls);
    }

    [Theory]
    [InlineData("RetryForeverAsync()")]
    [InlineData("WaitAndRetryAsync(int.MaxValue, _ => TimeSpan.FromSeconds(1))")]
    public async Task EndlessPolicy_HasTheSameResult_WhereTheCallSucceedsInTime(string policy)
    {
        var scenario = Fluent(policy);
        var (before, after) = (await scenario.Run(new RetryConditions(FailuresBeforeSuccess: 3)), await (await scenario.Fixed(Bound.Rule, Bound.Fix)).Run(new RetryConditions(FailuresBeforeSuccess: 3)));
        Assert.Equal("done", before.Result);
        Assert.Equal(before.Result, after.Result);
        Assert.Equal(before.Calls, after.Calls);
    }

    [Fact]
    public async Task Strategy_HasTheSameResult_WhereTheCallSucceedsInTime()
    {
        var changed = await Strategy("MaxRetryAttempts = int.MaxValue").Fixed(Bound.Rule, Bound.Fix);
        var run = await changed.Run(new RetryConditions(FailuresBeforeSuccess: 3));
        Assert.Equal("done", run.Result);
        Assert.Equal(4, run.Calls);
    }

    /// <summary>The overload of <c>onRetry</c> changes with the method; what it is told does not.</summary>
    [Theory]
    [InlineData("RetryForeverAsync(ex => Told(ex, 0))", "failure 1/0 failure 2/0 failure 3/0 ")]
    [InlineData("RetryForeverAsync((ex, n) => Told(ex, n + 0))", "failure 1/1 failure 2/2 failure 3/3 ")]
    [InlineData("RetryForeverAsync((ex, n, context) => Told(ex, n + context.Count))", "failure 1/1 failure 2/2 failure 3/3 ")]
    [InlineData("RetryForeverAsync(async (ex, n, context) => { await Task.Yield(); Told(ex, n); })", "failure 1/1 failure 2/2 failure 3/3 ")]
    [InlineData("WaitAndRetryForeverAsync(_ => TimeSpan.FromSeconds(1), (ex, n, wait) => Told(ex, n))", "failure 1/1 failure 2/2 failure 3/3 ")]
    [InlineData("RetryAsync(int.MaxValue, onRetry: (Exception ex, int n) => Told(ex, n))", "failure 1/1 failure 2/2 failure 3/3 ")]
    public async Task Callback_IsToldTheSame(string policy, string told)
    {
        var scenario = new PolicyScenario($$"""
            private static string _told = "";

            private static void Told(Exception ex, int attempt) => _told += ex.Message + "/" + attempt + " ";

            public async Task<string> Run()
            {
                await Policy.Handle<HttpRequestException>().{{policy}}.ExecuteAsync(() => gateway.CallAsync());
                return _told;
            }
            """);
        var conditions = new RetryConditions(FailuresBeforeSuccess: 3);
        Assert.Equal(told, (await scenario.Run(conditions)).Result);
        Assert.Equal(told, (await (await scenario.Fixed(Bound.Rule, Bound.Fix)).Run(conditions)).Result);
    }

    [Fact]
    public async Task ExecutionStrategy_TriesSevenTimes()
    {
        var scenario = new PolicyScenario(
            """public Task<string> Run() => Microsoft.EntityFrameworkCore.ExecutionStrategyExtensions.ExecuteAsync(new Stubborn(new EmptyContext(), maxRetryCount: int.MaxValue), () => gateway.CallAsync());""");
        var run = await (await scenario.Fixed(Bound.Rule, Bound.Fix)).Run();
        Assert.True(run.Ended);
        Assert.Equal(7, run.Calls);
    }

    /// <summary>The jitter of Polly 8 is its own, so that in a single run the last wait may be shorter than the first; over some runs it is longer.</summary>
    private static async Task AssertBacksOff(PolicyScenario scenario, int calls)
    {
        const int Runs = 20;
        var (first, last, different) = (0.0, 0.0, new HashSet<string>());
        for (var number = 0; number < Runs; number++)
        {
            var run = await scenario.Run();
            Assert.True(run.Ended);
            Assert.Equal(calls, run.Calls);
            Assert.Equal(calls - 1, run.Waits.Count);
            first += run.Waits[0];
            last += run.Waits[^1];
            different.Add(string.Join(' ', run.Waits));
        }

        Assert.True(last > first, $"{first} {last}");
        Assert.True(different.Count > 1);
    }

    private static PolicyScenario Fluent(string policy) => new($$"""public Task<string> Run() => Policy.Handle<HttpRequestException>().{{policy}}.ExecuteAsync(() => http.GetStringAsync("/a"));""");

    private static PolicyScenario Strategy(string options) => new(Strategic.Replace("{0}", options, StringComparison.Ordinal));
}

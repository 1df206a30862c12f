using BackendPatterns.Analyzers.Rules.Resilience;

namespace BackendPatterns.Behaviour.Tests.Resilience;

/// <summary>
/// Policies around an operation that always fails, executed: one that is still at it after two hundred attempts never ends, and exactly those are reported by BP5005. And how they wait.
/// </summary>
[Collection(PolicyClockCollection.Name)]
public class PolicyVerdictTests
{
    private const string Call = "ExecuteAsync(() => gateway.CallAsync())";

    /// <summary>Name, members, whether it runs for ever.</summary>
    public static TheoryData<string, string, bool> Bounds => new()
    {
        { "RetryForever", """public string Run() => Policy.Handle<HttpRequestException>().RetryForever().Execute(() => gateway.Call());""", true },
        { "RetryForeverAsync", $"public Task<string> Run() => Policy.Handle<HttpRequestException>().RetryForeverAsync().{Call};", true },
        { "WaitAndRetryForever", """public string Run() => Policy.Handle<HttpRequestException>().WaitAndRetryForever(_ => TimeSpan.FromSeconds(1)).Execute(() => gateway.Call());""", true },
        { "WaitAndRetryForeverAsync", $"public Task<string> Run() => Policy.Handle<HttpRequestException>().WaitAndRetryForeverAsync(n => TimeSpan.FromSeconds(Math.Min(n, 9))).{Call};", true },
        { "count without end", $"public Task<string> Run() => Policy.Handle<HttpRequestException>().RetryAsync(int.MaxValue).{Call};", true },
        { "wait and count without end", $"public Task<string> Run() => Policy.Handle<HttpRequestException>().WaitAndRetryAsync(int.MaxValue, n => TimeSpan.FromSeconds(1)).{Call};", true },
        { "bounded count", $"public Task<string> Run() => Policy.Handle<HttpRequestException>().RetryAsync(3).{Call};", false },
        { "list of waits", $$"""public Task<string> Run() => Policy.Handle<HttpRequestException>().WaitAndRetryAsync(new[] { TimeSpan.FromSeconds(1) }).{{Call}};""", false },
        { "callback that throws", $$"""public Task<string> Run() => Policy.Handle<HttpRequestException>().RetryForeverAsync((ex, n) => { if (n > 5) throw ex; }).{{Call}};""", false },
        { "predicate that counts", $"private int _n; public Task<string> Run() => Policy.Handle<HttpRequestException>(_ => _n++ < 5).RetryForeverAsync().{Call};", false },
        { "predicate by kind", $"public Task<string> Run() => Policy.Handle<HttpRequestException>(e => e.StatusCode is null).RetryForeverAsync().{Call};", true },
        { "wait that throws", $"public Task<string> Run() => Policy.Handle<HttpRequestException>().WaitAndRetryForeverAsync(n => n > 5 ? throw new TimeoutException() : TimeSpan.FromSeconds(n)).{Call};", false },
        { "token", """public Task<string> Run(CancellationToken ct) => Policy.Handle<HttpRequestException>().RetryForeverAsync().ExecuteAsync(_ => gateway.CallAsync(), ct);""", false },
        { "empty token", """public Task<string> Run() => Policy.Handle<HttpRequestException>().RetryForeverAsync().ExecuteAsync(_ => gateway.CallAsync(), CancellationToken.None);""", true },
        { "token of the caller in the delegate", """public Task<string> Run(CancellationToken ct) => Policy.Handle<HttpRequestException>().RetryForeverAsync().ExecuteAsync(() => http.GetStringAsync("/a", ct));""", false },
        { "cancellation tried again", """public Task<string> Run(CancellationToken ct) => Policy.Handle<Exception>().RetryForeverAsync().ExecuteAsync(async () => { try { return await gateway.CallAsync(); } finally { ct.ThrowIfCancellationRequested(); } });""", true },
        { "timeout around", $"public Task<string> Run() => Policy.TimeoutAsync(30).WrapAsync(Policy.Handle<HttpRequestException>().RetryForeverAsync()).{Call};", false },
        { "timeout around, in a list", $"public Task<string> Run() => Policy.WrapAsync(Policy.TimeoutAsync(30), Policy.Handle<HttpRequestException>().RetryForeverAsync()).{Call};", false },
        { "timeout inside", $"public Task<string> Run() => Policy.Handle<HttpRequestException>().RetryForeverAsync().WrapAsync(Policy.TimeoutAsync(10)).{Call};", true },
        { "breaker inside", $"public Task<string> Run() => Policy.Handle<HttpRequestException>().RetryForeverAsync().WrapAsync(Policy.Handle<HttpRequestException>().CircuitBreakerAsync(5, TimeSpan.FromHours(1))).{Call};", false },
        { "fallback inside", $"public Task<string> Run() => Policy<string>.Handle<HttpRequestException>().RetryForeverAsync().WrapAsync(Policy<string>.Handle<HttpRequestException>().FallbackAsync(\"none\")).{Call};", false },
        { "policy in a field", $"private static readonly AsyncRetryPolicy Forever = Policy.Handle<HttpRequestException>().RetryForeverAsync(); public Task<string> Run() => Forever.{Call};", true },
        { "strategy", Strategy("MaxRetryAttempts = int.MaxValue"), true },
        { "strategy with backoff", Strategy("MaxRetryAttempts = int.MaxValue, BackoffType = DelayBackoffType.Linear, UseJitter = true"), true },
        { "strategy with default count", Strategy("Delay = TimeSpan.FromSeconds(1)"), false },
        { "strategy with predicate", Strategy("MaxRetryAttempts = int.MaxValue, ShouldHandle = args => ValueTask.FromResult(args.Outcome.Exception is HttpRequestException)"), true },
        { "strategy with predicate builder", Strategy("MaxRetryAttempts = int.MaxValue, ShouldHandle = new PredicateBuilder().Handle<HttpRequestException>()"), true },
        { "strategy whose predicate counts", Strategy("MaxRetryAttempts = int.MaxValue, ShouldHandle = args => ValueTask.FromResult(args.AttemptNumber < 5)"), false },
        { "strategy whose callback throws", Strategy("MaxRetryAttempts = int.MaxValue, OnRetry = args => args.AttemptNumber > 5 ? throw new TimeoutException() : default"), false },
        { "strategy whose delays throw", Strategy("MaxRetryAttempts = int.MaxValue, DelayGenerator = args => args.AttemptNumber > 5 ? throw new TimeoutException() : new ValueTask<TimeSpan?>(TimeSpan.Zero)"), false },
        { "strategy in a timeout", Strategy("MaxRetryAttempts = int.MaxValue", before: ".AddTimeout(TimeSpan.FromSeconds(30))"), false },
        { "strategy around a timeout", Strategy("MaxRetryAttempts = int.MaxValue", after: ".AddTimeout(TimeSpan.FromSeconds(9))"), true },
        { "strategy with token", """public async Task<string> Run(CancellationToken ct) => await new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions { MaxRetryAttempts = int.MaxValue }).Build().ExecuteAsync(async _ => await gateway.CallAsync(), ct);""", false },
        { "options filled in later", """public async Task<string> Run() { var o = new RetryStrategyOptions(); o.MaxRetryAttempts = int.MaxValue; return await new ResiliencePipelineBuilder().AddRetry(o).Build().ExecuteAsync(async _ => await gateway.CallAsync()); }""", true },
        { "options filled in again", """public async Task<string> Run() { var o = new RetryStrategyOptions { MaxRetryAttempts = int.MaxValue }; o.MaxRetryAttempts = 2; return await new ResiliencePipelineBuilder().AddRetry(o).Build().ExecuteAsync(async _ => await gateway.CallAsync()); }""", false },
        { "HTTP client", Client(".AddTransientHttpErrorPolicy(p => p.RetryForeverAsync())"), true },
        { "HTTP client, bounded", Client(".AddTransientHttpErrorPolicy(p => p.RetryAsync(2))"), false },
        { "HTTP client in a timeout", Client(".AddPolicyHandler(Policy.TimeoutAsync<HttpResponseMessage>(30)).AddTransientHttpErrorPolicy(p => p.RetryForeverAsync())"), false },
        { "HTTP client with strategy", Client(".AddResilienceHandler(\"retry\", b => { b.TimeProvider = PolicyTime.Instance; b.AddRetry(new HttpRetryStrategyOptions { MaxRetryAttempts = int.MaxValue, BackoffType = DelayBackoffType.Constant }); })"), true },
        { "execution strategy", """public Task<string> Run() => Microsoft.EntityFrameworkCore.ExecutionStrategyExtensions.ExecuteAsync(new Stubborn(new EmptyContext(), maxRetryCount: int.MaxValue), () => gateway.CallAsync());""", true },
        { "execution strategy, bounded", """public Task<string> Run() => Microsoft.EntityFrameworkCore.ExecutionStrategyExtensions.ExecuteAsync(new Stubborn(new EmptyContext(), maxRetryCount: 3), () => gateway.CallAsync());""", false },
    };

    /// <summary>Name, members, how it waits, whether BP5006 says so.</summary>
    public static TheoryData<string, string, string, bool> Waits => new()
    {
        { "no wait", Fluent("RetryAsync(5)"), "none", true },
        { "wait of zero", Fluent("WaitAndRetryAsync(5, _ => TimeSpan.Zero)"), "none", true },
        { "constant wait", Fluent("WaitAndRetryAsync(5, _ => TimeSpan.FromSeconds(2))"), "constant", true },
        { "list of equal waits", Fluent("WaitAndRetryAsync(new[] { TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1) })"), "constant", true },
        { "repeated wait", Fluent("WaitAndRetryAsync(Enumerable.Repeat(TimeSpan.FromSeconds(1), 4))"), "constant", true },
        // A fluent wait that grows is somebody's decision.
        { "growing wait", Fluent("WaitAndRetryAsync(5, n => TimeSpan.FromSeconds(n))"), "same each run", false },
        { "growing wait with jitter", Fluent("WaitAndRetryAsync(5, n => TimeSpan.FromSeconds(n + Random.Shared.NextDouble()))"), "jittered", false },
        { "default strategy", Remote("Name = \"a\""), "constant", true },
        { "strategy without delay", Remote("Delay = TimeSpan.Zero"), "none", true },
        { "exponential without delay", Remote("Delay = TimeSpan.Zero, BackoffType = DelayBackoffType.Exponential, UseJitter = true"), "none", true },
        { "constant strategy", Remote("BackoffType = DelayBackoffType.Constant, MaxRetryAttempts = 4"), "constant", true },
        { "linear", Remote("BackoffType = DelayBackoffType.Linear, MaxRetryAttempts = 4"), "same each run", true },
        { "exponential", Remote("BackoffType = DelayBackoffType.Exponential, MaxRetryAttempts = 4"), "same each run", true },
        { "exponential with jitter", Remote("BackoffType = DelayBackoffType.Exponential, UseJitter = true, MaxRetryAttempts = 4"), "jittered", false },
        { "constant with jitter", Remote("UseJitter = true, MaxRetryAttempts = 4"), "jittered", false },
        { "generated delay", Remote("DelayGenerator = args => new ValueTask<TimeSpan?>(TimeSpan.FromSeconds(1 + args.AttemptNumber + Random.Shared.NextDouble()))"), "jittered", false },
        { "HTTP client", Client(".AddTransientHttpErrorPolicy(p => p.RetryAsync(4))"), "none", true },
        { "HTTP client with constant wait", Client(".AddTransientHttpErrorPolicy(p => p.WaitAndRetryAsync(4, _ => TimeSpan.FromSeconds(1)))"), "constant", true },
        { "HTTP defaults", Client(".AddResilienceHandler(\"retry\", b => { b.TimeProvider = PolicyTime.Instance; b.AddRetry(new HttpRetryStrategyOptions()); })"), "jittered", false },
        { "HTTP without jitter", Client(".AddResilienceHandler(\"retry\", b => { b.TimeProvider = PolicyTime.Instance; b.AddRetry(new HttpRetryStrategyOptions { UseJitter = false }); })"), "same each run", true },
    };

    [Theory]
    [MemberData(nameof(Bounds))]
    public async Task Bound_AgreesWithWhatHappens(string shape, string members, bool runsForEver)
    {
        var scenario = new PolicyScenario(members);
        var run = await scenario.Run();
        Assert.True(runsForEver != run.Ended, $"'{shape}' was expected to {(runsForEver ? "run for ever" : "end")}; calls: {run.Calls}, outcome: {run.Failure}");
        Assert.True(runsForEver == await scenario.IsReported(new BP5005UnboundedRetryPolicyAnalyzer()), $"'{shape}' is {(runsForEver ? "not " : "")}reported");
    }

    [Theory]
    [MemberData(nameof(Waits))]
    public async Task Waits_AgreeWithWhatHappens(string shape, string members, string expected, bool isReported)
    {
        var scenario = new PolicyScenario(members);
        var first = await scenario.Run();
        var second = await scenario.Run();
        Assert.True(first.Ended && second.Ended, shape);
        var observed = first.Waits.All(static wait => wait == 0) ? "none"
            : first.Waits.Distinct().Count() == 1 ? "constant"
            : first.Waits.SequenceEqual(second.Waits) ? "same each run"
            : "jittered";
        Assert.Equal(expected, observed);
        Assert.True(isReported == await scenario.IsReported(new BP5006RetryPolicyWithoutBackoffAnalyzer()), $"'{shape}' is {(isReported ? "not " : "")}reported");
    }

    private static string Fluent(string policy) => $$"""public Task<string> Run() => Policy.Handle<HttpRequestException>().{{policy}}.ExecuteAsync(() => http.GetStringAsync("/a"));""";

    private static string Strategy(string options, string before = "", string after = "") => $$"""
        public async Task<string> Run()
        {
            var pipeline = new ResiliencePipelineBuilder(){{before}}.AddRetry(new RetryStrategyOptions { {{options}} }){{after}}.Build();
            return await pipeline.ExecuteAsync(async _ => await gateway.CallAsync());
        }
        """;

    private static string Remote(string options) => $$"""
        public async Task<string> Run() => await new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions { {{options}} }).Build()
            .ExecuteAsync(async token => await http.GetStringAsync("/a", token));
        """;

    private static string Client(string handlers) => $$"""
        public async Task<string> Run()
        {
            var services = new Microsoft.Extensions.DependencyInjection.ServiceCollection();
            Add(services);
            using var provider = services.BuildServiceProvider();
            return await provider.GetRequiredService<IHttpClientFactory>().CreateClient("fake").GetStringAsync("http://localhost/a");
        }

        private static void Add(IServiceCollection services) =>
            services.AddHttpClient("fake").ConfigurePrimaryHttpMessageHandler(() => new FakeHandler()){{handlers}};
        """;
}

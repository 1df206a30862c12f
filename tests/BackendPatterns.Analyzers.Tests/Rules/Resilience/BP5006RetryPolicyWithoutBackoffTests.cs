using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.Resilience.BP5006RetryPolicyWithoutBackoffAnalyzer, BackendPatterns.Analyzers.CodeFixes.Resilience.BP5006RetryPolicyWithoutBackoffFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.Resilience;

public class BP5006RetryPolicyWithoutBackoffTests
{
    private const string Fluently = """public Task<string> Run() => {0}.ExecuteAsync(() => http.GetStringAsync("/a"));""";

    private const string Strategically = """
        private static readonly ResiliencePipeline Pipeline = new ResiliencePipelineBuilder().AddRetry({0}).Build();

        public async Task<string> Run() => await Pipeline.ExecuteAsync(async ct => await http.GetStringAsync("/a", ct));
        """;

    [Theory]
    [InlineData("Policy.Handle<HttpRequestException>().[|RetryAsync|](3)")]
    [InlineData("Policy.Handle<HttpRequestException>().Or<TimeoutException>().[|RetryAsync|](3, (ex, n) => Console.WriteLine(n + 1))")]
    [InlineData("Policy.Handle<Grpc.Core.RpcException>().WaitAndRetryAsync(3, [|_ => TimeSpan.Zero|])")]
    [InlineData("Policy.Handle<HttpRequestException>().WaitAndRetryAsync(3, [|_ => TimeSpan.FromSeconds(2)|])")]
    [InlineData("Policy.Handle<HttpRequestException>().WaitAndRetryAsync(3, [|n => { return TimeSpan.FromSeconds(2); }|])")]
    [InlineData("Policy.Handle<HttpRequestException>().WaitAndRetryAsync([|new[] { TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1) }|])")]
    [InlineData("Policy.Handle<HttpRequestException>().WaitAndRetryAsync([|Enumerable.Repeat(TimeSpan.FromSeconds(1), 5)|])")]
    [InlineData("Policy.Handle<Exception>().[|RetryAsync|](3)")]
    [InlineData("Policy<string>.Handle<Exception>(ex => ex is HttpRequestException).[|RetryAsync|](3)")]
    public Task FluentPolicy_IsReported(string policy) => Verify.Reported(Client(Fluently, policy));

    [Fact]
    public Task ReportAtTheWait_PointsToThePolicy() => Verify.Reported(
        Client(Fluently, "Policy.Handle<HttpRequestException>().{|#1:WaitAndRetryAsync|}(3, {|#0:_ => TimeSpan.FromSeconds(2)|})"),
        expected: new Microsoft.CodeAnalysis.Testing.DiagnosticResult("BP5006", Microsoft.CodeAnalysis.DiagnosticSeverity.Info).WithLocation(0).WithLocation(1)
            .WithArguments("WaitAndRetryAsync", "after the same wait each time"));

    [Theory]
    [InlineData("new [|RetryStrategyOptions|]()")]
    [InlineData("new [|RetryStrategyOptions|] { MaxRetryAttempts = 5, Delay = TimeSpan.FromSeconds(1) }")]
    [InlineData("[|new() { MaxRetryAttempts = 5 }|]")]
    [InlineData("new() { [|Delay = TimeSpan.Zero|], UseJitter = true }")]
    [InlineData("new() { [|BackoffType = DelayBackoffType.Constant|], MaxRetryAttempts = 3 }")]
    [InlineData("new() { [|BackoffType = DelayBackoffType.Exponential|] }")]
    [InlineData("new() { BackoffType = DelayBackoffType.Exponential, [|UseJitter = false|] }")]
    [InlineData("new() { [|BackoffType = DelayBackoffType.Linear|] }")]
    [InlineData("new [|RetryStrategyOptions|] { ShouldHandle = args => ValueTask.FromResult(args.Outcome.Exception is HttpRequestException) }")]
    [InlineData("new [|RetryStrategyOptions|] { ShouldHandle = new PredicateBuilder().Handle<HttpRequestException>(), MaxRetryAttempts = int.MaxValue, MaxDelay = TimeSpan.FromMinutes(1) }")]
    public Task Strategy_IsReported(string options) => Verify.Reported(Client(Strategically, options));

    [Fact]
    public Task StrategyByHandledException_IsReported() => Verify.Reported(PolicyClient.With("""
        public static readonly RetryStrategyOptions Options = new [|RetryStrategyOptions|] { ShouldHandle = new PredicateBuilder().Handle<HttpRequestException>() };
        """));

    [Fact]
    public Task RemoteCallBehindMethod_IsReported() => Verify.Reported(PolicyClient.With("""
        public Task<string> Run() => Policy.Handle<Exception>().[|RetryAsync|](3).ExecuteAsync(() => Load());

        private async Task<string> Load() => await http.GetStringAsync("/a");
        """));

    [Fact]
    public Task EndlessRetryInBackground_IsReported() => Verify.Reported("""
        using Polly;

        public class Puller(HttpClient http) : BackgroundService
        {
            protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
                Policy.Handle<HttpRequestException>().[|RetryForeverAsync|]().ExecuteAsync(ct => http.GetStringAsync("/a", ct), stoppingToken);
        }
        """);

    [Theory]
    [InlineData("""services.AddHttpClient("prices").AddTransientHttpErrorPolicy(policy => policy.[|RetryAsync|](3));""")]
    [InlineData("""services.AddHttpClient("prices").AddTransientHttpErrorPolicy(policy => policy.WaitAndRetryAsync(3, [|_ => TimeSpan.FromMilliseconds(600)|]));""")]
    [InlineData("""services.AddHttpClient("prices").AddPolicyHandler(HttpPolicyExtensions.HandleTransientHttpError().Or<TimeoutRejectedException>().[|RetryAsync|](2));""")]
    [InlineData("""services.AddHttpClient("prices").AddResilienceHandler("retry", b => b.AddRetry(new HttpRetryStrategyOptions { [|BackoffType = DelayBackoffType.Constant|], UseJitter = false }));""")]
    [InlineData("""services.AddHttpClient("prices").AddResilienceHandler("retry", b => b.AddRetry(new HttpRetryStrategyOptions { [|UseJitter = false|] }));""")]
    [InlineData("""services.AddHttpClient("prices").AddResilienceHandler("retry", b => b.AddRetry(new [|RetryStrategyOptions<HttpResponseMessage>|]()));""")]
    public Task HandlerOfHttpClient_IsReported(string statement) => Verify.Reported(PolicyClient.Registering(statement));

    [Theory]
    [InlineData("Policy.Handle<HttpRequestException>().RetryAsync()")]
    [InlineData("Policy.Handle<HttpRequestException>().RetryAsync(1)")]
    [InlineData("Policy.Handle<HttpRequestException>().RetryAsync(Environment.ProcessorCount)")]
    [InlineData("Policy.Handle<HttpRequestException>().WaitAndRetryAsync(3, n => TimeSpan.FromSeconds(n))")]
    [InlineData("Policy.Handle<HttpRequestException>().WaitAndRetryAsync(3, n => TimeSpan.FromSeconds(Math.Pow(2, n)))")]
    [InlineData("Policy.Handle<HttpRequestException>().WaitAndRetryAsync(3, _ => TimeSpan.FromMilliseconds(Random.Shared.Next(1000)))")]
    [InlineData("Policy.Handle<HttpRequestException>().WaitAndRetryAsync(3, _ => _wait)")]
    [InlineData("Policy.Handle<HttpRequestException>().WaitAndRetryAsync(3, Wait)")]
    [InlineData("Policy.Handle<HttpRequestException>().WaitAndRetryAsync(new[] { TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3) })")]
    [InlineData("Policy.Handle<HttpRequestException>().WaitAndRetryAsync(Backoff.DecorrelatedJitterBackoffV2(TimeSpan.FromSeconds(1), 5))")]
    [InlineData("Policy.Handle<HttpRequestException>().WaitAndRetryAsync(new[] { TimeSpan.FromSeconds(1) })")]
    [InlineData("Policy.Handle<DbUpdateConcurrencyException>().RetryAsync(3)")]
    [InlineData("Policy.Handle<HttpRequestException>().Or<DbUpdateConcurrencyException>().RetryAsync(3)")]
    [InlineData("Policy.Handle<HttpRequestException>().RetryForeverAsync()")]
    public Task FluentPolicy_IsSilent(string policy) => Verify.Silent(Client(
        Fluently + """

        private readonly TimeSpan _wait = TimeSpan.FromSeconds(1);

        private static TimeSpan Wait(int attempt) => TimeSpan.FromSeconds(attempt);

        private static class Backoff
        {
            public static IEnumerable<TimeSpan> DecorrelatedJitterBackoffV2(TimeSpan median, int count) => Enumerable.Repeat(median, count);
        }
        """,
        policy));

    [Theory]
    [InlineData("new RetryStrategyOptions { MaxRetryAttempts = 1 }")]
    [InlineData("new RetryStrategyOptions { MaxRetryAttempts = Environment.ProcessorCount }")]
    [InlineData("new RetryStrategyOptions { BackoffType = DelayBackoffType.Exponential, UseJitter = true }")]
    [InlineData("new RetryStrategyOptions { UseJitter = true }")]
    [InlineData("new RetryStrategyOptions { UseJitter = Jitters }")]
    [InlineData("new RetryStrategyOptions { BackoffType = Type }")]
    [InlineData("new RetryStrategyOptions { DelayGenerator = _ => new(TimeSpan.FromSeconds(1)) }")]
    [InlineData("new RetryStrategyOptions { ShouldHandle = new PredicateBuilder().Handle<DbUpdateConcurrencyException>() }")]
    public Task Strategy_IsSilent(string options) => Verify.Silent(Client(
        """
        private static bool Jitters { get; set; }

        private static DelayBackoffType Type { get; set; }

        """ + Strategically,
        options));

    [Theory]
    [InlineData("Policy.Handle<Exception>().RetryAsync(3).ExecuteAsync(() => db.SaveChangesAsync())")]
    [InlineData("Policy.Handle<IOException>().WaitAndRetryAsync(3, _ => TimeSpan.FromSeconds(1)).ExecuteAsync(() => File.ReadAllTextAsync(\"a\"))")]
    [InlineData("Policy.Handle<Exception>().RetryAsync(3).ExecuteAsync(unknown)")]
    public Task NoRemoteCall_IsSilent(string call) => Verify.Silent(PolicyClient.With($$"""
        public Task Run(Func<Task> unknown) => Task.WhenAll(unknown(), {{call}});
        """));

    [Theory]
    [InlineData("""services.AddHttpClient("prices").AddStandardResilienceHandler();""")]
    [InlineData("""services.AddHttpClient("prices").AddStandardResilienceHandler(o => o.Retry.MaxRetryAttempts = 5);""")]
    [InlineData("""services.AddHttpClient("prices").AddResilienceHandler("retry", b => b.AddRetry(new HttpRetryStrategyOptions()));""")]
    [InlineData("""services.AddHttpClient("prices").AddResilienceHandler("retry", b => b.AddRetry(new HttpRetryStrategyOptions { MaxRetryAttempts = 5, Delay = TimeSpan.FromSeconds(1) }));""")]
    [InlineData("""services.AddHttpClient("prices").AddTransientHttpErrorPolicy(policy => policy.WaitAndRetryAsync(3, n => TimeSpan.FromSeconds(n)));""")]
    [InlineData("""services.AddHttpClient("prices").AddTransientHttpErrorPolicy(policy => policy.CircuitBreakerAsync(3, TimeSpan.FromSeconds(1)));""")]
    public Task HandlerOfHttpClient_IsSilent(string statement) => Verify.Silent(PolicyClient.Registering(statement));

    [Theory]
    [InlineData("[|RetryAsync|](3)", "WaitAndRetryAsync(3, attempt => TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * Math.Min(30_000, 100 * Math.Pow(2, attempt))))")]
    [InlineData("[|RetryAsync|](retryCount: Most)", "WaitAndRetryAsync(Most, attempt => TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * Math.Min(30_000, 100 * Math.Pow(2, attempt))))")]
    [InlineData("[|RetryAsync|](3, (ex, n) => Console.WriteLine(n + 1))", "WaitAndRetryAsync(3, attempt => TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * Math.Min(30_000, 100 * Math.Pow(2, attempt))), (ex, _, n, _) => Console.WriteLine(n + 1))")]
    [InlineData("WaitAndRetryAsync(3, [|_ => TimeSpan.FromSeconds(2)|])", "WaitAndRetryAsync(3, attempt => TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * Math.Min(30_000, 2000 * Math.Pow(2, attempt - 1))))")]
    [InlineData("WaitAndRetryAsync(3, [|_ => TimeSpan.FromMilliseconds(50)|], (ex, wait) => Console.WriteLine(wait))", "WaitAndRetryAsync(3, attempt => TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * Math.Min(30_000, 50 * Math.Pow(2, attempt - 1))), (ex, wait) => Console.WriteLine(wait))")]
    [InlineData("WaitAndRetryAsync(3, [|_ => TimeSpan.Zero|])", "WaitAndRetryAsync(3, attempt => TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * Math.Min(30_000, 100 * Math.Pow(2, attempt))))")]
    [InlineData("WaitAndRetryAsync([|Enumerable.Repeat(TimeSpan.FromSeconds(1), 5)|])", "WaitAndRetryAsync(5, attempt => TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * Math.Min(30_000, 1000 * Math.Pow(2, attempt - 1))))")]
    [InlineData("WaitAndRetryAsync([|new[] { TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1) }|], (ex, wait) => Console.WriteLine(wait))", "WaitAndRetryAsync(2, attempt => TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * Math.Min(30_000, 1000 * Math.Pow(2, attempt - 1))), (ex, wait) => Console.WriteLine(wait))")]
    public Task FluentPolicy_IsFixed(string policy, string expected) => Verify.Fixed(
        Client(Fluently + " private const int Most = 4;", "Policy.Handle<HttpRequestException>()." + policy), Client(Fluently + " private const int Most = 4;", "Policy.Handle<HttpRequestException>()." + expected));

    [Theory]
    [InlineData("new [|RetryStrategyOptions|]()", "new RetryStrategyOptions { BackoffType = DelayBackoffType.Exponential, UseJitter = true }")]
    [InlineData("[|new()|]", "new() { BackoffType = DelayBackoffType.Exponential, UseJitter = true }")]
    [InlineData("new [|RetryStrategyOptions|] { }", "new RetryStrategyOptions { BackoffType = DelayBackoffType.Exponential, UseJitter = true }")]
    [InlineData("new [|RetryStrategyOptions|] { MaxRetryAttempts = 5, Delay = TimeSpan.FromSeconds(1) }", "new RetryStrategyOptions { MaxRetryAttempts = 5, Delay = TimeSpan.FromSeconds(1), BackoffType = DelayBackoffType.Exponential, UseJitter = true }")]
    [InlineData("new() { [|BackoffType = DelayBackoffType.Constant|], UseJitter = false }", "new() { BackoffType = DelayBackoffType.Exponential, UseJitter = true }")]
    [InlineData("new() { [|BackoffType = DelayBackoffType.Linear|] }", "new() { BackoffType = DelayBackoffType.Linear, UseJitter = true }")]
    [InlineData("new() { BackoffType = DelayBackoffType.Exponential, [|UseJitter = false|] }", "new() { BackoffType = DelayBackoffType.Exponential, UseJitter = true }")]
    [InlineData("new() { [|Delay = TimeSpan.Zero|] }", "new() { Delay = TimeSpan.FromMilliseconds(200), BackoffType = DelayBackoffType.Exponential, UseJitter = true }")]
    public Task Strategy_IsFixed(string options, string expected) => Verify.Fixed(Client(Strategically, options), Client(Strategically, expected));

    [Fact]
    public Task StrategyInLines_IsFixed() => Verify.Fixed(
        Client(Strategically, """
            new [|RetryStrategyOptions|]
                {
                    MaxRetryAttempts = 5 // five
                }
            """),
        Client(Strategically, """
            new RetryStrategyOptions
                {
                    MaxRetryAttempts = 5, // five
                    BackoffType = DelayBackoffType.Exponential,
                    UseJitter = true
                }
            """));

    [Fact]
    public Task EndlessRetryInBackground_IsFixed() => Verify.Fixed(
        Background("[|RetryForeverAsync|]((ex, n) => Console.WriteLine(n + 1))"),
        Background("WaitAndRetryForeverAsync(attempt => TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * Math.Min(30_000, 100 * Math.Pow(2, attempt))), (ex, n, _) => Console.WriteLine(n + 1))"));

    private static string Background(string policy) => $$"""
        using Polly;

        public class Puller(HttpClient http) : BackgroundService
        {
            protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
                Policy.Handle<HttpRequestException>().{{policy}}.ExecuteAsync(ct => http.GetStringAsync("/a", ct), stoppingToken);
        }
        """;

    [Fact]
    public Task HandlerOfHttpClient_IsFixed() => Verify.Fixed(
        PolicyClient.Registering("""services.AddHttpClient("prices").AddTransientHttpErrorPolicy(policy => policy.[|RetryAsync|](3)).AddResilienceHandler("retry", b => b.AddRetry(new HttpRetryStrategyOptions { [|BackoffType = DelayBackoffType.Constant|], UseJitter = false }));"""),
        PolicyClient.Registering("""services.AddHttpClient("prices").AddTransientHttpErrorPolicy(policy => policy.WaitAndRetryAsync(3, attempt => TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * Math.Min(30_000, 100 * Math.Pow(2, attempt))))).AddResilienceHandler("retry", b => b.AddRetry(new HttpRetryStrategyOptions { BackoffType = DelayBackoffType.Exponential, UseJitter = true }));"""));

    private static string Client(string member, string policy) => PolicyClient.With(member.Replace("{0}", policy, StringComparison.Ordinal));
}

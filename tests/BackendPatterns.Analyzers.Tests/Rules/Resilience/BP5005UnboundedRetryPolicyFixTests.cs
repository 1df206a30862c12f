using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.Resilience.BP5005UnboundedRetryPolicyAnalyzer, BackendPatterns.Analyzers.CodeFixes.Resilience.BP5005UnboundedRetryPolicyFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.Resilience;

public class BP5005UnboundedRetryPolicyFixTests
{
    private const string Backoff = "TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * Math.Min(30_000, 100 * Math.Pow(2, attempt)))";
    private const string FromOneSecond = "TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * Math.Min(30_000, 1000 * Math.Pow(2, attempt - 1)))";

    [Theory]
    [InlineData("[|RetryForever|]()", "WaitAndRetry(4, attempt => " + Backoff + ")")]
    [InlineData("Retry([|int.MaxValue|])", "WaitAndRetry(4, attempt => " + Backoff + ")")]
    [InlineData("Retry(retryCount: [|int.MaxValue|])", "WaitAndRetry(4, attempt => " + Backoff + ")")]
    [InlineData("[|RetryForever|](ex => Log(ex))", "WaitAndRetry(4, attempt => " + Backoff + ", (ex, _) => Log(ex))")]
    [InlineData("[|RetryForever|]((Exception ex) => Log(ex))", "WaitAndRetry(4, attempt => " + Backoff + ", (Exception ex, TimeSpan _) => Log(ex))")]
    [InlineData("[|RetryForever|]((Exception ex, int n) => Log(ex, n))", "WaitAndRetry(4, attempt => " + Backoff + ", (Exception ex, TimeSpan _, int n, Context _) => Log(ex, n))")]
    [InlineData("[|RetryForever|]((ex, n) => Log(ex, n + 1))", "WaitAndRetry(4, attempt => " + Backoff + ", (ex, _, n, _) => Log(ex, n + 1))")]
    [InlineData("[|RetryForever|]((ex, n, context) => Log(ex, n))", "WaitAndRetry(4, attempt => " + Backoff + ", (ex, _, n, context) => Log(ex, n))")]
    [InlineData("[|RetryForever|](onRetry: ex => { Log(ex); })", "WaitAndRetry(4, attempt => " + Backoff + ", (ex, _) => { Log(ex); })")]
    [InlineData("[|RetryForever|](Note)", "WaitAndRetry(4, attempt => " + Backoff + ", (outcome, _) => Note(outcome))")]
    [InlineData("[|WaitAndRetryForever|](_ => TimeSpan.FromSeconds(1))", "WaitAndRetry(4, attempt => " + FromOneSecond + ")")]
    [InlineData("[|WaitAndRetryForever|](n => TimeSpan.FromSeconds(n))", "WaitAndRetry(4, n => TimeSpan.FromSeconds(n))")]
    [InlineData("[|WaitAndRetryForever|](_ => TimeSpan.FromSeconds(1), (ex, wait) => Log(ex, (int)wait.TotalSeconds))", "WaitAndRetry(4, attempt => " + FromOneSecond + ", (ex, wait) => Log(ex, (int)wait.TotalSeconds))")]
    [InlineData("[|WaitAndRetryForever|](n => TimeSpan.FromSeconds(n), (ex, n, wait) => Log(ex, n))", "WaitAndRetry(4, n => TimeSpan.FromSeconds(n), (ex, wait, n, _) => Log(ex, n))")]
    [InlineData("[|WaitAndRetryForever|]((n, context) => TimeSpan.FromSeconds(n), (ex, wait, context) => Log(ex, context.Count))", "WaitAndRetry(4, (n, context) => TimeSpan.FromSeconds(n), (ex, wait, context) => Log(ex, context.Count))")]
    [InlineData("[|WaitAndRetryForever|]((n, ex, context) => TimeSpan.FromSeconds(n), (ex, wait, context) => Log(ex))", "WaitAndRetry(4, (n, ex, context) => TimeSpan.FromSeconds(n), (ex, wait, _, context) => Log(ex))")]
    [InlineData("WaitAndRetry([|int.MaxValue|], n => TimeSpan.FromSeconds(n), (ex, wait, n, context) => Log(ex, n))", "WaitAndRetry(4, n => TimeSpan.FromSeconds(n), (ex, wait, n, context) => Log(ex, n))")]
    public Task FluentPolicy_IsFixed(string policy, string expected) => Verify.Fixed(Fluent(policy), Fluent(expected));

    private static string Fluent(string policy) => PolicyClient.With($$"""
        private static readonly ISyncPolicy Policy = Polly.Policy.Handle<TimeoutException>().{{policy}};

        private static void Log(Exception ex, int attempt) => Console.WriteLine(ex.Message + attempt);

        private static void Note(Exception ex) => Console.WriteLine(ex.Message);

        private static void Log(Exception ex) => Console.WriteLine(ex.Message);

        public string Run() => Policy.Execute(() => "done");
        """);

    [Theory]
    [InlineData("[|RetryForeverAsync|]()", "WaitAndRetryAsync(4, attempt => " + Backoff + ")")]
    [InlineData("[|RetryForeverAsync|](async ex => await LogAsync(ex))", "WaitAndRetryAsync(4, attempt => " + Backoff + ", async (ex, _) => await LogAsync(ex))")]
    [InlineData("[|RetryForeverAsync|](onRetryAsync: LogAsync)", "WaitAndRetryAsync(4, attempt => " + Backoff + ", (outcome, _) => LogAsync(outcome))")]
    [InlineData("[|RetryForeverAsync|]((ex, n, context) => LogAsync(ex))", "WaitAndRetryAsync(4, attempt => " + Backoff + ", (ex, _, n, context) => LogAsync(ex))")]
    [InlineData("[|WaitAndRetryForeverAsync|](_ => TimeSpan.FromSeconds(1))", "WaitAndRetryAsync(4, attempt => " + FromOneSecond + ")")]
    public Task AsynchronousFluentPolicy_IsFixed(string policy, string expected) => Verify.Fixed(Asynchronous(policy), Asynchronous(expected));

    private static string Asynchronous(string policy) => PolicyClient.With($$"""
        private static readonly AsyncRetryPolicy Retry = Policy.Handle<HttpRequestException>().{{policy}};

        private static Task LogAsync(Exception ex) => Console.Out.WriteLineAsync(ex.Message);

        public Task<string> Run() => Retry.ExecuteAsync(() => http.GetStringAsync("/a"));
        """);

    [Fact]
    public Task ArgumentsInLines_StayInLines_IsFixed() => Verify.Fixed(
        PolicyClient.With("""
            public Task<string> Run(ILogger logger) => Policy
                    .Handle<HttpRequestException>() // the network
                    .[|WaitAndRetryForeverAsync|](
                        _ => TimeSpan.FromSeconds(1),
                        (ex, wait) =>
                        {
                            // every time
                            logger.LogWarning(ex, "Again in {Wait}", wait);
                        })
                    .ExecuteAsync(() => http.GetStringAsync("/a"));
            """),
        PolicyClient.With("""
            public Task<string> Run(ILogger logger) => Policy
                    .Handle<HttpRequestException>() // the network
                    .WaitAndRetryAsync(
                        4,
                        attempt => TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * Math.Min(30_000, 1000 * Math.Pow(2, attempt - 1))),
                        (ex, wait) =>
                        {
                            // every time
                            logger.LogWarning(ex, "Again in {Wait}", wait);
                        })
                    .ExecuteAsync(() => http.GetStringAsync("/a"));
            """));

    [Theory]
    [InlineData("new RetryStrategyOptions { [|MaxRetryAttempts = int.MaxValue|] }", "new RetryStrategyOptions { MaxRetryAttempts = 4, BackoffType = DelayBackoffType.Exponential, UseJitter = true }")]
    [InlineData("new() { [|MaxRetryAttempts = int.MaxValue|], Delay = TimeSpan.FromSeconds(1) }", "new() { MaxRetryAttempts = 4, Delay = TimeSpan.FromSeconds(1), BackoffType = DelayBackoffType.Exponential, UseJitter = true }")]
    [InlineData("new() { [|MaxRetryAttempts = int.MaxValue|], Delay = TimeSpan.Zero, }", "new() { MaxRetryAttempts = 4, Delay = TimeSpan.FromMilliseconds(200), BackoffType = DelayBackoffType.Exponential, UseJitter = true }")]
    [InlineData("new() { BackoffType = DelayBackoffType.Linear, [|MaxRetryAttempts = int.MaxValue|] }", "new() { BackoffType = DelayBackoffType.Linear, MaxRetryAttempts = 4, UseJitter = true }")]
    [InlineData("new() { BackoffType = DelayBackoffType.Exponential, UseJitter = true, [|MaxRetryAttempts = int.MaxValue|] }", "new() { BackoffType = DelayBackoffType.Exponential, UseJitter = true, MaxRetryAttempts = 4 }")]
    [InlineData("new() { [|MaxRetryAttempts = int.MaxValue|], DelayGenerator = _ => new(TimeSpan.FromSeconds(1)) }", "new() { MaxRetryAttempts = 4, DelayGenerator = _ => new(TimeSpan.FromSeconds(1)) }")]
    public Task Strategy_IsFixed(string options, string expected) => Verify.Fixed(Strategy(options), Strategy(expected));

    [Fact]
    public Task StrategyInLines_IsFixed() => Verify.Fixed(
        Strategy("""
            new RetryStrategyOptions
                {
                    // for as long as it takes
                    [|MaxRetryAttempts = int.MaxValue|],
                    Delay = TimeSpan.FromSeconds(1), // at first
                }
            """),
        Strategy("""
            new RetryStrategyOptions
                {
                    // for as long as it takes
                    MaxRetryAttempts = 4,
                    Delay = TimeSpan.FromSeconds(1), // at first
                    BackoffType = DelayBackoffType.Exponential,
                    UseJitter = true,
                }
            """));

    private static string Strategy(string options) => PolicyClient.With($$"""
        private static readonly ResiliencePipeline Pipeline = new ResiliencePipelineBuilder().AddRetry({{options}}).Build();

        public async Task<string> Run() => await Pipeline.ExecuteAsync(async ct => await http.GetStringAsync("/a", ct));
        """);

    [Fact]
    public Task OptionsSetByStatements_IsNotFixed() => Verify.NotFixed(PolicyClient.With("""
        public async Task<string> Run()
        {
            var options = new [|RetryStrategyOptions|] { Delay = TimeSpan.FromSeconds(1) };
            options.MaxRetryAttempts = int.MaxValue;
            var pipeline = new ResiliencePipelineBuilder().AddRetry(options).Build();
            return await pipeline.ExecuteAsync(async ct => await http.GetStringAsync("/a", ct));
        }
        """));

    [Fact]
    public Task TwoPoliciesInOneExpression_IsFixed() => Verify.Fixed(
        PolicyClient.With("""
            public Task<string> Run() => Policy.WrapAsync(Policy.Handle<HttpRequestException>().[|RetryForeverAsync|](), Policy.Handle<IOException>().RetryAsync([|int.MaxValue|]))
                .ExecuteAsync(() => http.GetStringAsync("/a"));
            """),
        PolicyClient.With("""
            public Task<string> Run() => Policy.WrapAsync(Policy.Handle<HttpRequestException>().WaitAndRetryAsync(4, attempt => TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * Math.Min(30_000, 100 * Math.Pow(2, attempt)))), Policy.Handle<IOException>().WaitAndRetryAsync(4, attempt => TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * Math.Min(30_000, 100 * Math.Pow(2, attempt)))))
                .ExecuteAsync(() => http.GetStringAsync("/a"));
            """));

    [Fact]
    public Task OptionOfEntityFramework_IsFixed() => Verify.Fixed(
        PolicyClient.Registering("""services.AddDbContext<ShopContext>(o => o.UseNpgsql("Host=x", n => n.EnableRetryOnFailure([|int.MaxValue|] /* always */, TimeSpan.FromSeconds(5), null)));"""),
        PolicyClient.Registering("""services.AddDbContext<ShopContext>(o => o.UseNpgsql("Host=x", n => n.EnableRetryOnFailure(6 /* always */, TimeSpan.FromSeconds(5), null)));"""));

    [Fact]
    public Task OptionOfGrpc_IsFixed() => Verify.Fixed(Grpc("[|MaxAttempts = int.MaxValue|]"), Grpc("MaxAttempts = 5"));

    private static string Grpc(string attempts) => PolicyClient.With($$"""
        public static GrpcChannelOptions Options() => new()
        {
            MaxRetryAttempts = null,
            ServiceConfig = new ServiceConfig { MethodConfigs = { new MethodConfig { RetryPolicy = new Grpc.Net.Client.Configuration.RetryPolicy { {{attempts}}, BackoffMultiplier = 2 } } } },
        };
        """);

    [Fact]
    public Task WaitOfUnknownLength_IsNotFixed() => Verify.NotFixed(PolicyClient.With("""
        public string Run() => Policy.Handle<TimeoutException>().[|WaitAndRetryForever|](_ => new TimeSpan(0, 0, 1)).Execute(() => "done");
        """));
}

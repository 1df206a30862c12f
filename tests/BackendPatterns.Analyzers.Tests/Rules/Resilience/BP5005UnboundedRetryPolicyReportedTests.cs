using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.Resilience.BP5005UnboundedRetryPolicyAnalyzer, BackendPatterns.Analyzers.CodeFixes.Resilience.BP5005UnboundedRetryPolicyFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.Resilience;

public class BP5005UnboundedRetryPolicyReportedTests
{
    [Theory]
    [InlineData("Policy.Handle<Exception>().[|RetryForever|]()")]
    [InlineData("Policy.Handle<Exception>().[|RetryForever|](ex => Console.WriteLine(ex.Message))")]
    [InlineData("Policy.Handle<Exception>().[|RetryForever|]((ex, n) => Console.WriteLine(n + 1))")]
    [InlineData("Policy.Handle<Exception>().Or<TimeoutException>().[|WaitAndRetryForever|](_ => TimeSpan.FromSeconds(1))")]
    [InlineData("Policy.Handle<Exception>().[|WaitAndRetryForever|](n => TimeSpan.FromSeconds(Math.Min(60, n)), (ex, wait) => Console.WriteLine(wait))")]
    [InlineData("Policy.Handle<Exception>().Retry([|int.MaxValue|])")]
    [InlineData("Policy.Handle<Exception>().WaitAndRetry([|int.MaxValue|], n => TimeSpan.FromSeconds(1))")]
    [InlineData("Policy.Handle<Exception>(ex => ex is not InvalidOperationException).[|RetryForever|]()")]
    [InlineData("Policy.HandleResult<string>(text => text.Length == 0).[|RetryForever|]()")]
    public Task FluentPolicy_IsReported(string policy) =>
        Verify.Reported(PolicyClient.With($$"""public string Run() => {{policy}}.Execute(() => "done");"""));

    [Theory]
    [InlineData("Policy.Handle<HttpRequestException>().[|RetryForeverAsync|]()")]
    [InlineData("Policy.Handle<HttpRequestException>().[|WaitAndRetryForeverAsync|](_ => TimeSpan.FromSeconds(1))")]
    [InlineData("Policy.Handle<HttpRequestException>().RetryAsync([|int.MaxValue|])")]
    [InlineData("Policy.Handle<HttpRequestException>().WaitAndRetryAsync(retryCount: [|int.MaxValue|], sleepDurationProvider: _ => TimeSpan.FromSeconds(1))")]
    [InlineData("Policy<string>.Handle<HttpRequestException>().[|RetryForeverAsync|]()")]
    public Task AsynchronousFluentPolicy_IsReported(string policy) =>
        Verify.Reported(PolicyClient.With($$"""public Task<string> Run() => {{policy}}.ExecuteAsync(() => http.GetStringAsync("/a"));"""));

    [Theory]
    [InlineData("new RetryStrategyOptions { [|MaxRetryAttempts = int.MaxValue|] }")]
    [InlineData("new RetryStrategyOptions { [|MaxRetryAttempts = int.MaxValue|], Delay = TimeSpan.FromSeconds(1), BackoffType = DelayBackoffType.Exponential }")]
    [InlineData("new RetryStrategyOptions { ShouldHandle = new PredicateBuilder().Handle<HttpRequestException>(ex => ex.StatusCode is null), [|MaxRetryAttempts = int.MaxValue|] }")]
    [InlineData("new() { [|MaxRetryAttempts = int.MaxValue|], MaxDelay = null }")]
    [InlineData("new() { [|MaxRetryAttempts = int.MaxValue|], ShouldHandle = args => ValueTask.FromResult(args.Outcome.Exception is HttpRequestException) }")]
    [InlineData("new() { [|MaxRetryAttempts = int.MaxValue|], OnRetry = args => { Console.WriteLine(args.AttemptNumber); return default; } }")]
    public Task Strategy_IsReported(string options) => Verify.Reported(PolicyClient.With($$"""
        private static readonly ResiliencePipeline Pipeline = new ResiliencePipelineBuilder().AddRetry({{options}}).Build();

        public async Task<string> Run() => await Pipeline.ExecuteAsync(async ct => await http.GetStringAsync("/a", ct));
        """));

    [Fact]
    public Task OptionsOfResult_IsReported() => Verify.Reported(PolicyClient.With("""
        private readonly ResiliencePipeline<HttpResponseMessage> _pipeline = new ResiliencePipelineBuilder<HttpResponseMessage>()
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage> { [|MaxRetryAttempts = int.MaxValue|] })
            .AddTimeout(TimeSpan.FromSeconds(10))
            .Build();

        public async Task<HttpResponseMessage> Run() => await _pipeline.ExecuteAsync(async ct => await http.GetAsync("/a", ct));
        """));

    [Fact]
    public Task OptionsInLocal_IsReported() => Verify.Reported(PolicyClient.With("""
        public async Task<string> Run()
        {
            var options = new [|RetryStrategyOptions|]();
            options.MaxRetryAttempts = int.MaxValue;
            var builder = new ResiliencePipelineBuilder();
            builder.AddRetry(options);
            var pipeline = builder.Build();
            return await pipeline.ExecuteAsync(async ct => await http.GetStringAsync("/a", ct));
        }
        """));

    [Fact]
    public Task PolicyInField_IsReported() => Verify.Reported(PolicyClient.With("""
        private static readonly AsyncRetryPolicy Forever = Policy.Handle<HttpRequestException>().[|RetryForeverAsync|]();

        public Task<string> Run() => Forever.ExecuteAsync(() => http.GetStringAsync("/a"));
        """));

    [Fact]
    public Task PublicPolicyWithUse_IsReported() => Verify.Reported(PolicyClient.With("""
        public static IAsyncPolicy Forever { get; } = Policy.Handle<HttpRequestException>().[|RetryForeverAsync|]();

        public Task<string> Run() => Forever.ExecuteAsync(() => http.GetStringAsync("/a"));
        """));

    [Fact]
    public Task PolicyFromMethod_IsReported() => Verify.Reported(PolicyClient.With("""
        public Task<string> Run() => Forever().ExecuteAsync(() => http.GetStringAsync("/a"));

        private static IAsyncPolicy Forever()
        {
            return Policy.Handle<HttpRequestException>().[|RetryForeverAsync|]();
        }
        """));

    [Fact]
    public Task PolicyPassedToMethod_IsReported() => Verify.Reported(PolicyClient.With("""
        public Task<string> Run() => Run(Policy.Handle<HttpRequestException>().[|RetryForeverAsync|]());

        private Task<string> Run(IAsyncPolicy policy) => policy.ExecuteAsync(() => http.GetStringAsync("/a"));
        """));

    [Fact]
    public Task TimeoutInside_IsReported() => Verify.Reported(PolicyClient.With("""
        public Task<string> Run()
        {
            var retry = Policy.Handle<Exception>().[|RetryForeverAsync|]();
            var timeout = Policy.TimeoutAsync(10);
            return Policy.WrapAsync(retry, timeout).ExecuteAsync(() => http.GetStringAsync("/a"));
        }
        """));

    [Fact]
    public Task BreakerOutside_IsReported() => Verify.Reported(PolicyClient.With("""
        private static readonly IAsyncPolicy Breaker = Policy.Handle<HttpRequestException>().CircuitBreakerAsync(5, TimeSpan.FromSeconds(30));

        public Task<string> Run() => Breaker.WrapAsync(Policy.Handle<HttpRequestException>().[|RetryForeverAsync|]()).ExecuteAsync(() => http.GetStringAsync("/a"));
        """));

    [Theory]
    [InlineData("CancellationToken.None")]
    [InlineData("default")]
    [InlineData("default(CancellationToken)")]
    public Task EmptyToken_IsReported(string token) => Verify.Reported(PolicyClient.With($$"""
        public Task<string> Run() => Policy.Handle<HttpRequestException>().[|RetryForeverAsync|]().ExecuteAsync(ct => http.GetStringAsync("/a", ct), {{token}});
        """));

    [Fact]
    public Task CancellationThatIsTriedAgain_IsReported() => Verify.Reported(PolicyClient.With("""
        public Task<string> Run(CancellationToken ct) => Policy.Handle<Exception>().[|RetryForeverAsync|]().ExecuteAsync(() => http.GetStringAsync("/a", ct));
        """));

    [Fact]
    public Task OneOfTwoUsesWithoutToken_IsReported() => Verify.Reported(PolicyClient.With("""
        private readonly IAsyncPolicy _forever = Policy.Handle<HttpRequestException>().[|RetryForeverAsync|]();

        public Task<string> Run(CancellationToken ct) => _forever.ExecuteAsync(token => http.GetStringAsync("/a", token), ct);

        public Task<string> Other() => _forever.ExecuteAsync(() => http.GetStringAsync("/b"));
        """));

    [Theory]
    [InlineData("""services.AddHttpClient("prices").AddTransientHttpErrorPolicy(policy => policy.[|RetryForeverAsync|]());""")]
    [InlineData("""services.AddHttpClient("prices", c => c.BaseAddress = new Uri("http://x")).AddTransientHttpErrorPolicy(policy => policy.[|WaitAndRetryForeverAsync|](_ => TimeSpan.FromSeconds(1)));""")]
    [InlineData("""services.AddHttpClient("prices").AddPolicyHandler(HttpPolicyExtensions.HandleTransientHttpError().[|RetryForeverAsync|]());""")]
    [InlineData("""services.AddHttpClient("prices").AddPolicyHandler(request => HttpPolicyExtensions.HandleTransientHttpError().RetryAsync([|int.MaxValue|]));""")]
    [InlineData("""services.AddHttpClient("prices").AddResilienceHandler("retry", builder => builder.AddRetry(new HttpRetryStrategyOptions { [|MaxRetryAttempts = int.MaxValue|] }));""")]
    [InlineData("""var client = services.AddHttpClient("prices"); client.AddResilienceHandler("retry", builder => { builder.AddRetry(new HttpRetryStrategyOptions { [|MaxRetryAttempts = int.MaxValue|] }); builder.AddTimeout(TimeSpan.FromSeconds(1)); });""")]
    public Task HandlerOfHttpClient_IsReported(string statement) => Verify.Reported(PolicyClient.Registering(statement));

    [Fact]
    public Task KeyedPipelineExecutedWithoutToken_IsReported() => Verify.Reported(PolicyClient.Registering(
        """services.AddResiliencePipeline("prices", builder => builder.AddRetry(new RetryStrategyOptions { [|MaxRetryAttempts = int.MaxValue|] }));""",
        """
        public class Prices(Polly.Registry.ResiliencePipelineProvider<string> pipelines, HttpClient http)
        {
            public async Task<string> Load() => await pipelines.GetPipeline("prices").ExecuteAsync(async ct => await http.GetStringAsync("/a", ct));
        }
        """));

    [Theory]
    [InlineData("npgsql => npgsql.EnableRetryOnFailure([|int.MaxValue|])")]
    [InlineData("npgsql => npgsql.EnableRetryOnFailure(maxRetryCount: [|int.MaxValue|], maxRetryDelay: TimeSpan.FromSeconds(30), errorCodesToAdd: null)")]
    [InlineData("npgsql => npgsql.ExecutionStrategy(d => new Npgsql.EntityFrameworkCore.PostgreSQL.NpgsqlRetryingExecutionStrategy(d, [|int.MaxValue|]))")]
    public Task OptionOfEntityFramework_IsReported(string options) =>
        Verify.Reported(PolicyClient.Registering($$"""services.AddDbContext<ShopContext>(o => o.UseNpgsql("Host=x", {{options}}));"""));

    [Fact]
    public Task BaseOfOwnExecutionStrategy_IsReported() => Verify.Reported("""
        using Microsoft.EntityFrameworkCore.Storage;

        public class Endless(DbContext context) : ExecutionStrategy(context, [|int.MaxValue|], TimeSpan.FromSeconds(30))
        {
            protected override bool ShouldRetryOn(Exception exception) => exception is TimeoutException;
        }
        """);

    [Fact]
    public Task OptionOfGrpc_IsReported() => Verify.Reported(PolicyClient.With("""
        public static GrpcChannel Open()
        {
            var method = new MethodConfig
            {
                Names = { MethodName.Default },
                RetryPolicy = new Grpc.Net.Client.Configuration.RetryPolicy
                {
                    [|MaxAttempts = int.MaxValue|], InitialBackoff = TimeSpan.FromSeconds(1), MaxBackoff = TimeSpan.FromSeconds(5), BackoffMultiplier = 1.5, RetryableStatusCodes = { StatusCode.Unavailable },
                },
            };
            return GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions { MaxRetryAttempts = null, ServiceConfig = new ServiceConfig { MethodConfigs = { method } } });
        }
        """));
}

using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.Resilience.BP5005UnboundedRetryPolicyAnalyzer, BackendPatterns.Analyzers.CodeFixes.Resilience.BP5005UnboundedRetryPolicyFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.Resilience;

public class BP5005UnboundedRetryPolicySilentTests
{
    [Theory]
    [InlineData("Policy.Handle<HttpRequestException>().RetryAsync()")]
    [InlineData("Policy.Handle<HttpRequestException>().RetryAsync(3)")]
    [InlineData("Policy.Handle<HttpRequestException>().WaitAndRetryAsync(5, n => TimeSpan.FromSeconds(n))")]
    [InlineData("Policy.Handle<HttpRequestException>().WaitAndRetryAsync(new[] { TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2) })")]
    [InlineData("Policy.Handle<HttpRequestException>().RetryAsync(Most)")]
    [InlineData("Policy.Handle<HttpRequestException>().RetryAsync(Environment.ProcessorCount)")]
    public Task BoundedFluentPolicy_IsSilent(string policy) =>
        Verify.Silent(PolicyClient.With($$"""private const int Most = 4; public Task<string> Run() => {{policy}}.ExecuteAsync(() => http.GetStringAsync("/a"));"""));

    [Theory]
    [InlineData("new RetryStrategyOptions()")]
    [InlineData("new RetryStrategyOptions { MaxRetryAttempts = 5 }")]
    [InlineData("new RetryStrategyOptions { MaxRetryAttempts = Environment.ProcessorCount }")]
    [InlineData("new RetryStrategyOptions { MaxRetryAttempts = int.MaxValue, MaxDelay = TimeSpan.FromMinutes(1), BackoffType = DelayBackoffType.Exponential }")]
    [InlineData("new RetryStrategyOptions { MaxRetryAttempts = int.MaxValue, ShouldHandle = args => ValueTask.FromResult(args.AttemptNumber < 5) }")]
    [InlineData("new RetryStrategyOptions { MaxRetryAttempts = int.MaxValue, ShouldHandle = Handles }")]
    [InlineData("new RetryStrategyOptions { MaxRetryAttempts = int.MaxValue, ShouldHandle = new PredicateBuilder().Handle<Exception>(_ => _failures++ < 5) }")]
    [InlineData("new RetryStrategyOptions { MaxRetryAttempts = int.MaxValue, ShouldHandle = Predicate }")]
    [InlineData("new RetryStrategyOptions { MaxRetryAttempts = int.MaxValue, OnRetry = args => args.AttemptNumber > 5 ? throw new TimeoutException() : default }")]
    [InlineData("new RetryStrategyOptions { MaxRetryAttempts = int.MaxValue, DelayGenerator = args => args.AttemptNumber > 5 ? throw new TimeoutException() : new ValueTask<TimeSpan?>(TimeSpan.Zero) }")]
    [InlineData("new RetryStrategyOptions { MaxRetryAttempts = int.MaxValue, OnRetry = args => { if (args.AttemptNumber > 5) Stop.Cancel(); return default; } }")]
    public Task BoundedStrategy_IsSilent(string options) => Verify.Silent(PolicyClient.With($$"""
        private static int _failures;
        private static readonly CancellationTokenSource Stop = new();
        private static readonly PredicateBuilder<object> Predicate = new PredicateBuilder().Handle<Exception>(_ => _failures++ < 5);

        private static ValueTask<bool> Handles(RetryPredicateArguments<object> args) => ValueTask.FromResult(args.AttemptNumber < 5);

        public async Task<string> Run()
        {
            var pipeline = new ResiliencePipelineBuilder().AddRetry({{options}}).Build();
            return await pipeline.ExecuteAsync(async ct => await http.GetStringAsync("/a", ct));
        }
        """));

    [Theory]
    [InlineData("Policy.Handle<Exception>(_ => _failures++ < 5).RetryForever()")]
    [InlineData("Policy.Handle<Exception>(IsWorthIt).RetryForever()")]
    [InlineData("Policy.Handle<Exception>(_ => DateTime.UtcNow < _end).RetryForever()")]
    [InlineData("Policy.Handle<Exception>().RetryForever((ex, n) => { if (n > 5) throw ex; })")]
    [InlineData("Policy.Handle<Exception>().RetryForever((ex, n) => Check(n))")]
    [InlineData("Policy.Handle<Exception>().RetryForever(Report)")]
    [InlineData("Policy.Handle<Exception>().RetryForever(_report)")]
    [InlineData("Policy.Handle<Exception>().WaitAndRetryForever(n => n > 5 ? throw new TimeoutException() : TimeSpan.FromSeconds(n))")]
    [InlineData("Policy.Handle<Exception>().WaitAndRetryForever(Wait)")]
    [InlineData("Policy.Handle<Exception>().RetryForever(ex => _stop.Cancel())")]
    public Task FunctionThatEnds_IsSilent(string policy) => Verify.Silent(PolicyClient.With($$"""
        private int _failures;
        private DateTime _end = DateTime.UtcNow.AddSeconds(30);
        private readonly CancellationTokenSource _stop = new();
        private Action<Exception> _report = _ => { };
        private bool IsWorthIt(Exception ex) => _failures++ < 5;
        private static void Check(int attempt) { if (attempt > 5) throw new TimeoutException(); }
        private static void Report(Exception ex, int attempt) { if (attempt > 5) throw ex; }
        private static TimeSpan Wait(int attempt) => attempt > 5 ? throw new TimeoutException() : TimeSpan.FromSeconds(1);

        public string Run() => {{policy}}.Execute(() => "done");
        """));

    [Theory]
    [InlineData("""Policy.TimeoutAsync(30).WrapAsync(Policy.Handle<HttpRequestException>().RetryForeverAsync())""")]
    [InlineData("""Policy.WrapAsync(Policy.TimeoutAsync(30), Policy.Handle<HttpRequestException>().RetryForeverAsync())""")]
    [InlineData("""Policy.WrapAsync(Policy.TimeoutAsync(30), Policy.NoOpAsync(), Policy.Handle<HttpRequestException>().RetryForeverAsync())""")]
    [InlineData("""Limit.WrapAsync(Policy.Handle<HttpRequestException>().RetryForeverAsync())""")]
    [InlineData("""Policy.WrapAsync(Policy.WrapAsync(Limit, Policy.NoOpAsync()), Policy.Handle<HttpRequestException>().RetryForeverAsync())""")]
    [InlineData("""Policy.WrapAsync(Policy.Handle<HttpRequestException>().RetryForeverAsync(), Policy.Handle<HttpRequestException>().CircuitBreakerAsync(5, TimeSpan.FromSeconds(30)))""")]
    [InlineData("""outer.WrapAsync(Policy.Handle<HttpRequestException>().RetryForeverAsync())""")]
    public Task PolicyAroundThatEnds_IsSilent(string policy) => Verify.Silent(PolicyClient.With($$"""
        private static readonly IAsyncPolicy Limit = Policy.TimeoutAsync(TimeSpan.FromSeconds(30));

        public Task<string> Run(IAsyncPolicy outer) => {{policy}}.ExecuteAsync(() => http.GetStringAsync("/a" + outer));
        """));

    [Theory]
    [InlineData("new ResiliencePipelineBuilder().AddTimeout(TimeSpan.FromSeconds(30)).AddRetry(new RetryStrategyOptions { MaxRetryAttempts = int.MaxValue }).Build()")]
    [InlineData("new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions { MaxRetryAttempts = int.MaxValue }).AddCircuitBreaker(new CircuitBreakerStrategyOptions()).Build()")]
    [InlineData("new ResiliencePipelineBuilder().AddPipeline(outer).AddRetry(new RetryStrategyOptions { MaxRetryAttempts = int.MaxValue }).Build()")]
    public Task StrategyAroundThatEnds_IsSilent(string pipeline) => Verify.Silent(PolicyClient.With($$"""
        public async Task<string> Run(ResiliencePipeline outer) => await {{pipeline}}.ExecuteAsync(async ct => await http.GetStringAsync("/a" + outer, ct));
        """));

    [Fact]
    public Task TimeoutAddedToBuilderBefore_IsSilent() => Verify.Silent(PolicyClient.With("""
        public async Task<string> Run()
        {
            var builder = new ResiliencePipelineBuilder();
            builder.AddTimeout(TimeSpan.FromSeconds(30));
            builder.AddRetry(new RetryStrategyOptions { MaxRetryAttempts = int.MaxValue });
            return await builder.Build().ExecuteAsync(async ct => await http.GetStringAsync("/a", ct));
        }
        """));

    [Fact]
    public Task BuilderHandedOn_IsSilent() => Verify.Silent(PolicyClient.With("""
        public async Task<string> Run()
        {
            var builder = new ResiliencePipelineBuilder();
            Configure(builder);
            builder.AddRetry(new RetryStrategyOptions { MaxRetryAttempts = int.MaxValue });
            return await builder.Build().ExecuteAsync(async ct => await http.GetStringAsync("/a", ct));
        }

        private static void Configure(ResiliencePipelineBuilder builder) => builder.AddTimeout(TimeSpan.FromSeconds(30));
        """));

    [Theory]
    [InlineData("Policy.Handle<HttpRequestException>().RetryForeverAsync().ExecuteAsync(token => http.GetStringAsync(\"/a\", token), ct)")]
    [InlineData("Policy.Handle<HttpRequestException>().WaitAndRetryForeverAsync(_ => TimeSpan.FromSeconds(1)).ExecuteAsync(token => http.GetStringAsync(\"/a\", token), ct)")]
    [InlineData("new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions { MaxRetryAttempts = int.MaxValue }).Build().ExecuteAsync(async token => await http.GetStringAsync(\"/a\", token), ct).AsTask()")]
    public Task ExecutedWithToken_IsSilent(string call) => Verify.Silent(PolicyClient.With($$"""
        public Task<string> Run(CancellationToken ct) => {{call}};
        """));

    [Theory]
    [InlineData("Policy.Handle<HttpRequestException>().RetryForeverAsync()")]
    [InlineData("new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions { MaxRetryAttempts = int.MaxValue }).Build()")]
    public Task TokenOfTheCallerInTheDelegate_IsSilent(string policy) => Verify.Silent(PolicyClient.With($$"""
        public async Task<string> Run(CancellationToken ct) => await {{policy}}.ExecuteAsync(async _ => await http.GetStringAsync("/a", ct), CancellationToken.None);
        """));

    [Fact]
    public Task UsedInHostedService_IsSilent() => Verify.Silent("""
        using Polly;

        public class Puller(HttpClient http) : BackgroundService
        {
            private readonly IAsyncPolicy _forever = Policy.Handle<HttpRequestException>().WaitAndRetryForeverAsync(_ => TimeSpan.FromSeconds(5));

            protected override async Task ExecuteAsync(CancellationToken stoppingToken) => await _forever.ExecuteAsync(() => http.GetStringAsync("/a"));
        }
        """);

    [Fact]
    public Task UsedInHostedServiceThroughClass_IsSilent() => Verify.Silent("""
        using Polly;

        internal static class Policies
        {
            public static readonly IAsyncPolicy Forever = Policy.Handle<HttpRequestException>().RetryForeverAsync();
        }

        public class Puller(HttpClient http) : IHostedService
        {
            public Task StartAsync(CancellationToken ct) => Policies.Forever.ExecuteAsync(() => http.GetStringAsync("/a"));

            public Task StopAsync(CancellationToken ct) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task PublicPolicyThatNobodyUsesHere_IsSilent() => Verify.Silent("""
        using Polly;

        public static class Policies
        {
            public static readonly IAsyncPolicy Forever = Policy.Handle<HttpRequestException>().RetryForeverAsync();

            public static IAsyncPolicy Create() => Policy.Handle<HttpRequestException>().RetryForeverAsync();
        }
        """);

    [Fact]
    public Task PolicyInRegistry_IsSilent() => Verify.Silent(PolicyClient.With("""
        public void Add(IPolicyRegistry<string> registry) => registry.Add("forever", Policy.Handle<HttpRequestException>().RetryForeverAsync());
        """));

    [Fact]
    public Task KeyedPipelineThatNobodyTakesHere_IsSilent() => Verify.Silent(PolicyClient.Registering(
        """services.AddResiliencePipeline("prices", builder => builder.AddRetry(new RetryStrategyOptions { MaxRetryAttempts = int.MaxValue }));"""));

    [Fact]
    public Task KeyedPipelineExecutedWithToken_IsSilent() => Verify.Silent(PolicyClient.Registering(
        """services.AddResiliencePipeline("prices", builder => builder.AddRetry(new RetryStrategyOptions { MaxRetryAttempts = int.MaxValue }));""",
        """
        public class Prices(Polly.Registry.ResiliencePipelineProvider<string> pipelines, HttpClient http)
        {
            public async Task<string> Load(CancellationToken ct) => await pipelines.GetPipeline("prices").ExecuteAsync(async token => await http.GetStringAsync("/a", token), ct);

            public async Task<string> Other() => await pipelines.GetPipeline("others").ExecuteAsync(async token => await http.GetStringAsync("/a", token));
        }
        """));

    [Theory]
    [InlineData("""services.AddHttpClient("prices", c => c.Timeout = TimeSpan.FromSeconds(5)).AddTransientHttpErrorPolicy(policy => policy.RetryForeverAsync());""")]
    [InlineData("""services.AddHttpClient("prices").ConfigureHttpClient(c => { c.Timeout = TimeSpan.FromSeconds(5); }).AddTransientHttpErrorPolicy(policy => policy.RetryForeverAsync());""")]
    [InlineData("""services.AddHttpClient("prices").AddTransientHttpErrorPolicy(policy => policy.RetryForeverAsync()).ConfigureHttpClient(c => c.Timeout = TimeSpan.FromSeconds(5));""")]
    [InlineData("""services.AddHttpClient("prices").AddPolicyHandler(Policy.TimeoutAsync<HttpResponseMessage>(10)).AddTransientHttpErrorPolicy(policy => policy.RetryForeverAsync());""")]
    [InlineData("""services.AddHttpClient("prices").AddPolicyHandler(request => Policy.TimeoutAsync<HttpResponseMessage>(10)).AddTransientHttpErrorPolicy(policy => policy.RetryForeverAsync());""")]
    [InlineData("""services.AddHttpClient<Prices>().AddTransientHttpErrorPolicy(policy => policy.RetryForeverAsync());""")]
    [InlineData("""services.AddHttpClient("prices").AddTransientHttpErrorPolicy(policy => policy.WaitAndRetryAsync(3, n => TimeSpan.FromSeconds(n)));""")]
    [InlineData("""services.AddHttpClient("prices").AddStandardResilienceHandler(o => o.Retry.MaxRetryAttempts = int.MaxValue);""")]
    [InlineData("""services.AddHttpClient("prices").AddStandardResilienceHandler(o => o.Retry = new HttpRetryStrategyOptions { MaxRetryAttempts = int.MaxValue });""")]
    [InlineData("""services.AddHttpClient("prices").AddResilienceHandler("retry", b => b.AddTimeout(TimeSpan.FromSeconds(9)).AddRetry(new HttpRetryStrategyOptions { MaxRetryAttempts = int.MaxValue }));""")]
    [InlineData("""services.AddHttpClient("prices").AddResilienceHandler("retry", b => { b.AddTimeout(TimeSpan.FromSeconds(9)); b.AddRetry(new HttpRetryStrategyOptions { MaxRetryAttempts = int.MaxValue }); });""")]
    [InlineData("""services.AddHttpClient("prices").AddResilienceHandler("retry", b => b.AddRetry(new HttpRetryStrategyOptions { MaxRetryAttempts = configuration.GetValue<int>("Retries") }));""")]
    public Task BoundedHandlerOfHttpClient_IsSilent(string statement) => Verify.Silent(PolicyClient.Registering(
        statement, "public class Prices { public Prices(HttpClient http) { http.Timeout = TimeSpan.FromSeconds(10); } }"));

    [Theory]
    [InlineData("npgsql => npgsql.EnableRetryOnFailure()")]
    [InlineData("npgsql => npgsql.EnableRetryOnFailure(10)")]
    [InlineData("npgsql => npgsql.EnableRetryOnFailure(configuration.GetValue<int>(\"Retries\"))")]
    [InlineData("npgsql => npgsql.ExecutionStrategy(d => new Npgsql.EntityFrameworkCore.PostgreSQL.NpgsqlRetryingExecutionStrategy(d, 3))")]
    public Task BoundedOptionOfEntityFramework_IsSilent(string options) =>
        Verify.Silent(PolicyClient.Registering($$"""services.AddDbContext<ShopContext>(o => o.UseNpgsql("Host=x", {{options}}));"""));

    [Theory]
    [InlineData("int.MaxValue", "")]
    [InlineData("int.MaxValue", "MaxRetryAttempts = 10,")]
    [InlineData("10", "MaxRetryAttempts = null,")]
    public Task BoundedOptionOfGrpc_IsSilent(string attempts, string limit) => Verify.Silent(PolicyClient.With($$"""
        public static GrpcChannel Open() => GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions
        {
            {{limit}}
            ServiceConfig = new ServiceConfig
            {
                MethodConfigs =
                {
                    new MethodConfig
                    {
                        RetryPolicy = new Grpc.Net.Client.Configuration.RetryPolicy
                        {
                            MaxAttempts = {{attempts}}, InitialBackoff = TimeSpan.FromSeconds(1), MaxBackoff = TimeSpan.FromSeconds(5), BackoffMultiplier = 1.5,
                        },
                    },
                },
            },
        });
        """));

    [Fact]
    public Task MethodOfTheSameNameElsewhere_IsSilent() => Verify.Silent("""
        public class Policies
        {
            public Policies RetryForever() => this;

            public Policies Run() => new Policies().RetryForever();
        }
        """);
}

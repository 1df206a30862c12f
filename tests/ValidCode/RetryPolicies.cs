using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Polly.Retry;

namespace ValidCode;

/// <summary>Policies that end, or are meant to go on in the background, and that spread the callers who come back.</summary>
public class RetryPolicies(HttpClient http, ShopContext db)
{
    private static readonly AsyncRetryPolicy Growing = Policy.Handle<HttpRequestException>()
        .WaitAndRetryAsync(4, attempt => TimeSpan.FromMilliseconds(100 * Math.Pow(2, attempt) + Random.Shared.Next(100)));

    private static readonly AsyncRetryPolicy Conflicts = Policy.Handle<DbUpdateConcurrencyException>().RetryAsync(3);

    private static readonly AsyncRetryPolicy Files = Policy.Handle<IOException>().WaitAndRetryAsync(3, _ => TimeSpan.FromMilliseconds(50));

    private static readonly IAsyncPolicy InTime = Policy.TimeoutAsync(TimeSpan.FromSeconds(30))
        .WrapAsync(Policy.Handle<HttpRequestException>().WaitAndRetryForeverAsync(attempt => TimeSpan.FromSeconds(Math.Min(attempt, 5))));

    private static readonly ResiliencePipeline Limited = new ResiliencePipelineBuilder()
        .AddTimeout(TimeSpan.FromSeconds(30))
        .AddRetry(new RetryStrategyOptions { MaxRetryAttempts = int.MaxValue, BackoffType = DelayBackoffType.Exponential, UseJitter = true })
        .Build();

    private static readonly ResiliencePipeline Once = new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions { MaxRetryAttempts = 1 }).Build();

    public Task<string> Rates() => Growing.ExecuteAsync(() => http.GetStringAsync("rates"));

    public Task Save() => Conflicts.ExecuteAsync(() => db.SaveChangesAsync());

    public Task<string> Text(string path) => Files.ExecuteAsync(() => File.ReadAllTextAsync(path));

    public Task<string> RatesInTime() => InTime.ExecuteAsync(() => http.GetStringAsync("rates"));

    public async Task<string> RatesLimited() => await Limited.ExecuteAsync(async token => await http.GetStringAsync("rates", token));

    public async Task<string> RatesOnce() => await Once.ExecuteAsync(async token => await http.GetStringAsync("rates", token));

    /// <summary>The caller decides how long it takes.</summary>
    public Task<string> RatesForCaller(CancellationToken ct) => Policy.Handle<HttpRequestException>()
        .WaitAndRetryForeverAsync(attempt => TimeSpan.FromSeconds(Math.Min(attempt, 5)))
        .ExecuteAsync(token => http.GetStringAsync("rates", token), ct);

    /// <summary>The predicate counts.</summary>
    public async Task<string> RatesCounted()
    {
        var pipeline = new ResiliencePipelineBuilder()
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = int.MaxValue,
                ShouldHandle = args => ValueTask.FromResult(args.Outcome.Exception is HttpRequestException && args.AttemptNumber < 5),
                DelayGenerator = args => new ValueTask<TimeSpan?>(TimeSpan.FromMilliseconds(100 << args.AttemptNumber)),
            })
            .Build();
        return await pipeline.ExecuteAsync(async token => await http.GetStringAsync("rates", token));
    }
}

/// <summary>A reader in the background: it goes on for as long as the host runs.</summary>
public class FeedReader(HttpClient http) : BackgroundService
{
    private static readonly ResiliencePipeline Endless = new ResiliencePipelineBuilder()
        .AddRetry(new RetryStrategyOptions { MaxRetryAttempts = int.MaxValue, BackoffType = DelayBackoffType.Exponential, UseJitter = true, MaxDelay = TimeSpan.FromMinutes(1) })
        .Build();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken) =>
        await Endless.ExecuteAsync(async token => await http.GetStringAsync("feed", token), stoppingToken);
}

/// <summary>Clients with the retries of the framework.</summary>
public static class ResilientClients
{
    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddHttpClient("standard").AddStandardResilienceHandler(options => options.Retry.MaxRetryAttempts = 5);
        services.AddHttpClient("defaults").AddResilienceHandler("retry", builder => builder.AddRetry(new HttpRetryStrategyOptions { MaxRetryAttempts = 5 }));
        services.AddHttpClient("configured").AddResilienceHandler(
            "retry", builder => builder.AddRetry(new HttpRetryStrategyOptions { MaxRetryAttempts = configuration.GetValue<int>("Retries") }));
        services.AddHttpClient("limited", client => client.Timeout = TimeSpan.FromSeconds(5))
            .AddTransientHttpErrorPolicy(policy => policy.WaitAndRetryForeverAsync(attempt => TimeSpan.FromMilliseconds(100 * attempt)));
        services.AddResiliencePipeline("books", builder => builder.AddRetry(new RetryStrategyOptions { BackoffType = DelayBackoffType.Exponential, UseJitter = true }));
    }
}

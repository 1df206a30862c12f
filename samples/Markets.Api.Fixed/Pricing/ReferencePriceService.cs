using Polly;
using Polly.Retry;

namespace Markets.Api.Pricing;

/// <summary>The prices that positions are valued at when a day opens and closes. A value that is missing stops the books, so the feed is asked again when it does not answer.</summary>
public sealed class ReferencePriceService(IPriceFeedClient feed) : IReferencePriceService
{
    private static readonly ResiliencePipeline OpeningRetry = new ResiliencePipelineBuilder()
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<HttpRequestException>(),
            MaxRetryAttempts = 4,
            Delay = TimeSpan.FromMilliseconds(200),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
        })
        .Build();

    private static readonly ResiliencePipeline ClosingRetry = new ResiliencePipelineBuilder()
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<HttpRequestException>(),
            MaxRetryAttempts = 3,
            Delay = TimeSpan.FromMilliseconds(200),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
        })
        .Build();

    public async Task<PriceQuote?> OpeningAsync(string symbol) =>
        await OpeningRetry.ExecuteAsync(async token => await feed.FindQuoteAsync(symbol, token));

    public async Task<PriceQuote?> ClosingAsync(string symbol, CancellationToken cancellationToken) =>
        await ClosingRetry.ExecuteAsync(async token => await feed.FindQuoteAsync(symbol, token), cancellationToken);
}

extern alias after;
extern alias before;

using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.Logging.Abstractions;
using AfterClient = after::Markets.Api.Pricing.PriceFeedClient;
using BeforeClient = before::Markets.Api.Pricing.PriceFeedClient;

namespace Markets.Api.Tests;

public sealed class PriceFeedRetryTests
{
    private const int MaxAttempts = 4;

    [Fact]
    public async Task DeadFeed_IsAskedForEverByTheOriginal()
    {
        var feed = new FlakyFeed(failures: MaxAttempts + 1);

        var quote = await new BeforeClient(feed.Client, NullLogger<BeforeClient>.Instance).GetQuoteAsync("MKT1");

        Assert.Equal(42, quote?.YesCents);
        Assert.Equal(MaxAttempts + 2, feed.Attempts);
    }

    [Fact]
    public async Task DeadFeed_IsGivenUpByTheFixedApplication()
    {
        var feed = new FlakyFeed(failures: MaxAttempts + 1);

        var client = new AfterClient(feed.Client, NullLogger<AfterClient>.Instance);
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetQuoteAsync("MKT1"));

        Assert.Equal(MaxAttempts, feed.Attempts);
    }

    [Fact]
    public async Task BriefOutage_IsSurvivedByTheFixedApplication()
    {
        var feed = new FlakyFeed(failures: 1);

        var quote = await new AfterClient(feed.Client, NullLogger<AfterClient>.Instance).GetQuoteAsync("MKT1");

        Assert.Equal(42, quote?.YesCents);
        Assert.Equal(2, feed.Attempts);
    }

    private sealed class FlakyFeed(int failures) : HttpMessageHandler
    {
        public HttpClient Client => new(this, disposeHandler: false) { BaseAddress = new Uri("https://prices.markets.example/") };

        public int Attempts { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(++Attempts <= failures
                ? new HttpResponseMessage(HttpStatusCode.ServiceUnavailable)
                : new HttpResponseMessage(HttpStatusCode.OK) { Content = JsonContent.Create(new { symbol = "MKT1", yesCents = 42 }) });
    }
}

extern alias after;
extern alias before;

using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.Logging.Abstractions;
using AfterClient = after::Markets.Api.Pricing.TradingCalendarClient;
using BeforeClient = before::Markets.Api.Pricing.TradingCalendarClient;

namespace Markets.Api.Tests;

public sealed class TradingCalendarRetryTests
{
    private const int MaxAttempts = 5;

    [Fact]
    public async Task DeadCalendar_IsAskedForEverByTheOriginal()
    {
        var calendar = new FlakyCalendar(failures: 100);

        var holidays = await new BeforeClient(calendar.Client, NullLogger<BeforeClient>.Instance).GetHolidaysAsync(2030);

        Assert.Equal([new DateOnly(2030, 1, 1)], holidays);
        Assert.Equal(101, calendar.Attempts);
    }

    [Fact]
    public async Task DeadCalendar_IsGivenUpByTheFixedApplication()
    {
        var calendar = new FlakyCalendar(failures: 100);

        var client = new AfterClient(calendar.Client, NullLogger<AfterClient>.Instance);
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetHolidaysAsync(2030));

        Assert.Equal(MaxAttempts, calendar.Attempts);
    }

    [Fact]
    public async Task BriefOutage_IsSurvivedByTheFixedApplication()
    {
        var calendar = new FlakyCalendar(failures: 1);

        var holidays = await new AfterClient(calendar.Client, NullLogger<AfterClient>.Instance).GetHolidaysAsync(2030);

        Assert.Equal([new DateOnly(2030, 1, 1)], holidays);
        Assert.Equal(2, calendar.Attempts);
    }

    private sealed class FlakyCalendar(int failures) : HttpMessageHandler
    {
        public HttpClient Client => new(this, disposeHandler: false) { BaseAddress = new Uri("https://prices.markets.example/") };

        public int Attempts { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(++Attempts <= failures
                ? new HttpResponseMessage(HttpStatusCode.ServiceUnavailable)
                : new HttpResponseMessage(HttpStatusCode.OK) { Content = JsonContent.Create(new[] { "2030-01-01" }) });
    }
}

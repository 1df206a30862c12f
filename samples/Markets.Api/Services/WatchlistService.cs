using Markets.Api.Pricing;
using StackExchange.Redis;

namespace Markets.Api.Services;

/// <summary>Quotes of the symbols somebody watches; the prices they last saw are shared between instances where a Redis server is configured.</summary>
public sealed class WatchlistService(IPriceFeedClient feed, IConnectionMultiplexer? redis = null) : IWatchlistService
{
    public async Task<IReadOnlyList<PriceQuote>> QuotesAsync(IReadOnlyCollection<string> symbols, CancellationToken cancellationToken)
    {
        var quotes = new List<PriceQuote>();
        foreach (var symbol in symbols)
        {
            if (await feed.FindQuoteAsync(symbol, cancellationToken) is { } quote)
                quotes.Add(quote);
        }

        return quotes;
    }

    public async Task<IReadOnlyDictionary<string, int>> LastSeenAsync(IReadOnlyCollection<string> symbols)
    {
        var seen = new Dictionary<string, int>();
        if (redis is null)
            return seen;

        var cache = redis.GetDatabase();
        foreach (var symbol in symbols)
        {
            var price = await cache.StringGetAsync($"seen:{symbol}");
            if (price.HasValue)
                seen[symbol] = (int)price;
        }

        return seen;
    }
}

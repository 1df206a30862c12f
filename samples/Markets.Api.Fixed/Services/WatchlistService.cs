using Markets.Api.Pricing;
using StackExchange.Redis;

namespace Markets.Api.Services;

/// <summary>Quotes of the symbols somebody watches; the prices they last saw are shared between instances where a Redis server is configured.</summary>
public sealed class WatchlistService(IPriceFeedClient feed, IConnectionMultiplexer? redis = null) : IWatchlistService
{
    public async Task<IReadOnlyList<PriceQuote>> QuotesAsync(IReadOnlyCollection<string> symbols, CancellationToken cancellationToken) =>
        await feed.GetQuotesAsync(symbols, cancellationToken);

    public async Task<IReadOnlyDictionary<string, int>> LastSeenAsync(IReadOnlyCollection<string> symbols)
    {
        var seen = new Dictionary<string, int>();
        if (redis is null)
            return seen;

        var cache = redis.GetDatabase();
        var keys = symbols.Select(symbol => (RedisKey)$"seen:{symbol}").Distinct().ToArray();
        var valuesByKey = keys.Zip(await cache.StringGetAsync(keys)).ToDictionary(pair => pair.First, pair => pair.Second);
        foreach (var symbol in symbols)
        {
            var price = valuesByKey[$"seen:{symbol}"];
            if (price.HasValue)
                seen[symbol] = (int)price;
        }

        return seen;
    }
}

using Markets.Api.Contracts;
using Markets.Api.Data;
using Markets.Api.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace Markets.Api.Pricing;

public sealed class PriceService(MarketsDbContext db, IPriceFeedClient feed, IMemoryCache cache) : IPriceService
{
    private static readonly TimeSpan QuoteLifetime = TimeSpan.FromSeconds(15);

    public Task<PriceQuote?> GetAsync(string symbol) =>
        cache.GetOrCreateAsync($"quote:{symbol}", entry =>
        {
            entry.AbsoluteExpirationRelativeToNow = QuoteLifetime;
            return feed.GetQuoteAsync(symbol);
        });

    public async Task<PriceRefreshResult> RefreshAsync(CancellationToken cancellationToken)
    {
        var symbols = await db.Markets
            .Where(x => x.Status == MarketStatus.Open)
            .Select(x => new { x.Id, x.FeedSymbol })
            .ToDictionaryAsync(x => x.Id, x => x.FeedSymbol, cancellationToken);
        var quotes = await feed.GetQuotesAsync(symbols.Values, cancellationToken);
        var prices = quotes.ToDictionary(x => x.Symbol, x => x.YesCents);

        var outcomes = await db.Outcomes.Where(x => x.Market!.Status == MarketStatus.Open).ToListAsync(cancellationToken);
        var moved = 0;
        foreach (var market in outcomes.GroupBy(x => x.MarketId))
        {
            if (symbols.TryGetValue(market.Key, out var symbol) && prices.TryGetValue(symbol, out var yes))
                moved += Reprice([.. market.OrderBy(x => x.SortOrder)], yes);
        }

        await db.SaveChangesAsync(cancellationToken);
        return new PriceRefreshResult { Markets = symbols.Count, Outcomes = moved };
    }

    private static int Reprice(List<Outcome> outcomes, int yesCents)
    {
        var others = (100 - yesCents) / Math.Max(1, outcomes.Count - 1);
        var moved = 0;
        for (var i = 0; i < outcomes.Count; i++)
        {
            var price = i == 0 ? yesCents : others;
            if (outcomes[i].PriceCents == price)
                continue;
            outcomes[i].PriceCents = price;
            moved++;
        }

        return moved;
    }
}

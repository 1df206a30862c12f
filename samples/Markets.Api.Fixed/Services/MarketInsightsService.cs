using Markets.Api.Data;
using Microsoft.EntityFrameworkCore;

namespace Markets.Api.Services;

public sealed class MarketInsightsService(MarketsDbContext db) : IMarketInsightsService
{
    public async Task<bool> IsSlugTakenAsync(string slug, CancellationToken cancellationToken)
    {
        var marketExists = await db.Markets.AnyAsync(x => x.Slug == slug, cancellationToken);
        return marketExists;
    }

    public async Task<long> GetVolumeAsync(int creatorId, CancellationToken cancellationToken)
    {
        var marketsSum = await db.Markets.Where(x => x.CreatorId == creatorId).SumAsync(x => x.VolumeCents, cancellationToken);
        return marketsSum;
    }

    public async Task<IReadOnlyList<string>> GetPopularAsync(int creatorId, long atLeastCents, CancellationToken cancellationToken)
    {
        var all = await db.Markets
            .Where(x => x.CreatorId == creatorId)
            .OrderBy(x => x.Id)
            .Select(x => new { x.Title, x.VolumeCents })
            .Where(x => x.VolumeCents >= atLeastCents)
            .ToListAsync(cancellationToken);
        var markets = all;
        return markets.Select(x => x.Title).ToList();
    }
}

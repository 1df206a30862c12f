using Markets.Api.Data;
using Microsoft.EntityFrameworkCore;

namespace Markets.Api.Services;

public sealed class MarketInsightsService(MarketsDbContext db) : IMarketInsightsService
{
    public async Task<bool> IsSlugTakenAsync(string slug, CancellationToken cancellationToken)
    {
        var market = await db.Markets.AsNoTracking().FirstOrDefaultAsync(x => x.Slug == slug, cancellationToken);
        return market is not null;
    }

    public async Task<long> GetVolumeAsync(int creatorId, CancellationToken cancellationToken)
    {
        var markets = await db.Markets.AsNoTracking().Where(x => x.CreatorId == creatorId).ToListAsync(cancellationToken);
        return markets.Sum(x => x.VolumeCents);
    }

    public async Task<IReadOnlyList<string>> GetPopularAsync(int creatorId, long atLeastCents, CancellationToken cancellationToken)
    {
        var all = await db.Markets
            .Where(x => x.CreatorId == creatorId)
            .OrderBy(x => x.Id)
            .Select(x => new { x.Title, x.VolumeCents })
            .ToListAsync(cancellationToken);
        var markets = all.Where(x => x.VolumeCents >= atLeastCents).ToList();
        return markets.Select(x => x.Title).ToList();
    }
}

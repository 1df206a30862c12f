using Markets.Api.Contracts;
using Markets.Api.Data;
using Markets.Api.Entities;
using Microsoft.EntityFrameworkCore;

namespace Markets.Api.Services;

public sealed class StatisticsService(MarketsDbContext db) : IStatisticsService
{
    public async Task<MarketStatistics> GetAsync(CancellationToken cancellationToken)
    {
        var markets = new Dictionary<string, int>();
        foreach (var status in Enum.GetValues<MarketStatus>())
            markets[$"{status}"] = await db.Markets.CountAsync(x => x.Status == status, cancellationToken);

        return new MarketStatistics
        {
            MarketsByStatus = markets,
            OpenOrders = await db.Orders.CountAsync(x => x.Status == OrderStatus.Open, cancellationToken),
            VolumeCents = await db.Markets.SumAsync(x => x.VolumeCents, cancellationToken),
        };
    }

    public async Task<IReadOnlyList<CategoryShare>> GetSharesAsync(CancellationToken cancellationToken)
    {
        var volumes = await db.Markets
            .GroupBy(x => x.Category!.Name)
            .Select(x => new { Category = x.Key, Cents = x.Sum(m => m.VolumeCents) })
            .OrderBy(x => x.Category)
            .ToListAsync(cancellationToken);

        var shares = new List<CategoryShare>();
        foreach (var volume in volumes)
        {
            var total = await db.Markets.SumAsync(x => x.VolumeCents, cancellationToken);
            shares.Add(new CategoryShare
            {
                Category = volume.Category,
                VolumeCents = volume.Cents,
                Percent = total == 0 ? 0 : 100 * volume.Cents / total,
            });
        }

        return shares;
    }
}

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
}

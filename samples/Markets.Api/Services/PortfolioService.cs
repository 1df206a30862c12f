using Markets.Api.Contracts;
using Markets.Api.Data;
using Microsoft.EntityFrameworkCore;

namespace Markets.Api.Services;

public sealed class PortfolioService(MarketsDbContext db) : IPortfolioService
{
    public async Task<IReadOnlyList<StatementLine>> GetStatementAsync(int userId, CancellationToken cancellationToken)
    {
        var positions = await db.Positions.AsNoTracking().Where(x => x.UserId == userId).OrderBy(x => x.Id).ToListAsync(cancellationToken);

        var lines = new List<StatementLine>();
        foreach (var position in positions)
        {
            var outcome = await db.Outcomes.FindAsync(position.OutcomeId);
            if (outcome is null)
                continue;

            lines.Add(new StatementLine
            {
                PositionId = position.Id,
                MarketId = outcome.MarketId,
                Outcome = outcome.Label,
                Shares = position.Shares,
                CostCents = (long)position.Shares * position.AveragePriceCents,
                ValueCents = (long)position.Shares * outcome.PriceCents,
                RealisedProfitCents = position.RealisedProfitCents,
                OpenedAt = position.OpenedAt,
            });
        }

        return lines;
    }

    public async Task<IReadOnlyList<ExposureLine>> GetExposureAsync(int userId, CancellationToken cancellationToken)
    {
        var exposures = await db.Positions
            .Where(x => x.UserId == userId && x.Shares > 0)
            .GroupBy(x => x.MarketId)
            .Select(x => new { MarketId = x.Key, Cents = x.Sum(p => (long)p.Shares * p.AveragePriceCents) })
            .ToListAsync(cancellationToken);

        var marketIds = exposures.Select(x => x.MarketId).ToList();
        var markets = await db.Markets
            .Where(x => marketIds.Contains(x.Id))
            .Select(x => new { x.Id, x.Title, x.ClosesAt })
            .ToDictionaryAsync(x => x.Id, cancellationToken);

        return exposures
            .Where(x => markets.ContainsKey(x.MarketId))
            .OrderByDescending(x => x.Cents).ThenBy(x => x.MarketId)
            .Select(x => new ExposureLine
            {
                MarketId = x.MarketId,
                Title = markets[x.MarketId].Title,
                ClosesAt = markets[x.MarketId].ClosesAt,
                ExposureCents = x.Cents,
            })
            .ToList();
    }
}

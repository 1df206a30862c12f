using Markets.Api.Contracts;
using Markets.Api.Data;
using Markets.Api.Entities;
using Markets.Api.Repositories;
using Microsoft.EntityFrameworkCore;

namespace Markets.Api.Services;

public sealed class SettlementService(
    MarketsDbContext db,
    IMarketRepository markets,
    IPositionRepository positions,
    TimeProvider clock,
    ILogger<SettlementService> logger) : ISettlementService
{
    private const int PayoutCents = 100;
    private const int BatchSize = 200;

    public async Task<SettlementResult?> ResolveAsync(int marketId, int winningOutcomeId, CancellationToken cancellationToken)
    {
        var market = await markets.FindAsync(marketId, cancellationToken);
        if (market is null or { Status: MarketStatus.Resolved })
            return null;
        if (!await db.Outcomes.AnyAsync(x => x.Id == winningOutcomeId && x.MarketId == marketId, cancellationToken))
            return null;

        var now = clock.GetUtcNow().UtcDateTime;
        market.Status = MarketStatus.Resolved;
        market.WinningOutcomeId = winningOutcomeId;
        market.ResolvedAt = now;
        market.UpdatedAt = now;

        var held = await positions.ListByMarketAsync(marketId, cancellationToken);
        var holders = await LoadHoldersAsync(held, cancellationToken);
        var paid = 0L;
        var winners = 0;
        foreach (var position in held.Where(x => x.Shares > 0))
        {
            var payout = position.OutcomeId == winningOutcomeId ? (long)position.Shares * PayoutCents : 0;
            position.RealisedProfitCents += payout - (long)position.Shares * position.AveragePriceCents;
            position.Shares = 0;
            position.UpdatedAt = now;
            if (payout == 0)
                continue;

            var holder = holders[position.UserId];
            holder.BalanceCents += payout;
            holder.Version++;
            paid += payout;
            winners++;
        }

        await db.SaveChangesAsync(cancellationToken);
        logger.LogInformation(
            "Market {MarketId} resolved to outcome {OutcomeId}: {Winners} positions paid {PaidCents} cents",
            marketId, winningOutcomeId, winners, paid);
        return new SettlementResult { MarketId = marketId, WinningOutcomeId = winningOutcomeId, Winners = winners, PaidCents = paid };
    }

    public async Task<int> CancelOrdersAsync(int marketId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var orders = await db.Orders.Where(x => x.MarketId == marketId && x.Status == OrderStatus.Open).ToListAsync(cancellationToken);
        foreach (var order in orders)
        {
            order.Status = OrderStatus.Cancelled;
            order.CancelledAt = now;
            order.UpdatedAt = now;
            await db.SaveChangesAsync(cancellationToken);
        }

        return orders.Count;
    }

    private async Task<Dictionary<int, User>> LoadHoldersAsync(IReadOnlyList<Position> held, CancellationToken cancellationToken)
    {
        var holders = new Dictionary<int, User>();
        foreach (var ids in held.Select(x => x.UserId).Distinct().Chunk(BatchSize))
        {
            var users = await db.Users.Where(x => ids.Contains(x.Id)).ToListAsync(cancellationToken);
            foreach (var user in users)
                holders.Add(user.Id, user);
        }

        return holders;
    }
}

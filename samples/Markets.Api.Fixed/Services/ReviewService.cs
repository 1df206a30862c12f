using Markets.Api.Contracts;
using Markets.Api.Data;
using Microsoft.EntityFrameworkCore;

namespace Markets.Api.Services;

/// <summary>What the desk that reviews markets looks at.</summary>
public sealed class ReviewService(MarketsDbContext db, TimeProvider clock) : IReviewService
{
    private const int MostMarkets = 200;

    public async Task<IReadOnlyList<ReviewLine>> ListAsync(CancellationToken cancellationToken)
    {
        var markets = await db.Markets.AsNoTrackingWithIdentityResolution()
            .Include(x => x.Outcomes)
            .Include(x => x.Creator!.Markets)
            .OrderBy(x => x.Id)
            .Take(MostMarkets)
            .AsSplitQuery()
            .ToListAsync(cancellationToken);

        return markets.Select(x => new ReviewLine
        {
            Title = x.Title,
            Outcomes = x.Outcomes.OrderBy(outcome => outcome.SortOrder).Select(outcome => outcome.Label).ToList(),
            OfSameCreator = x.Creator!.Markets.Where(other => other.Id != x.Id).Select(other => other.Title).Order().ToList(),
        }).ToList();
    }

    public async Task<IReadOnlyList<ReviewOrder>> OrdersAsync(int marketId, CancellationToken cancellationToken) =>
        await db.Orders
            .Where(x => x.MarketId == marketId)
            .OrderBy(x => x.Id)
            .Select(x => new ReviewOrder(x.Id, x.User!.Handle, x.Shares))
            .ToListAsync(cancellationToken);

    public async Task<bool> MarkSeenAsync(int userId, CancellationToken cancellationToken)
    {
        var user = await db.Users.SingleOrDefaultAsync(x => x.Id == userId, cancellationToken);
        if (user is null)
            return false;

        user.LastSeenAt = clock.GetUtcNow().UtcDateTime;
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }

    public async Task<bool> SetSourceAsync(int marketId, string source, CancellationToken cancellationToken)
    {
        var market = await db.Markets.SingleOrDefaultAsync(x => x.Id == marketId, cancellationToken);
        if (market is null)
            return false;

        market.ResolutionSource = source;
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }
}

using Markets.Api.Contracts;
using Markets.Api.Data;
using Microsoft.EntityFrameworkCore;

namespace Markets.Api.Services;

public sealed class ArchiveService(MarketsDbContext db) : IArchiveService
{
    private const int PageSize = 10;

    private const int LongestList = 500;

    public async Task<IReadOnlyList<ArchivedMarket>> MarketsAsync(CancellationToken cancellationToken) =>
        await db.Markets
            .OrderBy(x => x.Id)
            .Take(LongestList)
            .Select(x => new ArchivedMarket { Slug = x.Slug, Status = x.Status })
            .ToListAsync(cancellationToken);

    public async Task<IReadOnlyList<ArchivedOutcome>> OutcomesAsync(int page, CancellationToken cancellationToken) =>
        await db.Outcomes
            .OrderBy(x => x.Id)
            .Select(x => new ArchivedOutcome { MarketId = x.MarketId, Label = x.Label, PriceCents = x.PriceCents })
            .Skip((page - 1) * PageSize)
            .Take(PageSize)
            .ToListAsync(cancellationToken);

    public async Task<IReadOnlyList<ArchivedPosition>> PositionsAsync(int page, CancellationToken cancellationToken) =>
        await db.Positions
            .OrderByDescending(x => x.OpenedAt)
            .ThenBy(x => x.Id)
            .Select(x => new ArchivedPosition { MarketId = x.MarketId, Shares = x.Shares, OpenedAt = x.OpenedAt })
            .Skip((page - 1) * PageSize)
            .Take(PageSize)
            .ToListAsync(cancellationToken);

    public async Task<IReadOnlyList<PaymentReference>> PaymentsAsync(int page, int size, CancellationToken cancellationToken) =>
        await db.Payments
            .OrderBy(x => x.Id)
            .Skip((page - 1) * Math.Min(size, 100))
            .Take(Math.Min(size, 100))
            .Select(x => new PaymentReference { Reference = x.ProviderReference, AmountCents = x.AmountCents })
            .ToListAsync(cancellationToken);
}

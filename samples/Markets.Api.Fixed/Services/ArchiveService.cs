using Markets.Api.Contracts;
using Markets.Api.Data;
using Microsoft.EntityFrameworkCore;

namespace Markets.Api.Services;

public sealed class ArchiveService(MarketsDbContext db) : IArchiveService
{
    private const int PageSize = 10;

    public async Task<IReadOnlyList<ArchivedOutcome>> OutcomesAsync(int page, CancellationToken cancellationToken) =>
        await db.Outcomes
            .OrderBy(x => x.Id)
            .Select(x => new ArchivedOutcome { MarketId = x.MarketId, Label = x.Label, PriceCents = x.PriceCents })
            .Skip((page - 1) * PageSize)
            .Take(PageSize)
            .ToListAsync(cancellationToken);
}

using Markets.Api.Contracts;
using Markets.Api.Data;
using Markets.Api.Entities;
using Microsoft.EntityFrameworkCore;

namespace Markets.Api.Services;

public sealed class MarketCatalogService(MarketsDbContext db) : IMarketCatalogService
{
    private const int BoardSize = 50;

    public async Task<Page<MarketSummary>> ListAsync(MarketStatus? status, Paging paging, CancellationToken cancellationToken)
    {
        var query = db.Markets.AsNoTracking().Where(x => x.Status != MarketStatus.Draft);
        if (status is not null)
            query = query.Where(x => x.Status == status);

        var markets = await query
            .OrderByDescending(x => x.VolumeCents).ThenBy(x => x.Id)
            .Skip(paging.Skip())
            .Take(paging.Take())
            .ToListAsync(cancellationToken);
        var items = markets.Select(x => new MarketSummary
        {
            Id = x.Id,
            Slug = x.Slug,
            Title = x.Title,
            Status = x.Status,
            VolumeCents = x.VolumeCents,
            ClosesAt = x.ClosesAt,
        }).ToList();
        return new Page<MarketSummary> { Number = paging.Page, Size = paging.Take(), Items = items };
    }

    public Task<MarketDetails?> FindAsync(int id, CancellationToken cancellationToken) =>
        db.Markets
            .Where(x => x.Id == id && x.Status != MarketStatus.Draft)
            .Select(x => new MarketDetails
            {
                Id = x.Id,
                Slug = x.Slug,
                Title = x.Title,
                Description = x.Description,
                Rules = x.Rules,
                Status = x.Status,
                Currency = x.Currency,
                Creator = x.Creator!.Name,
                Category = x.Category!.Name,
                ClosesAt = x.ClosesAt,
                ResolvedAt = x.ResolvedAt,
                WinningOutcomeId = x.WinningOutcomeId,
                Outcomes = x.Outcomes
                    .OrderBy(o => o.SortOrder)
                    .Select(o => new OutcomePrice { Id = o.Id, Label = o.Label, PriceCents = o.PriceCents })
                    .ToList(),
            })
            .SingleOrDefaultAsync(cancellationToken);

    public async Task<IReadOnlyList<MarketBoardEntry>> GetBoardAsync(CancellationToken cancellationToken)
    {
        var markets = await db.Markets
            .Where(x => x.Status == MarketStatus.Open)
            .OrderBy(x => x.ClosesAt).ThenBy(x => x.Id)
            .Take(BoardSize)
            .Select(x => new { x.Id, x.Title, x.ClosesAt })
            .ToListAsync(cancellationToken);

        var board = new List<MarketBoardEntry>();
        foreach (var market in markets)
        {
            var outcomes = await db.Outcomes.AsNoTracking().Where(x => x.MarketId == market.Id).ToListAsync(cancellationToken);
            board.Add(new MarketBoardEntry
            {
                MarketId = market.Id,
                Title = market.Title,
                ClosesAt = market.ClosesAt,
                Outcomes = outcomes.Select(x => new OutcomePrice { Id = x.Id, Label = x.Label, PriceCents = x.PriceCents }).ToList(),
            });
        }

        return board;
    }

    public async Task<IReadOnlyList<MarketDigestLine>> GetDigestAsync(CancellationToken cancellationToken)
    {
        var markets = await db.Markets
            .Where(x => x.Status == MarketStatus.Open)
            .OrderByDescending(x => x.VolumeCents).ThenBy(x => x.Id)
            .Take(BoardSize)
            .Select(x => new { x.Id, x.CategoryId, x.Title, x.VolumeCents })
            .ToListAsync(cancellationToken);

        var lines = new List<MarketDigestLine>();
        foreach (var market in markets)
        {
            var category = await db.Categories.AsNoTracking().FirstOrDefaultAsync(x => x.Id == market.CategoryId, cancellationToken);
            lines.Add(new MarketDigestLine
            {
                MarketId = market.Id,
                Title = market.Title,
                CategorySlug = category?.Slug ?? "other",
                CategoryName = category?.Name ?? "Other",
                VolumeCents = market.VolumeCents,
            });
        }

        return lines;
    }
}

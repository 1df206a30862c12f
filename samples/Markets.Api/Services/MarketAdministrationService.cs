using Markets.Api.Contracts;
using Markets.Api.Entities;
using Markets.Api.Repositories;

namespace Markets.Api.Services;

public sealed class MarketAdministrationService(IMarketRepository markets, TimeProvider clock, ILogger<MarketAdministrationService> logger)
    : IMarketAdministrationService
{
    public async Task<MarketSummary> CreateAsync(CreateMarket request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var slug = await FreeSlugAsync(request.Title, cancellationToken);
        var market = new Market
        {
            CreatorId = request.CreatorId,
            CategoryId = request.CategoryId,
            Slug = slug,
            Title = request.Title,
            Description = request.Description,
            Rules = request.Rules,
            Status = MarketStatus.Open,
            Currency = "EUR",
            FeedSymbol = slug.ToUpperInvariant(),
            FeeBasisPoints = 100,
            OpensAt = now,
            ClosesAt = request.ClosesAt,
            CreatedAt = now,
            UpdatedAt = now,
        };
        var price = 100 / request.Outcomes.Length;
        market.Outcomes.AddRange(request.Outcomes.Select((label, i) => new Outcome { Label = label, PriceCents = price, SortOrder = i }));
        markets.Add(market);
        await markets.SaveAsync(cancellationToken);
        logger.LogInformation("Market {MarketId} ({Slug}) opened for creator {CreatorId}", market.Id, market.Slug, market.CreatorId);

        return new MarketSummary
        {
            Id = market.Id,
            Slug = market.Slug,
            Title = market.Title,
            Status = market.Status,
            VolumeCents = market.VolumeCents,
            ClosesAt = market.ClosesAt,
        };
    }

    public async Task<bool> UpdateAsync(int id, UpdateMarket request, CancellationToken cancellationToken)
    {
        var market = await markets.FindAsync(id, cancellationToken);
        if (market is null || market.Status == MarketStatus.Resolved)
            return false;

        market.Title = request.Title;
        market.Description = request.Description;
        market.ClosesAt = request.ClosesAt;
        market.UpdatedAt = clock.GetUtcNow().UtcDateTime;
        await markets.SaveAsync(cancellationToken);
        return true;
    }

    public async Task<bool> CloseAsync(int id, CancellationToken cancellationToken)
    {
        var market = await markets.FindAsync(id, cancellationToken);
        if (market is not { Status: MarketStatus.Open })
            return false;

        market.Status = MarketStatus.Closed;
        market.UpdatedAt = clock.GetUtcNow().UtcDateTime;
        await markets.SaveAsync(cancellationToken);
        logger.LogInformation("Market {MarketId} closed", id);
        return true;
    }

    private async Task<string> FreeSlugAsync(string title, CancellationToken cancellationToken)
    {
        var slug = string.Join('-', title.ToLowerInvariant().Split([' ', ':', '?', '.', ','], StringSplitOptions.RemoveEmptyEntries));
        var candidate = slug;
        var suffix = 1;
        while (await markets.SlugExistsAsync(candidate, cancellationToken))
            candidate = $"{slug}-{++suffix}";
        return candidate;
    }
}

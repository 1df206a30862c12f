using Markets.Api.Entities;

namespace Markets.Api.Contracts;

public sealed record ArchivedMarket
{
    public required string Slug { get; init; }

    public required MarketStatus Status { get; init; }
}

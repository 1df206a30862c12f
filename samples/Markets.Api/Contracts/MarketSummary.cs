using Markets.Api.Entities;

namespace Markets.Api.Contracts;

public sealed record MarketSummary
{
    public required int Id { get; init; }

    public required string Slug { get; init; }

    public required string Title { get; init; }

    public required MarketStatus Status { get; init; }

    public required long VolumeCents { get; init; }

    public required DateTime ClosesAt { get; init; }
}

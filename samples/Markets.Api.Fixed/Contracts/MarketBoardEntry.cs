namespace Markets.Api.Contracts;

public sealed record MarketBoardEntry
{
    public required int MarketId { get; init; }

    public required string Title { get; init; }

    public required DateTime ClosesAt { get; init; }

    public required IReadOnlyList<OutcomePrice> Outcomes { get; init; }
}

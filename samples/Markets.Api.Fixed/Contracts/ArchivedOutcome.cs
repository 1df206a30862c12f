namespace Markets.Api.Contracts;

public sealed record ArchivedOutcome
{
    public required int MarketId { get; init; }

    public required string Label { get; init; }

    public required int PriceCents { get; init; }
}

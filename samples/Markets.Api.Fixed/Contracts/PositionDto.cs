namespace Markets.Api.Contracts;

public sealed record PositionDto
{
    public required int Id { get; init; }

    public required int MarketId { get; init; }

    public required int OutcomeId { get; init; }

    public required int Shares { get; init; }

    public required int AveragePriceCents { get; init; }

    public required long RealisedProfitCents { get; init; }

    public required DateTime OpenedAt { get; init; }
}

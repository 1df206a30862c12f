namespace Markets.Api.Contracts;

public sealed record StatementLine
{
    public required int PositionId { get; init; }

    public required int MarketId { get; init; }

    public required string Outcome { get; init; }

    public required int Shares { get; init; }

    public required long CostCents { get; init; }

    public required long ValueCents { get; init; }

    public required long RealisedProfitCents { get; init; }

    public required DateTime OpenedAt { get; init; }
}

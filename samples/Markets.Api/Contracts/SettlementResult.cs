namespace Markets.Api.Contracts;

public sealed record SettlementResult
{
    public required int MarketId { get; init; }

    public required int WinningOutcomeId { get; init; }

    public required int Winners { get; init; }

    public required long PaidCents { get; init; }
}

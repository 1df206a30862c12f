namespace Markets.Api.Contracts;

public sealed record ArchivedPosition
{
    public required int MarketId { get; init; }

    public required int Shares { get; init; }

    public required DateTime OpenedAt { get; init; }
}

namespace Markets.Api.Contracts;

public sealed record ExposureLine
{
    public required int MarketId { get; init; }

    public required string Title { get; init; }

    public required DateTime ClosesAt { get; init; }

    public required long ExposureCents { get; init; }
}

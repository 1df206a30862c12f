namespace Markets.Api.Contracts;

public sealed record MarketDigestLine
{
    public required int MarketId { get; init; }

    public required string Title { get; init; }

    public required string CategorySlug { get; init; }

    public required string CategoryName { get; init; }

    public required long VolumeCents { get; init; }
}

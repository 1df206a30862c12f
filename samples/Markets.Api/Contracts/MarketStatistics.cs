namespace Markets.Api.Contracts;

public sealed record MarketStatistics
{
    public required IReadOnlyDictionary<string, int> MarketsByStatus { get; init; }

    public required int OpenOrders { get; init; }

    public required long VolumeCents { get; init; }
}

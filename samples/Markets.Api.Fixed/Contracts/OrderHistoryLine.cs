using Markets.Api.Entities;

namespace Markets.Api.Contracts;

public sealed record OrderHistoryLine
{
    public required int Id { get; init; }

    public required int MarketId { get; init; }

    public required OrderStatus Status { get; init; }

    public required int Shares { get; init; }

    public required DateTime PlacedAt { get; init; }
}

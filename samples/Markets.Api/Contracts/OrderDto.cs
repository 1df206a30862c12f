using Markets.Api.Entities;

namespace Markets.Api.Contracts;

public sealed record OrderDto
{
    public required int Id { get; init; }

    public required int MarketId { get; init; }

    public required int OutcomeId { get; init; }

    public required OrderSide Side { get; init; }

    public required OrderStatus Status { get; init; }

    public required int Shares { get; init; }

    public required int FilledShares { get; init; }

    public required int LimitPriceCents { get; init; }

    public required int FeeCents { get; init; }

    public string? ClientReference { get; init; }

    public required DateTime PlacedAt { get; init; }
}

using Markets.Api.Entities;

namespace Markets.Api.Contracts;

public sealed record BookEntry
{
    public required int OrderId { get; init; }

    public required OrderSide Side { get; init; }

    public required int Shares { get; init; }

    public required int LimitPriceCents { get; init; }

    public required string Trader { get; init; }

    public required string Country { get; init; }
}

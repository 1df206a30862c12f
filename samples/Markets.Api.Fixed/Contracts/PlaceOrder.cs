using System.ComponentModel.DataAnnotations;
using Markets.Api.Entities;

namespace Markets.Api.Contracts;

public sealed record PlaceOrder(
    [Range(1, int.MaxValue)] int MarketId,
    [Range(1, int.MaxValue)] int OutcomeId,
    OrderSide Side,
    [Range(1, 10_000)] int Shares,
    [Range(1, 99)] int LimitPriceCents,
    [StringLength(40)] string? ClientReference);

using Markets.Api.Contracts;
using Markets.Api.Entities;

namespace Markets.Api.Services;

public static class OrderMapping
{
    public static OrderDto ToDto(Order order) => new()
    {
        Id = order.Id,
        MarketId = order.MarketId,
        OutcomeId = order.OutcomeId,
        Side = order.Side,
        Status = order.Status,
        Shares = order.Shares,
        FilledShares = order.FilledShares,
        LimitPriceCents = order.LimitPriceCents,
        FeeCents = order.FeeCents,
        ClientReference = order.ClientReference,
        PlacedAt = order.PlacedAt,
    };
}

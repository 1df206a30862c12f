using Markets.Api.Contracts;
using Markets.Api.Entities;
using Markets.Api.Repositories;

namespace Markets.Api.Services;

public sealed class PositionService(IPositionRepository positions) : IPositionService
{
    public async Task<IReadOnlyList<PositionDto>> ListAsync(int userId, CancellationToken cancellationToken) =>
        [.. (await positions.ListAsync(userId, cancellationToken)).Select(ToDto)];

    public async Task<PositionDto?> FindAsync(int id, int userId, CancellationToken cancellationToken) =>
        await positions.FindAsync(id, userId, cancellationToken) is { } position ? ToDto(position) : null;

    private static PositionDto ToDto(Position position) => new()
    {
        Id = position.Id,
        MarketId = position.MarketId,
        OutcomeId = position.OutcomeId,
        Shares = position.Shares,
        AveragePriceCents = position.AveragePriceCents,
        RealisedProfitCents = position.RealisedProfitCents,
        OpenedAt = position.OpenedAt,
    };
}

using Markets.Api.Entities;

namespace Markets.Api.Repositories;

public interface IPositionRepository
{
    Task<Position?> FindAsync(int id, int userId, CancellationToken cancellationToken);

    Task<IReadOnlyList<Position>> ListAsync(int userId, CancellationToken cancellationToken);

    Task<IReadOnlyList<Position>> ListByMarketAsync(int marketId, CancellationToken cancellationToken);
}

using Markets.Api.Contracts;

namespace Markets.Api.Services;

public interface IPositionService
{
    Task<IReadOnlyList<PositionDto>> ListAsync(int userId, CancellationToken cancellationToken);

    Task<PositionDto?> FindAsync(int id, int userId, CancellationToken cancellationToken);
}

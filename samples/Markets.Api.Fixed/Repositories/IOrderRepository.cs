using Markets.Api.Entities;

namespace Markets.Api.Repositories;

public interface IOrderRepository
{
    Task<Order?> FindAsync(int id, int userId, CancellationToken cancellationToken);

    Task<IReadOnlyList<Order>> ListOpenAsync(int userId, CancellationToken cancellationToken);
}

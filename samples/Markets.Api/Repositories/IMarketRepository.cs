using Markets.Api.Entities;

namespace Markets.Api.Repositories;

public interface IMarketRepository
{
    Task<Market?> FindAsync(int id, CancellationToken cancellationToken);

    Task<bool> SlugExistsAsync(string slug, CancellationToken cancellationToken);

    void Add(Market market);

    Task SaveAsync(CancellationToken cancellationToken);
}

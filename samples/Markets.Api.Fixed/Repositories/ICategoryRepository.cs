using Markets.Api.Entities;

namespace Markets.Api.Repositories;

public interface ICategoryRepository
{
    Task<IReadOnlyList<Category>> InMenuOrderAsync(CancellationToken cancellationToken = default);
}

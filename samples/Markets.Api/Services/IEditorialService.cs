using Markets.Api.Entities;

namespace Markets.Api.Services;

public interface IEditorialService
{
    Task<Category?> CategoryAsync(int id, CancellationToken cancellationToken = default);

    Task AddAsync(Category category, CancellationToken cancellationToken = default);

    Task<User?> AccountAsync(int id, CancellationToken cancellationToken = default);
}

using Markets.Api.Contracts;

namespace Markets.Api.Services;

public interface IEditorialService
{
    Task<EditorialCategory?> CategoryAsync(int id, CancellationToken cancellationToken = default);

    Task AddAsync(AddCategory category, CancellationToken cancellationToken = default);

    Task<EditorialAccount?> AccountAsync(int id, CancellationToken cancellationToken = default);
}

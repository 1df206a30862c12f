using Markets.Api.Contracts;

namespace Markets.Api.Services;

public interface ICreatorService
{
    Task<IReadOnlyList<CreatorDto>> ListAsync(Paging paging, CancellationToken cancellationToken);

    Task<CreatorDto?> FindAsync(int id, CancellationToken cancellationToken);

    Task<bool> UpdateAsync(int id, UpdateCreator request, CancellationToken cancellationToken);
}

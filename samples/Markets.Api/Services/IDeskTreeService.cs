using Markets.Api.Contracts;

namespace Markets.Api.Services;

public interface IDeskTreeService
{
    Task<IReadOnlyList<DeskNode>> GetAsync(CancellationToken cancellationToken);
}

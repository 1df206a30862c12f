using Markets.Api.Contracts;

namespace Markets.Api.Services;

public interface ICreatorTrustService
{
    Task<IReadOnlyList<CreatorTrust>> ListAsync(CancellationToken cancellationToken);
}

using Markets.Api.Contracts;

namespace Markets.Api.Repositories;

/// <summary>How far an operator has verified its creators. Operators bring an implementation of their own, in an assembly of their own.</summary>
public interface ICreatorVerificationStore
{
    Task<CreatorVerification?> FindByCreatorIdAsync(int creatorId, CancellationToken cancellationToken);

    Task<List<CreatorVerification>> FindByCreatorIdsAsync(IReadOnlyCollection<int> creatorIds, CancellationToken cancellationToken);
}

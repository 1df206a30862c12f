using Markets.Api.Contracts;

namespace Markets.Api.Services;

public interface IReviewService
{
    Task<IReadOnlyList<ReviewLine>> ListAsync(CancellationToken cancellationToken);

    Task<IReadOnlyList<ReviewOrder>> OrdersAsync(int marketId, CancellationToken cancellationToken);

    Task<bool> MarkSeenAsync(int userId, CancellationToken cancellationToken);

    Task<bool> SetSourceAsync(int marketId, string source, CancellationToken cancellationToken);
}

using Markets.Api.Contracts;

namespace Markets.Api.Services;

public interface IReviewService
{
    Task<IReadOnlyList<ReviewLine>> ListAsync(CancellationToken cancellationToken);
}

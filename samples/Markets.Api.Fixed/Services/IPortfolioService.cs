using Markets.Api.Contracts;

namespace Markets.Api.Services;

public interface IPortfolioService
{
    Task<IReadOnlyList<StatementLine>> GetStatementAsync(int userId, CancellationToken cancellationToken);

    Task<IReadOnlyList<ExposureLine>> GetExposureAsync(int userId, CancellationToken cancellationToken);
}

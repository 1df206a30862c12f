using Markets.Api.Contracts;

namespace Markets.Api.Services;

public interface IStatisticsService
{
    Task<MarketStatistics> GetAsync(CancellationToken cancellationToken);

    Task<IReadOnlyList<CategoryShare>> GetSharesAsync(CancellationToken cancellationToken);
}

using Markets.Api.Contracts;

namespace Markets.Api.Services;

public interface IMarketAdministrationService
{
    Task<MarketSummary> CreateAsync(CreateMarket request, CancellationToken cancellationToken);

    Task<bool> UpdateAsync(int id, UpdateMarket request, CancellationToken cancellationToken);

    Task<bool> CloseAsync(int id, CancellationToken cancellationToken);
}

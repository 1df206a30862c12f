using Markets.Api.Contracts;
using Markets.Api.Entities;

namespace Markets.Api.Services;

public interface IMarketCatalogService
{
    Task<Page<MarketSummary>> ListAsync(MarketStatus? status, Paging paging, CancellationToken cancellationToken);

    Task<MarketDetails?> FindAsync(int id, CancellationToken cancellationToken);

    Task<IReadOnlyList<MarketBoardEntry>> GetBoardAsync(CancellationToken cancellationToken);

    Task<IReadOnlyList<MarketDigestLine>> GetDigestAsync(CancellationToken cancellationToken);
}

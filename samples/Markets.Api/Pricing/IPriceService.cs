using Markets.Api.Contracts;

namespace Markets.Api.Pricing;

public interface IPriceService
{
    Task<PriceQuote?> GetAsync(string symbol);

    Task<PriceRefreshResult> RefreshAsync(CancellationToken cancellationToken);
}

using Markets.Api.Pricing;

namespace Markets.Api.Services;

public interface IWatchlistService
{
    Task<IReadOnlyList<PriceQuote>> QuotesAsync(IReadOnlyCollection<string> symbols, CancellationToken cancellationToken);

    Task<IReadOnlyDictionary<string, int>> LastSeenAsync(IReadOnlyCollection<string> symbols);
}

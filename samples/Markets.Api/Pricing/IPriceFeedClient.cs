namespace Markets.Api.Pricing;

public interface IPriceFeedClient
{
    Task<PriceQuote?> GetQuoteAsync(string symbol);

    Task<IReadOnlyList<PriceQuote>> GetQuotesAsync(IReadOnlyCollection<string> symbols, CancellationToken cancellationToken);
}

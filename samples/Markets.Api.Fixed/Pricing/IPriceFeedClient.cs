namespace Markets.Api.Pricing;

public interface IPriceFeedClient
{
    Task<PriceQuote?> GetQuoteAsync(string symbol);

    Task<PriceQuote?> FindQuoteAsync(string symbol, CancellationToken cancellationToken);

    Task<IReadOnlyList<PriceQuote>> GetQuotesAsync(IReadOnlyCollection<string> symbols, CancellationToken cancellationToken);
}

namespace Markets.Api.Pricing;

public interface IReferencePriceService
{
    Task<PriceQuote?> OpeningAsync(string symbol);

    Task<PriceQuote?> ClosingAsync(string symbol, CancellationToken cancellationToken);
}

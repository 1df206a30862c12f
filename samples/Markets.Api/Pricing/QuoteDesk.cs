namespace Markets.Api.Pricing;

/// <summary>Asks the price feed for single quotes: feeds drop connections now and then.</summary>
public sealed class QuoteDesk(HttpClient http, ILogger<QuoteDesk> logger)
{
    private const int MaxAttempts = 3;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(100);

    public async Task<PriceQuote?> FindBidAsync(string symbol, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await LoadAsync(symbol, cancellationToken);
            }
            catch (HttpRequestException exception) when (attempt < MaxAttempts)
            {
                logger.LogWarning(exception, "There is no bid for {Symbol} yet", symbol);
            }
        }
    }

    public async Task<PriceQuote?> FindOfferAsync(string symbol, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await LoadAsync(symbol, cancellationToken);
            }
            catch (HttpRequestException exception) when (attempt < MaxAttempts)
            {
                logger.LogWarning(exception, "There is no offer for {Symbol} yet", symbol);
                await Task.Delay(200, cancellationToken);
            }
        }
    }

    public async Task<PriceQuote?> FindLastAsync(string symbol, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await LoadAsync(symbol, cancellationToken);
            }
            catch (Exception exception) when (attempt < MaxAttempts)
            {
                logger.LogWarning(exception, "There is no last price for {Symbol} yet", symbol);
                await Task.Delay(FirstDelay * Math.Pow(2, attempt - 1) * (0.5 + Random.Shared.NextDouble()));
            }
        }
    }

    private Task<PriceQuote?> LoadAsync(string symbol, CancellationToken cancellationToken) =>
        http.GetFromJsonAsync<PriceQuote>($"v1/quotes/{Uri.EscapeDataString(symbol)}", cancellationToken);
}

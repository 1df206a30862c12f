namespace Markets.Api.Pricing;

public sealed class PriceFeedClient(HttpClient http, ILogger<PriceFeedClient> logger) : IPriceFeedClient
{
    private const int MaxAttempts = 4;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(100);

    public async Task<PriceQuote?> GetQuoteAsync(string symbol)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await http.GetFromJsonAsync<PriceQuote>($"v1/quotes/{Uri.EscapeDataString(symbol)}");
            }
            catch (HttpRequestException exception) when (attempt < MaxAttempts)
            {
                logger.LogWarning(exception, "The price feed did not answer for {Symbol}", symbol);
                await Task.Delay(FirstDelay * Math.Pow(2, attempt - 1) * (0.5 + Random.Shared.NextDouble()));
            }
        }
    }

    public Task<PriceQuote?> FindQuoteAsync(string symbol, CancellationToken cancellationToken) =>
        http.GetFromJsonAsync<PriceQuote>($"v1/quotes/{Uri.EscapeDataString(symbol)}", cancellationToken);

    public async Task<IReadOnlyList<PriceQuote>> GetQuotesAsync(IReadOnlyCollection<string> symbols, CancellationToken cancellationToken)
    {
        var query = Uri.EscapeDataString(string.Join(',', symbols));
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await http.GetFromJsonAsync<List<PriceQuote>>($"v1/quotes?symbols={query}", cancellationToken) ?? [];
            }
            catch (HttpRequestException exception) when (attempt < MaxAttempts)
            {
                var delay = FirstDelay * Math.Pow(2, attempt - 1) * (0.5 + Random.Shared.NextDouble());
                logger.LogWarning(exception, "The price feed did not answer (attempt {Attempt}); trying again in {Delay}", attempt, delay);
                await Task.Delay(delay, cancellationToken);
            }
        }
    }
}

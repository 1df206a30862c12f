namespace Markets.Api.Pricing;

public sealed class TradingCalendarClient(HttpClient http, ILogger<TradingCalendarClient> logger)
{
    public async Task<IReadOnlyList<DateOnly>> GetHolidaysAsync(int year)
    {
        const int maxAttempts = 5;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await http.GetFromJsonAsync<List<DateOnly>>($"v1/holidays/{year}") ?? [];
            }
            catch (HttpRequestException exception) when (attempt < maxAttempts)
            {
                logger.LogWarning(exception, "The calendar did not answer for {Year}", year);
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * Math.Min(30_000, 100 * Math.Pow(2, attempt))));
            }
        }
    }
}

namespace Markets.Api.Pricing;

public sealed class TradingCalendarClient(HttpClient http, ILogger<TradingCalendarClient> logger)
{
    public async Task<IReadOnlyList<DateOnly>> GetHolidaysAsync(int year)
    {
        try
        {
            return await http.GetFromJsonAsync<List<DateOnly>>($"v1/holidays/{year}") ?? [];
        }
        catch (HttpRequestException exception)
        {
            logger.LogWarning(exception, "The calendar did not answer for {Year}", year);
            return await GetHolidaysAsync(year);
        }
    }
}

using Microsoft.EntityFrameworkCore;
using Polly;
using Polly.Retry;

namespace ValidCode;

/// <summary>Retries that end, however their bound is written.</summary>
public class Retries(HttpClient http, ShopContext db)
{
    private const int MostAttempts = 4;

    private static readonly ResiliencePipeline Pipeline = new ResiliencePipelineBuilder()
        .AddRetry(new RetryStrategyOptions { MaxRetryAttempts = 3, BackoffType = DelayBackoffType.Exponential, UseJitter = true })
        .Build();

    public async Task<string> BoundInTheLoop()
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await http.GetStringAsync("rates");
            }
            catch (HttpRequestException) when (attempt < MostAttempts)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100 << attempt));
            }
        }
    }

    public async Task<string> BoundInTheCatch()
    {
        var attempt = 0;
        while (true)
        {
            try
            {
                return await http.GetStringAsync("rates");
            }
            catch (HttpRequestException)
            {
                if (++attempt >= MostAttempts)
                    throw;
                await Task.Delay(Backoff(attempt));
            }
        }
    }

    public async Task<string?> BoundInTheCondition()
    {
        var attemptsLeft = MostAttempts;
        while (attemptsLeft-- > 0)
        {
            try
            {
                return await http.GetStringAsync("rates");
            }
            catch (HttpRequestException)
            {
                await Task.Delay(Backoff(MostAttempts - attemptsLeft));
            }
        }

        return null;
    }

    public async Task<string> BoundByDeadline()
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return await http.GetStringAsync("rates");
            }
            catch (HttpRequestException) when (TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(20))
            {
                await Task.Delay(500);
            }
        }
    }

    public async Task<string> BoundByCancellation(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                return await http.GetStringAsync("rates", cancellationToken);
            }
            catch (HttpRequestException)
            {
                await Task.Delay(500, cancellationToken);
            }
        }
    }

    public async Task<HttpResponseMessage> BoundForStatus()
    {
        HttpResponseMessage response;
        var attempt = 0;
        do
        {
            response = await http.GetAsync("rates");
            if (!response.IsSuccessStatusCode)
                await Task.Delay(Backoff(attempt));
        }
        while (!response.IsSuccessStatusCode && ++attempt < MostAttempts);

        return response;
    }

    public async Task<string> ByPipeline(CancellationToken cancellationToken) =>
        await Pipeline.ExecuteAsync(async token => await http.GetStringAsync("rates", token), cancellationToken);

    public async Task OptimisticConcurrency(int id, int points)
    {
        var customer = await db.Customers.SingleAsync(c => c.Id == id);
        while (true)
        {
            customer.Award(points);
            try
            {
                await db.SaveChangesAsync();
                return;
            }
            catch (DbUpdateConcurrencyException conflict)
            {
                await conflict.Entries.Single().ReloadAsync();
            }
        }
    }

    private static TimeSpan Backoff(int attempt) => TimeSpan.FromMilliseconds((100 << attempt) + Random.Shared.Next(100));
}

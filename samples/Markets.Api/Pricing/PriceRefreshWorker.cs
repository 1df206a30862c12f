using Microsoft.Extensions.Options;

namespace Markets.Api.Pricing;

public sealed class PriceRefreshWorker(
    IServiceScopeFactory scopes,
    IOptions<PriceFeedOptions> options,
    TimeProvider clock,
    ILogger<PriceRefreshWorker> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.RefreshInterval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var result = await scope.ServiceProvider.GetRequiredService<IPriceService>().RefreshAsync(stoppingToken);
                logger.LogInformation("{Outcomes} prices moved in {Markets} markets", result.Outcomes, result.Markets);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.LogError(exception, "Prices could not be refreshed; the next tick tries again");
            }
        }
    }
}

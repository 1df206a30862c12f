using Markets.Api.Data;
using Markets.Api.Entities;
using Microsoft.EntityFrameworkCore;

namespace Markets.Api.Background;

/// <summary>Cancels orders that have been open for a month.</summary>
public sealed class OrderExpiryWorker(IServiceScopeFactory scopes, TimeProvider clock, ILogger<OrderExpiryWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<MarketsDbContext>();
            var now = clock.GetUtcNow().UtcDateTime;
            var expired = await db.Orders
                .Where(x => x.Status == OrderStatus.Open && x.PlacedAt < now - Lifetime)
                .ExecuteUpdateAsync(x => x.SetProperty(y => y.Status, OrderStatus.Cancelled).SetProperty(y => y.CancelledAt, now), stoppingToken);
            logger.LogInformation("{Orders} orders expired", expired);
        }
    }
}

using Microsoft.EntityFrameworkCore;

namespace ValidCode;

/// <summary>The same question again after a while: the time is the point, not the element.</summary>
public class Polling(ShopContext db)
{
    public async Task<bool> UntilExported(int id, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            if (await db.Orders.AnyAsync(o => o.Id == id && o.ExportedAt != null, cancellationToken))
                return true;
            await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
        }

        return false;
    }

    public async Task WithTimer(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1));
        while (await timer.WaitForNextTickAsync(cancellationToken))
            await db.Orders.Where(o => o.Status == "old").ExecuteDeleteAsync(cancellationToken);
    }

    public async Task ForSomeTime(int id)
    {
        var deadline = DateTime.UtcNow.AddMinutes(1);
        while (DateTime.UtcNow < deadline)
        {
            if (await db.Orders.AnyAsync(o => o.Id == id && o.Status == "paid"))
                return;
            await Task.Delay(500);
        }
    }
}

/// <summary>A worker that looks for work, does it, and waits.</summary>
public class PollingWorker(IServiceScopeFactory scopes, ILogger<PollingWorker> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var db = scope.ServiceProvider.GetRequiredService<ShopContext>();
                var count = await db.Orders.CountAsync(o => o.ExportedAt == null, stoppingToken);
                logger.LogInformation("{Count} orders wait", count);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.LogError(exception, "The round failed");
            }

            await Task.Delay(TimeSpan.FromSeconds(30), stoppingToken);
        }
    }
}

using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;

namespace ValidCode;

/// <summary>A base that guards each pass, so that the passes need not.</summary>
public abstract class PeriodicService(TimeSpan period, ILogger logger) : BackgroundService
{
    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(period);
        do
        {
            try
            {
                await RunOnceAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.LogError(exception, "The pass failed");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    protected abstract Task RunOnceAsync(CancellationToken cancellationToken);
}

/// <summary>One pass of work.</summary>
public class ExpiryService(IServiceScopeFactory scopes, ILogger<ExpiryService> logger) : PeriodicService(TimeSpan.FromHours(1), logger)
{
    protected override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ShopContext>();
        await db.Orders.Where(order => order.ExportedAt == null).ExecuteUpdateAsync(set => set.SetProperty(order => order.Status, "expired"), cancellationToken);
    }
}

/// <summary>A connection that is opened again whenever it breaks.</summary>
public class FeedListener(HttpClient http, ILogger<FeedListener> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning(exception, "The feed is lost; it is opened again");
                await Task.Delay(TimeSpan.FromSeconds(5), stoppingToken);
            }
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var news = await http.GetStringAsync("updates?timeout=60", cancellationToken);
            logger.LogInformation("{News}", news);
        }
    }
}

/// <summary>A queue of work whose items may fail, and a signal to wait for.</summary>
public class WorkQueue(ILogger<WorkQueue> logger) : BackgroundService
{
    private readonly ConcurrentQueue<Func<CancellationToken, Task>> _items = new();
    private readonly SemaphoreSlim _signal = new(0);

    public void Add(Func<CancellationToken, Task> item)
    {
        _items.Enqueue(item);
        _signal.Release();
    }

    public override void Dispose()
    {
        _signal.Dispose();
        base.Dispose();
        GC.SuppressFinalize(this);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await _signal.WaitAsync(stoppingToken);
            if (!_items.TryDequeue(out var item))
                continue;
            try
            {
                await item(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.LogError(exception, "A work item failed");
            }
        }
    }
}

/// <summary>Work that ends: the database is waited for, then a list is gone through.</summary>
public class Warmup(IServiceScopeFactory scopes, Channel<int> orders) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ShopContext>();
        while (!stoppingToken.IsCancellationRequested)
        {
            if (await db.Database.CanConnectAsync(stoppingToken))
                break;
            await Task.Delay(TimeSpan.FromSeconds(1), stoppingToken);
        }

        foreach (var id in await db.Orders.Where(order => order.ExportedAt == null).Select(order => order.Id).ToListAsync(stoppingToken))
            await orders.Writer.WriteAsync(id, stoppingToken);
    }
}

using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;

namespace ValidCode;

/// <summary>One message at a time is how a queue is read.</summary>
public class Consumers(Channel<int> queue, IServiceScopeFactory scopes, ILogger<Consumers> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var id in queue.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await ExportAsync(id, stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.LogError(exception, "Order {Id} was not exported", id);
            }
        }
    }

    private async Task ExportAsync(int id, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ShopContext>();
        var order = await db.Orders.SingleOrDefaultAsync(o => o.Id == id, cancellationToken);
        if (order is null)
            return;
        order.ExportedAt = DateTime.UtcNow;
        await db.SaveChangesAsync(cancellationToken);
        logger.LogInformation("Exported {Order}", order.Number);
    }

    public async Task Drain(ChannelReader<int> reader, ShopContext db, CancellationToken cancellationToken)
    {
        while (await reader.WaitToReadAsync(cancellationToken))
        {
            while (reader.TryRead(out var id))
                await db.Orders.Where(o => o.Id == id).ExecuteUpdateAsync(set => set.SetProperty(o => o.Status, "read"), cancellationToken);
        }
    }
}

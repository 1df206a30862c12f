namespace Markets.Api.Services;

public sealed class SnapshotWorker(SnapshotQueue queue, ILogger<SnapshotWorker> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var marketId in queue.ReadAllAsync(stoppingToken))
            logger.LogInformation("Snapshot of market {MarketId}", marketId);
    }
}

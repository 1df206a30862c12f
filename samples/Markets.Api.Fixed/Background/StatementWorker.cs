using Markets.Api.Services;

namespace Markets.Api.Background;

/// <summary>Prepares statements, one user after the other.</summary>
public sealed class StatementWorker(StatementQueue queue, IServiceScopeFactory scopes, ILogger<StatementWorker> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (!stoppingToken.IsCancellationRequested)
        {
            if (!queue.Users.TryDequeue(out var userId))
            {
                await timer.WaitForNextTickAsync(stoppingToken);
                continue;
            }

            await PrepareAsync(userId, stoppingToken);
        }
    }

    private async Task PrepareAsync(int userId, CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var statement = await scope.ServiceProvider.GetRequiredService<IPortfolioService>().GetStatementAsync(userId, cancellationToken);
            logger.LogInformation("The statement of {User} has {Lines} lines", userId, statement.Count);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.LogError(exception, "The statement of {User} could not be prepared", userId);
        }
    }
}

using System.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace ValidCode;

public class Entry
{
    public int Id { get; set; }

    public int Amount { get; set; }
}

/// <summary>A context that retries.</summary>
public class LedgerContext(DbContextOptions<LedgerContext> options) : DbContext(options)
{
    private IDbContextTransaction? _current;

    public DbSet<Entry> Entries => Set<Entry>();

    public async Task<IDbContextTransaction> BeginAsync(CancellationToken cancellationToken) => _current ??= await Database.BeginTransactionAsync(cancellationToken);

    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        await SaveChangesAsync(cancellationToken);
        if (_current is not null)
            await _current.CommitAsync(cancellationToken);
        _current = null;
    }
}

public class OutageStrategy(ExecutionStrategyDependencies dependencies) : ExecutionStrategy(dependencies, 3, TimeSpan.FromSeconds(5))
{
    protected override bool ShouldRetryOn(Exception exception) => exception is TimeoutException;
}

public static class LedgerSetup
{
    public static IServiceCollection AddLedger(this IServiceCollection services, string connection) =>
        services.AddDbContext<LedgerContext>(options => options.UseSqlite(connection, sqlite => sqlite.ExecutionStrategy(d => new OutageStrategy(d))));
}

/// <summary>Runs the next step of a pipeline in a transaction.</summary>
public class TransactionStep(LedgerContext db)
{
    public Task RunAsync(Func<CancellationToken, Task> next, CancellationToken cancellationToken) => db.Database.CreateExecutionStrategy().ExecuteAsync(
        async token =>
        {
            await using var transaction = await db.BeginAsync(token);
            await next(token);
            await db.CommitAsync(token);
        },
        cancellationToken);
}

/// <summary>Transactions of one's own that a strategy runs, or that it never sees.</summary>
public class Transactions(LedgerContext db)
{
    public Task Strategy(CancellationToken cancellationToken)
    {
        var strategy = db.Database.CreateExecutionStrategy();
        return strategy.ExecuteAsync(
            async token =>
            {
                await using var transaction = await db.Database.BeginTransactionAsync(token);
                await db.Entries.Where(entry => entry.Amount == 0).ExecuteDeleteAsync(token);
                await transaction.CommitAsync(token);
            },
            cancellationToken);
    }

    public Task MethodInStrategy() => db.Database.CreateExecutionStrategy().ExecuteAsync(MoveAsync);

    public Task DelegateInStrategy() => InStrategyAsync(async () =>
    {
        using var scope = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled);
        await db.Entries.ExecuteDeleteAsync();
        scope.Complete();
    });

    public async Task RawCommandsAlone(CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync($"DELETE FROM Entries WHERE Amount = 0", cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    public async Task<int> OutsideOfTheAmbientOne(CancellationToken cancellationToken)
    {
        using var scope = new TransactionScope(TransactionScopeOption.Suppress, TransactionScopeAsyncFlowOption.Enabled);
        return await db.Entries.CountAsync(cancellationToken);
    }

    private Task InStrategyAsync(Func<Task> work) => db.Database.CreateExecutionStrategy().ExecuteAsync(work);

    private async Task MoveAsync()
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        await db.Entries.ExecuteUpdateAsync(change => change.SetProperty(entry => entry.Amount, entry => entry.Amount + 1));
        await transaction.CommitAsync();
    }
}

using System.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace BackendPatterns.Behaviour.Tests.Catalogue;

/// <summary>
/// A connection that counts the round trips over it, whichever library makes them. One <c>SaveChanges</c> counts as one: SQLite's provider sends its rows
/// one by one, most other providers in batches.
/// </summary>
public sealed class CountingConnection() : SqliteConnection("Data Source=:memory:")
{
    private readonly List<string> _trips = [];

    /// <summary>The text of each command, or <c>SaveChanges</c>.</summary>
    public IReadOnlyList<string> Trips => _trips;

    /// <summary>What the contexts on this connection have to be opened with.</summary>
    public IInterceptor Saves => new SaveCounter(this);

    private bool IsSaving { get; set; }

    public void Reset() => _trips.Clear();

    public override SqliteCommand CreateCommand() =>
        new CountingCommand(this) { Connection = this, CommandTimeout = DefaultTimeout, Transaction = Transaction };

    private sealed class CountingCommand(CountingConnection connection) : SqliteCommand
    {
        /// <summary>All other ways to execute a SQLite command come here.</summary>
        public override SqliteDataReader ExecuteReader(CommandBehavior behavior)
        {
            if (!connection.IsSaving)
                connection._trips.Add(CommandText);
            return base.ExecuteReader(behavior);
        }
    }

    private sealed class SaveCounter(CountingConnection connection) : DbCommandInterceptor, ISaveChangesInterceptor
    {
        public InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
        {
            Begin(eventData);
            return result;
        }

        public ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            Begin(eventData);
            return new(result);
        }

        public int SavedChanges(SaveChangesCompletedEventData eventData, int result)
        {
            connection.IsSaving = false;
            return result;
        }

        public ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
        {
            connection.IsSaving = false;
            return new(result);
        }

        public void SaveChangesFailed(DbContextErrorEventData eventData) => connection.IsSaving = false;

        public Task SaveChangesFailedAsync(DbContextErrorEventData eventData, CancellationToken cancellationToken = default)
        {
            connection.IsSaving = false;
            return Task.CompletedTask;
        }

        /// <summary>Without changes nothing is sent.</summary>
        private void Begin(DbContextEventData eventData)
        {
            connection.IsSaving = true;
            if (eventData.Context!.ChangeTracker.HasChanges())
                connection._trips.Add("SaveChanges");
        }
    }
}

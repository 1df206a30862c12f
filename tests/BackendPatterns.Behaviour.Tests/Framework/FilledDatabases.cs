using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace BackendPatterns.Behaviour.Tests.Framework;

/// <summary>
/// The databases that scenarios start from. Each is filled once and copied from then on: a scenario has entity types of its own, and to prepare EF Core for adding rows of them
/// costs more than the rest of most scenarios.
/// </summary>
internal static class FilledDatabases
{
    private static readonly ConcurrentDictionary<string, Lazy<SqliteConnection>> Filled = new(StringComparer.Ordinal);

    /// <summary>Copies tables and rows into an open database, whatever it had before.</summary>
    /// <param name="connection">Where they go.</param>
    /// <param name="source">The code that decides about tables and rows: what has the same starts from the same.</param>
    /// <param name="fill">Creates tables and rows on an open, empty database.</param>
    public static void CopyInto(SqliteConnection connection, string source, Action<SqliteConnection> fill)
    {
        var filled = Filled.GetOrAdd(source, _ => new(() => Fill(fill))).Value;
        // A connection is not made for use by two threads.
        lock (filled)
            filled.BackupDatabase(connection);
    }

    private static SqliteConnection Fill(Action<SqliteConnection> fill)
    {
        var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        fill(connection);
        return connection;
    }
}

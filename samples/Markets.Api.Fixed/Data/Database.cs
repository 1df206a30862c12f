using Microsoft.Data.Sqlite;

namespace Markets.Api.Data;

/// <summary>Where the data lives: the configured SQLite file, or a database in memory that lives as long as this object.</summary>
public sealed class Database : IDisposable
{
    private readonly SqliteConnection? _keepAlive;

    public Database(string? connectionString)
    {
        if (!string.IsNullOrEmpty(connectionString))
        {
            ConnectionString = connectionString;
            return;
        }

        ConnectionString = $"Data Source=markets-{Guid.NewGuid():N};Mode=Memory;Cache=Shared";
        _keepAlive = new SqliteConnection(ConnectionString);
        _keepAlive.Open();
    }

    public string ConnectionString { get; }

    public void Dispose() => _keepAlive?.Dispose();
}

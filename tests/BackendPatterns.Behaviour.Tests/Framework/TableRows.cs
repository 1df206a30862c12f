using System.Globalization;
using Microsoft.Data.Sqlite;

namespace BackendPatterns.Behaviour.Tests.Framework;

/// <summary>All rows of all tables, as they are stored.</summary>
internal static class TableRows
{
    /// <summary>Returns a line per row, with the name of its table, in an order that does not depend on when it was written.</summary>
    public static string Of(SqliteConnection connection)
    {
        var lines = Read(connection, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'")
            .SelectMany(table => Read(connection, $"SELECT * FROM \"{table}\"").Select(row => $"{table}: {row}"));
        return string.Join('\n', lines.Order(StringComparer.Ordinal));
    }

    private static List<string> Read(SqliteConnection connection, string query)
    {
        using var command = connection.CreateCommand();
        command.CommandText = query;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(string.Join(" | ", Enumerable.Range(0, reader.FieldCount).Select(column => reader.IsDBNull(column) ? "NULL" : Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture))));
        return rows;
    }
}

using System.Data.Common;
using System.Text;
using Dapper;
using Microsoft.EntityFrameworkCore;

namespace ValidCode;

/// <summary>SQL text that is put together from what cannot change it.</summary>
public class SqlTexts(ShopContext db, DbConnection connection)
{
    private static readonly Dictionary<string, string> Columns = new() { ["name"] = "Name", ["city"] = "City" };

    public Task<List<Customer>> Interpolated(string city, CancellationToken cancellationToken) =>
        db.Customers.FromSql($"SELECT * FROM Customers WHERE City = {city}").ToListAsync(cancellationToken);

    public Task<IEnumerable<Customer>> Sorted(string sort)
    {
        var column = Columns.TryGetValue(sort, out var known) ? known : "Id";
        return connection.QueryAsync<Customer>("SELECT * FROM Customers ORDER BY " + column);
    }

    public Task<IEnumerable<Customer>> Optional(string? city, int? points)
    {
        var sql = new StringBuilder("SELECT * FROM Customers WHERE 1 = 1");
        if (city is not null)
            sql.Append(" AND City = @city");
        if (points is { } least)
            sql.Append($" AND Points >= {least}");
        return connection.QueryAsync<Customer>(sql.ToString(), new { city });
    }

    public Task<int> Clear<T>(CancellationToken cancellationToken)
    {
        var table = db.Model.FindEntityType(typeof(T))!.GetTableName();
        var sql = $"DELETE FROM \"{table}\"";
        return db.Database.ExecuteSqlRawAsync(sql, cancellationToken);
    }

    public async Task<object?> Many(IReadOnlyList<string> cities, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        var names = cities.Select((_, i) => "@city" + i).ToList();
        command.CommandText = $"SELECT COUNT(*) FROM Customers WHERE City IN ({string.Join(", ", names)})";
        for (var i = 0; i < cities.Count; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = names[i];
            parameter.Value = cities[i];
            command.Parameters.Add(parameter);
        }

        return await command.ExecuteScalarAsync(cancellationToken);
    }
}

using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.DataAccess.BP1028SqlInjectionAnalyzer, BackendPatterns.Analyzers.Tests.Verification.NoFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.DataAccess;

public class BP1028SqlInjectionTests
{
    [Theory]
    [InlineData("""var sql = $"SELECT * FROM Customers WHERE Name = '{name}'"; return db.Customers.[|FromSqlRaw|](sql).ToList();""")]
    [InlineData("""var sql = "SELECT * FROM Customers WHERE Name = '" + name + "'"; return db.Customers.[|FromSqlRaw|](sql).ToList();""")]
    [InlineData("""return db.Database.[|ExecuteSqlRaw|](string.Format("DELETE FROM Customers WHERE Name = '{0}'", name));""")]
    [InlineData("""return db.Database.[|ExecuteSqlRaw|](string.Concat("DELETE FROM Customers WHERE Name = '", name, "'"));""")]
    [InlineData("""return db.Database.[|SqlQueryRaw<int>|]("SELECT Id AS Value FROM Customers WHERE Name = '@n'".Replace("@n", name)).ToList();""")]
    [InlineData("""string sql = "SELECT * FROM Customers WHERE 1 = 1"; if (name != "") sql += $" AND Name LIKE '%{name}%'"; return db.Customers.[|FromSqlRaw|](sql).ToList();""")]
    [InlineData("""var sql = "SELECT * FROM Customers"; sql = sql + " WHERE Name = '" + name.Trim() + "'"; return db.Customers.[|FromSqlRaw|](sql).ToList();""")]
    [InlineData("""return db.Customers.[|FromSqlRaw|](Where(name)).ToList(); static string Where(string n) => $"SELECT * FROM Customers WHERE Name = '{n}'";""")]
    [InlineData("""return connection.[|Query<Customer>|]($"SELECT * FROM Customers WHERE Name = '{name}'");""")]
    [InlineData("""return connection.[|Query<Customer>|]("SELECT * FROM Customers WHERE Name = '" + name + "' AND Id = @id", new { id });""")]
    [InlineData("""return connection.[|Execute|](new StringBuilder("DELETE FROM Customers ").Append("WHERE Name = '").Append(name).Append("'").ToString());""")]
    [InlineData("""var sb = new StringBuilder(); sb.Append("SELECT * FROM Customers"); sb.AppendLine().AppendFormat(" WHERE Name = '{0}'", name); return connection.[|Query<Customer>|](sb.ToString());""")]
    [InlineData("""var sb = new StringBuilder("SELECT * FROM Customers WHERE 1 = 1"); if (id > 0) sb.Append($" AND Name = '{name}'"); return connection.[|Query<Customer>|](sb.ToString());""")]
    [InlineData("""var clauses = new List<string>(); clauses.Add($"Name = '{name}'"); return connection.[|Query<Customer>|]("SELECT * FROM Customers WHERE " + string.Join(" AND ", clauses));""")]
    [InlineData("""return connection.[|Query<Customer>|]("SELECT * FROM Customers WHERE Name IN ('" + string.Join("','", names) + "')");""")]
    [InlineData("""var list = string.Join(",", names.Select(n => $"'{n}'")); return connection.[|Query<Customer>|]($"SELECT * FROM Customers WHERE Name IN ({list})");""")]
    [InlineData("""foreach (var n in names) connection.[|Execute|]($"DELETE FROM Customers WHERE Name = '{n}'"); return 0;""")]
    [InlineData("""return connection.Query<Customer>(new [|CommandDefinition|]($"SELECT * FROM Customers WHERE Name = '{name}'"));""")]
    [InlineData("""using var command = connection.CreateCommand(); command.[|CommandText|] = $"SELECT COUNT(*) FROM Customers WHERE Name = '{name}'"; return command.ExecuteScalar();""")]
    [InlineData("""using var command = new [|SqliteCommand|]("DELETE FROM Customers WHERE Name = '" + name + "'"); return command.ExecuteNonQuery();""")]
    [InlineData("""var command = new SqliteCommand { [|CommandText|] = $"DELETE FROM Customers WHERE Name = '{name}'" }; return command.ExecuteNonQuery();""")]
    [InlineData("""return connection.[|Query<Customer>|]($"SELECT * FROM Customers ORDER BY {sort}");""")]
    [InlineData("""return connection.[|Query<Customer>|]($"SELECT * FROM Customers WHERE Points > {points}");""")]
    [InlineData("""return connection.[|Query<Customer>|]($"SELECT * FROM Customers WHERE Name = '{filter.Name}'");""")]
    [InlineData("""var customer = db.Customers.First(); return connection.[|Execute|]($"UPDATE Orders SET Number = '{customer.Name}' WHERE CustomerId = {customer.Id}");""")]
    [InlineData("""return connection.[|Query<Customer>|](id > 0 ? "SELECT * FROM Customers" : $"SELECT * FROM Customers WHERE Name = '{name}'");""")]
    [InlineData("""return [|Run|]($"DELETE FROM Customers WHERE Name = '{name}'"); int Run(string sql) => db.Database.ExecuteSqlRaw(sql);""")]
    public Task TextInStatement_IsReported(string statements) => Verify.Reported(Method(statements));

    [Theory]
    // EF1002 and EF1003 report these.
    [InlineData("""return db.Customers.FromSqlRaw($"SELECT * FROM Customers WHERE Name = '{name}'").ToList();""")]
    [InlineData("""return db.Database.ExecuteSqlRaw("DELETE FROM Customers WHERE Name = '" + name + "'");""")]
    // Parameters.
    [InlineData("""return db.Customers.FromSql($"SELECT * FROM Customers WHERE Name = {name}").ToList();""")]
    [InlineData("""return db.Customers.FromSqlRaw("SELECT * FROM Customers WHERE Name = {0}", name).ToList();""")]
    [InlineData("""return connection.Query<Customer>("SELECT * FROM Customers WHERE Name = @name", new { name });""")]
    [InlineData("""using var command = connection.CreateCommand(); command.CommandText = "SELECT 1"; return command.ExecuteScalar();""")]
    // Constants.
    [InlineData("""const string table = "Customers"; return connection.Query<Customer>($"SELECT * FROM {table} WHERE {nameof(Customer.Name)} = @name", new { name });""")]
    [InlineData("""var order = id > 0 ? "ORDER BY Name" : ""; return connection.Query<Customer>("SELECT * FROM Customers " + order);""")]
    [InlineData("""var column = sort switch { "name" => "Name", "city" => "City", _ => "Id" }; return connection.Query<Customer>($"SELECT * FROM Customers ORDER BY {column}");""")]
    [InlineData("""var columns = new Dictionary<string, string> { ["name"] = "Name" }; return connection.Query<Customer>($"SELECT * FROM Customers ORDER BY {columns[sort]}");""")]
    [InlineData("""var columns = new Dictionary<string, string> { ["name"] = "Name" }; if (!columns.TryGetValue(sort, out var column)) column = "Id"; return connection.Query<Customer>($"SELECT * FROM Customers ORDER BY {column}");""")]
    // Values that are no text.
    [InlineData("""return connection.Query<Customer>($"SELECT * FROM Customers WHERE Id = {id} AND CreatedAt > '{since}' AND Points = {(int)total} AND IsActive = {active}");""")]
    [InlineData("""return connection.Query<Customer>($"SELECT * FROM Orders WHERE Id IN ({string.Join(",", ids)})");""")]
    [InlineData("""return connection.Query<Customer>("SELECT * FROM Orders WHERE Id IN (" + string.Join(",", ids.Select(i => i.ToString())) + ")");""")]
    [InlineData("""return connection.Query<Customer>($"SELECT * FROM Orders WHERE Key = '{key}' AND Day = '{day}'");""")]
    [InlineData("""var parsed = int.Parse(name); return connection.Query<Customer>($"SELECT * FROM Customers WHERE Id = {parsed}");""")]
    // Names of parameters.
    [InlineData("""var sb = new StringBuilder("SELECT * FROM Customers WHERE Name IN ("); for (var i = 0; i < names.Count; i++) sb.Append(i > 0 ? ", " : "").Append("@p" + i); return connection.Query<Customer>(sb.Append(")").ToString());""")]
    [InlineData("""var placeholders = string.Join(",", Enumerable.Range(0, names.Count).Select(i => "@p" + i)); return connection.Query<Customer>($"SELECT * FROM Customers WHERE Name IN ({placeholders})");""")]
    // Checked.
    [InlineData("""string[] allowed = ["Name", "City"]; if (!allowed.Contains(sort)) throw new ArgumentException(sort); return connection.Query<Customer>($"SELECT * FROM Customers ORDER BY {sort}");""")]
    [InlineData("""if (sort != "asc" && sort != "desc") sort = "asc"; return connection.Query<Customer>($"SELECT * FROM Customers ORDER BY Name {sort}");""")]
    [InlineData("""if (!System.Text.RegularExpressions.Regex.IsMatch(name, "^[a-z]+$")) return 0; return connection.Query<Customer>($"SELECT * FROM Customers WHERE Name = '{name}'");""")]
    [InlineData("""if (!name.All(char.IsLetter)) return 0; return connection.Query<Customer>($"SELECT * FROM Customers WHERE Name = '{name}'");""")]
    // Names of tables and columns, quoted names, doubled quotes.
    [InlineData("""return db.Database.ExecuteSqlRaw(string.Format("DELETE FROM {0}", name));""")]
    [InlineData("""var table = db.Model.FindEntityType(typeof(Customer))!.GetTableName(); return connection.Execute($"DELETE FROM {table} WHERE Name = '' OR Name = '{table}'");""")]
    [InlineData("""return connection.Execute($"DELETE FROM Customers ORDER BY {QuoteIdentifier(name)}"); static string QuoteIdentifier(string n) => "\"" + n.Replace("\"", "\"\"") + "\"";""")]
    [InlineData("""return connection.Execute($"DELETE FROM Customers WHERE Name = '{name.Replace("'", "''")}'");""")]
    // Not a statement on rows.
    [InlineData("""return connection.Execute($"SET app.tenant = '{name}'");""")]
    [InlineData("""return connection.Execute($"PRAGMA key = '{name}'");""")]
    // The caller's SQL.
    [InlineData("""var sql = name; return connection.Query<Customer>(sql);""")]
    [InlineData("""return connection.Query<Customer>("SELECT * FROM (" + name + ") AS t LIMIT 10");""")]
    [InlineData("""return connection.Query<Customer>($"SELECT * FROM Customers WHERE {name}");""")]
    // Unknown origin.
    [InlineData("""return connection.Query<Customer>($"SELECT * FROM Customers WHERE Name = '{Environment.MachineName}'");""")]
    [InlineData("""return connection.Query<Customer>($"SELECT * FROM Customers WHERE Name = '{configuration["Tenant"]}'");""")]
    [InlineData("""return connection.Query<Customer>($"SELECT * FROM Customers WHERE Name = '{options.Tenant}'");""")]
    [InlineData("""return connection.Query<Customer>($"SELECT * FROM Customers WHERE Name = '{Tenant}'");""")]
    [InlineData("""var log = $"SELECT '{name}'"; Console.WriteLine(log); return 0;""")]
    public Task OtherText_IsSilent(string statements) => Verify.Silent(Method(statements));

    [Fact]
    public Task SortOfEndpoint_InActionAndLambda_IsReported() => Verify.Reported(
        """
        using Dapper;
        using Microsoft.AspNetCore.Mvc;
        using System.Data;

        public class OrdersController(IDbConnection connection) : ControllerBase
        {
            [HttpGet]
            public IEnumerable<Order> List(string column, string table) => connection.[|Query<Order>|]($"SELECT * FROM {table} WHERE {column} = 1");

            [HttpGet("q")]
            public IEnumerable<Order> Search() => connection.[|Query<Order>|]("SELECT * FROM Orders WHERE " + Request.Query["where"]);
        }

        public static class Endpoints
        {
            public static void Map(WebApplication app) =>
                app.MapGet("/orders", (string sort, IDbConnection connection) => connection.[|Query<Order>|]("SELECT * FROM Orders ORDER BY " + sort));
        }
        """);

    [Fact]
    public Task PrivateHelper_CalledWithConstants_IsSilent_WithTextIsReported() => Verify.Reported(
        """
        using Dapper;
        using System.Data;

        public class Reports(IDbConnection connection)
        {
            public int Open() => Count("open");
            public int Closed() => Count("closed");
            private int Count(string status) => connection.ExecuteScalar<int>($"SELECT COUNT(*) FROM Orders WHERE Status = '{status}'");

            public int Named(string name) => CountNamed(name);
            private int CountNamed(string number) => connection.[|ExecuteScalar<int>|]($"SELECT COUNT(*) FROM Orders WHERE Number = '{number}'");
        }
        """);

    [Fact]
    public Task HomeMadeQuery_IsSilent() => Verify.Silent(
        """
        public class SqlMapper { public int Query(string sql) => sql.Length; public string CommandText { get; set; } = ""; }
        public class Own
        {
            public int Run(SqlMapper mapper, string name)
            {
                mapper.CommandText = $"SELECT '{name}'";
                return mapper.Query($"SELECT * FROM T WHERE Name = '{name}'");
            }
        }
        """);

    [Fact]
    public Task SeedersAndMigrations_AreSilent() => Verify.Silent(
        """
        using Dapper;
        using System.Data;

        public class OrderSeeder(IDbConnection connection)
        {
            public int Run(string name) => connection.Execute($"INSERT INTO Orders (Number) VALUES ('{name}')");
        }

        public class DataMigrator(IDbConnection connection)
        {
            public int Run(string name) => connection.Execute($"UPDATE Orders SET Number = '{name}'");
        }
        """);

    [Fact]
    public Task LongConcatenation_DoesNotOverflow()
    {
        var sum = string.Join(" + ", Enumerable.Repeat("id", 1500));
        return Verify.Silent(Method($"""var sql = "SELECT 1" + {sum}; return connection.Query<int>(sql);"""));
    }

    private static string Method(string statements) => $$"""
        using System.Data;
        using System.Text;
        using Dapper;
        using Microsoft.Data.Sqlite;

        public class FilterDto { public string Name { get; set; } = ""; }
        public class TenantOptions { public string Tenant { get; set; } = ""; }

        public class Service(ShopContext db, IDbConnection connection, IConfiguration configuration, TenantOptions options)
        {
            private string Tenant { get; set; } = "";

            public object? Run(
                string name, string sort, string points, int id, FilterDto filter, IReadOnlyList<string> names, int[] ids, Guid key, DateOnly day, DateTime since, decimal total, bool active)
            {
                {{statements}}
            }
        }
        """;
}

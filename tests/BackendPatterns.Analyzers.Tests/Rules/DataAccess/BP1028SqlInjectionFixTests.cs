using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.DataAccess.BP1028SqlInjectionAnalyzer, BackendPatterns.Analyzers.CodeFixes.DataAccess.BP1028SqlInjectionFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.DataAccess;

public class BP1028SqlInjectionFixTests
{
    [Theory]
    [InlineData(
        """var sql = $"SELECT * FROM Customers WHERE Name = '{name}' AND Points > {id}"; return db.Customers.[|FromSqlRaw|](sql).ToList();""",
        """FormattableString sql = $"SELECT * FROM Customers WHERE Name = {name} AND Points > {id}"; return db.Customers.FromSql(sql).ToList();""")]
    [InlineData(
        """string sql = "SELECT * FROM Customers WHERE Name LIKE '%" + name + "%'"; return db.Customers.[|FromSqlRaw|](sql).ToList();""",
        """FormattableString sql = $"SELECT * FROM Customers WHERE Name LIKE {$"%{name}%"}"; return db.Customers.FromSql(sql).ToList();""")]
    [InlineData(
        """return db.Database.[|SqlQueryRaw<int>|](string.Format("SELECT Id AS Value FROM Customers WHERE Name = '{0}'", name)).ToList();""",
        null)]
    [InlineData(
        """var sql = $"DELETE FROM {nameof(db.Customers)} WHERE Name = '{filter.Name}'"; return db.Database.[|ExecuteSqlRaw|](sql);""",
        """FormattableString sql = $"DELETE FROM Customers WHERE Name = {filter.Name}"; return db.Database.ExecuteSql(sql);""")]
    [InlineData(
        """var sql = $"DELETE FROM Customers WHERE Name = '{name}'"; return db.Database.[|ExecuteSqlRawAsync|](sql, CancellationToken.None);""",
        """FormattableString sql = $"DELETE FROM Customers WHERE Name = {name}"; return db.Database.ExecuteSqlAsync(sql, CancellationToken.None);""")]
    [InlineData(
        """var sql = $"SELECT Id AS Value FROM Customers WHERE Phone = '{phone}'"; return db.Database.[|SqlQueryRaw<int>|](sql).ToList();""",
        """FormattableString sql = $"SELECT Id AS Value FROM Customers WHERE Phone = {phone ?? ""}"; return db.Database.SqlQuery<int>(sql).ToList();""")]
    public Task EntityFramework_IsFixed(string before, string? after) => Fixed(before, after);

    [Theory]
    [InlineData(
        """return connection.[|Query<Customer>|]($"SELECT * FROM Customers WHERE Name = '{name}' AND Id = {id}");""",
        """return connection.Query<Customer>($"SELECT * FROM Customers WHERE Name = @name AND Id = {id}", new { name });""")]
    [InlineData(
        """return connection.[|Query<Customer>|]("SELECT * FROM Customers WHERE Name = '" + name + "' AND City = N'" + filter.Name + "'");""",
        """return connection.Query<Customer>("SELECT * FROM Customers WHERE Name = @name AND City = @name2", new { name, name2 = filter.Name });""")]
    [InlineData(
        """return connection.[|Query<Customer>|]($"SELECT * FROM Customers WHERE Name LIKE '%{name}%' AND Id = @id", new { id }, commandTimeout: 5);""",
        """return connection.Query<Customer>("SELECT * FROM Customers WHERE Name LIKE @name AND Id = @id", new { id, name = $"%{name}%" }, commandTimeout: 5);""")]
    [InlineData(
        """return connection.[|Query<Customer>|]($"SELECT * FROM Customers WHERE Name = '{name}' OR Email = '{name}'", null, null);""",
        """return connection.Query<Customer>("SELECT * FROM Customers WHERE Name = @name OR Email = @name", new { name }, null);""")]
    [InlineData(
        """return connection.[|Query<Customer>|](commandTimeout: 5, sql: $"SELECT * FROM Customers WHERE Phone = '{phone}'");""",
        """return connection.Query<Customer>(commandTimeout: 5, sql: "SELECT * FROM Customers WHERE Phone = @phone", param: new { phone = phone ?? "" });""")]
    [InlineData(
        """return connection.Execute(new [|CommandDefinition|]($"DELETE FROM Customers WHERE Name = '{name}'", cancellationToken: default));""",
        """return connection.Execute(new CommandDefinition("DELETE FROM Customers WHERE Name = @name", new { name }, cancellationToken: default));""")]
    [InlineData(
        """var sql = @$"DELETE FROM Customers WHERE Name = '{name}' AND ""Id"" = 1"; return connection.[|Execute|](sql);""",
        """var sql = @"DELETE FROM Customers WHERE Name = @name AND ""Id"" = 1"; return connection.Execute(sql, new { name });""")]
    [InlineData(
        """var values = new DynamicParameters(); return connection.[|Execute|]($"DELETE FROM Customers WHERE Name = '{name}'", values);""",
        null)]
    public Task Dapper_IsFixed(string before, string? after) => Fixed(before, after);

    [Fact]
    public Task DapperConcatenationOverLines_KeepsItsLines_IsFixed() => Fixed(
        """
        return connection.[|Query<Customer>|](
                    "SELECT * FROM Customers " +
                    "WHERE Name = '" + name + "' " +
                    "ORDER BY Name");
        """,
        """
        return connection.Query<Customer>(
                    "SELECT * FROM Customers " +
                    "WHERE Name = @name " +
                    "ORDER BY Name", new { name });
        """);

    [Fact]
    public Task RawText_IsFixed() => Fixed(
        """"
        var sql = $"""
                    SELECT * FROM Customers
                    WHERE Name = '{name}'
                    """;
                return connection.[|Query<Customer>|](sql);
        """",
        """"
        var sql = """
                    SELECT * FROM Customers
                    WHERE Name = @name
                    """;
                return connection.Query<Customer>(sql, new { name });
        """");

    [Theory]
    [InlineData(
        """
        using var command = connection.CreateCommand();
                command.[|CommandText|] = $"SELECT COUNT(*) FROM Customers WHERE Name = '{name}'";
                return command.ExecuteScalar();
        """,
        """
        using var command = connection.CreateCommand();
                command.CommandText = "SELECT COUNT(*) FROM Customers WHERE Name = @name";
                var nameParameter = command.CreateParameter();
                nameParameter.ParameterName = "@name";
                nameParameter.Value = name;
                command.Parameters.Add(nameParameter);
                return command.ExecuteScalar();
        """)]
    [InlineData(
        """
        using var command = new [|SqliteCommand|]("DELETE FROM Customers WHERE Name = '" + name + "'", sqlite);
                return command.ExecuteNonQuery();
        """,
        """
        using var command = new SqliteCommand("DELETE FROM Customers WHERE Name = @name", sqlite);
                command.Parameters.AddWithValue("@name", name);
                return command.ExecuteNonQuery();
        """)]
    [InlineData(
        """
        using (var command = new [|SqliteCommand|]("DELETE FROM Customers WHERE Name = '" + name + "'", sqlite))
                {
                    return command.ExecuteNonQuery();
                }
        """,
        """
        using (var command = new SqliteCommand("DELETE FROM Customers WHERE Name = @name", sqlite))
                {
                    command.Parameters.AddWithValue("@name", name);
                    return command.ExecuteNonQuery();
                }
        """)]
    [InlineData(
        """
        using var command = connection.CreateCommand();
                foreach (var n in names)
                {
                    command.[|CommandText|] = $"DELETE FROM Customers WHERE Name = '{n}'";
                    command.ExecuteNonQuery();
                }

                return 0;
        """,
        null)]
    [InlineData(
        """
        using var command = connection.CreateCommand();
                command.CommandText = "SELECT 1";
                command.ExecuteNonQuery();
                command.[|CommandText|] = $"DELETE FROM Customers WHERE Name = '{name}'";
                return command.ExecuteNonQuery();
        """,
        null)]
    public Task Command_IsFixed(string before, string? after) => Fixed(before, after);

    [Theory]
    // Not in quotes: which type the database would take the value for is not known, and a name cannot be a parameter.
    [InlineData("""return connection.[|Query<Customer>|]($"SELECT * FROM Customers WHERE Points > {name}");""")]
    [InlineData("""return connection.[|Query<Customer>|]($"SELECT * FROM Customers ORDER BY {sort}");""")]
    [InlineData("""return connection.[|Query<Customer>|]($"SELECT * FROM Customers WHERE Name = '{name}' ORDER BY {sort}");""")]
    // A number in a place that takes no parameter.
    [InlineData("""var sql = $"SELECT TOP {id} * FROM Customers WHERE Name = '{name}'"; return db.Customers.[|FromSqlRaw|](sql).ToList();""")]
    // Literals of another kind, doubled quotes, values that are no text.
    [InlineData("""return connection.[|Query<Customer>|]($"SELECT * FROM Customers WHERE Name = E'{name}'");""")]
    [InlineData("""return connection.[|Query<Customer>|]($"SELECT * FROM Customers WHERE CreatedAt > DATE '{name}'");""")]
    [InlineData("""return connection.[|Query<Customer>|]($"SELECT * FROM Customers WHERE Name = 'it''s {name}'");""")]
    [InlineData("""return connection.[|Query<Customer>|]($"SELECT * FROM Customers WHERE Id = '{id}' AND Name = '{name}'");""")]
    // Parameters of another kind in the call.
    [InlineData("""var sql = $"SELECT * FROM Customers WHERE Name = '{name}' AND Id = {"{0}"}"; return db.Customers.[|FromSqlRaw|](sql, id).ToList();""")]
    // Put together in several places, read again, or changed before it is sent.
    [InlineData("""var sql = "SELECT * FROM Customers"; sql += $" WHERE Name = '{name}'"; return connection.[|Query<Customer>|](sql);""")]
    [InlineData("""var sql = $"SELECT * FROM Customers WHERE Name = '{name}'"; Console.WriteLine(sql); return connection.[|Query<Customer>|](sql);""")]
    [InlineData("""var sql = $"SELECT * FROM Customers WHERE Name = '{name}'"; name = "x"; return connection.[|Query<Customer>|](sql);""")]
    public Task OtherPlaces_AreNotFixed(string statements) => Fixed(statements, null);

    [Fact]
    public Task SeveralReportsInOneMethod_AreFixed() => Fixed(
        """
        connection.[|Execute|]($"DELETE FROM Orders WHERE Number = '{name}'");
                connection.[|Execute|]($"DELETE FROM Customers WHERE Name = '{name}'");
                return 0;
        """,
        """
        connection.Execute("DELETE FROM Orders WHERE Number = @name", new { name });
                connection.Execute("DELETE FROM Customers WHERE Name = @name", new { name });
                return 0;
        """);

    private static Task Fixed(string before, string? after) => after is null ? Verify.NotFixed(Method(before)) : Verify.Fixed(Method(before), Method(after));

    private static string Method(string statements) => $$"""
        using System.Data;
        using System.Text;
        using Dapper;
        using Microsoft.Data.Sqlite;

        public class FilterDto { public string Name { get; set; } = ""; }

        public class Service(ShopContext db, IDbConnection connection, SqliteConnection sqlite)
        {
            public object? Run(string name, string sort, string? phone, int id, FilterDto filter, IReadOnlyList<string> names)
            {
                {{statements}}
            }
        }
        """;
}

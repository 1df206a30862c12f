using BackendPatterns.Analyzers.CodeFixes.DataAccess;
using BackendPatterns.Analyzers.Rules.DataAccess;
using BackendPatterns.Behaviour.Tests.Framework;

namespace BackendPatterns.Behaviour.Tests.DataAccess;

/// <summary>The fix of BP1028 gives the same answer for ordinary text, and none for text that was SQL before.</summary>
public class BP1028SqlInjectionBehaviourTests
{
    private const string Injected = "x' OR 1 = 1 OR '1' = '";

    public static TheoryData<string> Searches => new()
    {
        """var sql = $"SELECT * FROM Customers WHERE City = '{city}' AND Points > {points}"; return db.Customers.FromSqlRaw(sql).OrderBy(c => c.Id).Select(c => c.Name).ToList();""",
        """var sql = "SELECT * FROM Customers WHERE City = '" + city + "'"; return db.Customers.FromSqlRaw(sql).OrderBy(c => c.Id).Select(c => c.Name).ToList();""",
        """var sql = $"SELECT Name AS Value FROM Customers WHERE City LIKE '%{city}%' ORDER BY Id"; return db.Database.SqlQueryRaw<string>(sql).ToList();""",
        """return connection.Query<string>($"SELECT Name FROM Customers WHERE City = '{city}' ORDER BY Id").ToList();""",
        """return connection.Query<string>("SELECT Name FROM Customers WHERE City LIKE '" + city + "%' AND Points > @points ORDER BY Id", new { points }).ToList();""",
        """return connection.Query<string>(new CommandDefinition($"SELECT Name FROM Customers WHERE City = '{city}' OR Email = '{city}' ORDER BY Id")).ToList();""",
        """
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT group_concat(Name) FROM Customers WHERE City = '{city}'";
        return new[] { command.ExecuteScalar() is string all ? all : "none" };
        """,
        """
        using var command = new SqliteCommand("SELECT COUNT(*) FROM Customers WHERE City = '" + city + "'", (SqliteConnection)connection);
        return new[] { command.ExecuteScalar()!.ToString() };
        """,
    };

    [Theory]
    [MemberData(nameof(Searches))]
    public async Task OrdinaryText_GivesTheSameAnswer(string search)
    {
        foreach (var city in new[] { "Ulm", "Bonn", "Nowhere", "" })
        {
            var run = await Run(search, city);
            Assert.NotEqual(Source(search, city), run.FixedSource);
            Assert.Equal(run.Before.Answer, run.After.Answer);
            Assert.Equal(run.Before.Rows, run.After.Rows);
        }
    }

    [Theory]
    [MemberData(nameof(Searches))]
    public async Task InjectedText_IsOnlyAValueAfterwards(string search)
    {
        var injected = await Run(search, Injected);
        var nobody = await Run(search, "Nowhere");
        Assert.NotEqual(nobody.Before.Answer, injected.Before.Answer);
        Assert.Equal(nobody.After.Answer, injected.After.Answer);
    }

    [Fact]
    public async Task InjectedStatement_NoLongerRuns()
    {
        const string Delete = """var sql = $"DELETE FROM Notes WHERE Text = '{city}'"; return db.Database.ExecuteSqlRaw(sql);""";
        var injected = await Run(Delete, "x'; DELETE FROM Notes; --");
        Assert.NotEqual(injected.Before.Rows, injected.After.Rows);
        Assert.Equal((await Run(Delete, "Nowhere")).After.Rows, injected.After.Rows);
        Assert.Equal("0", injected.After.Answer);
        var ordinary = await Run(Delete, "first");
        Assert.Equal("1", ordinary.After.Answer);
        Assert.Equal(ordinary.Before.Rows, ordinary.After.Rows);
    }

    private static Task<BeforeAndAfter> Run(string search, string city) => BeforeAndAfter.Of<BP1028SqlInjectionAnalyzer, BP1028SqlInjectionFix>(Source(search, city));

    private static string Source(string search, string city) => $$"""
        using System.Data.Common;
        using Dapper;
        using Microsoft.Data.Sqlite;

        public static class Search
        {
            public static object Run(ShopContext db, DbConnection connection, string city, int points)
            {
                {{search}}
            }
        }

        public static class Scenario
        {
            public static object? Run(ShopContext db) => Search.Run(db, db.Database.GetDbConnection(), "{{city}}", 0);
        }
        """;
}

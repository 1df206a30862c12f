using BackendPatterns.Analyzers.CodeFixes.DataAccess;
using BackendPatterns.Analyzers.Rules.DataAccess;
using BackendPatterns.Behaviour.Tests.Framework;

namespace BackendPatterns.Behaviour.Tests.DataAccess;

/// <summary>The fix of BP1016 decides ties by the key: SQLite happens to do the same.</summary>
public class BP1016TiesTests
{
    [Theory]
    [InlineData("return await db.Customers.OrderBy(c => c.City).Skip(1).Take(2).ToListAsync();", "ORDER BY \"c\".\"City\"", "ORDER BY \"c\".\"City\", \"c\".\"Id\"")]
    [InlineData("return await db.Customers.OrderByDescending(c => c.IsActive).ThenBy(c => c.City).Select(c => c.Name).Skip(1).ToListAsync();", "\"c\".\"City\"", "\"c\".\"City\", \"c\".\"Id\"")]
    [InlineData("return await db.Stocks.OrderBy(s => s.WarehouseId).Skip(1).ToListAsync();", "ORDER BY \"s\".\"WarehouseId\"", "ORDER BY \"s\".\"WarehouseId\", \"s\".\"ProductId\"")]
    [InlineData(
        "IQueryable<Order> q = db.Orders; q = db is null ? q.OrderBy(o => o.PlacedAt) : q.OrderBy(o => o.CustomerId); return await q.Skip(1).Take(3).ToListAsync();",
        "ORDER BY \"o\".\"CustomerId\"", "ORDER BY \"o\".\"CustomerId\", \"o\".\"Id\"")]
    public async Task FixedQuery_GivesTheSamePage(string statements, string before, string after)
    {
        var source = $$"""
            public static class Scenario
            {
                public static async Task<object?> Run(ShopContext db)
                {
                    {{statements}}
                }
            }
            """;
        var run = await BeforeAndAfter.Of<BP1016PagingWithoutTiebreakerAnalyzer, BP1016PagingWithoutTiebreakerFix>(source);
        Assert.NotEqual(source, run.FixedSource);
        Assert.Equal(run.Before.Answer, run.After.Answer);
        Assert.Equal((1, 1), (run.Before.Commands.Count, run.After.Commands.Count));
        Assert.Contains(before + "\n", run.Before.Commands[0].Replace("\r", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains(after + "\n", run.After.Commands[0].Replace("\r", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }
}

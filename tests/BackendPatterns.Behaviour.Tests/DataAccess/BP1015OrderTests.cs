using BackendPatterns.Analyzers.CodeFixes.DataAccess;
using BackendPatterns.Analyzers.Rules.DataAccess;
using BackendPatterns.Behaviour.Tests.Framework;

namespace BackendPatterns.Behaviour.Tests.DataAccess;

/// <summary>The fix of BP1015 asks for an order and gets the same rows: SQLite happens to return them by key.</summary>
public class BP1015OrderTests
{
    [Theory]
    [InlineData("return await db.Orders.Where(o => o.Total > 7).Skip(1).Take(3).ToListAsync();", "ORDER BY \"o\".\"Id\"")]
    [InlineData("var q = db.Customers.AsQueryable(); if (db != null) q = q.Where(c => c.IsActive); q = q.Skip(1); return await q.ToListAsync();", "ORDER BY \"c\".\"Id\"")]
    [InlineData("return await db.Orders.Select(o => new { o.Number, o.Total }).Skip(2).Take(2).ToListAsync();", "ORDER BY \"o\".\"Id\"")]
    [InlineData("return await db.Customers.Select(c => c.City).Distinct().Skip(1).ToListAsync();", "ORDER BY \"c0\".\"City\"")]
    [InlineData("return await db.Stocks.Skip(1).Take(2).ToListAsync();", "ORDER BY \"s\".\"WarehouseId\", \"s\".\"ProductId\"")]
    [InlineData("return await Page(db.Orders.Where(o => o.Id > 1), 1).ToListAsync();", "ORDER BY \"o\".\"Id\"")]
    public async Task FixedQuery_OrdersTheSameRows(string statements, string order)
    {
        var source = $$"""
            public static class Scenario
            {
                public static async Task<object?> Run(ShopContext db)
                {
                    {{statements}}
                }

                public static IQueryable<T> Page<T>(IQueryable<T> query, int page) => query.Skip(page * 2).Take(2);
            }
            """;
        var run = await BeforeAndAfter.Of<BP1015PagingWithoutOrderAnalyzer, BP1015PagingWithoutOrderFix>(source);
        Assert.NotEqual(source, run.FixedSource);
        Assert.Equal(run.Before.Answer, run.After.Answer);
        Assert.Equal((1, 1), (run.Before.Commands.Count, run.After.Commands.Count));
        Assert.DoesNotContain("ORDER BY", run.Before.Commands[0], StringComparison.Ordinal);
        Assert.Contains(order, run.After.Commands[0], StringComparison.Ordinal);
    }
}

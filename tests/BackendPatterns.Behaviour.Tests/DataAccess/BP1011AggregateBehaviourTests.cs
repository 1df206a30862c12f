using BackendPatterns.Analyzers.CodeFixes.DataAccess;
using BackendPatterns.Analyzers.Rules.DataAccess;
using BackendPatterns.Behaviour.Tests.Framework;

namespace BackendPatterns.Behaviour.Tests.DataAccess;

/// <summary>The fix of BP1011 gives the same answer, made by the database.</summary>
public class BP1011AggregateBehaviourTests
{
    [Theory]
    [InlineData("return (await db.Customers.ToListAsync()).Count;", 9, 1)]
    [InlineData("return (await db.Customers.Where(c => c.Id > 77).ToListAsync()).Count == 0;", 9, 1)]
    [InlineData("return (await db.Customers.ToListAsync()).Count(c => c.Phone == null) > 0;", 9, 1)]
    [InlineData("return (await db.Customers.ToListAsync()).Any(c => c.City == \"ulm\");", 9, 1)]
    [InlineData("return (await db.Customers.ToListAsync()).Any(c => c.City == \"Ulm\" && c.CreatedAt.Year > 2000);", 9, 1)]
    [InlineData("return (await db.Customers.ToListAsync()).All(c => c.Name.Contains(\"a\") || !c.IsActive);", 9, 1)]
    [InlineData("return (await db.Customers.ToListAsync()).Sum(c => c.Points * 2 - 1);", 9, 1)]
    [InlineData("return (await db.Customers.Where(c => c.Id > 77).ToListAsync()).Sum(c => c.Points);", 9, 1)]
    [InlineData("return (await db.Customers.Where(c => c.Id > 77).ToListAsync()).Max(c => c.Points);", 9, 1)]
    [InlineData("return (await db.Customers.Where(c => c.Id > 77).ToListAsync()).Min(c => (int?)c.Points);", 9, 1)]
    [InlineData("return (await db.Orders.ToListAsync()).Sum(o => o.WarehouseId);", 7, 1)]
    [InlineData("return (await db.Orders.ToListAsync()).Max(o => o.PlacedAt);", 7, 1)]
    [InlineData("return (await db.Orders.ToListAsync()).Count(o => o.WarehouseId > 1 || o.CouponId == null);", 7, 1)]
    [InlineData("return (await db.Orders.ToListAsync()).Count(o => (o.WarehouseId ?? 0) != 1);", 7, 1)]
    [InlineData("return (await db.Orders.ToListAsync()).Count(o => o.WarehouseId != 1);", 7, 1)]
    [InlineData("var ids = new[] { 1, 3 }; return (await db.Customers.ToListAsync()).Count(c => ids.Contains(c.Id));", 9, 1)]
    [InlineData("var names = new List<string> { \"Ann\", \"ann\" }; return (await db.Customers.ToListAsync()).Count(c => !names.Contains(c.Name));", 9, 1)]
    [InlineData("return (await db.Customers.Select(c => c.Points).ToListAsync()).Contains(30);", 1, 1)]
    [InlineData("return (await db.Customers.Select(c => c.Points).ToListAsync()).Sum();", 1, 1)]
    [InlineData("return (await db.Customers.Select(c => new { c.City, Next = c.Points + 1 }).ToListAsync()).Max(x => x.Next);", 2, 1)]
    [InlineData("return (await db.Customers.ToListAsync()).First(c => c.Id == 77).Name;", 9, 9)]
    [InlineData("return (await db.Customers.ToListAsync()).FirstOrDefault(c => c.Id == 3)?.Name;", 9, 9)]
    [InlineData("return (await db.Customers.ToListAsync()).Single(c => c.IsActive).Name;", 9, 9)]
    [InlineData("return (await db.Customers.OrderBy(c => c.Id).ToListAsync()).Find(c => c.Region == Region.South)?.Name;", 9, 9)]
    [InlineData("return db.Customers.OrderBy(c => c.Points).ToList().Last().Name;", 9, 9)]
    [InlineData("var customers = await db.Customers.ToListAsync(); return customers.Count;", 9, 1)]
    [InlineData("var customers = await db.Customers.AsNoTracking().ToListAsync(); if (customers.Any(c => c.Points > 1000)) return 1; return 2;", 9, 1)]
    public async Task FixedQuery_GivesTheSameAnswer(string statements, int before, int after)
    {
        var source = SelectedColumns.Scenario(statements);
        var run = await BeforeAndAfter.Of<BP1011AggregateInMemoryAnalyzer, BP1011AggregateInMemoryFix>(source);
        Assert.NotEqual(source, run.FixedSource);
        Assert.Equal(run.Before.Answer, run.After.Answer);
        Assert.Equal(run.Before.Rows, run.After.Rows);
        Assert.Equal((1, 1), (run.Before.Commands.Count, run.After.Commands.Count));
        Assert.Equal((before, after), (SelectedColumns.Of(run.Before.Commands[0]), SelectedColumns.Of(run.After.Commands[0])));
    }
}

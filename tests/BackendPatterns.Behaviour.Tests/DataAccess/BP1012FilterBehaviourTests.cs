using BackendPatterns.Analyzers.CodeFixes.DataAccess;
using BackendPatterns.Analyzers.Rules.DataAccess;
using BackendPatterns.Behaviour.Tests.Framework;

namespace BackendPatterns.Behaviour.Tests.DataAccess;

/// <summary>The fix of BP1012 gives the same rows, chosen by the database.</summary>
public class BP1012FilterBehaviourTests
{
    [Theory]
    [InlineData("return (await db.Customers.ToListAsync()).Where(c => c.IsActive).ToList();", "WHERE")]
    [InlineData("return (await db.Customers.ToListAsync()).Where(c => c.City == \"Ulm\" || c.Phone == null).Select(c => c.Name).ToList();", "WHERE")]
    [InlineData("return (await db.Customers.ToListAsync()).Where(c => c.Region == Region.North && !c.IsActive).ToArray();", "WHERE")]
    [InlineData("return (await db.Customers.ToListAsync()).FindAll(c => c.CreatedAt.Month >= 1 && c.Name.Length > 2);", "WHERE")]
    [InlineData("return (await db.Customers.ToListAsync()).OrderByDescending(c => c.Points).ThenBy(c => c.Id).Skip(1).Take(2).ToList();", "ORDER BY")]
    [InlineData("return (await db.Customers.OrderBy(c => c.Id).ToListAsync()).Take(2).Select(c => c.Name).ToList();", "LIMIT")]
    [InlineData("return (await db.Customers.OrderBy(c => c.Id).ToListAsync()).Skip(2).ToList();", "OFFSET")]
    [InlineData("return (await db.Orders.Select(o => o.CustomerId).ToListAsync()).Distinct().OrderBy(i => i).ToList();", "DISTINCT")]
    [InlineData("return (await db.Orders.Select(o => new { o.CustomerId, o.WarehouseId }).ToListAsync()).Distinct().Count();", "DISTINCT")]
    [InlineData("return (await db.Orders.ToListAsync()).Where(o => o.WarehouseId > 1).Count();", "WHERE")]
    [InlineData("return (await db.Orders.Include(o => o.Lines).OrderBy(o => o.Id).ToListAsync()).Where(o => o.CouponId != null).Select(o => o.Lines.Count).ToList();", "WHERE")]
    [InlineData("var least = 20; var all = await db.Customers.OrderBy(c => c.Id).ToListAsync(); return all.Where(c => c.Points >= least).ToList();", "WHERE")]
    [InlineData("var sum = 0; foreach (var c in db.Customers.ToList().Where(c => c.IsActive)) sum += c.Points; return sum;", "WHERE")]
    [InlineData("return (await db.Orders.ToListAsync()).GroupBy(o => o.CustomerId).ToDictionary(g => g.Key, g => g.Count()).OrderBy(p => p.Key).Select(p => (p.Key, p.Value)).ToList();", "GROUP BY")]
    [InlineData("return (await db.Orders.ToListAsync()).GroupBy(o => o.CouponId).Select(g => new { g.Key, Sum = g.Sum(o => o.Total), Most = g.Max(o => o.Total), Least = g.Min(o => o.Id), Large = g.LongCount(o => o.Total > 10) }).OrderBy(x => x.Key).ToList();", "GROUP BY")]
    [InlineData("return (await db.Customers.ToListAsync()).Where(c => c.Points >= 0).GroupBy(c => c.City).Select(g => new { City = g.Key, Count = g.Count(c => c.IsActive || c.Phone == null) }).OrderByDescending(x => x.City).ToList();", "GROUP BY")]
    [InlineData("var all = await db.Customers.ToListAsync(); return all.GroupBy(c => new { c.Region, c.IsActive }).Select(g => new { g.Key.Region, g.Key.IsActive, Points = g.Sum(c => c.Points) }).ToDictionary(x => x.Region + \"/\" + x.IsActive, x => x.Points).OrderBy(p => p.Key).Select(p => (p.Key, p.Value)).ToList();", "GROUP BY")]
    public async Task FixedQuery_GivesTheSameRows(string statements, string clause)
    {
        var source = SelectedColumns.Scenario(statements);
        var run = await BeforeAndAfter.Of<BP1012FilterInMemoryAnalyzer, BP1012FilterInMemoryFix>(source);
        Assert.NotEqual(source, run.FixedSource);
        Assert.Equal(run.Before.Answer, run.After.Answer);
        Assert.Equal(run.Before.Rows, run.After.Rows);
        Assert.DoesNotContain(clause, Assert.Single(run.Before.Commands), StringComparison.Ordinal);
        Assert.Contains(clause, Assert.Single(run.After.Commands), StringComparison.Ordinal);
    }
}

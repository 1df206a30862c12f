using BackendPatterns.Analyzers.CodeFixes.DataAccess;
using BackendPatterns.Analyzers.Rules.DataAccess;
using BackendPatterns.Behaviour.Tests.Framework;

namespace BackendPatterns.Behaviour.Tests.DataAccess;

/// <summary>EF Core sends the same command without the include that BP1019 reports.</summary>
public class BP1019IncludeTests
{
    [Theory]
    [InlineData("return await db.Orders.Include(o => o.Lines).OrderBy(o => o.Id).Select(o => new { o.Id, Lines = o.Lines.Count }).ToListAsync();")]
    [InlineData("return await db.Orders.Include(o => o.Lines).OrderBy(o => o.Id).Select(o => new { o.Id, Prices = o.Lines.OrderBy(l => l.Id).Select(l => l.Price).ToList() }).ToListAsync();")]
    [InlineData("return await db.Orders.Include(o => o.Lines).Where(o => o.Lines.Any(l => l.Quantity > 3)).CountAsync();")]
    [InlineData("return db.Orders.Include(\"Lines\").Any(o => o.Id == 3);")]
    [InlineData("return db.Orders.Include(o => o.Lines).Sum(o => o.Total);")]
    [InlineData("var numbers = new List<string>(); foreach (var n in db.Orders.Include(o => o.Lines).OrderBy(o => o.Id).Select(o => o.Number)) numbers.Add(n); return numbers;")]
    public async Task DroppedInclude_ChangesNoCommand(string statements)
    {
        var run = await BeforeAndAfter.Of<BP1019RedundantIncludeAnalyzer, BP1019RedundantIncludeFix>(Source(statements));
        Assert.DoesNotContain("Include", run.FixedSource, StringComparison.Ordinal);
        Assert.Equal(run.Before.Answer, run.After.Answer);
        Assert.Equal(run.Before.Rows, run.After.Rows);
        Assert.Equal(run.Before.Commands, run.After.Commands);
    }

    [Theory]
    [InlineData("var all = new List<object?>(); foreach (var o in await db.Orders.Include(o => o.Lines).OrderBy(o => o.Id).ToListAsync()) all.Add((o.Id, o.CustomerId, o.CouponId, o.WarehouseId, o.Number, o.Total, o.PlacedAt, o.Lines.Count)); return all;")]
    [InlineData("var o = await db.Orders.Include(x => x.Lines).FirstOrDefaultAsync(x => x.Id == 77); return o is null ? \"none\" : $\"{o.Id} {o.CustomerId} {o.CouponId} {o.WarehouseId} {o.Number} {o.Total} {o.PlacedAt} {o.Lines.Count}\";")]
    [InlineData("var o = await db.Orders.Include(x => x.Lines).FirstAsync(x => x.Id == 2); return $\"{o.Id} {o.CustomerId} {o.CouponId} {o.WarehouseId} {o.Number} {o.Total} {o.PlacedAt} {o.Lines.Any()}\";")]
    [InlineData("return (await db.Orders.Include(o => o.Lines).ToListAsync()).Select(o => new { o.Id, o.CustomerId, o.CouponId, o.WarehouseId, o.Number, o.Total, o.PlacedAt, Lines = o.Lines.Count() }).OrderBy(o => o.Id).ToList();")]
    public async Task CountedRows_AreCountedByTheDatabase(string statements)
    {
        var run = await BeforeAndAfter.Of<BP1019RedundantIncludeAnalyzer, BP1019RedundantIncludeFix>(Source(statements));
        Assert.DoesNotContain("Include", run.FixedSource, StringComparison.Ordinal);
        Assert.Equal(run.Before.Answer, run.After.Answer);
        Assert.Equal(run.Before.Rows, run.After.Rows);
        Assert.Contains("LEFT JOIN", Assert.Single(run.Before.Commands), StringComparison.Ordinal);
        Assert.DoesNotContain("JOIN", Assert.Single(run.After.Commands), StringComparison.Ordinal);
    }

    private static string Source(string statements) => $$"""
        public static class Scenario
        {
            public static async Task<object?> Run(ShopContext db)
            {
                await Task.Yield();
                {{statements}}
            }
        }
        """;
}

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

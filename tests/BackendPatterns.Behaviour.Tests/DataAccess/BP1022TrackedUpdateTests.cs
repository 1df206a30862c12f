using BackendPatterns.Analyzers.CodeFixes.DataAccess;
using BackendPatterns.Analyzers.Rules.DataAccess;
using BackendPatterns.Behaviour.Tests.Framework;

namespace BackendPatterns.Behaviour.Tests.DataAccess;

/// <summary>Without the call that BP1022 reports the same rows are written, with fewer columns.</summary>
public class BP1022TrackedUpdateTests
{
    [Theory]
    [InlineData("var c = await db.Customers.FirstAsync(x => x.Id == 2); c.Name = \"Changed\"; db.Update(c); await db.SaveChangesAsync(); return c.Name;", 8, 1)]
    [InlineData("var c = await db.Customers.FindAsync(2); c!.Name = \"Changed\"; c.Points++; db.Customers.Update(c); await db.SaveChangesAsync(); return c.Name;", 8, 2)]
    [InlineData("var all = await db.Customers.Where(x => x.Id < 3).ToListAsync(); foreach (var c in all) { c.Name += \"!\"; db.Customers.Update(c); } await db.SaveChangesAsync(); return all.Count;", 16, 2)]
    [InlineData("var all = await db.Customers.Where(x => x.Id < 3).ToListAsync(); foreach (var c in all) { c.Name += \"!\"; } db.Customers.UpdateRange(all); await db.SaveChangesAsync(); return all.Count;", 16, 2)]
    [InlineData("var o = await db.Orders.Include(x => x.Lines).FirstAsync(x => x.Id == 3); o.Lines[0].Quantity = 77; o.Lines.Add(new OrderLine { ProductId = 1 }); db.Update(o); await db.SaveChangesAsync(); return o.Lines.Count;", 7, 1)]
    public async Task SameRows_FromFewerColumns(string statements, int before, int after)
    {
        var source = Source(statements);
        var run = await BeforeAndAfter.Of<BP1022UpdateOfTrackedEntityAnalyzer, BP1022UpdateOfTrackedEntityFix>(source);
        Assert.NotEqual(source, run.FixedSource);
        Assert.Equal(run.Before.Answer, run.After.Answer);
        Assert.Equal(run.Before.Rows, run.After.Rows);
        Assert.Equal((before, after), (ColumnsOf(run.Before), ColumnsOf(run.After)));
    }

    /// <summary>The columns that <c>UPDATE</c> commands set.</summary>
    private static int ColumnsOf(ScenarioRun run) => run.Commands
        .SelectMany(command => command.Split("UPDATE ").Skip(1))
        .Sum(update => update[..update.IndexOf("WHERE", StringComparison.Ordinal)].Split(" = ").Length - 1);

    private static string Source(string statements) => $$"""
        public static class Registration
        {
            public static void Add(Action<Action<DbContextOptionsBuilder>> services) => AddDbContext<ShopContext>(services, options => options.UseSqlite("Data Source=shop.db"));

            private static void AddDbContext<T>(Action<Action<DbContextOptionsBuilder>> services, Action<DbContextOptionsBuilder> options) => services(options);
        }

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

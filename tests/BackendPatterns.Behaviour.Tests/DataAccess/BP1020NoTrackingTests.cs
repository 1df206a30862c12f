using BackendPatterns.Analyzers.CodeFixes.DataAccess;
using BackendPatterns.Analyzers.Rules.DataAccess;
using BackendPatterns.Behaviour.Tests.Framework;

namespace BackendPatterns.Behaviour.Tests.DataAccess;

/// <summary>The fix of BP1020 gives the same rows from the same commands, and the context tracks none of them.</summary>
public class BP1020NoTrackingTests
{
    [Theory]
    [InlineData("var rows = await db.Lines.OrderBy(x => x.Id).ToListAsync(); return rows.Select(x => new { x.Id, x.Price, x.Quantity, x.OrderId }).ToList();", "Lines")]
    [InlineData("var row = await db.Lines.FirstOrDefaultAsync(x => x.Id == 2); return row == null ? null : new { row.Id, row.Price, row.Quantity, row.OrderId };", "Lines")]
    [InlineData("var sum = 0m; foreach (var x in db.Lines.Where(x => x.Id > 1)) sum += x.Price * x.Quantity + x.Id; return sum;", "Lines")]
    [InlineData("var all = await db.Lines.ToDictionaryAsync(x => x.Id); return new { all[2].Price, all[2].Quantity, all[2].OrderId };", "Lines")]
    public async Task SameRows_NoneTracked(string statements, string table)
    {
        var source = Source(statements);
        var run = await BeforeAndAfter.Of<BP1020TrackedReadOnlyQueryAnalyzer, BP1020TrackedReadOnlyQueryFix>(source);
        Assert.Contains($"db.{table}.AsNoTracking()", run.FixedSource, StringComparison.Ordinal);
        Assert.Equal(run.Before.Rows, run.After.Rows);
        Assert.Equal(run.Before.Commands, run.After.Commands);
        var (before, after) = (TrackedIn(run.Before), TrackedIn(run.After));
        Assert.Equal(before.Answer, after.Answer);
        Assert.True(before.Tracked > 0);
        Assert.Equal(0, after.Tracked);
    }

    private static (string Answer, int Tracked) TrackedIn(ScenarioRun run)
    {
        using var answer = System.Text.Json.JsonDocument.Parse(run.Answer);
        return (answer.RootElement.GetProperty("Answer").ToString(), answer.RootElement.GetProperty("Tracked").GetInt32());
    }

    private static string Source(string statements) => $$"""
        public static class Reads
        {
            public static async Task<object?> Get(ShopContext db)
            {
                await Task.Yield();
                {{statements}}
            }
        }

        public static class Endpoints
        {
            public static void Map(Microsoft.AspNetCore.Routing.IEndpointRouteBuilder app) =>
                Microsoft.AspNetCore.Builder.EndpointRouteBuilderExtensions.MapGet(app, "/", async (ShopContext db) => await Reads.Get(db));
        }

        public static class Registration
        {
            public static void Add(Action<Action<DbContextOptionsBuilder>> services) => AddDbContext<ShopContext>(services, options => options.UseSqlite("Data Source=shop.db"));

            private static void AddDbContext<T>(Action<Action<DbContextOptionsBuilder>> services, Action<DbContextOptionsBuilder> options) => services(options);
        }

        public static class Scenario
        {
            public static async Task<object?> Run(ShopContext db)
            {
                var read = Delegate.CreateDelegate(typeof(Func<ShopContext, Task<object?>>), typeof(Reads), "Get");
                var answer = await ((Func<ShopContext, Task<object?>>)read)(db);
                return new { Answer = answer, Tracked = db.ChangeTracker.Entries().Count() };
            }
        }
        """;
}

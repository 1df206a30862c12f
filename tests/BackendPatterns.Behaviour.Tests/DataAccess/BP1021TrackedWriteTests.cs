using BackendPatterns.Analyzers.CodeFixes.DataAccess;
using BackendPatterns.Analyzers.Rules.DataAccess;
using BackendPatterns.Behaviour.Tests.Framework;

namespace BackendPatterns.Behaviour.Tests.DataAccess;

/// <summary>What BP1021 reports is lost, and what its fix loads is saved: the answers are the same, the rows in the database are not.</summary>
public class BP1021TrackedWriteTests
{
    [Theory]
    [InlineData("var c = await db.Customers.AsNoTracking().FirstAsync(x => x.Id == 2); c.Name = \"Changed\"; await db.SaveChangesAsync(); return c.Name;", 1)]
    [InlineData("var all = await db.Customers.AsNoTracking().OrderBy(x => x.Id).ToListAsync(); foreach (var c in all) c.Name = \"Changed\"; await db.SaveChangesAsync(); return all.Count;", 4)]
    [InlineData("foreach (var c in db.Customers.AsNoTracking().Where(x => x.Id < 3)) { c.Name = \"Changed\"; } db.SaveChanges(); return 0;", 2)]
    [InlineData("var o = await db.Orders.AsNoTracking().Include(x => x.Lines).FirstAsync(x => x.Id == 2); o.Lines[0].Quantity = 77; o.Number = \"Changed\"; await db.SaveChangesAsync(); return o.Lines.Count;", 2)]
    [InlineData("db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.TrackAll; var c = await db.Customers.AsNoTracking().SingleAsync(x => x.Id == 2); Rename(c); return await db.SaveChangesAsync() >= 0;", 1)]
    public async Task LostChange_IsSaved(string statements, int updates)
    {
        var run = await BeforeAndAfter.Of<BP1021UntrackedWriteLostAnalyzer, BP1021UntrackedWriteLostFix>(Source(statements));
        Assert.NotEqual(Source(statements), run.FixedSource);
        Assert.Equal(run.Before.Answer, run.After.Answer);
        Assert.Empty(UpdatesOf(run.Before));
        Assert.Equal(updates, UpdatesOf(run.After).Sum(command => command.Split("UPDATE ").Length - 1));
        Assert.DoesNotContain("Changed", run.Before.Rows, StringComparison.Ordinal);
        Assert.Contains("Changed", run.After.Rows, StringComparison.Ordinal);
    }

    private static IReadOnlyList<string> UpdatesOf(ScenarioRun run) => [.. run.Commands.Where(command => command.Contains("UPDATE ", StringComparison.Ordinal))];

    private static string Source(string statements) => $$"""
        public static class Scenario
        {
            public static async Task<object?> Run(ShopContext db)
            {
                await Task.Yield();
                {{statements}}
            }

            private static void Rename(Customer customer) => customer.Name = "Changed";
        }
        """;
}

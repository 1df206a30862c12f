using BackendPatterns.Analyzers.CodeFixes.Architecture;
using BackendPatterns.Analyzers.Rules.Architecture;
using BackendPatterns.Behaviour.Tests.Framework;

namespace BackendPatterns.Behaviour.Tests.DataAccess;

/// <summary>The fix of BP2003 gives the same answer with as many commands, loaded in the repository.</summary>
public class BP2003QueryableLeakBehaviourTests
{
    [Theory]
    [InlineData("return orders.Open().ToList();", 1)]
    [InlineData("return await orders.Open().ToArrayAsync();", 1)]
    [InlineData("var rows = await orders.Open().ToListAsync(); return rows.Count + rows.Sum(o => o.Id);", 1)]
    [InlineData("var rows = orders.Open().ToList(); rows.RemoveAt(0); rows.Reverse(); return rows;", 1)]
    [InlineData("var sum = 0; foreach (var order in orders.Open()) sum = sum * 3 + order.Id; return sum;", 1)]
    [InlineData("var ids = new List<int>(); foreach (var order in orders.Open()) { if (order.Id == 2) break; ids.Add(order.Id); } return ids;", 1)]
    [InlineData("foreach (var order in orders.Open()) order.Number += \"!\"; return await db.SaveChangesAsync();", null)]
    [InlineData("var twice = orders.Open().ToList().Count; return twice + (await orders.Open().ToListAsync()).Count;", 2)]
    [InlineData("foreach (var order in orders.Open()) { foreach (var other in orders.Open()) if (other.Id < order.Id) return other.Id; } return 0;", null)]
    public async Task MaterialisedRows_GiveTheSameAnswerWithTheSameCommands(string statements, int? commands)
    {
        var source = $$"""
            public interface IOrderRepository
            {
                IQueryable<Order> Open();
            }

            public class OrderRepository(ShopContext db) : IOrderRepository
            {
                public IQueryable<Order> Open() => db.Orders.Where(o => o.Total > 0).OrderBy(o => o.Id);
            }

            public class OrderReport(IOrderRepository orders, ShopContext db)
            {
                public async Task<object?> RunAsync()
                {
                    await Task.Yield();
                    _ = db;
                    {{statements}}
                }
            }

            public static class Scenario
            {
                public static Task<object?> Run(ShopContext db) => new OrderReport(new OrderRepository(db), db).RunAsync();
            }
            """;
        var run = await BeforeAndAfter.Of<BP2003QueryableLeakAnalyzer, BP2003QueryableLeakFix>(source);
        Assert.Contains("Task<IReadOnlyList<Order>> OpenAsync", run.FixedSource, StringComparison.Ordinal);
        Assert.DoesNotContain("IQueryable", run.FixedSource, StringComparison.Ordinal);
        Assert.Equal(run.Before.Answer, run.After.Answer);
        Assert.Equal(run.Before.Rows, run.After.Rows);
        Assert.Equal(run.Before.Commands, run.After.Commands);
        Assert.True(commands is null || commands == run.After.Commands.Count, string.Join("\n---\n", run.After.Commands));
    }
}

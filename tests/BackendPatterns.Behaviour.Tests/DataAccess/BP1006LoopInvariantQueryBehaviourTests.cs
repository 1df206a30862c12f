using BackendPatterns.Analyzers.CodeFixes.DataAccess;
using BackendPatterns.Analyzers.Rules.DataAccess;
using BackendPatterns.Behaviour.Tests.Framework;

namespace BackendPatterns.Behaviour.Tests.DataAccess;

/// <summary>One query before the loop gives the same answers as one per turn.</summary>
public class BP1006LoopInvariantQueryBehaviourTests
{
    [Fact]
    public Task SingleRow() => Same(7, 2, """
        var orders = await db.Orders.AsNoTracking().OrderBy(o => o.Id).ToListAsync();
        var sums = new List<int>();
        foreach (var order in orders)
        {
            var product = await db.Products.FirstOrDefaultAsync(p => p.Sku == "P3");
            sums.Add(order.Total + (product?.Price ?? 0));
        }

        return sums;
        """);

    [Fact]
    public Task MissingRow() => Same(7, 2, """
        var orders = await db.Orders.AsNoTracking().OrderBy(o => o.Id).ToListAsync();
        var names = new List<string>();
        foreach (var order in orders)
        {
            var product = await db.Products.AsNoTracking().FirstOrDefaultAsync(p => p.Sku == "nothing");
            names.Add(product == null ? "-" : product.Name);
        }

        return names;
        """);

    [Fact]
    public Task TrackedRow_IsTheSameObjectEachTurn() => Same(7, 2, """
        var orders = await db.Orders.AsNoTracking().OrderBy(o => o.Id).ToListAsync();
        var prices = new List<int>();
        foreach (var order in orders)
        {
            var product = await db.Products.FirstOrDefaultAsync(p => p.Sku == "P3");
            if (product != null)
                product.Price += order.Total;
            prices.Add(product?.Price ?? 0);
        }

        return prices;
        """);

    [Fact]
    public Task Conditional_AndNobodyAsks() => Same(1, 2, """
        var orders = await db.Orders.AsNoTracking().OrderBy(o => o.Id).ToListAsync();
        var sums = new List<int>();
        foreach (var order in orders)
        {
            if (order.Total > 1000)
                sums.Add(db.Products.Sum(p => p.Price));
        }

        return sums;
        """);

    [Fact]
    public Task NoElement() => Same(1, 2, """
        var orders = await db.Orders.AsNoTracking().Where(o => o.Id > 99).ToListAsync();
        var counts = new List<int>();
        foreach (var order in orders)
            counts.Add(order.Id + await db.Customers.CountAsync());
        return counts;
        """);

    [Fact]
    public Task ListThatIsRead() => Same(7, 2, """
        var orders = await db.Orders.AsNoTracking().OrderBy(o => o.Id).ToListAsync();
        var names = new List<string>();
        foreach (var order in orders)
        {
            var customers = await db.Customers.Where(c => c.IsActive).OrderBy(c => c.Id).Select(c => c.Name).ToListAsync();
            foreach (var name in customers)
                names.Add(order.Number + name);
        }

        return names;
        """);

    [Fact]
    public Task RowsAddedButNotSaved_AreNotSeenEitherWay() => Same(10, 5, """
        var ids = await db.Orders.OrderBy(o => o.Id).Select(o => o.CustomerId).ToListAsync();
        var counts = new List<int>();
        foreach (var id in ids)
        {
            counts.Add(await db.Notes.CountAsync());
            db.Notes.Add(new Note { OrderId = id, Text = "new" });
        }

        counts.Add(await db.Notes.CountAsync());
        counts.Add(await db.Orders.CountAsync());
        counts.Add(await db.Lines.CountAsync());
        return counts;
        """);

    [Fact]
    public Task ConditionOfFor() => Same(7, 1, """
        await Task.Yield();
        var sum = 0;
        for (var i = 0; i < db.Orders.Count(); i++)
            sum += i;
        return sum;
        """);

    private static Task Same(int commandsBefore, int commandsAfter, string body) =>
        BeforeAndAfter.SameAnswer<BP1006LoopInvariantQueryAnalyzer, BP1006LoopInvariantQueryFix>(
            $$"""
            public static class Scenario
            {
                public static async Task<object?> Run(ShopContext db)
                {
            {{string.Join('\n', body.Split('\n').Select(line => line.Length == 0 ? line : "        " + line))}}
                }
            }
            """,
            commandsBefore, commandsAfter);
}

using BackendPatterns.Analyzers.CodeFixes.DataAccess;
using BackendPatterns.Analyzers.Rules.DataAccess;
using BackendPatterns.Behaviour.Tests.Framework;

namespace BackendPatterns.Behaviour.Tests.DataAccess;

/// <summary>One save after the loop leaves the same rows: six orders, some of them twice in the list, or none at all.</summary>
public class BP1005SaveChangesInLoopBehaviourTests
{
    [Fact]
    public Task ChangedRows() => Same(7, 7, """
        var orders = await db.Orders.OrderBy(o => o.Id).ToListAsync();
        foreach (var order in orders)
        {
            order.Total += 1;
            await db.SaveChangesAsync();
        }

        return orders.Count;
        """, savesBefore: 6);

    [Fact]
    public Task RepeatedRows_AreWrittenOnce() => Same(7, 4, """
        var some = await db.Orders.Where(o => o.Id < 4).OrderBy(o => o.Id).ToListAsync();
        var orders = some.Concat(some).ToList();
        foreach (var order in orders)
        {
            order.Total += 1;
            await db.SaveChangesAsync();
        }

        return orders.Count;
        """, savesBefore: 6);

    [Fact]
    public Task NoElement() => Same(1, 1, """
        var orders = await db.Orders.Where(o => o.Id > 99).ToListAsync();
        foreach (var order in orders)
        {
            order.Total += 1;
            await db.SaveChangesAsync();
        }

        return orders.Count;
        """, savesBefore: 0);

    [Fact]
    public Task ConditionalChanges_WithNulls() => Same(5, 5, """
        var orders = await db.Orders.OrderBy(o => o.Id).ToListAsync();
        foreach (var order in orders)
        {
            if (order.WarehouseId == null)
                continue;
            order.Total = (int)order.WarehouseId;
            await db.SaveChangesAsync();
        }

        return orders.Count(o => o.WarehouseId == null);
        """, savesBefore: 4);

    [Fact]
    public Task NewRows() => Same(5, 5, """
        var texts = db.Notes.OrderBy(n => n.Id).Select(n => n.OrderId == null ? "" : "a").ToList();
        foreach (var text in texts)
        {
            var note = new Note { Text = text };
            db.Notes.Add(note);
            await db.SaveChangesAsync();
        }

        return await db.Notes.CountAsync();
        """, savesBefore: 3);

    [Fact]
    public Task RowsFoundByKey_MissingAndRepeated() => Same(10, 8, """
        var ids = db.Orders.OrderBy(o => o.Id).Select(o => o.CustomerId).ToList();
        foreach (var id in ids)
        {
            var product = await db.Products.FindAsync(id);
            if (product == null)
                continue;
            product.Price += 10;
            db.Products.Update(product);
            await db.SaveChangesAsync();
        }

        return ids.Count;
        """, savesBefore: 5);

    [Fact]
    public Task RemovedRows() => Same(4, 4, """
        var notes = await db.Notes.OrderBy(n => n.Id).ToListAsync();
        foreach (var note in notes)
        {
            db.Remove(note);
            await db.SaveChangesAsync();
        }

        return await Task.FromResult(notes.Count);
        """, savesBefore: 3);

    [Fact]
    public Task TwoSavesInATurn() => Same(13, 13, """
        var orders = await db.Orders.OrderBy(o => o.Id).ToListAsync();
        foreach (var order in orders)
        {
            order.Total = 5;
            await db.SaveChangesAsync();
            db.Notes.Add(new Note { Text = order.Number });
            await db.SaveChangesAsync();
        }

        return orders.Count;
        """, savesBefore: 12);

    /// <summary>SQLite takes one command per row either way; what it is spared is a transaction per row, which the number of saves shows.</summary>
    private static async Task Same(int commandsBefore, int commandsAfter, string body, int savesBefore)
    {
        var source = $$"""
            public static class Scenario
            {
                public static async Task<object?> Run(ShopContext db)
                {
            {{string.Join('\n', body.Split('\n').Select(line => line.Length == 0 ? line : "        " + line))}}
                }
            }
            """;
        var run = await BeforeAndAfter.Of<BP1005SaveChangesInLoopAnalyzer, BP1005SaveChangesInLoopFix>(source);
        Assert.NotEqual(source, run.FixedSource);
        Assert.Equal((run.Before.Answer, run.Before.Rows), (run.After.Answer, run.After.Rows));
        Assert.Equal((savesBefore, 1), (run.Before.Saves, run.After.Saves));
        Assert.True(
            (commandsBefore, commandsAfter) == (run.Before.Commands.Count, run.After.Commands.Count),
            $"got {run.Before.Commands.Count} and {run.After.Commands.Count}:\n{run.FixedSource}\n{string.Join("\n---\n", run.After.Commands)}");
    }
}

using static BackendPatterns.Behaviour.Tests.DataAccess.BatchScenario;

namespace BackendPatterns.Behaviour.Tests.DataAccess;

/// <summary>The batch rewrite of loops other than <c>foreach</c> over a list.</summary>
public class BP1001LoopShapeBehaviourTests
{
    [Fact]
    public Task CountedLoop() => Same(7, 2, """
        var orders = await db.Orders.AsNoTracking().OrderBy(o => o.Id).ToListAsync();
        var names = new List<string?>();
        for (var i = 0; i < orders.Count; i++)
        {
            var customer = await db.Customers.FirstOrDefaultAsync(c => c.Id == orders[i].CustomerId);
            names.Add(i + ":" + customer?.Name);
        }

        return names;
        """);

    [Fact]
    public Task CountedLoopOverAnArray_WithTheElementInALocal() => Same(7, 2, """
        var orders = await db.Orders.AsNoTracking().OrderBy(o => o.Id).ToArrayAsync();
        var sums = new List<int>();
        for (int i = 0; i < orders.Length; ++i)
        {
            var order = orders[i];
            var lines = db.Lines.Where(l => l.OrderId == order.Id).ToList();
            sums.Add(lines.Sum(l => l.Price));
        }

        return sums;
        """);

    [Fact]
    public Task CountedLoopOverKeys() => Same(3, 2, """
        var ids = new List<int>(await db.Orders.Where(o => o.Id > 4).OrderBy(o => o.Id).Select(o => o.CustomerId).ToListAsync());
        var names = new List<string?>();
        for (var i = 0; i < ids.Count; i++)
            names.Add(db.Customers.Find(ids[i])?.Name);
        return names;
        """);

    [Fact]
    public Task CountedLoopOverAnEmptyList() => Same(1, 2, """
        var ids = await db.Orders.Where(o => o.Id < 0).Select(o => o.CustomerId).ToListAsync();
        var found = new List<bool>();
        for (var i = 0; i < ids.Count; i++)
            found.Add(db.Customers.Any(c => c.Id == ids[i]));
        return found;
        """);

    [Fact]
    public Task Select_WithMissingAndRepeatedKeys() => Same(7, 2, """
        var orders = await db.Orders.AsNoTracking().OrderBy(o => o.Id).ToListAsync();
        return orders.Select(order => order.Number + db.Customers.FirstOrDefault(c => c.Id == order.CustomerId)?.Name).ToList();
        """);

    [Fact]
    public Task Select_ThrowsForTheMissingRow() => Same(6, 2, """
        var ids = await db.Orders.OrderBy(o => o.Id).Select(o => o.CustomerId).ToListAsync();
        return ids.Select(id => db.Customers.First(c => c.Id == id).Name).ToArray();
        """, answer: "throws System.InvalidOperationException");

    [Fact]
    public Task SelectIntoObjects_BehindOtherOperators() => Same(5, 2, """
        var orders = await db.Orders.AsNoTracking().OrderBy(o => o.Id).ToListAsync();
        return new
        {
            Count = orders.Count,
            Rows = orders.Where(o => o.Total > 14)
                .Select(o => new
                {
                    o.Number,
                    Lines = db.Lines.Where(l => l.OrderId == o.Id).OrderBy(l => l.Id).Select(l => l.Price).ToList(),
                })
                .OrderByDescending(o => o.Lines.Count)
                .ToList(),
        };
        """);

    [Fact]
    public Task WhereAndSumAndToDictionary() => Same(19, 4, """
        var orders = await db.Orders.AsNoTracking().OrderBy(o => o.Id).ToListAsync();
        var withLines = orders.Where(o => db.Lines.Any(l => l.OrderId == o.Id)).Select(o => o.Number).ToList();
        var count = orders.Sum(o => db.Lines.Count(l => l.OrderId == o.Id));
        var names = orders.ToDictionary(o => o.Number, o => db.Customers.Where(c => c.Id == o.CustomerId).Select(c => c.Name).FirstOrDefault());
        return new { withLines, count, names };
        """);

    [Fact]
    public Task SelectMany() => Same(7, 2, """
        var orders = await db.Orders.AsNoTracking().OrderBy(o => o.Id).ToListAsync();
        return orders.SelectMany(o => db.Lines.Where(l => l.OrderId == o.Id).OrderByDescending(l => l.Id).ToArray()).Select(l => l.Id).ToList();
        """);

    [Fact]
    public Task ListForEach() => Same(11, 3, """
        var orders = await db.Orders.AsNoTracking().OrderBy(o => o.Id).ToListAsync();
        var names = new List<string?>();
        orders.ForEach(order =>
        {
            var customer = db.Customers.Find(order.CustomerId);
            names.Add(customer?.Name);
            names.Add(db.Products.AsNoTracking().Count(p => p.Id == order.Id).ToString());
        });
        return names;
        """);

    [Fact]
    public Task WhenAll_OfAsynchronousLambdas() => Same(7, 2, """
        var orders = await db.Orders.AsNoTracking().OrderBy(o => o.Id).ToListAsync();
        var names = await Task.WhenAll(orders.Select(async order =>
        {
            var customer = await db.Customers.FirstOrDefaultAsync(c => c.Id == order.CustomerId);
            return order.Number + customer?.Name;
        }));
        return names;
        """);

    [Fact]
    public Task WhenAll_OfTasksHandedOn() => Same(7, 2, """
        var ids = await db.Orders.OrderBy(o => o.Id).Select(o => o.CustomerId).ToListAsync();
        var customers = await Task.WhenAll(ids.Select(id => db.Customers.SingleOrDefaultAsync(c => c.Id == id)).ToList());
        return customers.Select(c => c?.Name).ToList();
        """);

    [Fact]
    public Task WhenAll_ThrowsForTheMissingRow() => Same(7, 2, """
        var ids = await db.Orders.OrderBy(o => o.Id).Select(o => o.CustomerId).ToListAsync();
        return await Task.WhenAll(ids.Select(async id => (await db.Customers.FirstAsync(c => c.Id == id)).Name));
        """, answer: "throws System.InvalidOperationException");

    [Fact]
    public Task WhenAll_OfTwoQueries() => Same(13, 3, """
        var orders = await db.Orders.AsNoTracking().OrderBy(o => o.Id).ToListAsync();
        return await Task.WhenAll(orders.Select(async order => new
        {
            Name = (await db.Customers.FirstOrDefaultAsync(c => c.Id == order.CustomerId))?.Name,
            Lines = await db.Lines.CountAsync(l => l.OrderId == order.Id),
        }).ToArray());
        """);

    [Fact]
    public Task TasksInAVariable() => Same(7, 2, """
        var ids = await db.Orders.OrderBy(o => o.Id).Select(o => o.CustomerId).ToListAsync();
        var tasks = ids.Select(id => db.Orders.Where(o => o.CustomerId == id).CountAsync()).ToList();
        return await Task.WhenAll(tasks).ConfigureAwait(false);
        """);

    [Fact]
    public Task WhenAll_WithoutResults() => Same(7, 2, """
        var orders = await db.Orders.AsNoTracking().OrderBy(o => o.Id).ToListAsync();
        await Task.WhenAll(orders.Select(async order =>
        {
            var customer = await db.Customers.FirstOrDefaultAsync(c => c.Id == order.CustomerId);
            order.Number += customer?.Name;
        }));
        return orders;
        """);

    [Fact]
    public Task AwaitForEachOverAQuery() => Same(7, 2, """
        var names = new List<string?>();
        await foreach (var order in db.Orders.AsNoTracking().OrderBy(o => o.Id).AsAsyncEnumerable())
        {
            var customer = db.Customers.FirstOrDefault(c => c.Id == order.CustomerId);
            names.Add(customer?.Name);
        }

        return names;
        """);

    [Fact]
    public Task EnumeratedQueries() => Same(13, 3, """
        var orders = await db.Orders.AsNoTracking().OrderBy(o => o.Id).ToListAsync();
        var rows = new List<string>();
        foreach (var order in orders)
        {
            foreach (var line in db.Lines.Where(l => l.OrderId == order.Id).OrderByDescending(l => l.Price))
                rows.Add(order.Number + line.Price);
            await foreach (var note in db.Notes.AsNoTracking().Where(n => n.OrderId == order.Id).OrderBy(n => n.Id).AsAsyncEnumerable())
                rows.Add(note.Text);
        }

        return rows;
        """);

    [Fact]
    public Task NestedLoops() => Same(8, 4, """
        var orders = await db.Orders.AsNoTracking().Where(o => o.Id > 2 && o.Id < 5).OrderBy(o => o.Id).ToListAsync();
        var rows = new List<string>();
        foreach (var order in orders)
        {
            var lines = db.Lines.Where(l => l.OrderId == order.Id).OrderBy(l => l.Id).ToList();
            foreach (var line in lines)
                rows.Add(order.Number + db.Products.Find(line.ProductId)?.Name);
        }

        return rows;
        """);
}

using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.DataAccess.BP1001QueryInLoopAnalyzer, BackendPatterns.Analyzers.CodeFixes.DataAccess.BP1001QueryInLoopFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.DataAccess;

/// <summary>Counted loops, lambdas that LINQ runs per item, and enumerated queries.</summary>
public class BP1001BatchLoopFixTests
{
    [Fact]
    public Task CountedLoop_IsFixed() => Fixed(
        """
        for (var i = 0; i < orders.Count; i++)
        {
            var customer = await [|db.Customers.FindAsync([orders[i].CustomerId], cancellation)|];
            Console.WriteLine(customer?.Name + i);
        }
        """,
        """
        var customerIds = orders.Select(order => order.CustomerId).Distinct().ToList();
        var customersById = await db.Customers.Where(c => customerIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancellation);
        for (var i = 0; i < orders.Count; i++)
        {
            var customer = customersById.GetValueOrDefault(orders[i].CustomerId);
            Console.WriteLine(customer?.Name + i);
        }
        """);

    [Fact]
    public Task CountedLoopWithTheElementInALocal_IsFixed() => Fixed(
        """
        for (int i = 0; i < lines.Length; ++i)
        {
            var current = lines[i];
            var product = [|db.Products.Single(p => p.Id == current.ProductId)|];
            Console.WriteLine(product.Name);
        }

        for (var i = 0; i < ids.Count; i++)
            Console.WriteLine([|db.Customers.Find(ids[i])|]?.Name);
        """,
        """
        var productIds = lines.Select(current => current.ProductId).Distinct().ToList();
        var productsById = db.Products.Where(p => productIds.Contains(p.Id)).ToDictionary(p => p.Id);
        for (int i = 0; i < lines.Length; ++i)
        {
            var current = lines[i];
            var product = productsById.GetValueOrDefault(current.ProductId) ?? throw new InvalidOperationException("Sequence contains no elements.");
            Console.WriteLine(product.Name);
        }

        var distinctIds = ids.Distinct().ToList();
        var customersById = db.Customers.Where(c => distinctIds.Contains(c.Id)).ToDictionary(c => c.Id);
        for (var i = 0; i < ids.Count; i++)
            Console.WriteLine(customersById.GetValueOrDefault(ids[i])?.Name);
        """);

    [Fact]
    public Task Select_IsFixed() => Fixed(
        """
        var names = orders.Select(o => [|db.Customers.Find(o.CustomerId)|]?.Name).ToList();
        Console.WriteLine(names.Count);
        """,
        """
        var customerIds = orders.Select(o => o.CustomerId).Distinct().ToList();
        var customersById = db.Customers.Where(c => customerIds.Contains(c.Id)).ToDictionary(c => c.Id);
        var names = orders.Select(o => customersById.GetValueOrDefault(o.CustomerId)?.Name).ToList();
        Console.WriteLine(names.Count);
        """);

    [Fact]
    public Task SelectBehindOtherOperators_IsFixed() => Fixed(
        """
        // All of them.
        Console.WriteLine(orders
            .Where(o => o.Total > 5)
            .Select(o => new
            {
                o.Number,
                Lines = [|db.Lines
                    .Where(l => l.OrderId == o.Id)
                    .ToList()|],
            })
            .OrderBy(o => o.Number)
            .ToList());
        """,
        """
        var orderList = orders
            .Where(o => o.Total > 5)
            .ToList();
        var orderIds = orderList.Select(o => o.Id).Distinct().ToList();
        var linesByOrderId = db.Lines
            .Where(l => orderIds.Contains(l.OrderId))
            .ToLookup(l => l.OrderId);
        // All of them.
        Console.WriteLine(orderList
            .Select(o => new
            {
                o.Number,
                Lines = linesByOrderId[o.Id].ToList(),
            })
            .OrderBy(o => o.Number)
            .ToList());
        """);

    [Fact]
    public Task LoadedRowsOfASelect_GetAName_IsFixed() => Fixed(
        """
        var counts = (await db.Orders.ToListAsync(cancellation)).ToDictionary(order => order.Number, order => [|db.Lines.Count(l => l.OrderId == order.Id)|]);
        Console.WriteLine(counts.Count);
        """,
        """
        var orderList = await db.Orders.ToListAsync(cancellation);
        var orderIds = orderList.Select(order => order.Id).Distinct().ToList();
        var orderLineCountsByOrderId = db.Lines
            .Where(l => orderIds.Contains(l.OrderId))
            .GroupBy(l => l.OrderId)
            .Select(rows => new { rows.Key, Count = rows.Count() })
            .ToDictionary(rows => rows.Key, rows => rows.Count);
        var counts = orderList.ToDictionary(order => order.Number, order => orderLineCountsByOrderId.GetValueOrDefault(order.Id));
        Console.WriteLine(counts.Count);
        """);

    [Fact]
    public Task WhenAll_IsFixed() => Fixed(
        """
        var names = await Task.WhenAll(orders.Select(async order =>
        {
            var customer = await [|db.Customers.FindAsync(order.CustomerId)|];
            return customer?.Name;
        }));
        var customers = await Task.WhenAll(ids.Select(id => [|db.Customers.FirstAsync(c => c.Id == id)|])).ConfigureAwait(false);
        Console.WriteLine(names.Length + customers.Length);
        """,
        """
        var customerIds = orders.Select(order => order.CustomerId).Distinct().ToList();
        var customersById = await db.Customers.Where(c => customerIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id);
        var names = orders.Select(order =>
        {
            var customer = customersById.GetValueOrDefault(order.CustomerId);
            return customer?.Name;
        }).ToArray();
        var distinctIds = ids.Distinct().ToList();
        var customersById2 = await db.Customers.Where(c => distinctIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id);
        var customers = ids.Select(id => customersById2.GetValueOrDefault(id) ?? throw new InvalidOperationException("Sequence contains no elements.")).ToArray();
        Console.WriteLine(names.Length + customers.Length);
        """);

    [Fact]
    public Task TasksInAVariable_AreFixed() => Fixed(
        """
        // Names first.
        var tasks = orders.Select(async order =>
        {
            var customer = await [|db.Customers.FindAsync(order.CustomerId)|];
            return customer?.Name;
        });
        var names = await Task.WhenAll(tasks);
        Console.WriteLine(names.Length);
        """,
        """
        var customerIds = orders.Select(order => order.CustomerId).Distinct().ToList();
        var customersById = await db.Customers.Where(c => customerIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id);
        // Names first.
        var names = orders.Select(order =>
        {
            var customer = customersById.GetValueOrDefault(order.CustomerId);
            return customer?.Name;
        }).ToArray();
        Console.WriteLine(names.Length);
        """);

    [Fact]
    public Task WhenAllWithoutResults_BecomesALoop_IsFixed() => Fixed(
        """
        await Task.WhenAll(orders.Select(async order =>
        {
            // One line is enough.
            order.Total = (await [|db.Lines.Where(l => l.OrderId == order.Id).ToListAsync()|]).Count;
        }));
        """,
        """
        var orderIds = orders.Select(order => order.Id).Distinct().ToList();
        var linesByOrderId = (await db.Lines.Where(l => orderIds.Contains(l.OrderId)).ToListAsync()).ToLookup(l => l.OrderId);
        foreach (var order in orders)
        {
            // One line is enough.
            order.Total = linesByOrderId[order.Id].ToList().Count;
        }
        """);

    [Fact]
    public Task WhenAllThatAwaitsMore_StaysAsynchronous_IsFixed() => Fixed(
        """
        await Task.WhenAll(orders.Select(async order =>
        {
            await Task.Delay(1, cancellation);
            order.Total = await [|db.Lines.CountAsync(l => l.OrderId == order.Id)|];
        }));
        """,
        """
        var orderIds = orders.Select(order => order.Id).Distinct().ToList();
        var orderLineCountsByOrderId = await db.Lines
            .Where(l => orderIds.Contains(l.OrderId))
            .GroupBy(l => l.OrderId)
            .Select(rows => new { rows.Key, Count = rows.Count() })
            .ToDictionaryAsync(rows => rows.Key, rows => rows.Count);
        await Task.WhenAll(orders.Select(async order =>
        {
            await Task.Delay(1, cancellation);
            order.Total = orderLineCountsByOrderId.GetValueOrDefault(order.Id);
        }));
        """);

    [Fact]
    public Task AwaitForEach_IsFixed() => Fixed(
        """
        await foreach (var order in db.Orders.Where(o => o.Total > 5).AsAsyncEnumerable())
        {
            var lines2 = await [|db.Lines.Where(l => l.OrderId == order.Id).ToListAsync()|];
            Console.WriteLine(lines2.Count);
        }
        """,
        """
        var orderList = await db.Orders.Where(o => o.Total > 5).ToListAsync();
        var orderIds = orderList.Select(order => order.Id).Distinct().ToList();
        var linesByOrderId = (await db.Lines.Where(l => orderIds.Contains(l.OrderId)).ToListAsync()).ToLookup(l => l.OrderId);
        foreach (var order in orderList)
        {
            var lines2 = linesByOrderId[order.Id].ToList();
            Console.WriteLine(lines2.Count);
        }
        """);

    [Fact]
    public Task EnumeratedQueries_AreFixed() => Fixed(
        """
        foreach (var order in orders)
        {
            foreach (var line in [|db.Lines.Where(l => l.OrderId == order.Id).OrderBy(l => l.Price)|])
                order.Total += line.Price;
            await foreach (var line in [|db.Lines.Where(l => l.OrderId == order.Id).AsAsyncEnumerable()|])
                Console.WriteLine(line.Id);
        }
        """,
        """
        var orderIds = orders.Select(order => order.Id).Distinct().ToList();
        var linesByOrderId = db.Lines.Where(l => orderIds.Contains(l.OrderId)).OrderBy(l => l.Price).ToLookup(l => l.OrderId);
        var linesByOrderId2 = (await db.Lines.Where(l => orderIds.Contains(l.OrderId)).ToListAsync()).ToLookup(l => l.OrderId);
        foreach (var order in orders)
        {
            foreach (var line in linesByOrderId[order.Id])
                order.Total += line.Price;
            foreach (var line in linesByOrderId2[order.Id])
                Console.WriteLine(line.Id);
        }
        """);

    [Theory]
    // The counter does not run through the whole list, or the list changes.
    [InlineData("for (var i = 1; i < orders.Count; i++) { var c = await [|db.Customers.FindAsync(orders[i].CustomerId)|]; Console.WriteLine(c); }")]
    [InlineData("for (var i = 0; i < orders.Count; i += 2) { var c = await [|db.Customers.FindAsync(orders[i].CustomerId)|]; Console.WriteLine(c); }")]
    [InlineData("for (var i = orders.Count - 1; i >= 0; i--) { var c = await [|db.Customers.FindAsync(orders[i].CustomerId)|]; Console.WriteLine(c); }")]
    [InlineData("for (var i = 0; i < orders.Count; i++) { var c = await [|db.Customers.FindAsync(orders[i].CustomerId)|]; if (c == null) orders.Add(new Order()); }")]
    [InlineData("for (var i = 0; i < orders.Count; i++) { var c = await [|db.Customers.FindAsync(orders[i].CustomerId)|]; orders[i] = new Order(); Console.WriteLine(c); }")]
    [InlineData("for (var i = 0; i < orders.Count; i++) { var c = await [|db.Customers.FindAsync(orders[i].CustomerId)|]; Keep(orders[i]); Console.WriteLine(c); }")]
    [InlineData("for (var i = 0; i < orders.Count; i++) { var c = await [|db.Customers.FindAsync(orders[i].CustomerId)|]; i++; Console.WriteLine(c); }")]
    [InlineData("for (var i = 0; i < kept.Count; i++) { var c = await [|db.Customers.FindAsync(kept[i].CustomerId)|]; Console.WriteLine(c); }")]
    // The lambda runs later, not for every item, or after something else.
    [InlineData("var later = orders.Select(o => [|db.Customers.Find(o.CustomerId)|]); Console.WriteLine(later);")]
    [InlineData("var some = orders.Select(o => [|db.Customers.Find(o.CustomerId)|]).Take(3).ToList(); Console.WriteLine(some);")]
    [InlineData("var maybe = warehouse > 3 ? orders.Select(o => [|db.Customers.Find(o.CustomerId)|]).ToList() : null; Console.WriteLine(maybe);")]
    [InlineData("Console.WriteLine(\"{0} {1}\", await db.SaveChangesAsync(), orders.Select(o => [|db.Customers.Find(o.CustomerId)|]).ToList());")]
    [InlineData("foreach (var name in orders.Select(o => [|db.Customers.Find(o.CustomerId)|]!.Name)) { Console.WriteLine(name); }")]
    [InlineData("var names = orders.Select(o => [|db.Customers.Find(o.CustomerId)|]).Select(c => db.SaveChanges()).ToList(); Console.WriteLine(names);")]
    [InlineData("var groups = ids.GroupBy(id => id % 7, (key, all) => [|db.Customers.Find(key)|]).ToList(); Console.WriteLine(groups.Count);")]
    [InlineData("ids.ForEach(async id => Console.WriteLine(await [|db.Customers.FindAsync(id)|]));")]
    // The tasks are not awaited together, fail apart from each other, or are more than the query.
    [InlineData("var tasks = orders.Select(async o => await [|db.Customers.FindAsync(o.CustomerId)|]).ToList(); await Task.WhenAll(tasks); Console.WriteLine(tasks[0].Result);")]
    [InlineData("var tasks = orders.Select(async o => await [|db.Customers.FindAsync(o.CustomerId)|]); await db.SaveChangesAsync(); await Task.WhenAll(tasks);")]
    [InlineData("var tasks = orders.Select(async o => await [|db.Customers.FindAsync(o.CustomerId)|]); await Task.WhenAny(tasks);")]
    [InlineData("await Task.WhenAny(orders.Select(async o => await [|db.Customers.FindAsync(o.CustomerId)|]));")]
    [InlineData("await Task.WhenAll(orders.Select(async o => { o.Total = (await [|db.Customers.FirstAsync(c => c.Id == o.CustomerId)|]).Points; }));")]
    [InlineData("Console.WriteLine(await Task.WhenAll(/* at once */ orders.Select(async o => await [|db.Customers.FindAsync(o.CustomerId)|])));")]
    [InlineData("await Task.WhenAll(orders.Select(async o => { if (o.Total > 5) return; o.Total = await [|db.Lines.CountAsync(l => l.OrderId == o.Id)|]; }));")]
    [InlineData("await Task.WhenAll(orders.Select(o => [|db.Customers.FirstOrDefaultAsync(c => c.Id == o.CustomerId)|].ContinueWith(t => t.Result)));")]
    // An iterator, and a sequence of another provider.
    [InlineData("await foreach (var order in Stream()) { var c = await [|db.Customers.FindAsync(order.CustomerId)|]; Console.WriteLine(c); } async IAsyncEnumerable<Order> Stream() { await Task.Yield(); yield return orders[0]; }")]
    // Rows that are not tracked are new objects in every turn.
    [InlineData("foreach (var line in lines) { foreach (var other in [|db.Lines.AsNoTracking().Where(l => l.OrderId == line.OrderId)|]) other.Price++; }")]
    // A tracked row keeps a key that is not saved yet.
    [InlineData("lines[0].OrderId = 7; foreach (var order in orders) Console.WriteLine((await [|db.Lines.Where(l => l.OrderId == order.Id).ToListAsync()|]).Count);")]
    // Rows that nobody asked for would fill the customers of other orders.
    [InlineData("foreach (var order in orders) { if (order.Total > 5) Console.WriteLine(await [|db.Customers.FindAsync(order.CustomerId)|]); }")]
    [InlineData("foreach (var order in orders) { if (order.Total < 5) continue; Console.WriteLine(await [|db.Customers.FindAsync(order.CustomerId)|]); }")]
    public Task WhereTheAnswersAreNotProvablyTheSame_NoFixIsOffered(string statements) => Verify.NotFixed(BatchReport.Of(statements));

    private static Task Fixed(string before, string after) => Verify.Fixed(BatchReport.Of(before), BatchReport.Of(after));
}

using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.DataAccess.BP1001QueryInLoopAnalyzer, BackendPatterns.Analyzers.CodeFixes.DataAccess.BP1001QueryInLoopFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.DataAccess;

/// <summary><c>Any</c> becomes a set of keys, <c>Count</c> a dictionary of counts.</summary>
public class BP1001BatchCountFixTests
{
    [Fact]
    public Task AnyByForeignKey_IsFixed() => Fixed(
        """
        foreach (var order in orders)
        {
            if (!await [|db.Lines.AnyAsync(l => l.OrderId == order.Id && l.Price > 5, cancellation)|])
                order.Total = 0;
        }
        """,
        """
        var orderIds = orders.Select(order => order.Id).Distinct().ToList();
        var orderIdsInLines = (await db.Lines
                .Where(l => orderIds.Contains(l.OrderId) && l.Price > 5)
                .Select(l => l.OrderId)
                .Distinct()
                .ToListAsync(cancellation))
            .ToHashSet();
        foreach (var order in orders)
        {
            if (!orderIdsInLines.Contains(order.Id))
                order.Total = 0;
        }
        """);

    [Fact]
    public Task AnyByPrimaryKey_IsFixed() => Fixed(
        """
        foreach (var id in ids)
        {
            var exists = [|db.Customers.AsNoTracking().Where(c => c.IsActive).Any(c => c.Id == id)|];
            Console.WriteLine(exists);
        }
        """,
        """
        var distinctIds = ids.Distinct().ToList();
        var existingCustomerIds = db.Customers
            .AsNoTracking()
            .Where(c => c.IsActive)
            .Where(c => distinctIds.Contains(c.Id))
            .Select(c => c.Id)
            .ToHashSet();
        foreach (var id in ids)
        {
            var exists = existingCustomerIds.Contains(id);
            Console.WriteLine(exists);
        }
        """);

    [Fact]
    public Task AnyByNullableKeys_IsFixed() => Fixed(
        """
        foreach (var order in orders)
        {
            var product = await [|db.Products.AnyAsync(p => p.Id == order.CouponId)|];
            var other = await [|db.Orders.AnyAsync(o => o.CouponId == order.Id)|];
            Console.WriteLine(product || other);
        }
        """,
        """
        var couponIds = orders.Select(order => order.CouponId).OfType<int>().Distinct().ToList();
        var existingProductIds = (await db.Products.Where(p => couponIds.Contains(p.Id)).Select(p => (int?)p.Id).ToListAsync()).ToHashSet();
        var orderIds = orders.Select(order => order.Id).Distinct().ToList();
        var couponIdsInOrders = (await db.Orders
                .Where(o => o.CouponId.HasValue && orderIds.Contains(o.CouponId.Value))
                .Select(o => o.CouponId)
                .Distinct()
                .ToListAsync())
            .ToHashSet();
        foreach (var order in orders)
        {
            var product = existingProductIds.Contains(order.CouponId);
            var other = couponIdsInOrders.Contains(order.Id);
            Console.WriteLine(product || other);
        }
        """);

    [Fact]
    public Task Count_IsFixed() => Fixed(
        """
        foreach (var order in orders)
        {
            order.Total = await [|db.Lines.CountAsync(l => l.OrderId == order.Id, cancellation)|].ConfigureAwait(false);
        }
        """,
        """
        var orderIds = orders.Select(order => order.Id).Distinct().ToList();
        var orderLineCountsByOrderId = await db.Lines
            .Where(l => orderIds.Contains(l.OrderId))
            .GroupBy(l => l.OrderId)
            .Select(rows => new { rows.Key, Count = rows.Count() })
            .ToDictionaryAsync(rows => rows.Key, rows => rows.Count, cancellation).ConfigureAwait(false);
        foreach (var order in orders)
        {
            order.Total = orderLineCountsByOrderId.GetValueOrDefault(order.Id);
        }
        """);

    [Fact]
    public Task LongCountByNullableKeys_IsFixed() => Fixed(
        """
        foreach (var order in orders)
        {
            var same = [|db.Products.LongCount(p => p.Id == order.CouponId)|] + 1;
            var used = [|db.Orders.Where(o => o.CouponId == order.Id).LongCount()|];
            Console.WriteLine(same + used);
        }
        """,
        """
        var couponIds = orders.Select(order => order.CouponId).OfType<int>().Distinct().ToList();
        var productCountsById = db.Products
            .Where(p => couponIds.Contains(p.Id))
            .GroupBy(p => p.Id)
            .Select(rows => new { rows.Key, Count = rows.LongCount() })
            .ToDictionary(rows => rows.Key, rows => rows.Count);
        var orderIds = orders.Select(order => order.Id).Distinct().ToList();
        var orderCountsByCouponId = db.Orders
            .Where(o => o.CouponId.HasValue && orderIds.Contains(o.CouponId.Value))
            .GroupBy(o => o.CouponId!.Value)
            .Select(rows => new { rows.Key, Count = rows.LongCount() })
            .ToDictionary(rows => rows.Key, rows => rows.Count);
        foreach (var order in orders)
        {
            var same = (order.CouponId is { } couponId ? productCountsById.GetValueOrDefault(couponId) : 0) + 1;
            var used = orderCountsByCouponId.GetValueOrDefault(order.Id);
            Console.WriteLine(same + used);
        }
        """);

    [Theory]
    // Text is compared by the database's collation.
    [InlineData("foreach (var order in orders) { Console.WriteLine(await [|db.Customers.AnyAsync(c => c.Name == order.Number)|]); }")]
    [InlineData("foreach (var order in orders) { Console.WriteLine(await [|db.Products.CountAsync(p => p.Sku == order.Number)|]); }")]
    // Another comparison than equality, or one that depends on the turn in more than the key.
    [InlineData("foreach (var order in orders) { Console.WriteLine(await [|db.Lines.AnyAsync(l => l.OrderId > order.Id)|]); }")]
    [InlineData("foreach (var order in orders) { Console.WriteLine(await [|db.Lines.AnyAsync(l => l.OrderId == order.Id || l.Price > 3)|]); }")]
    [InlineData("foreach (var order in orders) { Console.WriteLine(await [|db.Lines.CountAsync(l => l.OrderId == order.Id && l.Price > order.Total)|]); }")]
    [InlineData("foreach (var line in lines) { Console.WriteLine(await [|db.Lines.CountAsync(l => l.OrderId == line.OrderId && l.ProductId == line.ProductId)|]); }")]
    // An order, a limit or a projection between the rows and the count.
    [InlineData("foreach (var order in orders) { Console.WriteLine(await [|db.Lines.Where(l => l.OrderId == order.Id).Take(3).CountAsync()|]); }")]
    [InlineData("foreach (var order in orders) { Console.WriteLine(await [|db.Lines.Where(l => l.OrderId == order.Id).Select(l => l.ProductId).Distinct().CountAsync()|]); }")]
    [InlineData("foreach (var order in orders) { Console.WriteLine(await [|db.Lines.Where(l => l.OrderId == order.Id).OrderBy(l => l.Id).AnyAsync()|]); }")]
    // The loop writes what it counts.
    [InlineData("foreach (var order in orders) { if (!await [|db.Lines.AnyAsync(l => l.OrderId == order.Id)|]) { db.Lines.Add(new OrderLine { OrderId = order.Id }); await db.SaveChangesAsync(); } }")]
    [InlineData("foreach (var order in orders) { var count = await [|db.Lines.CountAsync(l => l.OrderId == order.Id)|]; await db.Lines.Where(l => l.OrderId < count).ExecuteDeleteAsync(); }")]
    public Task WhereTheAnswersAreNotProvablyTheSame_NoFixIsOffered(string statements) => Verify.NotFixed(BatchReport.Of(statements));

    private static Task Fixed(string before, string after) => Verify.Fixed(BatchReport.Of(before), BatchReport.Of(after));
}

using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.DataAccess.BP1001QueryInLoopAnalyzer, BackendPatterns.Analyzers.CodeFixes.DataAccess.BP1001QueryInLoopFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.DataAccess;

/// <summary>Keys of several columns, unique indexes, keys of groups and tuples, and the first of several rows.</summary>
public class BP1001BatchKeyFixTests
{
    [Fact]
    public Task KeyOfTwoColumns_OneOfThemFixed_IsFixed() => Fixed(
        """
        foreach (var line in lines)
        {
            var found = await [|stock.Stocks.FirstOrDefaultAsync(s => s.WarehouseId == warehouse && s.ProductId == line.ProductId)|];
            Console.WriteLine(found?.Quantity);
        }
        """,
        """
        var productIds = lines.Select(line => line.ProductId).Distinct().ToList();
        var stocksByProductId = await stock.Stocks
            .Where(s => s.WarehouseId == warehouse && productIds.Contains(s.ProductId))
            .ToDictionaryAsync(s => s.ProductId);
        foreach (var line in lines)
        {
            var found = stocksByProductId.GetValueOrDefault(line.ProductId);
            Console.WriteLine(found?.Quantity);
        }
        """);

    [Fact]
    public Task FindByTwoColumns_OneOfThemFixed_IsFixed() => Fixed(
        """
        foreach (var line in lines)
        {
            var found = [|stock.Stocks.Find(warehouse, line.ProductId)|];
            Console.WriteLine(found?.Quantity);
        }
        """,
        """
        var productIds = lines.Select(line => line.ProductId).Distinct().ToList();
        var stocksByProductId = stock.Stocks
            .Where(s => s.WarehouseId == warehouse && productIds.Contains(s.ProductId))
            .ToDictionary(s => s.ProductId);
        foreach (var line in lines)
        {
            var found = stocksByProductId.GetValueOrDefault(line.ProductId);
            Console.WriteLine(found?.Quantity);
        }
        """);

    [Fact]
    public Task RowsByTwoColumns_OneOfThemFixed_AreFixed() => Fixed(
        """
        foreach (var product in ids)
        {
            var found = await [|stock.Stocks.Where(s => s.WarehouseId == warehouse).Where(s => s.ProductId == product && s.Quantity > 0).ToArrayAsync()|];
            Console.WriteLine(found.Length);
        }
        """,
        """
        var products = ids.Distinct().ToList();
        var stocksByProductId = (await stock.Stocks
                .Where(s => s.WarehouseId == warehouse)
                .Where(s => products.Contains(s.ProductId) && s.Quantity > 0)
                .ToListAsync())
            .ToLookup(s => s.ProductId);
        foreach (var product in ids)
        {
            var found = stocksByProductId[product].ToArray();
            Console.WriteLine(found.Length);
        }
        """);

    [Fact]
    public Task FirstOfSeveralRows_InAnOrderWithoutTies_IsFixed() => Fixed(
        """
        foreach (var id in ids)
        {
            var last = await [|db.Orders.AsNoTracking().Where(o => o.CustomerId == id).OrderByDescending(o => o.PlacedAt).ThenBy(o => o.Id).FirstOrDefaultAsync(cancellation)|];
            Console.WriteLine(last?.Number);
        }
        """,
        """
        var distinctIds = ids.Distinct().ToList();
        var firstOrdersByCustomerId = await db.Orders
            .AsNoTracking()
            .Where(o => distinctIds.Contains(o.CustomerId))
            .GroupBy(o => o.CustomerId)
            .Select(rows => rows.OrderByDescending(o => o.PlacedAt).ThenBy(o => o.Id).First())
            .ToDictionaryAsync(o => o.CustomerId, cancellation);
        foreach (var id in ids)
        {
            var last = firstOrdersByCustomerId.GetValueOrDefault(id);
            Console.WriteLine(last?.Number);
        }
        """);

    [Fact]
    public Task KeysOfGroupsAndTuples_AreFixed() => Fixed(
        """
        foreach (var group in lines.GroupBy(l => l.ProductId))
            Console.WriteLine((await [|db.Products.FindAsync(group.Key)|])?.Name + group.Count());
        foreach (var part in lines.Select(l => (l.OrderId, l.Price)).ToList())
            Console.WriteLine(await [|db.Orders.AnyAsync(o => o.Id == part.OrderId)|]);
        """,
        """
        var groups = lines.GroupBy(l => l.ProductId).ToList();
        var groupKeys = groups.Select(group => group.Key).Distinct().ToList();
        var productsById = await db.Products.Where(p => groupKeys.Contains(p.Id)).ToDictionaryAsync(p => p.Id);
        foreach (var group in groups)
            Console.WriteLine(productsById.GetValueOrDefault(group.Key)?.Name + group.Count());
        var parts = lines.Select(l => (l.OrderId, l.Price)).ToList();
        var orderIds = parts.Select(part => part.OrderId).Distinct().ToList();
        var existingOrderIds = (await db.Orders.Where(o => orderIds.Contains(o.Id)).Select(o => o.Id).ToListAsync()).ToHashSet();
        foreach (var part in parts)
            Console.WriteLine(existingOrderIds.Contains(part.OrderId));
        """);

    [Theory]
    // Several rows, and an order that leaves a choice, or one that the group would lose.
    [InlineData("foreach (var id in ids) { var o = await [|db.Orders.Where(o => o.CustomerId == id).FirstOrDefaultAsync()|]; Console.WriteLine(o); }")]
    [InlineData("foreach (var id in ids) { var o = await [|db.Orders.Where(o => o.CustomerId == id).OrderBy(o => o.PlacedAt).FirstOrDefaultAsync()|]; Console.WriteLine(o); }")]
    [InlineData("foreach (var id in ids) { var o = await [|db.Orders.Where(o => o.CustomerId == id).OrderBy(o => o.Id).SingleOrDefaultAsync()|]; Console.WriteLine(o); }")]
    [InlineData("foreach (var id in ids) { var o = await [|db.Orders.Include(o => o.Lines).Where(o => o.CustomerId == id).OrderBy(o => o.Id).FirstOrDefaultAsync()|]; Console.WriteLine(o); }")]
    [InlineData("foreach (var id in ids) { var o = await [|db.Orders.OrderBy(o => o.Id).FirstOrDefaultAsync(o => o.CustomerId == id)|]; Console.WriteLine(o); }")]
    [InlineData("foreach (var id in ids) { var o = await [|db.Orders.Where(o => o.CouponId == id).OrderBy(o => o.Id).FirstOrDefaultAsync()|]; Console.WriteLine(o); }")]
    // A part of the key is missing, or two parts depend on the turn.
    [InlineData("foreach (var line in lines) { var s = await [|stock.Stocks.FirstOrDefaultAsync(s => s.ProductId == line.ProductId)|]; Console.WriteLine(s); }")]
    [InlineData("foreach (var line in lines) { var s = await [|stock.Stocks.FirstOrDefaultAsync(s => s.ProductId == line.ProductId && s.WarehouseId == line.Id)|]; Console.WriteLine(s); }")]
    [InlineData("foreach (var line in lines) { var s = await [|stock.Stocks.FindAsync((long)line.Id, line.ProductId)|]; Console.WriteLine(s); }")]
    [InlineData("foreach (var line in lines) { var s = await [|stock.Stocks.FindAsync(7, line.ProductId)|]; Console.WriteLine(s); }")]
    [InlineData("foreach (var line in lines) { warehouse++; var s = await [|stock.Stocks.FindAsync(warehouse, line.ProductId)|]; Console.WriteLine(s); }")]
    // Both sides may be null, and text.
    [InlineData("foreach (var order in orders) { Console.WriteLine(await [|db.Orders.AnyAsync(o => o.CouponId == order.CouponId)|]); }")]
    [InlineData("foreach (var order in orders) { var p = await [|db.Products.FirstOrDefaultAsync(p => p.Sku == order.Number)|]; Console.WriteLine(p); }")]
    public Task WhereTheAnswersAreNotProvablyTheSame_NoFixIsOffered(string statements) => Verify.NotFixed(BatchReport.Of(statements));

    private static Task Fixed(string before, string after) => Verify.Fixed(BatchReport.Of(before), BatchReport.Of(after));
}

using static BackendPatterns.Behaviour.Tests.DataAccess.BatchScenario;

namespace BackendPatterns.Behaviour.Tests.DataAccess;

/// <summary>Keys of several columns, keys of other items than rows, and the first of several rows.</summary>
public class BP1001KeyBehaviourTests
{
    [Fact]
    public Task KeyOfTwoColumns_OneOfThemTheSameInEveryTurn() => Same(6, 2, """
        long warehouse = 7;
        var products = await db.Products.AsNoTracking().OrderBy(p => p.Id).ToListAsync();
        var quantities = new List<int?>();
        foreach (var product in products)
        {
            var stock = await db.Stocks.FirstOrDefaultAsync(s => s.WarehouseId == warehouse && s.ProductId == product.Id);
            quantities.Add(stock?.Quantity);
        }

        return quantities;
        """);

    [Fact]
    public Task FindByTwoColumns_OneOfThemTheSameInEveryTurn() => Same(6, 2, """
        const long warehouse = 7;
        var products = await db.Products.AsNoTracking().OrderBy(p => p.Id).ToListAsync();
        var quantities = new List<int?>();
        foreach (var product in products)
            quantities.Add((await db.Stocks.FindAsync(warehouse, product.Id))?.Quantity);
        return quantities;
        """);

    [Fact]
    public Task RowsByTwoColumns_OneOfThemTheSameInEveryTurn() => Same(7, 2, """
        var product = 2;
        var orders = await db.Orders.AsNoTracking().OrderBy(o => o.Id).ToListAsync();
        var found = new List<object>();
        foreach (var order in orders)
            found.Add(db.Lines.Where(l => l.ProductId == product).Where(l => l.OrderId == order.Id).Select(l => l.Id).ToList());
        return found;
        """);

    [Fact]
    public Task LongAndGuidKeys() => Same(8, 4, """
        var stocks = await db.Stocks.AsNoTracking().OrderBy(s => s.Quantity).ToListAsync();
        var coupons = await db.Orders.Where(o => o.CouponId != null).OrderBy(o => o.Id).Select(o => o.CouponId!.Value).ToListAsync();
        var rows = new List<string?>();
        foreach (var stock in stocks)
            rows.Add((await db.Warehouses.SingleOrDefaultAsync(w => w.WarehouseId == stock.WarehouseId))?.Name);
        foreach (var id in coupons)
            rows.Add((await db.Coupons.FirstOrDefaultAsync(c => c.Id == id))?.Code);
        return rows;
        """);

    [Fact]
    public Task FirstRowOfEach_InAnOrderWithoutTies() => Same(15, 3, """
        var customers = await db.Orders.OrderBy(o => o.Id).Select(o => o.CustomerId).ToListAsync();
        customers.Add(4);
        var numbers = new List<string?>();
        foreach (var customer in customers)
        {
            var last = await db.Orders.Where(o => o.CustomerId == customer).OrderByDescending(o => o.PlacedAt).ThenBy(o => o.Id).FirstOrDefaultAsync();
            numbers.Add(last?.Number);
        }

        foreach (var customer in customers)
        {
            var first = db.Orders.AsNoTracking().Where(o => o.CustomerId == customer && o.Total > 7).OrderBy(o => o.Id).FirstOrDefault();
            numbers.Add(first?.Number);
        }

        return numbers;
        """);

    [Fact]
    public Task KeysOfGroupsPairsAndTuples() => Same(11, 4, """
        var orders = await db.Orders.AsNoTracking().OrderBy(o => o.Id).ToListAsync();
        var rows = new List<string?>();
        foreach (var group in orders.GroupBy(o => o.CustomerId))
            rows.Add((await db.Customers.FirstOrDefaultAsync(c => c.Id == group.Key))?.Name + group.Count());
        foreach (var pair in orders.Take(2).ToDictionary(o => o.Id * 3, o => o.Number))
            rows.Add((await db.Products.FirstOrDefaultAsync(p => p.Id == pair.Key))?.Name + pair.Value);
        foreach (var part in orders.Take(4).Select(o => (o.WarehouseId, o.Number)).ToList())
            rows.Add((await db.Warehouses.FirstOrDefaultAsync(w => w.WarehouseId == part.WarehouseId))?.Name + part.Number);
        return rows;
        """);
}

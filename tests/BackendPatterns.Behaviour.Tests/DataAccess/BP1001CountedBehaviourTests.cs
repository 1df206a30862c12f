using static BackendPatterns.Behaviour.Tests.DataAccess.BatchScenario;

namespace BackendPatterns.Behaviour.Tests.DataAccess;

/// <summary><c>Any</c> and <c>Count</c> in a loop: orders 1 and 6 have no lines, order 5 has four; customer 99 does not exist.</summary>
public class BP1001CountedBehaviourTests
{
    [Fact]
    public Task AnyByForeignKey_WithItemsWithoutRows() => Same(7, 2, """
        var orders = await db.Orders.AsNoTracking().OrderBy(o => o.Id).ToListAsync();
        var found = new List<bool>();
        foreach (var order in orders)
            found.Add(await db.Lines.AnyAsync(l => l.OrderId == order.Id && l.Quantity > 3));
        return found;
        """);

    [Fact]
    public Task AnyByPrimaryKey_WithMissingAndRepeatedKeys() => Same(7, 2, """
        var orders = await db.Orders.AsNoTracking().OrderBy(o => o.Id).ToListAsync();
        var gone = new List<string>();
        foreach (var order in orders)
        {
            if (!await db.Customers.Where(c => c.IsActive).AnyAsync(c => c.Id == order.CustomerId).ConfigureAwait(false))
                gone.Add(order.Number);
        }

        return gone;
        """);

    [Fact]
    public Task AnyOnAnEmptyList() => Same(1, 2, """
        var orders = await db.Orders.AsNoTracking().Where(o => o.Id < 0).ToListAsync();
        var found = new List<bool>();
        foreach (var order in orders)
            found.Add(db.Lines.Any(l => l.OrderId == order.Id));
        return found;
        """);

    [Fact]
    public Task AnyByAnItemKeyThatMayBeNull() => Same(13, 3, """
        var orders = await db.Orders.AsNoTracking().OrderBy(o => o.Id).ToListAsync();
        var found = new List<object>();
        foreach (var order in orders)
        {
            found.Add(await db.Coupons.AnyAsync(c => c.Id == order.CouponId));
            found.Add(db.Warehouses.Any(w => w.WarehouseId == order.WarehouseId));
        }

        return found;
        """);

    [Fact]
    public Task AnyByARowKeyThatMayBeNull() => Same(7, 2, """
        var orders = await db.Orders.AsNoTracking().OrderBy(o => o.Id).ToListAsync();
        var found = new List<bool>();
        foreach (var order in orders)
            found.Add(await db.Notes.Where(n => n.OrderId == order.Id).AnyAsync());
        return found;
        """);

    [Fact]
    public Task CountByForeignKey_WithItemsWithoutRows() => Same(7, 2, """
        var orders = await db.Orders.AsNoTracking().OrderBy(o => o.Id).ToListAsync();
        var counts = new List<int>();
        foreach (var order in orders)
            counts.Add(await db.Lines.CountAsync(l => l.OrderId == order.Id && l.Quantity > 2));
        return counts;
        """);

    [Fact]
    public Task CountWithDuplicatedItems() => Same(7, 2, """
        var customers = await db.Orders.OrderBy(o => o.Id).Select(o => o.CustomerId).ToListAsync();
        var counts = new List<long>();
        foreach (var customer in customers)
            counts.Add(db.Orders.Where(o => o.Total > 7).LongCount(o => o.CustomerId == customer));
        return counts;
        """);

    [Fact]
    public Task CountByKeysThatMayBeNull() => Same(13, 3, """
        var orders = await db.Orders.AsNoTracking().OrderBy(o => o.Id).ToListAsync();
        var counts = new List<long>();
        foreach (var order in orders)
        {
            counts.Add(await db.Warehouses.LongCountAsync(w => w.WarehouseId == order.WarehouseId));
            counts.Add(await db.Notes.CountAsync(n => n.OrderId == order.Id));
        }

        return counts;
        """);

    [Fact]
    public Task CountByEnum() => Same(2, 2, """
        var regions = await db.Customers.Where(c => c.Id < 2).Select(c => c.Region).ToListAsync();
        var counts = new List<int>();
        foreach (var region in regions)
            counts.Add(db.Customers.Count(c => c.Region == region));
        return counts;
        """);

    [Fact]
    public Task CountsAndRowsOfOneKey() => Same(13, 3, """
        var orders = await db.Orders.AsNoTracking().OrderBy(o => o.Id).ToListAsync();
        var rows = new List<string>();
        foreach (var order in orders)
        {
            if (await db.Lines.AnyAsync(l => l.OrderId == order.Id))
                rows.Add("has lines");
            rows.Add(order.Number + " of " + await db.Orders.CountAsync(o => o.CustomerId == order.CustomerId));
        }

        return rows;
        """);
}

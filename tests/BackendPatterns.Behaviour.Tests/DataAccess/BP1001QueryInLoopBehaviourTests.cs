using BackendPatterns.Analyzers.CodeFixes.DataAccess;
using BackendPatterns.Analyzers.Rules.DataAccess;
using BackendPatterns.Behaviour.Tests.Framework;

namespace BackendPatterns.Behaviour.Tests.DataAccess;

/// <summary>The batch rewrite gives the same answers: six orders, of customers 1, 2, 1, 3, 99 (missing), 2.</summary>
public class BP1001QueryInLoopBehaviourTests
{
    [Fact]
    public Task Find_WithMissingAndRepeatedKeys() => Same(7, 2, """
        var orders = await db.Orders.AsNoTracking().OrderBy(o => o.Id).ToListAsync();
        var names = new List<string?>();
        foreach (var order in orders)
        {
            var customer = await db.Customers.FirstOrDefaultAsync(c => c.Id == order.CustomerId);
            names.Add(customer?.Name);
        }

        return names;
        """);

    [Fact]
    public Task FindAsync_ServedFromTheTrackerForRepeatedKeys() => Same(5, 2, """
        var orders = await db.Orders.AsNoTracking().OrderBy(o => o.Id).ToListAsync();
        var names = new List<string?>();
        foreach (var order in orders)
        {
            var customer = await db.Customers.FindAsync(order.CustomerId);
            names.Add(customer?.Name);
        }

        return names;
        """);

    [Fact]
    public Task SynchronousFind() => Same(3, 2, """
        await Task.Yield();
        var ids = db.Orders.Where(o => o.Id < 4).OrderBy(o => o.Id).Select(o => o.CustomerId).ToArray();
        var names = new List<string?>();
        foreach (var id in ids)
            names.Add(id > 99 ? null : "found");
        foreach (var id in ids)
        {
            var customer = db.Customers.Find(id);
            names.Add(customer?.City);
        }

        return names;
        """);

    [Fact]
    public Task NullableKeys_WithNullAndDanglingValues() => Same(7, 2, """
        var orders = await db.Orders.AsNoTracking().OrderBy(o => o.Id).ToListAsync();
        var codes = new List<string?>();
        foreach (var order in orders)
        {
            var coupon = await db.Coupons.SingleOrDefaultAsync(c => c.Id == order.CouponId);
            codes.Add(coupon == null ? "-" : coupon.Code);
        }

        return codes;
        """);

    [Fact]
    public Task FindByNullableKey() => Same(3, 2, """
        var orders = await db.Orders.AsNoTracking().OrderBy(o => o.Id).ToListAsync();
        var names = new List<string?>();
        foreach (var order in orders)
        {
            var warehouse = await db.Warehouses.FindAsync(order.WarehouseId);
            names.Add(warehouse?.Name);
        }

        return names;
        """);

    [Fact]
    public Task First_ThrowsForTheMissingRow() => Same(6, 2, """
        var orders = await db.Orders.AsNoTracking().OrderBy(o => o.Id).ToListAsync();
        var names = new List<string>();
        foreach (var order in orders)
        {
            var customer = await db.Customers.FirstAsync(c => c.Id == order.CustomerId);
            names.Add(customer.Name);
        }

        return names;
        """, answer: "throws System.InvalidOperationException");

    [Fact]
    public Task Single_FindsEveryRow() => Same(5, 2, """
        var orders = await db.Orders.AsNoTracking().Where(o => o.CustomerId < 99 && o.Id < 5).OrderBy(o => o.Id).ToListAsync();
        var names = new List<string>();
        foreach (var order in orders)
        {
            var customer = db.Customers.Single(c => order.CustomerId == c.Id);
            names.Add(customer.Name);
        }

        return names;
        """);

    [Fact]
    public Task ExtraPredicate_IsKept() => Same(7, 2, """
        var active = true;
        var orders = await db.Orders.AsNoTracking().OrderBy(o => o.Id).ToListAsync();
        var names = new List<string?>();
        foreach (var order in orders)
        {
            var customer = await db.Customers.Where(c => c.Points > 5).FirstOrDefaultAsync(c => c.IsActive == active && c.Id == order.CustomerId);
            names.Add(customer?.Name);
        }

        return names;
        """);

    [Fact]
    public Task ForeignKey_WithItemsWithoutRows() => Same(7, 2, """
        var orders = await db.Orders.AsNoTracking().OrderBy(o => o.Id).ToListAsync();
        var sums = new List<object>();
        foreach (var order in orders)
        {
            var lines = await db.Lines.Where(l => l.OrderId == order.Id).OrderBy(l => l.Quantity).ToListAsync();
            sums.Add(new { order.Number, Quantities = lines.Select(l => l.Quantity), lines.Count });
        }

        return sums;
        """);

    [Fact]
    public Task ForeignKeyThatMayBeNull() => Same(7, 2, """
        var orders = await db.Orders.AsNoTracking().OrderBy(o => o.Id).ToListAsync();
        var texts = new List<string>();
        foreach (var order in orders)
        {
            var notes = await db.Notes.AsNoTracking().Where(n => n.OrderId == order.Id).OrderByDescending(n => n.Id).ToArrayAsync();
            texts.Add(string.Join(",", notes.Select(n => n.Text)));
        }

        return texts;
        """);

    [Fact]
    public Task ItemKeyThatMayBeNull_ForRows() => Same(7, 2, """
        var orders = await db.Orders.AsNoTracking().OrderBy(o => o.Id).ToListAsync();
        var counts = new List<int>();
        foreach (var order in orders)
        {
            var warehouses = await db.Warehouses.Where(w => w.WarehouseId == order.WarehouseId).ToListAsync();
            counts.Add(warehouses.Count);
        }

        return counts;
        """);

    [Fact]
    public Task EnumKeys() => Same(4, 2, """
        var regions = await db.Customers.Where(c => c.Id < 4).OrderBy(c => c.Id).Select(c => c.Region).ToListAsync();
        var counts = new List<string>();
        foreach (var region in regions)
        {
            var customers = await db.Customers.Where(c => c.Region == region).OrderBy(c => c.Id).ToListAsync();
            counts.Add(region + ":" + customers.Count);
        }

        return counts;
        """);

    [Fact]
    public Task ChangedRows_AreSavedOnce() => Same(10, 5, """
        var orders = await db.Orders.AsNoTracking().OrderBy(o => o.Id).ToListAsync();
        foreach (var order in orders)
        {
            var customer = await db.Customers.FirstOrDefaultAsync(c => c.Id == order.CustomerId);
            if (customer != null)
                customer.Points += order.Total;
        }

        await db.SaveChangesAsync();
        return orders.Count;
        """);

    [Fact]
    public Task RemovedRows_AreRemovedOnce() => Same(5, 4, """
        var lines = await db.Lines.AsNoTracking().Where(l => l.Id == 1 || l.Id == 9).OrderBy(l => l.Id).ToListAsync();
        foreach (var line in lines)
        {
            var note = await db.Notes.FirstOrDefaultAsync(n => n.Id == line.Id);
            if (note != null)
                db.Notes.Remove(note);
        }

        return await db.SaveChangesAsync() + await db.Notes.CountAsync();
        """);

    [Fact]
    public Task TwoQueriesInOneLoop() => Same(13, 3, """
        var orders = await db.Orders.AsNoTracking().OrderBy(o => o.Id).ToListAsync();
        var rows = new List<string>();
        foreach (var order in orders)
        {
            var customer = await db.Customers.FirstOrDefaultAsync(c => c.Id == order.CustomerId);
            var lines = await db.Lines.Where(l => l.OrderId == order.Id).ToListAsync();
            rows.Add(customer?.Name + lines.Sum(l => l.Price * l.Quantity));
        }

        return rows;
        """);

    [Fact]
    public Task EmptyList() => Same(1, 2, """
        var orders = await db.Orders.AsNoTracking().Where(o => o.Id < 0).ToListAsync();
        var names = new List<string?>();
        foreach (var order in orders)
        {
            var customer = await db.Customers.FirstOrDefaultAsync(c => c.Id == order.CustomerId);
            names.Add(customer?.Name);
        }

        return names;
        """);

    [Fact]
    public Task LoopOverAQuery() => Same(7, 2, """
        var names = new List<string?>();
        foreach (var order in db.Orders.AsNoTracking().OrderBy(o => o.Id))
        {
            var customer = await db.Customers.FirstOrDefaultAsync(c => c.Id == order.CustomerId);
            names.Add(customer?.Name);
        }

        return names;
        """);

    [Fact]
    public Task LazySequenceAndEarlyReturn() => Same(3, 2, """
        var orders = await db.Orders.AsNoTracking().OrderBy(o => o.Id).ToListAsync();
        var names = new List<string?>();
        foreach (var order in orders.Where(o => o.Total > 14 && o.Total < 29).ToList())
        {
            var customer = await db.Customers.FirstOrDefaultAsync(c => c.Id == order.CustomerId);
            if (customer == null)
                return null;
            names.Add(customer.Name + order.Total);
        }

        return names;
        """);

    [Theory]
    [InlineData("private static Task<Customer?> LoadAsync(ShopContext db, int id) => db.Customers.FirstOrDefaultAsync(c => c.Id == id);")]
    [InlineData("private static async Task<Customer?> LoadAsync(ShopContext db, int id) => await db.Customers.SingleOrDefaultAsync(c => c.Id == id);")]
    [InlineData("private static async Task<Customer?> LoadAsync(ShopContext shop, int id) { return await shop.Customers.SingleOrDefaultAsync(c => c.Id == id); }")]
    public Task PrivateMethodThatIsOneQuery(string helper) => Same(7, 2, """
        var orders = await db.Orders.AsNoTracking().OrderBy(o => o.Id).ToListAsync();
        var names = new List<string?>();
        foreach (var order in orders)
        {
            var customer = await LoadAsync(db, order.CustomerId);
            names.Add(customer?.Name);
        }

        return names;
        """, members: helper);

    [Fact]
    public Task PrivateMethodWithAProjection_ByANullableKey() => Same(7, 2, """
        var orders = await db.Orders.AsNoTracking().OrderBy(o => o.Id).ToListAsync();
        var codes = new List<string?>();
        foreach (var order in orders)
            codes.Add(await CodeAsync(db, order.CouponId));
        return codes;
        """, members: """
        private static async Task<string?> CodeAsync(ShopContext db, Guid? id) =>
            await db.Coupons.Where(c => c.Id == id).Select(c => c.Code).FirstOrDefaultAsync().ConfigureAwait(false);
        """);

    [Fact]
    public Task ProjectionByKey_WithMissingAndRepeatedKeys() => Same(19, 4, """
        var orders = await db.Orders.AsNoTracking().OrderBy(o => o.Id).ToListAsync();
        var rows = new List<object?>();
        foreach (var order in orders)
        {
            var name = await db.Customers.Where(c => c.Id == order.CustomerId).Select(c => c.Name).FirstOrDefaultAsync();
            var phone = await db.Customers.Where(c => c.Id == order.CustomerId).Select(c => c.Phone).SingleOrDefaultAsync();
            var points = db.Customers.Where(c => c.Id == order.CustomerId && c.IsActive).Select(c => c.Points * 2).SingleOrDefault();
            rows.Add(name);
            rows.Add(phone);
            rows.Add(points);
        }

        return rows;
        """);

    [Fact]
    public Task ProjectionToObjects_OrNull() => Same(7, 2, """
        var orders = await db.Orders.AsNoTracking().OrderBy(o => o.Id).ToListAsync();
        var rows = new List<string>();
        foreach (var order in orders)
        {
            var row = await db.Customers.Where(c => c.Id == order.CustomerId).Select(c => new { c.City, Label = c.Name + "!", c.Points }).FirstOrDefaultAsync();
            rows.Add(row == null ? "none" : row.City + row.Label + row.Points);
        }

        return rows;
        """);

    [Fact]
    public Task ProjectionToObjects_ThrowsForTheMissingRow() => Same(6, 2, """
        var orders = await db.Orders.AsNoTracking().OrderBy(o => o.Id).ToListAsync();
        var names = new List<string>();
        foreach (var order in orders)
        {
            var row = await db.Customers.Where(c => c.Id == order.CustomerId).Select(c => new { c.Name }).SingleAsync();
            names.Add(row.Name);
        }

        return names;
        """, answer: "throws System.InvalidOperationException");

    [Fact]
    public Task ProjectionToRowsByForeignKey() => Same(13, 3, """
        var orders = await db.Orders.AsNoTracking().OrderBy(o => o.Id).ToListAsync();
        var rows = new List<object>();
        foreach (var order in orders)
        {
            var quantities = await db.Lines.Where(l => l.OrderId == order.Id).OrderByDescending(l => l.Price).Select(l => l.Quantity).ToListAsync();
            var notes = await db.Notes.Where(n => n.OrderId == order.Id).OrderBy(n => n.Id).Select(n => new { n.Id, n.Text, n.OrderId }).ToArrayAsync();
            quantities.Add(order.Id);
            rows.Add(quantities);
            rows.Add(notes);
        }

        return rows;
        """);

    [Fact]
    public Task ProjectionToRowsByAKeyThatMayBeNull() => Same(7, 2, """
        var orders = await db.Orders.AsNoTracking().OrderBy(o => o.Id).ToListAsync();
        var rows = new List<object>();
        foreach (var order in orders)
            rows.Add(await db.Warehouses.Where(w => w.WarehouseId == order.WarehouseId).Select(w => w.Name).ToListAsync());
        return rows;
        """);

    private static async Task Same(int commandsBefore, int commandsAfter, string body, string? answer = null, string members = "")
    {
        var source = $$"""
            public static class Scenario
            {
                public static async Task<object?> Run(ShopContext db)
                {
            {{string.Join('\n', body.Split('\n').Select(line => line.Length == 0 ? line : "        " + line))}}
                }

                {{members}}
            }
            """;
        if (answer is not null)
            Assert.Equal(answer, (await BeforeAndAfter.Of<BP1001QueryInLoopAnalyzer, BP1001QueryInLoopFix>(source)).Before.Answer);
        await BeforeAndAfter.SameAnswer<BP1001QueryInLoopAnalyzer, BP1001QueryInLoopFix>(source, commandsBefore, commandsAfter);
    }
}

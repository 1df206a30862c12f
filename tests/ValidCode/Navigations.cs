using Microsoft.EntityFrameworkCore;

namespace ValidCode;

/// <summary>Navigations that have their value: included, given, filled by tracked rows, or loaded where needed.</summary>
public class Navigations(ShopContext db)
{
    public async Task<List<string>> Included()
    {
        var customers = await WithOrders(db.Customers).ToListAsync();
        return [.. customers.SelectMany(c => c.Orders).Select(o => $"{o.Number}: {o.Lines.Count}")];
    }

    public async Task<List<int>> IncludedWhereUsed(bool withLines)
    {
        IQueryable<Order> query = db.Orders;
        if (withLines)
            query = query.Include(o => o.Lines);
        var orders = await query.ToListAsync();
        return [.. orders.Select(o => withLines ? o.Lines.Count : 0)];
    }

    public async Task<List<string>> FilledByTrackedRows()
    {
        await db.Lines.Where(line => line.Quantity > 0).LoadAsync();
        var orders = await db.Orders.ToListAsync();
        return [.. orders.Select(o => $"{o.Number}: {o.Lines.Count}")];
    }

    public async Task<int> LoadedWhereNeeded(string number)
    {
        var count = 0;
        foreach (var order in await db.Orders.ToListAsync())
        {
            if (order.Number == number)
            {
                await db.Entry(order).Collection(o => o.Lines).LoadAsync();
                count += order.Lines.Count;
            }
        }

        return count;
    }

    private static IQueryable<Customer> WithOrders(IQueryable<Customer> customers) => customers.Include(c => c.Orders).ThenInclude(o => o.Lines);
}

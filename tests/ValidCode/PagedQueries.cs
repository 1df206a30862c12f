using Microsoft.EntityFrameworkCore;

namespace ValidCode;

/// <summary>Pages of an ordered query, and rows that need no order.</summary>
public class PagedQueries(ShopContext db)
{
    public Task<List<Order>> OrderedByHelper(int page) => Sorted(page > 3).Skip(page * 10).Take(10).ToListAsync();

    public async Task<List<Order>> OrderedOnEveryWay(string sort, int page)
    {
        IQueryable<Order> query = db.Orders;
        query = sort switch
        {
            "customer" => query.OrderBy(o => o.CustomerId).ThenBy(o => o.Id),
            _ => query.OrderBy(o => o.Id),
        };
        return await query.AsNoTracking().Skip(page * 10).Take(10).ToListAsync();
    }

    public Task<List<Order>> First() => db.Orders.Take(5).ToListAsync();

    public async Task<Order?> Any()
    {
        var count = await db.Orders.CountAsync();
        return await db.Orders.Skip(Random.Shared.Next(count)).FirstOrDefaultAsync();
    }

    private IQueryable<Order> Sorted(bool descending) =>
        descending ? db.Orders.OrderByDescending(o => o.Id) : db.Orders.OrderBy(o => o.Id);
}

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

public class SizedPage
{
    public const int Largest = 50;

    private int _size = 10;

    public int Number { get; set; } = 1;

    public int Size
    {
        get => _size;
        set => _size = value > Largest ? Largest : value;
    }
}

/// <summary>Page sizes that a caller chooses within limits.</summary>
[Microsoft.AspNetCore.Mvc.ApiController, Microsoft.AspNetCore.Mvc.Route("sized-orders"), Microsoft.AspNetCore.Authorization.Authorize]
public class SizedOrdersController(SizedOrders orders) : Microsoft.AspNetCore.Mvc.ControllerBase
{
    [Microsoft.AspNetCore.Mvc.HttpGet]
    public Task<List<int>> ByObject([Microsoft.AspNetCore.Mvc.FromQuery] SizedPage page) => orders.PageAsync(page);

    [Microsoft.AspNetCore.Mvc.HttpGet("clamped")]
    public Task<List<int>> Clamped(int page, int size) => orders.PageAsync(page, Math.Clamp(size, 1, 100));
}

public class SizedOrders(ShopContext db)
{
    public Task<List<int>> PageAsync(SizedPage page) =>
        db.Orders.OrderBy(o => o.Id).Skip((page.Number - 1) * page.Size).Take(page.Size).Select(o => o.Id).ToListAsync();

    public Task<List<int>> PageAsync(int page, int size) => db.Orders.OrderBy(o => o.Id).Skip(page * size).Take(size).Select(o => o.Id).ToListAsync();
}

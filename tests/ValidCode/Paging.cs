using Microsoft.EntityFrameworkCore;

namespace ValidCode;

/// <summary>One query per page, not per row.</summary>
public class Paging(ShopContext db, ILogger<Paging> logger)
{
    private const int PageSize = 500;

    public async Task<int> ByOffset()
    {
        var total = 0;
        for (var page = 0; ; page++)
        {
            var orders = await db.Orders.OrderBy(o => o.Id).Skip(page * PageSize).Take(PageSize).ToListAsync();
            if (orders.Count == 0)
                break;
            total += orders.Count;
            Write(orders);
        }

        return total;
    }

    public async Task ByKey(CancellationToken cancellationToken)
    {
        var lastId = 0;
        while (true)
        {
            var orders = await db.Orders.Where(o => o.Id > lastId).OrderBy(o => o.Id).Take(PageSize).ToListAsync(cancellationToken);
            if (orders.Count == 0)
                return;
            Write(orders);
            lastId = orders[^1].Id;
        }
    }

    public async Task UntilShortPage()
    {
        var skip = 0;
        List<Order> orders;
        do
        {
            orders = await db.Orders.OrderBy(o => o.Id).Skip(skip).Take(PageSize).ToListAsync();
            Write(orders);
            skip += PageSize;
        }
        while (orders.Count == PageSize);
    }

    public async Task Streamed()
    {
        await foreach (var order in db.Orders.AsNoTracking().OrderBy(o => o.Id).AsAsyncEnumerable())
            Write([order]);
    }

    private void Write(List<Order> orders) => logger.LogInformation("{Orders}", System.Text.Json.JsonSerializer.Serialize(orders));
}

using Microsoft.EntityFrameworkCore;

namespace ValidCode;

/// <summary>Synchronous access that is meant to be there, or cannot be awaited.</summary>
public class Asynchrony(ShopContext db)
{
    private readonly object _gate = new();

    public int Count => db.Orders.Count();

    public async Task<int> CallerChooses(bool isAsync, CancellationToken cancellationToken) =>
        isAsync ? await db.SaveChangesAsync(cancellationToken) : db.SaveChanges();

    public async Task<List<Order>> InMemory(CancellationToken cancellationToken)
    {
        var orders = await db.Orders.AsNoTracking().ToListAsync(cancellationToken);
        lock (_gate)
            return orders.Where(order => order.Total > 0).OrderBy(order => order.Id).ToList();
    }

    public async Task<(int Orders, int Customers)> StartedFirst(IDbContextFactory<ShopContext> factory, CancellationToken cancellationToken)
    {
        await using var other = await factory.CreateDbContextAsync(cancellationToken);
        var orders = db.Orders.CountAsync(cancellationToken);
        var customers = other.Customers.CountAsync(cancellationToken);
        await Task.WhenAll(orders, customers);
        return (orders.Result, customers.Result);
    }
}

using Microsoft.EntityFrameworkCore;

namespace ValidCode;

public interface IOrderRepository
{
    Task<Order?> FindAsync(int id, CancellationToken cancellationToken);

    Task<Dictionary<int, Order>> FindManyAsync(IReadOnlyCollection<int> ids, CancellationToken cancellationToken);

    Task SaveAsync(CancellationToken cancellationToken);
}

/// <summary>Loads and stores the entities of one aggregate.</summary>
public class OrderRepository(ShopContext db) : IOrderRepository
{
    public Task<Order?> FindAsync(int id, CancellationToken cancellationToken) =>
        db.Orders.Include(o => o.Lines).SingleOrDefaultAsync(o => o.Id == id, cancellationToken);

    public Task<Dictionary<int, Order>> FindManyAsync(IReadOnlyCollection<int> ids, CancellationToken cancellationToken) =>
        db.Orders.Where(o => ids.Contains(o.Id)).ToDictionaryAsync(o => o.Id, cancellationToken);

    public Task SaveAsync(CancellationToken cancellationToken) => db.SaveChangesAsync(cancellationToken);
}

public record OrderResult(int Id, string Number, decimal Total);

public interface IOrderService
{
    Task<OrderResult?> PayAsync(int id, CancellationToken cancellationToken);

    Task<List<OrderResult>> ListAsync(IReadOnlyCollection<int> ids, CancellationToken cancellationToken);
}

/// <summary>Rules and coordination above the repository: what endpoints talk to.</summary>
public class OrderService(IOrderRepository orders) : IOrderService
{
    public async Task<OrderResult?> PayAsync(int id, CancellationToken cancellationToken)
    {
        if (await orders.FindAsync(id, cancellationToken) is not { Status: "open" } order)
            return null;
        order.Status = "paid";
        await orders.SaveAsync(cancellationToken);
        return new OrderResult(order.Id, order.Number, order.Total);
    }

    public async Task<List<OrderResult>> ListAsync(IReadOnlyCollection<int> ids, CancellationToken cancellationToken)
    {
        var found = await orders.FindManyAsync(ids, cancellationToken);
        return [.. ids.Where(found.ContainsKey).Select(id => found[id]).Select(order => new OrderResult(order.Id, order.Number, order.Total))];
    }
}

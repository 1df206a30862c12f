using Shop.Domain;

namespace Shop.Application;

public interface IRepository<TEntity>
    where TEntity : class
{
    Task<TEntity?> GetAsync(int id);

    Task<List<TEntity>> ListAsync();
}

public interface IOrderRepository : IRepository<Order>
{
    Task<List<OrderLine>> LinesAsync(int orderId);

    Task<List<Order>> ExportAsync(int customerId);

    Task<decimal> AverageAsync();
}

/// <summary>Keeps what it has read.</summary>
public interface ICatalog
{
    Task<Product?> FindAsync(int id);
}

public abstract class PriceList
{
    public abstract Task<decimal> PriceAsync(int productId);

    public virtual Task<decimal> DiscountAsync(int productId) => Task.FromResult(0m);
}

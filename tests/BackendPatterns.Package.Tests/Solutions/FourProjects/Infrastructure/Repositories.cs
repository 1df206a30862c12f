using Microsoft.EntityFrameworkCore;
using Shop.Application;
using Shop.Domain;

namespace Shop.Infrastructure;

public class Repository<TEntity>(ShopContext db) : IRepository<TEntity>
    where TEntity : class
{
    protected ShopContext Db { get; } = db;

    public async Task<TEntity?> GetAsync(int id) => await Db.Set<TEntity>().FindAsync(id);

    public Task<List<TEntity>> ListAsync() => Db.Set<TEntity>().ToListAsync();
}

internal class OrderRepository(ShopContext db) : Repository<Order>(db), IOrderRepository
{
    private const int PageSize = 100;

    public Task<List<OrderLine>> LinesAsync(int orderId) => Db.Lines.Where(l => l.OrderId == orderId).ToListAsync();

    // One call reads page after page until one is empty.
    public async Task<List<Order>> ExportAsync(int customerId)
    {
        var all = new List<Order>();
        while (true)
        {
            var page = await Db.Orders.Where(o => o.CustomerId == customerId).OrderBy(o => o.Id).Skip(all.Count).Take(PageSize).ToListAsync();
            if (page.Count == 0)
                return all;
            all.AddRange(page);
        }
    }

    public Task<decimal> AverageAsync() => Db.Orders.AverageAsync(o => o.Total);
}

internal class CachedCatalog(ShopContext db) : ICatalog
{
    private readonly Dictionary<int, Product?> _known = [];

    public async Task<Product?> FindAsync(int id)
    {
        if (!_known.TryGetValue(id, out var product))
        {
            product = await db.Products.FirstOrDefaultAsync(p => p.Id == id);
            _known[id] = product;
        }

        return product;
    }
}

internal class StoredPrices(ShopContext db) : PriceList
{
    public override Task<decimal> PriceAsync(int productId) => db.Orders.Where(o => o.Id == productId).SumAsync(o => o.Total);
}

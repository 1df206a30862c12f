using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Caching.Memory;

namespace ValidCode;

/// <summary>A query only where the cache has no answer.</summary>
public class Caches(ShopContext db, IMemoryCache memory, HybridCache hybrid)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    public async Task<List<string>> ReadThroughDictionary(IEnumerable<Order> orders)
    {
        var names = new Dictionary<int, string>();
        var result = new List<string>();
        foreach (var order in orders)
        {
            if (!names.TryGetValue(order.CustomerId, out var name))
            {
                name = await db.Customers.Where(c => c.Id == order.CustomerId).Select(c => c.Name).SingleAsync();
                names.Add(order.CustomerId, name);
            }

            result.Add(name);
        }

        return result;
    }

    public async Task<decimal> ReadThroughMemory(IEnumerable<OrderLine> lines)
    {
        var total = 0m;
        foreach (var line in lines)
        {
            if (!memory.TryGetValue(line.ProductId, out decimal price))
            {
                price = await db.Products.Where(p => p.Id == line.ProductId).Select(p => p.Price).SingleAsync();
                memory.Set(line.ProductId, price, Lifetime);
            }

            total += price * line.Quantity;
        }

        return total;
    }

    public async Task<string> ReadThroughHybrid(int id, CancellationToken cancellationToken) =>
        await hybrid.GetOrCreateAsync($"customer-{id}", async token => await db.Customers.Where(c => c.Id == id).Select(c => c.Name).SingleAsync(token), cancellationToken: cancellationToken);
}

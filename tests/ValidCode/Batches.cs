using Microsoft.EntityFrameworkCore;

namespace ValidCode;

/// <summary>One query for many elements.</summary>
public class Batches(ShopContext db)
{
    public async Task<Dictionary<int, string>> Chunked(IEnumerable<int> ids)
    {
        var names = new Dictionary<int, string>();
        foreach (var chunk in ids.Chunk(500))
        {
            foreach (var customer in await db.Customers.Where(c => chunk.Contains(c.Id)).Select(c => new { c.Id, c.Name }).ToListAsync())
                names[customer.Id] = customer.Name;
        }

        return names;
    }

    public async Task<List<string>> LoadedBefore(List<Order> orders)
    {
        var ids = orders.Select(o => o.CustomerId).Distinct().ToList();
        var names = await db.Customers.Where(c => ids.Contains(c.Id)).Select(c => new { c.Id, c.Name }).ToDictionaryAsync(c => c.Id, c => c.Name);
        return [.. orders.Where(o => names.ContainsKey(o.CustomerId)).Select(o => names[o.CustomerId])];
    }

    public async Task<int> Grouped(List<Order> orders)
    {
        var ids = orders.Select(o => o.Id).ToArray();
        var counts = await db.Lines.Where(l => ids.Contains(l.OrderId)).GroupBy(l => l.OrderId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count);
        var total = 0;
        foreach (var order in orders)
            total += counts.GetValueOrDefault(order.Id);
        return total;
    }

    public async Task Flushed(IEnumerable<Product> products)
    {
        var pending = 0;
        foreach (var product in products)
        {
            db.Products.Add(product);
            if (++pending % 100 == 0)
                await db.SaveChangesAsync();
        }

        await db.SaveChangesAsync();
    }

    public async Task<int[]> Handful()
    {
        var counts = new List<int>();
        foreach (var status in new[] { "open", "paid", "sent" })
            counts.Add(await db.Orders.CountAsync(o => o.Status == status));
        foreach (var region in Enum.GetValues<Region>())
            counts.Add(await db.Customers.CountAsync(c => c.Country == region.ToString()));
        return [.. counts];
    }
}

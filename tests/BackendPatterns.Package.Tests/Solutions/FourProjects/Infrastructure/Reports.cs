using Microsoft.EntityFrameworkCore;
using Shop.Application;
using Shop.Domain;

namespace Shop.Infrastructure;

public class Reports(ShopContext db, IOrderRepository orders)
{
    public async Task<List<string>> NamesAsync(List<Order> sold)
    {
        var names = new List<string>();
        foreach (var order in sold)
        {
            var customer = await db.Customers.FirstOrDefaultAsync(c => c.Id == order.CustomerId); // BP1001
            names.Add(customer?.Name ?? "unknown");
        }

        return names;
    }

    public async Task<int> LinesAsync(List<Order> sold)
    {
        var count = 0;
        foreach (var order in sold)
            count += (await orders.LinesAsync(order.Id)).Count; // BP1001
        return count;
    }

    public Task<List<OrderLine>> LinesOfAsync(int id) => orders.LinesAsync(id);
}

using Shop.Application;
using Shop.Domain;
using Shop.Infrastructure;

namespace Shop.Web;

public class Statements(
    ShopContext db, IOrderRepository orders, IRepository<Customer> customers, Repository<Product> products, ICatalog catalog, PriceList prices, Reports reports)
{
    // An interface of one project, implemented in another.
    public async Task<int> LinesAsync(List<Order> sold)
    {
        var count = 0;
        foreach (var order in sold)
            count += (await orders.LinesAsync(order.Id)).Count; // BP1001
        return count;
    }

    // The implementation is inherited from a generic base.
    public async Task<decimal> TotalAsync(List<int> ids)
    {
        var total = 0m;
        foreach (var id in ids)
            total += (await orders.GetAsync(id))?.Total ?? 0; // BP1001
        return total;
    }

    public async Task<List<string>> CustomersAsync(List<Order> sold)
    {
        var names = new List<string>();
        foreach (var order in sold)
            names.Add((await customers.GetAsync(order.CustomerId))?.Name ?? ""); // BP1001
        return names;
    }

    public async Task<List<Product?>> ProductsAsync(List<OrderLine> lines)
    {
        var found = new List<Product?>();
        foreach (var line in lines)
            found.Add(await products.GetAsync(line.ProductId)); // BP1001
        return found;
    }

    public async Task<List<string>> ExtensionAsync(List<Order> sold)
    {
        var names = new List<string>();
        foreach (var order in sold)
            names.Add((await db.FindCustomerAsync(order.CustomerId))?.Name ?? ""); // BP1001
        return names;
    }

    // From here to the report, from there to the repository.
    public async Task<int> ReportedLinesAsync(List<Order> sold)
    {
        var count = 0;
        foreach (var order in sold)
            count += (await reports.LinesOfAsync(order.Id)).Count; // BP1001
        return count;
    }

    public async Task<decimal> PricesAsync(List<OrderLine> lines)
    {
        var sum = 0m;
        foreach (var line in lines)
            sum += await prices.PriceAsync(line.ProductId); // BP1001
        return sum;
    }

    public async Task<decimal> DiscountsAsync(List<OrderLine> lines)
    {
        var sum = 0m;
        foreach (var line in lines)
            sum += await prices.DiscountAsync(line.ProductId);
        return sum;
    }

    // Behind this interface is a cache.
    public async Task<List<string>> CatalogAsync(List<OrderLine> lines)
    {
        var names = new List<string>();
        foreach (var line in lines)
            names.Add((await catalog.FindAsync(line.ProductId))?.Name ?? "");
        return names;
    }

    // The loop over pages is the repository's own.
    public async Task<int> ExportAsync(List<Customer> all)
    {
        var count = 0;
        foreach (var customer in all)
            count += (await orders.ExportAsync(customer.Id)).Count;
        return count;
    }

    // Asks for the same each time: no N+1.
    public async Task<int> AboveAverageAsync(List<Order> sold)
    {
        var count = 0;
        foreach (var order in sold)
            count += order.Total > await orders.AverageAsync() ? 1 : 0;
        return count;
    }
}

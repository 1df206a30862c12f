using Shop.Domain;

namespace Shop.Application;

public record OrderSummary(int Id, int Lines);

public interface IOrderService
{
    Task<OrderSummary?> SummaryAsync(int id);

    Task<string> ProductNameAsync(int productId);

    Task<decimal> AverageAsync(int unused);
}

/// <summary>Knows repositories as interfaces only: what they do is another project's business.</summary>
public class OrderService(IOrderRepository orders, ICatalog catalog) : IOrderService
{
    private readonly Dictionary<int, Order?> _known = [];

    public async Task<OrderSummary?> SummaryAsync(int id)
    {
        var lines = await orders.LinesAsync(id);
        return new OrderSummary(id, lines.Count);
    }

    public async Task<string> ProductNameAsync(int productId) => (await catalog.FindAsync(productId))?.Name ?? "unknown";

    public async Task<decimal> AverageAsync(int unused) => await orders.AverageAsync() + unused;

    public async Task<Order?> KnownAsync(int id)
    {
        if (!_known.TryGetValue(id, out var order))
            _known[id] = order = await orders.GetAsync(id);
        return order;
    }

    // Who implements the repository cannot be seen from here, in a build or in an editor: no query is known to be made.
    public async Task<List<OrderSummary>> SummariesAsync(List<int> ids)
    {
        var summaries = new List<OrderSummary>();
        foreach (var id in ids)
            summaries.Add(new OrderSummary(id, (await orders.LinesAsync(id)).Count));
        return summaries;
    }
}

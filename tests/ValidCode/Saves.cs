using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ValidCode;

/// <summary>Sends the messages of the shop.</summary>
public interface IMessages
{
    Task SendAsync(string to, string text, CancellationToken cancellationToken);
}

/// <summary>Saves in loops that are meant to be there.</summary>
public class Saves(ShopContext db, IServiceScopeFactory scopes, IMessages messages, ILogger<Saves> logger)
{
    public async Task OncePerChunk(IEnumerable<Product> products, CancellationToken cancellationToken)
    {
        foreach (var chunk in products.Chunk(1000))
        {
            db.AddRange(chunk);
            await db.SaveChangesAsync(cancellationToken);
            db.ChangeTracker.Clear();
        }
    }

    public async Task OneFailureDoesNotStopTheOthers(List<Order> orders, CancellationToken cancellationToken)
    {
        foreach (var order in orders)
        {
            try
            {
                order.Status = "closed";
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException exception)
            {
                logger.LogError(exception, "Order {Number} stays open", order.Number);
                db.Entry(order).State = EntityState.Detached;
            }
        }
    }

    public async Task RemembersWhatWasSent(List<Order> orders, CancellationToken cancellationToken)
    {
        foreach (var order in orders)
        {
            await messages.SendAsync(order.Number, "shipped", cancellationToken);
            order.ExportedAt = DateTime.UtcNow;
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    public async Task ScopePerElement(IEnumerable<int> ids, CancellationToken cancellationToken)
    {
        await Parallel.ForEachAsync(ids, cancellationToken, async (id, token) =>
        {
            await using var scope = scopes.CreateAsyncScope();
            var own = scope.ServiceProvider.GetRequiredService<ShopContext>();
            await own.Orders.Where(order => order.Id == id).ExecuteUpdateAsync(set => set.SetProperty(order => order.Status, "closed"), token);
        });
    }

    public async Task GeneratedKeyIsNeeded(IEnumerable<string> skus, CancellationToken cancellationToken)
    {
        foreach (var sku in skus)
        {
            var product = new Product { Sku = sku };
            db.Products.Add(product);
            await db.SaveChangesAsync(cancellationToken);
            db.Lines.Add(new OrderLine { ProductId = product.Id });
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    public async Task AskedAgainBecauseItChanges(List<Order> orders, CancellationToken cancellationToken)
    {
        foreach (var order in orders)
        {
            if (await db.Customers.AnyAsync(customer => customer.Slug == "stop", cancellationToken))
                break;
            order.Status = "seen";
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    public async Task NextNumber(List<Order> orders, CancellationToken cancellationToken)
    {
        foreach (var chunk in orders.Chunk(10))
        {
            var last = await db.Orders.MaxAsync(order => order.Id, cancellationToken);
            foreach (var order in chunk)
                order.Number = "N" + ++last;
            db.Orders.AddRange(chunk);
            await db.SaveChangesAsync(cancellationToken);
        }
    }
}

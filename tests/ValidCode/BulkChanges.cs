using Microsoft.EntityFrameworkCore;

namespace ValidCode;

/// <summary>Changes of many rows that need the rows, or do without them.</summary>
public class BulkChanges(ShopContext db)
{
    public Task<int> OneCommand(string city, CancellationToken cancellationToken) =>
        db.Customers.Where(customer => customer.City == city).ExecuteUpdateAsync(setters => setters.SetProperty(customer => customer.IsActive, false), cancellationToken);

    public async Task EachItsOwn(CancellationToken cancellationToken)
    {
        foreach (var customer in await db.Customers.Where(customer => customer.Points > 0).ToListAsync(cancellationToken))
            customer.Award(-customer.Points / 2);
        await db.SaveChangesAsync(cancellationToken);
    }

    public async Task TogetherWithTheOwner(int id, CancellationToken cancellationToken)
    {
        var customer = await db.Customers.FirstAsync(customer => customer.Id == id, cancellationToken);
        customer.IsActive = false;
        foreach (var order in await db.Orders.Where(order => order.CustomerId == id).ToListAsync(cancellationToken))
            order.Status = "cancelled";
        await db.SaveChangesAsync(cancellationToken);
    }
}

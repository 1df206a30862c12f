using Microsoft.EntityFrameworkCore;

namespace ValidCode;

/// <summary>Whole entities that others need whole.</summary>
public class Escapes(ShopContext db)
{
    private List<Customer> _held = [];

    public Task<List<Customer>> Returned() => db.Customers.ToListAsync();

    public async Task<string> Serialised(int id)
    {
        var customer = await db.Customers.SingleAsync(c => c.Id == id);
        return System.Text.Json.JsonSerializer.Serialize(customer);
    }

    public async Task Stored() => _held = await db.Customers.Where(c => c.IsActive).ToListAsync();

    public int Held() => _held.Count;

    public async Task Modified(int id)
    {
        var customer = await db.Customers.SingleAsync(c => c.Id == id);
        customer.Name = customer.Name.Trim();
        await db.SaveChangesAsync();
    }

    public async Task ThroughItsOwnMethod(int id)
    {
        var customer = await db.Customers.SingleAsync(c => c.Id == id);
        customer.Award(10);
        await db.SaveChangesAsync();
    }

    public async Task Removed(int id)
    {
        var customer = await db.Customers.SingleAsync(c => c.Id == id);
        db.Customers.Remove(customer);
        await db.SaveChangesAsync();
    }

    public async Task<string> Passed(int id, Func<Customer, string> render)
    {
        var customer = await db.Customers.SingleAsync(c => c.Id == id);
        return render(customer);
    }
}

using Microsoft.EntityFrameworkCore;

namespace ValidCode;

/// <summary>Only the columns that are needed, or all of them for a reason.</summary>
public class Projections(ShopContext db)
{
    public Task<List<CustomerLine>> InTheQuery() => db.Customers.Where(c => c.IsActive).Select(c => new CustomerLine(c.Id, c.Name)).ToListAsync();

    public async Task<List<string>> Anonymous()
    {
        var rows = await db.Customers.Select(c => new { c.Name, c.City }).ToListAsync();
        return [.. rows.Select(row => $"{row.Name}, {row.City}")];
    }

    public async Task<string> MostColumnsAreRead(int id)
    {
        var c = await db.Customers.SingleAsync(customer => customer.Id == id);
        return $"{c.Name} {c.Email} {c.Phone} {c.Street} {c.City} {c.Country} {c.Points}";
    }

    public async Task<List<string>> FewColumnsExist()
    {
        var products = await db.Products.ToListAsync();
        return [.. products.Select(p => p.Name)];
    }
}

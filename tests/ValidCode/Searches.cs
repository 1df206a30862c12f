using Microsoft.EntityFrameworkCore;

namespace ValidCode;

/// <summary>Loops that ask until they have an answer.</summary>
public class Searches(ShopContext db)
{
    public async Task<Customer?> FirstMatch(IEnumerable<string> addresses)
    {
        foreach (var address in addresses)
        {
            var customer = await db.Customers.FirstOrDefaultAsync(c => c.Email == address);
            if (customer is not null)
                return customer;
        }

        return null;
    }

    public async Task<string> FreeSlug(string name)
    {
        var slug = name;
        for (var suffix = 2; await db.Customers.AnyAsync(c => c.Slug == slug); suffix++)
            slug = $"{name}-{suffix}";
        return slug;
    }

    public async Task<string> FreeNumber()
    {
        string number;
        do
        {
            number = Guid.NewGuid().ToString("N")[..8];
        }
        while (await db.Orders.AnyAsync(o => o.Number == number));
        return number;
    }
}

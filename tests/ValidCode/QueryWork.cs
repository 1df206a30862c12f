using Microsoft.EntityFrameworkCore;

namespace ValidCode;

/// <summary>Work on loaded rows that the database could not do, or should not.</summary>
public class QueryWork(ShopContext db)
{
    public Task<bool> Exists(string email) => db.Customers.AnyAsync(c => c.Email == email);

    public async Task<bool> Several(int customerId) => await db.Orders.CountAsync(o => o.CustomerId == customerId) > 1;

    public async Task<(int Count, List<string> Names)> CountedAndRead()
    {
        var names = await db.Customers.Where(c => c.IsActive).Select(c => c.Name).ToListAsync();
        return (names.Count, names);
    }

    /// <summary>Loaded once, searched once per id.</summary>
    public async Task<List<string>> Searched(List<int> ids)
    {
        var rows = await db.Customers.Where(c => ids.Contains(c.Id)).Select(c => new { c.Id, c.Name }).ToListAsync();
        return [.. ids.Select(id => rows.First(row => row.Id == id).Name)];
    }

    public async Task<List<string>> MissingAsync(List<string> slugs)
    {
        var known = await db.Customers.Where(c => slugs.Contains(c.Slug)).Select(c => c.Slug).ToListAsync();
        return [.. slugs.Where(slug => !known.Contains(slug))];
    }

    public async Task<List<string>> InTheOrderOfTheCulture()
    {
        var names = await db.Customers.Select(c => c.Name).ToListAsync();
        return [.. names.OrderBy(name => name, StringComparer.CurrentCulture)];
    }

    public async Task<List<string>> Matching(string pattern)
    {
        var names = await db.Customers.Select(c => c.Name).ToListAsync();
        return [.. names.Where(name => System.Text.RegularExpressions.Regex.IsMatch(name, pattern))];
    }

    public async Task<List<IGrouping<string, string>>> Grouped()
    {
        var rows = await db.Customers.Select(c => new { c.City, c.Name }).ToListAsync();
        return [.. rows.GroupBy(row => row.City, row => row.Name)];
    }

    public List<string> OnPurpose(int length) => [.. db.Customers.Select(c => c.Name).AsEnumerable().Where(name => name.Length > length)];

    public async Task<int> OneOrMore(string sku)
    {
        var found = await db.Products.Where(p => p.Sku == sku).Select(p => p.Id).Take(2).ToListAsync();
        return found.Count == 1 ? found[0] : -1;
    }
}

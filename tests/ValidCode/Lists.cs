using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace ValidCode;

/// <summary>Lists that endpoints may answer with: those of one owner, of today, of the work that is left, of a lookup table, and pages.</summary>
[ApiController]
[Authorize]
[Route("lists")]
public class ListsController(ListQueries lists) : ControllerBase
{
    [HttpGet("of/{customerId:int}")]
    public Task<List<int>> OfCustomer(int customerId) => lists.OfCustomerAsync(customerId);

    [HttpGet("since")]
    public Task<List<int>> Since(DateTime since) => lists.SinceAsync(since);

    [HttpGet("open")]
    public Task<List<string>> Open() => lists.OpenAsync();

    [HttpGet("newest")]
    public Task<List<int>> Newest() => lists.NewestAsync();

    [HttpGet("products")]
    public Task<List<string>> Products() => lists.ProductsAsync();

    [HttpGet("totals")]
    public Task<Dictionary<int, int>> Totals() => lists.CountByCustomerAsync();

    [HttpGet("export")]
    public Task<List<string>> ExportNumbers() => lists.AllNumbersAsync();
}

public class ListQueries(ShopContext db)
{
    public Task<List<int>> OfCustomerAsync(int customerId) => db.Orders.Where(o => o.CustomerId == customerId).Select(o => o.Id).ToListAsync();

    public Task<List<int>> SinceAsync(DateTime since) => db.Orders.Where(o => o.PlacedAt >= since).Select(o => o.Id).ToListAsync();

    public Task<List<string>> OpenAsync() => db.Orders.Where(o => o.Status == "open").Select(o => o.Number).ToListAsync();

    public Task<List<int>> NewestAsync() => db.Orders.OrderByDescending(o => o.Id).Take(20).Select(o => o.Id).ToListAsync();

    public Task<List<string>> ProductsAsync() => db.Products.Select(p => p.Name).ToListAsync();

    public Task<List<string>> AllNumbersAsync() => db.Orders.Select(o => o.Number).ToListAsync();

    public Task<Dictionary<int, int>> CountByCustomerAsync() =>
        db.Orders.GroupBy(o => o.CustomerId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(x => x.Key, x => x.Count);

    public async Task<List<string>> LongestOfEachCityAsync()
    {
        var customers = await db.Customers.Where(c => c.IsActive).Select(c => new { c.City, c.Name }).ToListAsync();
        return customers.GroupBy(c => c.City).Select(g => g.OrderByDescending(c => c.Name.Length).First().Name).ToList();
    }

    public async Task<int> WalkAsync(CancellationToken cancellationToken)
    {
        var length = 0;
        await foreach (var name in db.Customers.Where(c => c.IsActive).Select(c => c.Name).AsAsyncEnumerable().WithCancellation(cancellationToken))
            length += name.Length;
        return length;
    }
}

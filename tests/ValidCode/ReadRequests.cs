using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace ValidCode;

/// <summary>Requests that read, and the queries that may have to be tracked or are not.</summary>
[ApiController]
[Route("reading")]
public class ReadRequests : ControllerBase
{
    [HttpGet("untracked")]
    public async Task<List<string>> Untracked([FromServices] IReader reader) => await reader.NamesAsync();

    [HttpGet("confirm/{id:int}")]
    public async Task<int> Touched([FromServices] IReader reader, int id) => await reader.TouchAsync(id);

    [HttpGet("shared")]
    public async Task<int> Shared([FromServices] IReader reader) => await reader.CustomersAsync();

    [HttpGet("both")]
    public async Task<List<string>> Both([FromServices] IReader reader) => await reader.TextsAsync();

    [HttpPost("both")]
    [Microsoft.AspNetCore.Authorization.Authorize]
    public async Task<List<string>> BothAgain([FromServices] IReader reader) => await reader.TextsAsync();
}

public interface IReader
{
    Task<List<string>> NamesAsync();

    Task<int> TouchAsync(int id);

    Task<int> CustomersAsync();

    Task<List<string>> TextsAsync();
}

public class Reader(ConfiguredContext db) : IReader
{
    public async Task<List<string>> NamesAsync() =>
        (await db.Set<Product>().AsNoTracking().OrderBy(x => x.Id).ToListAsync()).Select(x => x.Sku + x.Name).ToList();

    public async Task<int> TouchAsync(int id)
    {
        var customer = await db.Customers.FirstAsync(x => x.Id == id);
        customer.Award(1);
        return await db.SaveChangesAsync();
    }

    /// <summary>One object for each customer, because the orders are tracked.</summary>
    public async Task<int> CustomersAsync() =>
        (await db.Orders.Include(x => x.Customer).ToListAsync()).Select(x => x.Customer).Distinct().Count();

    public async Task<List<string>> TextsAsync() =>
        (await db.Set<Product>().OrderBy(x => x.Id).ToListAsync()).Select(x => x.Sku + x.Name).ToList();
}

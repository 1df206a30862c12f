using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace ValidCode;

/// <summary>Endpoints that keep to HTTP: reads that may write, statuses that say what happened, one id, and the address of what is new.</summary>
[ApiController]
[Authorize]
[Route("baskets")]
public class BasketsController(IBasketService baskets) : ControllerBase
{
    /// <summary>Get-or-create of the caller's own row.</summary>
    [HttpGet("mine")]
    public Task<BasketDto> Mine(CancellationToken cancellationToken) => baskets.GetOrCreateAsync(1, cancellationToken);

    /// <summary>A link from a mail.</summary>
    [HttpGet("{id:int}/confirm")]
    [AllowAnonymous]
    public async Task<IActionResult> Confirm(int id, CancellationToken cancellationToken)
    {
        await baskets.RenameAsync(id, "confirmed", cancellationToken);
        return NoContent();
    }

    /// <summary>The read counts its readers.</summary>
    [HttpGet("{id:int}")]
    public async Task<ActionResult<BasketDto>> Get(int id, CancellationToken cancellationToken)
    {
        await baskets.TrackVisitAsync(id, cancellationToken);
        return await baskets.FindAsync(id, cancellationToken) is { } basket ? basket : NotFound(new { error = "There is no such basket." });
    }

    [HttpPost]
    public async Task<ActionResult<BasketDto>> Create(CancellationToken cancellationToken)
    {
        var basket = await baskets.GetOrCreateAsync(2, cancellationToken);
        return CreatedAtAction(nameof(Get), new { id = basket.Id }, basket);
    }

    [HttpPut("{id:int}")]
    public async Task<IActionResult> Put(int id, BasketDto basket, CancellationToken cancellationToken)
    {
        if (id != basket.Id)
            return BadRequest(new { error = "The ids differ." });
        await baskets.RenameAsync(basket.Id, basket.Name, cancellationToken);
        return NoContent();
    }

    /// <summary>The failure is what was asked for.</summary>
    [HttpPost("validate")]
    public IActionResult Validate(BasketDto basket)
    {
        if (basket.Name.Length == 0)
            return Ok(new { success = false, error = "The name is empty." });
        return Ok(new { success = true });
    }
}

public sealed record BasketDto(int Id, string Name);

public class Basket
{
    public int Id { get; set; }
    public int CustomerId { get; set; }
    public string Name { get; set; } = "";
    public int VisitCount { get; set; }
}

public class BasketContext(DbContextOptions<BasketContext> options) : DbContext(options)
{
    public DbSet<Basket> Baskets => Set<Basket>();
}

public interface IBasketService
{
    Task<BasketDto> GetOrCreateAsync(int customerId, CancellationToken cancellationToken);

    Task<BasketDto?> FindAsync(int id, CancellationToken cancellationToken);

    Task RenameAsync(int id, string name, CancellationToken cancellationToken);

    Task TrackVisitAsync(int id, CancellationToken cancellationToken);
}

public sealed class BasketService(BasketContext db) : IBasketService
{
    public async Task<BasketDto> GetOrCreateAsync(int customerId, CancellationToken cancellationToken)
    {
        var basket = await db.Baskets.SingleOrDefaultAsync(x => x.CustomerId == customerId, cancellationToken);
        if (basket is null)
        {
            basket = new Basket { CustomerId = customerId };
            db.Baskets.Add(basket);
            await db.SaveChangesAsync(cancellationToken);
        }

        return new BasketDto(basket.Id, basket.Name);
    }

    public Task<BasketDto?> FindAsync(int id, CancellationToken cancellationToken) =>
        db.Baskets.Where(x => x.Id == id).Select(x => new BasketDto(x.Id, x.Name)).SingleOrDefaultAsync(cancellationToken);

    public Task RenameAsync(int id, string name, CancellationToken cancellationToken) =>
        db.Baskets.Where(x => x.Id == id).ExecuteUpdateAsync(x => x.SetProperty(basket => basket.Name, name), cancellationToken);

    public Task TrackVisitAsync(int id, CancellationToken cancellationToken) =>
        db.Baskets.Where(x => x.Id == id).ExecuteUpdateAsync(x => x.SetProperty(basket => basket.VisitCount, basket => basket.VisitCount + 1), cancellationToken);
}

using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.EntityFrameworkCore;

namespace ValidCode;

public record ProductRequest(string Sku, string Name, decimal Price);

public record ProductResponse(int Id, string Name, decimal Price);

public record SessionResponse(string AccessToken, string RefreshToken, string TokenType);

public record ProductPage(IReadOnlyList<ProductResponse> Items, string? ContinuationToken);

public class SmtpSettings
{
    public string Host { get; set; } = "";

    [JsonIgnore]
    public string Password { get; set; } = "";

    public bool HasPassword => Password.Length > 0;
}

public interface ICatalogue
{
    Task<int> AddAsync(ProductRequest product, CancellationToken cancellationToken);

    Task<ProductResponse?> FindAsync(int id, CancellationToken cancellationToken);

    Task<ProductPage> ListAsync(string? continuationToken, CancellationToken cancellationToken);

    Task RenameAsync(int id, string name, CancellationToken cancellationToken);

    Task<SmtpSettings> MailAsync(CancellationToken cancellationToken);

    Task<SessionResponse?> SignInAsync(string name, string password, CancellationToken cancellationToken);
}

/// <summary>Maps contracts to rows.</summary>
public class Catalogue(ShopContext db) : ICatalogue
{
    public async Task<int> AddAsync(ProductRequest product, CancellationToken cancellationToken)
    {
        var row = new Product { Sku = product.Sku, Name = product.Name, Price = product.Price };
        db.Products.Add(row);
        await db.SaveChangesAsync(cancellationToken);
        return row.Id;
    }

    public Task<ProductResponse?> FindAsync(int id, CancellationToken cancellationToken) =>
        db.Products.Where(p => p.Id == id).Select(p => new ProductResponse(p.Id, p.Name, p.Price)).FirstOrDefaultAsync(cancellationToken);

    public async Task<ProductPage> ListAsync(string? continuationToken, CancellationToken cancellationToken)
    {
        var after = int.TryParse(continuationToken, out var id) ? id : 0;
        var items = await db.Products.Where(p => p.Id > after).OrderBy(p => p.Id).Take(20).Select(p => new ProductResponse(p.Id, p.Name, p.Price)).ToListAsync(cancellationToken);
        return new ProductPage(items, items.Count == 20 ? $"{items[^1].Id}" : null);
    }

    public Task RenameAsync(int id, string name, CancellationToken cancellationToken) =>
        db.Products.Where(p => p.Id == id).ExecuteUpdateAsync(set => set.SetProperty(p => p.Name, name), cancellationToken);

    public Task<SmtpSettings> MailAsync(CancellationToken cancellationToken) => Task.FromResult(new SmtpSettings { Host = "localhost" });

    public Task<SessionResponse?> SignInAsync(string name, string password, CancellationToken cancellationToken) =>
        Task.FromResult(password.Length == 0 ? null : new SessionResponse(Guid.NewGuid().ToString(), Guid.NewGuid().ToString(), "Bearer"));
}

/// <summary>Requests bind records, or an entity that only carries values; answers are records.</summary>
[ApiController]
[Authorize]
[Route("catalogue")]
public class CatalogueController(ICatalogue catalogue) : ControllerBase
{
    [HttpPost]
    public async Task<IActionResult> Add(ProductRequest product, CancellationToken cancellationToken)
    {
        var id = await catalogue.AddAsync(product, cancellationToken);
        return CreatedAtAction(nameof(Find), new { id }, new ProductResponse(id, product.Name, product.Price));
    }

    [HttpPut("{id:int}")]
    public async Task<IActionResult> Rename(int id, Product product, CancellationToken cancellationToken)
    {
        await catalogue.RenameAsync(id, product.Name, cancellationToken);
        return NoContent();
    }

    [HttpPut("{id:int}/price")]
    public IActionResult Price(int id, [Bind(nameof(Product.Price))] Product product) => Accepted(new { id, product.Price });

    [HttpPost("preview")]
    public IActionResult Preview([BindNever] Product product) => Accepted(product.Name);

    [HttpGet("{id:int}")]
    public async Task<ActionResult<ProductResponse>> Find(int id, CancellationToken cancellationToken) =>
        await catalogue.FindAsync(id, cancellationToken) is { } product ? product : NotFound();

    [HttpGet]
    public async Task<ActionResult<ProductPage>> List(string? continuationToken, CancellationToken cancellationToken) => await catalogue.ListAsync(continuationToken, cancellationToken);

    [HttpGet("mail")]
    public async Task<ActionResult<SmtpSettings>> Mail(CancellationToken cancellationToken) => await catalogue.MailAsync(cancellationToken);

    [AllowAnonymous]
    [HttpPost("session")]
    public async Task<ActionResult<SessionResponse>> SignIn(string name, string password, CancellationToken cancellationToken) =>
        await catalogue.SignInAsync(name, password, cancellationToken) is { } session ? session : Unauthorized();
}

using BackendPatterns.Analyzers.Tests.Verification;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.Architecture.BP2004EntityInResponseAnalyzer,
    BackendPatterns.Analyzers.CodeFixes.Architecture.BP2004EntityInResponseFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.Architecture;

public class BP2004EntityInResponseTests
{
    private const string Usings = """
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.AspNetCore.Mvc.RazorPages;

        public record ProductDto(int Id, string Name);

        public class Page<T> { public List<T> Items { get; set; } = []; public int Total { get; set; } }

        """;

    private static Task Reported(string source) => Verify.Reported(Usings + source);

    private static Task Silent(string source) => Verify.Silent(Usings + source);

    private static string Action(string returns, string body, string name = "[|Find|]", string attributes = "[HttpGet]", string type = "ControllerBase") => $$"""
        public class ProductsController(ShopContext db) : {{type}}
        {
            {{attributes}}
            public async Task<{{returns}}> {{name}}() { await Task.Yield(); {{body}} }
        }
        """;

    [Theory]
    [InlineData("Product", "return await db.Products.FirstAsync();")]
    [InlineData("List<Product>", "return await db.Products.ToListAsync();")]
    [InlineData("ActionResult<Product>", "var one = await db.Products.FirstOrDefaultAsync(); return one == null ? NotFound() : one;")]
    [InlineData("ActionResult<IEnumerable<Product>>", "return await db.Products.ToListAsync();")]
    [InlineData("IActionResult", "return Ok(await db.Products.ToArrayAsync());")]
    [InlineData("IActionResult", "return Ok(db.Products);")]
    [InlineData("IActionResult", "return Ok(new { page = 1, items = await db.Products.ToListAsync() });")]
    [InlineData("Page<Product>", "return new Page<Product> { Items = await db.Products.ToListAsync() };")]
    [InlineData("IActionResult", "return Ok(await db.Products.ToDictionaryAsync(p => p.Id));")]
    public Task EntityAsPayload_IsReported(string returns, string body) => Reported(Action(returns, body));

    [Theory]
    [InlineData("async (ShopContext db) => await db.Products.ToListAsync()")]
    [InlineData("async (ShopContext db) => await db.Products.FindAsync(1) is { } one ? Results.Ok(one) : Results.NotFound()")]
    [InlineData("(ShopContext db) => TypedResults.Ok(db.Products.First())")]
    [InlineData("(ShopContext db) => db.Products.AsAsyncEnumerable()")]
    public Task MinimalApi_IsReported(string handler) => Reported($$"""public static class Endpoints { public static void Map(WebApplication app) => app.[|MapGet|]("/products", {{handler}}); }""");

    [Fact]
    public Task EntityOfAService_IsReported() => Reported("public interface IProducts { Task<Product> FindAsync(); }\n" + """
        public class ProductsController(IProducts products) : ControllerBase { [HttpGet] public async Task<IActionResult> [|Find|]() => Ok(await products.FindAsync()); }
        """);

    [Theory]
    [InlineData("ProductDto", "return await db.Products.Select(p => new ProductDto(p.Id, p.Name)).FirstAsync();")]
    [InlineData("IActionResult", "return Ok(await db.Products.Select(p => new { p.Id }).ToListAsync());")]
    [InlineData("IActionResult", "var one = await db.Products.FirstAsync(); return Ok(one.Name);")]
    [InlineData("IActionResult", "var one = await db.Products.FirstAsync(); return Ok(new ProductDto(one.Id, one.Name));")]
    [InlineData("int", "return await db.Products.CountAsync();")]
    [InlineData("IActionResult", "db.Remove(await db.Products.FirstAsync()); return NoContent();")]
    [InlineData("ActionResult<Product>", "var names = await db.Products.Select(p => new ProductDto(p.Id, p.Name)).ToListAsync(); return Ok(names);")]
    public Task OtherPayload_IsSilent(string returns, string body) => Silent(Action(returns, body, "Find"));

    [Fact]
    public Task View_IsSilent() => Silent(Action("IActionResult", "return View(await db.Products.ToListAsync());", "Index", "", "Controller"));

    [Fact]
    public Task RazorPage_IsSilent() => Silent("public class IndexModel(ShopContext db) : PageModel { public List<Product> Products { get; set; } = []; public void OnGet() { Products = db.Products.ToList(); } }");

    [Theory]
    [InlineData("[HttpGet, EnableQuery]", "ControllerBase")]
    [InlineData("[HttpGet]", "ODataController")]
    public Task OData_IsSilent(string attributes, string type) =>
        Silent("public class EnableQueryAttribute : Attribute { }\npublic class ODataController : ControllerBase { }\n" + Action("IEnumerable<Product>", "return db.Products;", "Get", attributes, type));

    [Fact]
    public Task EntityWithoutKey_IsSilent() => Silent("""
        [Keyless]
        public class Sale { public decimal Total { get; set; } }
        public class SaleContext : DbContext { public DbSet<Sale> Sales => Set<Sale>(); }
        public class SalesController(SaleContext db) : ControllerBase { [HttpGet] public Task<List<Sale>> Get() => db.Sales.ToListAsync(); }
        """);

    [Fact]
    public Task EntityWithASecret_IsTheOtherRules() => Silent("""
        public class Partner { public int Id { get; set; } public string ApiKey { get; set; } = ""; }
        public class PartnerContext : DbContext { public DbSet<Partner> Partners => Set<Partner>(); }
        public class PartnersController(PartnerContext db) : ControllerBase { [HttpGet] public Task<List<Partner>> Get() => db.Partners.ToListAsync(); }
        """);

    [Fact]
    public Task ServiceAndHelper_AreSilent() => Silent("""
        public class Products(ShopContext db) { public Task<List<Product>> All() => db.Products.ToListAsync(); }
        public class ProductsController(ShopContext db) : ControllerBase { private Task<List<Product>> All() => db.Products.ToListAsync(); [NonAction] public Task<List<Product>> Also() => All(); }
        """);

    private static string Fixable(string returns, string statements, string rest = "") => $$"""
        using Microsoft.AspNetCore.Mvc;

        public record ProductDto(int Id, string Name);

        [ApiController]
        public class ProductsController(ShopContext db) : ControllerBase
        {
            [HttpGet]
            public async Task<{{returns}}> [|Find|](int id)
            {
                {{statements}}
            }
        }
        {{rest}}
        """;

    private const string Record = "\npublic sealed record ProductResponse(int Id, string Sku, string Name, decimal Price);\n";

    private const string Projection = ".Select(p => new ProductResponse(p.Id, p.Sku, p.Name, p.Price))";

    private static Task Fixed(string returns, string statements, string fixedReturns, string fixedStatements) =>
        Verify.Fixed(Fixable(returns, statements), Fixable(fixedReturns, fixedStatements, Record.TrimEnd('\n').TrimStart('\n')).Replace("[|Find|]", "Find", StringComparison.Ordinal).Replace("}\npublic sealed", "}\n\npublic sealed", StringComparison.Ordinal) + "\n");

    [Theory]
    [InlineData("List<Product>", "return await db.Products.ToListAsync();", "List<ProductResponse>", "return await db.Products" + Projection + ".ToListAsync();")]
    [InlineData("IActionResult", "return Ok(await db.Products.OrderBy(x => x.Name).ToListAsync());", "IActionResult", "return Ok(await db.Products.OrderBy(x => x.Name)" + Projection + ".ToListAsync());")]
    [InlineData("ActionResult<Product>", "var one = await db.Products.AsNoTracking().FirstOrDefaultAsync(x => x.Id == id); return one is null ? NotFound() : one;",
        "ActionResult<ProductResponse>", "var one = await db.Products.Where(x => x.Id == id)" + Projection + ".FirstOrDefaultAsync(); return one is null ? NotFound() : one;")]
    [InlineData("ActionResult<Product>", "Product? one = await db.Products.SingleOrDefaultAsync(x => x.Id == id); if (one == null) return NotFound(); return Ok(one);",
        "ActionResult<ProductResponse>", "ProductResponse? one = await db.Products.Where(x => x.Id == id)" + Projection + ".SingleOrDefaultAsync(); if (one == null) return NotFound(); return Ok(one);")]
    public Task EntityThatIsLoadedHere_IsFixed(string returns, string statements, string fixedReturns, string fixedStatements) => Fixed(returns, statements, fixedReturns, fixedStatements);

    [Theory]
    [InlineData("ActionResult<Product>", "var one = await db.Products.FindAsync(id); return one is null ? NotFound() : one;")]
    [InlineData("ActionResult<Product>", "var one = await db.Products.FirstAsync(); one.Name = \"\"; return one;")]
    [InlineData("ActionResult<Product>", "var one = await db.Products.FirstAsync(); Log(one); return one; void Log(object o) { }")]
    [InlineData("IActionResult", "var one = await db.Products.FirstAsync(); var two = await db.Products.FirstAsync(); return Ok(new { one, two });")]
    [InlineData("IActionResult", "return Ok(await db.Orders.Include(o => o.Lines).ToListAsync());")]
    // What is answered is another one.
    [InlineData("IActionResult", "var made = new Product(); var taken = await db.Products.FirstOrDefaultAsync(p => p.Id == id); if (taken != null) return Conflict(); db.Add(made); await db.SaveChangesAsync(); return Ok(made);")]
    [InlineData("IActionResult", "var made = new Product(); if (await db.Products.FirstOrDefaultAsync(p => p.Id == id) is { } taken) return Conflict(taken.Name); return Ok(made);")]
    public Task EntityThatIsMoreThanAnswered_IsNotFixed(string returns, string statements) => Verify.NotFixed(Fixable(returns, statements));

    [Theory]
    [InlineData("public string Upper => Name.ToUpper();")]
    [InlineData("public ParcelSize Size { get; set; } = new();")]
    public Task EntityWithMoreToWrite_IsNotFixed(string member) => Verify.NotFixed($$"""
        using Microsoft.AspNetCore.Mvc;

        [Owned]
        public class ParcelSize { public int Width { get; set; } }
        public class Parcel { public int Id { get; set; } public string Name { get; set; } = ""; {{member}} }
        public class ParcelContext : DbContext { public DbSet<Parcel> Parcels => Set<Parcel>(); }
        public class ParcelsController(ParcelContext db) : ControllerBase { [HttpGet] public Task<List<Parcel>> [|Get|]() => db.Parcels.ToListAsync(); }
        """);

    [Fact]
    public Task DerivedEntity_IsNotFixed() => Verify.NotFixed("""
        using Microsoft.AspNetCore.Mvc;

        public class Parcel { public int Id { get; set; } }
        public class Letter : Parcel { public string Stamp { get; set; } = ""; }
        public class ParcelContext : DbContext { public DbSet<Parcel> Parcels => Set<Parcel>(); }
        public class ParcelsController(ParcelContext db) : ControllerBase { [HttpGet] public Task<List<Parcel>> [|Get|]() => db.Parcels.ToListAsync(); }
        """);
}

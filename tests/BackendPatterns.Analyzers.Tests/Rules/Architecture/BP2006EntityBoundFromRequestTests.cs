using BackendPatterns.Analyzers.CodeFixes.Architecture;
using BackendPatterns.Analyzers.Rules.Architecture;
using BackendPatterns.Analyzers.Tests.Verification;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.Architecture.BP2006EntityBoundFromRequestAnalyzer,
    BackendPatterns.Analyzers.CodeFixes.Architecture.BP2006EntityBoundFromRequestFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.Architecture;

public class BP2006EntityBoundFromRequestTests
{
    private const string Usings = """
        using System.ComponentModel.DataAnnotations;
        using System.Text.Json.Serialization;
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.AspNetCore.Mvc.ModelBinding;
        using Microsoft.AspNetCore.Mvc.RazorPages;

        public record ProductDto(string Name);

        """;

    private static Task Reported(string source) => Verify.Reported(Usings + source);

    private static Task Silent(string source) => Verify.Silent(Usings + source);

    private static string Action(string parameter, string verb = "HttpPost", string body = "db.Products.Add(product); db.SaveChanges(); return Ok();", string type = "ControllerBase", string attributes = "[ApiController]") => $$"""
        {{attributes}}
        public class ProductsController(ShopContext db) : {{type}}
        {
            [{{verb}}]
            public IActionResult Save({{parameter}}) { {{body}} }
        }
        """;

    private static string Map(string parameter, string call = "MapPost", string body = "db.Products.Add(product); db.SaveChanges();") =>
        $$"""public static class Endpoints { public static void Map(WebApplication app) => app.{{call}}("/products", ({{parameter}}, ShopContext db) => { {{body}} }); }""";

    [Fact]
    public Task Report_PointsToTheEntity() => Verify.Reported(
        Usings + """
        public class {|#1:Parcel|} { public int Id { get; set; } public string Label { get; set; } = ""; }

        public class ParcelContext : DbContext { public DbSet<Parcel> Parcels => Set<Parcel>(); }

        [ApiController]
        public class ParcelsController(ParcelContext db) : ControllerBase
        {
            [HttpPost]
            public IActionResult Save(Parcel {|#0:parcel|}) { db.Parcels.Add(parcel); db.SaveChanges(); return Ok(); }
        }
        """,
        expected: new Microsoft.CodeAnalysis.Testing.DiagnosticResult("BP2006", Microsoft.CodeAnalysis.DiagnosticSeverity.Warning).WithLocation(0).WithLocation(1).WithArguments("Save", "Parcel"));

    [Theory]
    [InlineData("HttpPost")]
    [InlineData("HttpPut")]
    [InlineData("HttpPatch")]
    [InlineData("HttpPost(\"new\")")]
    [InlineData("AcceptVerbs(\"POST\", \"PUT\")")]
    public Task BodyOfAnApiController_IsReported(string verb) => Reported(Action("Product [|product|]", verb));

    [Theory]
    [InlineData("[FromBody] Product [|product|]")]
    [InlineData("[FromForm] Product [|product|]")]
    [InlineData("Product [|product|]")]
    public Task BodyOrFormOfAController_IsReported(string parameter) => Reported(Action(parameter, type: "Controller", attributes: ""));

    [Theory]
    [InlineData("List<Product> [|product|]", "db.Products.AddRange(product);")]
    [InlineData("Product[] [|product|]", "db.Products.AddRange(product);")]
    public Task ListOfEntities_IsReported(string parameter, string body) => Reported(Action(parameter, body: body + " return Ok();"));

    [Theory]
    [InlineData("List<Product> product", "return Ok(product.Where(p => p.Price > 0).Sum(p => p.Price));")]
    [InlineData("Product[] product", "foreach (var p in product) { if (p.Name == \"\") return BadRequest(); } return Ok(product.Length);")]
    [InlineData("List<Product> product", "db.Products.AddRange(product.Select(p => new Product { Name = p.Name })); return Ok();")]
    public Task ListThatIsOnlyRead_IsSilent(string parameter, string body) => Silent(Action(parameter, body: body));

    [Theory]
    [InlineData("db.Products.AddRange(product.Where(p => p.Price > 0)); return Ok();")]
    [InlineData("foreach (var p in product) db.Products.Add(p); return Ok();")]
    [InlineData("product.ForEach(p => db.Products.Add(p)); return Ok();")]
    public Task ListWhoseElementsAreStored_IsReported(string body) => Reported(Action("List<Product> [|product|]", body: body));

    [Fact]
    public Task EntityPassedToAService_IsReported() => Reported("public interface IProducts { Task SaveAsync(Product product); }\n" + """
        [ApiController]
        public class ProductsController(IProducts products) : ControllerBase
        {
            [HttpPost]
            public async Task<IActionResult> Save(Product [|product|]) { await products.SaveAsync(product); return Ok(); }
        }
        """);

    [Fact]
    public Task ValuesCopiedAtOnce_IsReported() => Reported(Action("int id, Product [|product|]", "HttpPut", "var old = db.Products.Find(id)!; db.Entry(old).CurrentValues.SetValues(product); db.SaveChanges(); return Ok();"));

    [Theory]
    [InlineData("MapPost")]
    [InlineData("MapPut")]
    [InlineData("MapPatch")]
    public Task BodyOfAMinimalApi_IsReported(string call) => Reported(Map("Product [|product|]", call));

    [Fact]
    public Task FormOfAMinimalApi_IsReported() => Reported(Map("[Microsoft.AspNetCore.Mvc.FromForm] Product [|product|]"));

    [Fact]
    public Task HandlerOfAMinimalApi_IsReported() => Reported("""
        public static class Endpoints
        {
            public static void Map(WebApplication app) => app.MapPost("/products", Create);

            private static void Create(Product [|product|], ShopContext db) { db.Products.Add(product); db.SaveChanges(); }
        }
        """);

    [Fact]
    public Task BoundPropertyOfAPage_IsReported() => Reported("""
        public class EditModel(ShopContext db) : PageModel
        {
            [BindProperty]
            public Product [|Product|] { get; set; } = null!;

            public async Task<IActionResult> OnPostAsync() { db.Attach(Product).State = EntityState.Modified; await db.SaveChangesAsync(); return Page(); }
        }
        """);

    [Fact]
    public Task BoundPropertiesOfAPage_AreReported() => Reported("""
        [BindProperties]
        public class EditModel(ShopContext db) : PageModel
        {
            public Product [|Product|] { get; set; } = null!;

            public void OnPost() { db.Products.Add(Product); db.SaveChanges(); }
        }
        """);

    [Fact]
    public Task UpdateWithoutAList_IsReported() => Reported("""
        public class EditModel(ShopContext db) : PageModel
        {
            public async Task<IActionResult> OnPostAsync(int id)
            {
                var product = await db.Products.FindAsync(id);
                await [|TryUpdateModelAsync|](product!, "product");
                await db.SaveChangesAsync();
                return Page();
            }
        }
        """);

    [Theory]
    [InlineData("[Bind(\"Name\")] Product product")]
    [InlineData("[BindNever] Product product")]
    [InlineData("[FromServices] Product product")]
    [InlineData("[FromQuery] Product product")]
    [InlineData("[FromRoute] Product product")]
    [InlineData("[FromHeader] Product product")]
    [InlineData("[ModelBinder(typeof(ProductBinder))] Product product")]
    [InlineData("[ProductById] Product product")]
    public Task OtherSource_IsSilent(string parameter) => Silent(Action(parameter) + """

        public class ProductBinder : IModelBinder { public Task BindModelAsync(ModelBindingContext context) => Task.CompletedTask; }
        public class ProductByIdAttribute : ModelBinderAttribute { public ProductByIdAttribute() : base(typeof(ProductBinder)) { } }
        """);

    [Theory]
    [InlineData("HttpGet")]
    [InlineData("HttpDelete")]
    [InlineData("AcceptVerbs(\"GET\", \"POST\")")]
    public Task OtherVerb_IsSilent(string verb) => Silent(Action("Product product", verb));

    [Fact]
    public Task ConventionalAction_IsSilent() => Silent("""
        public class ProductsController(ShopContext db) : Controller
        {
            public IActionResult Save(Product product) { db.Products.Add(product); return Ok(); }
        }
        """);

    [Theory]
    [InlineData("ProductDto dto", "db.Products.Add(new Product { Name = dto.Name });")]
    [InlineData("int id", "db.Products.Add(new Product { Id = id });")]
    [InlineData("List<int> ids", "")]
    [InlineData("string name", "")]
    public Task OtherParameter_IsSilent(string parameter, string body) => Silent(Action(parameter, body: body + " return Ok();"));

    [Theory]
    [InlineData("db.Products.Add(new Product { Name = product.Name, Price = product.Price }); db.SaveChanges(); return Ok(product);")]
    [InlineData("var old = db.Products.First(p => p.Id == product.Id); old.Name = product.Name; db.SaveChanges(); return CreatedAtAction(\"Get\", product);")]
    [InlineData("if (product == null || product is not { Price: > 0 }) return BadRequest(product); return Ok();")]
    [InlineData("return Copy(product);")]
    [InlineData("return Ok();")]
    public Task EntityThatIsOnlyRead_IsSilent(string body) =>
        Silent(Action("Product product", body: body).TrimEnd().TrimEnd('}') + " private IActionResult Copy(Product from) { db.Products.Add(new Product { Name = from.Name }); db.SaveChanges(); return Ok(); } }");

    [Fact]
    public Task RelatedRowsOfTheEntity_AreReported() => Reported(Action("Order [|order|]", body: "db.Lines.AddRange(order.Lines); db.SaveChanges(); return Ok();"));

    [Fact]
    public Task FormShownAgain_IsSilent() => Silent(Action("Product product", body: "if (!ModelState.IsValid) return View(product); db.Products.Add(new Product { Name = product.Name }); return Ok();", type: "Controller", attributes: ""));

    [Fact]
    public Task LoggedEntity_IsSilent() => Silent("""
        [ApiController]
        public class ProductsController(ILogger<ProductsController> logger) : ControllerBase
        {
            [HttpPost]
            public IActionResult Save(Product product) { logger.LogInformation("{Product}", product); return Ok(); }
        }
        """);

    [Theory]
    [InlineData("public static ValueTask<Parcel?> BindAsync(HttpContext context) => default;")]
    [InlineData("public static bool TryParse(string? text, out Parcel parcel) { parcel = new(); return true; }")]
    public Task EntityThatReadsItself_IsSilent(string member) => Silent($$"""
        public class Parcel { public int Id { get; set; } {{member}} }
        public class ParcelContext : DbContext { public DbSet<Parcel> Parcels => Set<Parcel>(); }
        public static class Endpoints { public static void Map(WebApplication app) => app.MapPost("/", (Parcel parcel, ParcelContext db) => { db.Add(parcel); }); }
        """);

    [Fact]
    public Task BinderProviderForTheEntity_IsSilent() => Silent(Action("Product product") + """

        public class Provider : IModelBinderProvider { public IModelBinder? GetBinder(ModelBinderProviderContext context) => context.Metadata.ModelType == typeof(Product) ? null : null; }
        """);

    [Fact]
    public Task ODataController_IsSilent() => Silent("public class ODataController : ControllerBase { }\n" + Action("[FromBody] Product product", type: "ODataController", attributes: ""));

    [Fact]
    public Task EntityWithoutKey_IsSilent() => Silent("""
        [Keyless]
        public class Sale { public decimal Total { get; set; } }
        public class SaleContext : DbContext { public DbSet<Sale> Sales => Set<Sale>(); }
        [ApiController]
        public class SalesController(SaleContext db) : ControllerBase { [HttpPost] public void Save(Sale sale) { db.Add(sale); } }
        """);

    [Theory]
    [InlineData("p => p.Name")]
    [InlineData("p => p.Name, p => p.Price")]
    public Task UpdateWithAList_IsSilent(string members) => Silent($$"""
        public class EditModel(ShopContext db) : PageModel
        {
            public async Task OnPostAsync(int id) { var product = await db.Products.FindAsync(id); await TryUpdateModelAsync(product!, "product", {{members}}); }
        }
        """);

    [Fact]
    public Task PageThatOnlyReadsTheProperty_IsSilent() => Silent("""
        public class EditModel(ShopContext db) : PageModel
        {
            [BindProperty]
            public Product Product { get; set; } = null!;

            public void OnPost() { var old = db.Products.Find(Product.Id)!; old.Name = Product.Name; db.SaveChanges(); }
        }
        """);

    [Fact]
    public Task PropertyThatIsNotBound_IsSilent() => Silent("""
        public class EditModel(ShopContext db) : PageModel
        {
            public Product Product { get; set; } = null!;

            public void OnPost(int id) { Product = db.Products.Find(id)!; db.Products.Remove(Product); }
        }
        """);

    [Fact]
    public Task PageWithoutPost_IsSilent() => Silent("""
        public class EditModel(ShopContext db) : PageModel
        {
            [BindProperty(SupportsGet = true)]
            public Product Product { get; set; } = null!;

            public void OnGet() { Product = db.Products.Find(1)!; }
        }
        """);
}

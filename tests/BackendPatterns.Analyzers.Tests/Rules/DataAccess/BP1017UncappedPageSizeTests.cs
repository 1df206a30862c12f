using BackendPatterns.Analyzers.Rules.DataAccess;
using Microsoft.CodeAnalysis.Testing;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.DataAccess.BP1017UncappedPageSizeAnalyzer,
    BackendPatterns.Analyzers.CodeFixes.DataAccess.BP1017UncappedPageSizeFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.DataAccess;

public class BP1017UncappedPageSizeTests
{
    private const string Types = """
        using System.ComponentModel.DataAnnotations;
        using Microsoft.AspNetCore.Mvc;

        public class PageParams
        {
            private int _capped = 10;
            public int Page { get; set; } = 1;
            public int Size { get; set; } = 20;
            public int? Limit { get; set; }
            [Range(1, 100)] public int Ranged { get; set; }
            [Required] public int Needed { get; set; }
            public int Capped { get => _capped; set => _capped = value > 50 ? 50 : value; }
            public int Fixed => 10;
        }

        public class OrderParams : PageParams { public string? Number { get; set; } }

        public record Search(string Text, int Size, [Range(1, 50)] int Ranged);

        public record Tested(int Size) : IValidatableObject
        {
            public IEnumerable<ValidationResult> Validate(ValidationContext context)
            {
                if (Size > 100)
                    yield return new ValidationResult("too many");
            }
        }

        public abstract class AbstractValidator<T>
        {
            public AbstractValidator<T> RuleFor<TProperty>(Func<T, TProperty> property) => this;
            public void LessThanOrEqualTo(int limit) { }
        }

        public record Checked(int Size);

        public class CheckedValidator : AbstractValidator<Checked>
        {
            public CheckedValidator() => RuleFor(x => x.Size).LessThanOrEqualTo(100);
        }

        """;

    [Fact]
    public Task Report_NamesTheValue() => Verify.Reported(
        Action("int {|#1:size|}", "return await db.Orders.OrderBy(o => o.Id).Take({|#0:size|}).ToListAsync();"),
        expected: DiagnosticResult.CompilerWarning(BP1017UncappedPageSizeAnalyzer.Id).WithLocation(0).WithLocation(1)
            .WithMessage("'size' comes from the request and has no upper bound, so one request can load the whole table; cap it"));

    [Theory]
    [InlineData("int page = 1, int size = 20", "return await db.Orders.Skip((page - 1) * size).Take([|size|]).ToListAsync();")]
    [InlineData("int? size", "return await db.Orders.Take([|size ?? 20|]).ToListAsync();")]
    [InlineData("int? size", "return await db.Orders.Take([|size.GetValueOrDefault(20)|]).ToListAsync();")]
    [InlineData("int size", "return await db.Orders.Take([|size|] + 1).ToListAsync();")]
    [InlineData("int size", "if (size < 1) size = 20; return await db.Orders.Take([|size|]).ToListAsync();")]
    [InlineData("int size", "if (size <= 0) return BadRequest(); return await db.Orders.Take([|size|]).ToListAsync();")]
    [InlineData("int size", "var count = size == 0 ? 10 : size; return await db.Orders.Take([|count|]).ToListAsync();")]
    [InlineData("int size", "var count = Math.Max(size, 1); return await db.Orders.Take([|size|]).ToListAsync();")]
    [InlineData("PageParams p", "return await db.Orders.Take([|p.Size|]).ToListAsync();")]
    [InlineData("[FromQuery] OrderParams p", "return await db.Orders.Take([|p.Size|]).ToListAsync();")]
    [InlineData("PageParams p", "return await db.Orders.Take([|p.Limit ?? 10|]).ToListAsync();")]
    [InlineData("PageParams p", "return await db.Orders.Take([|p.Needed|]).ToListAsync();")]
    [InlineData("Search p", "return await db.Orders.Take([|p.Size|]).ToListAsync();")]
    [InlineData("int size", "IQueryable<Order> query = db.Orders; if (size > 0) query = query.Take([|size|]); return await query.ToListAsync();")]
    public Task FreeSize_IsReported(string parameters, string statements) => Verify.Reported(Action(parameters, statements));

    [Theory]
    [InlineData("int size", "return await db.Orders.Take(Math.Min(size, 100)).ToListAsync();")]
    [InlineData("int size", "return await db.Orders.Take(Math.Clamp(size, 1, 100)).ToListAsync();")]
    [InlineData("int size", "size = Math.Min(size, 100); return await db.Orders.Take(size).ToListAsync();")]
    [InlineData("int size", "var take = Math.Clamp(size, 1, 50); return await db.Orders.Take(take).ToListAsync();")]
    [InlineData("int size", "if (size > 100) return BadRequest(); return await db.Orders.Take(size).ToListAsync();")]
    [InlineData("int size", "if (100 < size) size = 100; return await db.Orders.Take(size).ToListAsync();")]
    [InlineData("int size", "if (size is < 1 or > 100) return BadRequest(); return await db.Orders.Take(size).ToListAsync();")]
    [InlineData("int size", "return await db.Orders.Take(size > Most ? Most : size).ToListAsync();")]
    [InlineData("int size", "ArgumentOutOfRangeException.ThrowIfGreaterThan(size, 100); return await db.Orders.Take(size).ToListAsync();")]
    [InlineData("int size", "size = Normalize(size); return await db.Orders.Take(size).ToListAsync();")]
    [InlineData("[Range(1, 100)] int size", "return await db.Orders.Take(size).ToListAsync();")]
    [InlineData("PageParams p", "return await db.Orders.Take(p.Ranged).ToListAsync();")]
    [InlineData("PageParams p", "return await db.Orders.Take(p.Capped).ToListAsync();")]
    [InlineData("PageParams p", "return await db.Orders.Take(p.Fixed).ToListAsync();")]
    [InlineData("Search p", "return await db.Orders.Take(p.Ranged).ToListAsync();")]
    [InlineData("Tested p", "return await db.Orders.Take(p.Size).ToListAsync();")]
    [InlineData("Checked p", "return await db.Orders.Take(p.Size).ToListAsync();")]
    [InlineData("PageParams p", "if (p.Size > 100) p.Size = 100; return await db.Orders.Take(p.Size).ToListAsync();")]
    [InlineData("PageParams p", "p.Size = 10; return await db.Orders.Take(p.Size).ToListAsync();")]
    [InlineData("PageParams p", "EnsureValid(p); return await db.Orders.Take(p.Size).ToListAsync();")]
    [InlineData("int page", "var own = new PageParams(); return await db.Orders.Take(own.Size).ToListAsync();")]
    [InlineData("int page", "return await db.Orders.Take(10).ToListAsync();")]
    [InlineData("int page", "return await db.Orders.Take(Most).ToListAsync();")]
    [InlineData("int page", "return await db.Orders.Take(settings.Size).ToListAsync();")]
    [InlineData("int size", "return new List<Order>().Take(size).ToList();")]
    [InlineData("int size", "return (await db.Orders.ToListAsync()).Take(size).ToList();")]
    [InlineData("string size", "return await db.Orders.Take(int.Parse(size)).ToListAsync();")]
    [InlineData("int size", "return await db.Orders.Take(Limit(size)).ToListAsync();")]
    public Task LimitedOrOtherSize_IsSilent(string parameters, string statements) => Verify.Silent(Action(parameters, statements));

    [Fact]
    public Task MinimalApi_IsReported() => Verify.Reported("""
        public static class Api
        {
            public static void Map(WebApplication app)
            {
                app.MapGet("/orders", (int size, ShopContext db) => db.Orders.OrderBy(o => o.Id).Take([|size|]).ToListAsync());
                app.MapGet("/some", ([System.ComponentModel.DataAnnotations.Range(1, 50)] int size, ShopContext db) => db.Orders.OrderBy(o => o.Id).Take(size).ToListAsync());
                app.MapGet("/all", List);
            }

            private static Task<List<Order>> List(int size, ShopContext db) => db.Orders.Take([|size|]).ToListAsync();
        }
        """);

    [Fact]
    public Task RazorPage_IsReported() => Verify.Reported("""
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.AspNetCore.Mvc.RazorPages;

        public class Orders(ShopContext db) : PageModel
        {
            [BindProperty(SupportsGet = true)]
            public int Size { get; set; }

            public int Own { get; set; } = 10;

            public Task OnGetAsync(int count) => db.Orders.Take([|count|]).ToListAsync();

            public Task OnPostAsync() => db.Orders.Take([|Size|]).ToListAsync();

            public Task OnGetMoreAsync() => db.Orders.Take(Own).ToListAsync();
        }
        """);

    [Fact]
    public Task SizeThatAServiceIsGiven_IsReported() => Verify.Reported(Types + """
        public interface IOrders { Task<List<Order>> PageAsync(int page, int size); Task<List<Order>> FirstAsync(int size); Task<List<Order>> FindAsync(PageParams p); }

        public class Orders(ShopContext db) : IOrders
        {
            public Task<List<Order>> PageAsync(int page, int size) => db.Orders.OrderBy(o => o.Id).Page(page, size).ToListAsync();
            public Task<List<Order>> FirstAsync(int size) => db.Orders.OrderBy(o => o.Id).Take(size).ToListAsync();
            public Task<List<Order>> FindAsync(PageParams p) => db.Orders.OrderBy(o => o.Id).Take([|p.Size|]).ToListAsync();
        }

        public static class Pages
        {
            public static IQueryable<T> Page<T>(this IQueryable<T> query, int page, int size) => query.Skip(page * size).Take([|size|]);
        }

        public class OrdersController(IOrders orders) : ControllerBase
        {
            [HttpGet] public Task<List<Order>> Get(int page, int size) => orders.PageAsync(page, size);
            [HttpGet] public Task<List<Order>> First(int size) => orders.FirstAsync(Math.Min(size, 10));
            [HttpGet] public Task<List<Order>> Find(OrderParams p) => orders.FindAsync(p);
        }
        """);

    [Fact]
    public Task SizeOfAWorker_IsSilent() => Verify.Silent("""
        public class Worker(ShopContext db)
        {
            public Task<List<Order>> Batch(int size) => db.Orders.OrderBy(o => o.Id).Take(size).ToListAsync();
            public Task<List<Order>> Run() => Batch(5000);
        }
        """);

    [Theory]
    [InlineData("int size", "return await db.Orders.Take([|size|]).ToListAsync();", "return await db.Orders.Take(Math.Min(size, 100)).ToListAsync();")]
    [InlineData("int? size", "return await db.Orders.Take([|size ?? 20|]).ToListAsync();", "return await db.Orders.Take(Math.Min(size ?? 20, 100)).ToListAsync();")]
    [InlineData("int size", "return await db.Orders.Take([|size|] + 1).ToListAsync();", "return await db.Orders.Take(Math.Min(size, 100) + 1).ToListAsync();")]
    [InlineData(
        "PageParams p",
        "return await db.Orders.Skip((p.Page - 1) * p.Size).Take([|p.Size|]).ToListAsync();",
        "return await db.Orders.Skip((p.Page - 1) * Math.Min(p.Size, 100)).Take(Math.Min(p.Size, 100)).ToListAsync();")]
    [InlineData(
        "int page, int size",
        "var skip = page * size; return await db.Orders.Skip(skip).Take([|size|]).ToListAsync();",
        "size = Math.Min(size, 100);\n        var skip = page * size; return await db.Orders.Skip(skip).Take(size).ToListAsync();")]
    [InlineData(
        "int page, int size",
        "return new { Rows = await db.Orders.Skip(page * size).Take([|size|]).ToListAsync(), size };",
        "size = Math.Min(size, 100);\n        return new { Rows = await db.Orders.Skip(page * size).Take(size).ToListAsync(), size };")]
    [InlineData(
        "PageParams p",
        "if (p.Size < 1) return BadRequest(); return await db.Orders.Skip((p.Page - 1) * p.Size).Take([|p.Size|]).ToListAsync();",
        "if (p.Size < 1) return BadRequest(); return await db.Orders.Skip((p.Page - 1) * Math.Min(p.Size, 100)).Take(Math.Min(p.Size, 100)).ToListAsync();")]
    [InlineData(
        "PageParams p",
        "if (p == null) return BadRequest();\n        // The page.\n        var rows = await db.Orders.Skip((p.Page - 1) * p.Size).Take([|p.Size|]).ToListAsync();\n        return new { rows, p.Page, Size = p.Size };",
        "if (p == null) return BadRequest();\n        // The page.\n        var size = Math.Min(p.Size, 100);\n        var rows = await db.Orders.Skip((p.Page - 1) * size).Take(size).ToListAsync();\n        return new { rows, p.Page, Size = size };")]
    [InlineData(
        "PageParams p",
        "var skip = p.Page * p.Size; return await db.Orders.Skip(skip).Take([|p.Size|]).ToListAsync();",
        "var size = Math.Min(p.Size, 100);\n        var skip = p.Page * size; return await db.Orders.Skip(skip).Take(size).ToListAsync();")]
    [InlineData(
        "PageParams p",
        "var count = p.Size; return new { Rows = await db.Orders.Skip(p.Page * count).Take([|count|]).ToListAsync(), count };",
        "var count = Math.Min(p.Size, 100); return new { Rows = await db.Orders.Skip(p.Page * count).Take(count).ToListAsync(), count };")]
    public Task Size_IsCapped(string parameters, string before, string after) => Verify.Fixed(Action(parameters, before), Action(parameters, after));

    [Theory]
    // Read before the test it would throw.
    [InlineData("PageParams? p", "var skip = p == null ? 0 : p.Page * p.Size; return await db.Orders.Skip(skip).Take([|p!.Size|]).ToListAsync();")]
    [InlineData("PageParams? p", "return p == null ? NotFound() : new { Rows = await db.Orders.Take([|p.Size|]).ToListAsync(), Size = p.Size };")]
    public Task SizeThatIsUsedElsewhere_GetsNoFix(string parameters, string statements) => Verify.NotFixed(Action(parameters, statements));

    private static string Action(string parameters, string statements) => Types + $$"""
        public class Settings { public int Size { get; set; } }

        public class OrdersController(ShopContext db, Settings settings) : ControllerBase
        {
            private const int Most = 100;

            [HttpGet]
            public async Task<object> Get({{parameters}})
            {
                {{statements}}
            }

            private static int Limit(int size) => size > Most ? Most : size;
            private static int Normalize(int size) => Limit(size);
            private static void EnsureValid(PageParams p) { }
        }
        """;
}

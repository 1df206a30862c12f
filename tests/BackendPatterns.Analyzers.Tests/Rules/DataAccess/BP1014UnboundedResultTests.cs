using BackendPatterns.Analyzers.Rules.DataAccess;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.DataAccess.BP1014UnboundedResultAnalyzer,
    BackendPatterns.Analyzers.CodeFixes.DataAccess.BP1014UnboundedResultFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.DataAccess;

public class BP1014UnboundedResultTests
{
    [Fact]
    public Task Report_NamesTheRows() => Verify.Reported(
        Action("return Ok(await db.Orders.{|#0:ToListAsync|}());").Replace("Get(int", "{|#1:Get|}(int", StringComparison.Ordinal),
        expected: new DiagnosticResult(BP1014UnboundedResultAnalyzer.Id, DiagnosticSeverity.Info).WithLocation(0).WithLocation(1)
            .WithMessage("'ToListAsync' loads the rows of 'Order' without a limit and an endpoint returns them all; page the result"));

    [Theory]
    [InlineData("return await db.Orders.AsNoTracking().OrderBy(o => o.Id).[|ToListAsync|]();")]
    [InlineData("return db.Orders.Include(o => o.Lines).[|ToArray|]();")]
    [InlineData("var all = await db.Orders.[|ToListAsync|](); return Ok(all);")]
    [InlineData("var all = await db.Orders.[|ToListAsync|](); return Ok(all.Select(o => o.Number).ToList());")]
    [InlineData("return Ok(await db.Orders.Select(o => new { o.Id, o.Number }).[|ToListAsync|]());")]
    [InlineData("return new Answer { Orders = await db.Orders.[|ToListAsync|]() };")]
    [InlineData("return Ok(await db.Orders.Where(o => o.Total > 5).[|ToListAsync|]());")]
    [InlineData("return Ok(await db.Customers.Where(c => c.IsActive).[|ToListAsync|]());")]
    [InlineData("return Ok(await db.Customers.Where(c => c.City.Contains(text)).[|ToListAsync|]());")]
    [InlineData("return Ok(await db.Deliveries.Where(o => o.State == OrderState.Completed).[|ToListAsync|]());")]
    [InlineData("return Ok(await db.Orders.Where(o => o.Total == 3 || o.Total > 5).[|ToListAsync|]());")]
    [InlineData("return Ok(await db.Deliveries.Where(o => o.State != OrderState.Open && o.Total > 5).[|ToListAsync|]());")]
    [InlineData("return View(await db.Orders.[|ToListAsync|]());")]
    [InlineData("ActionResult<List<Order>> answer = await db.Orders.[|ToListAsync|](); return answer;")]
    [InlineData("return Ok(await db.Orders.All().[|ToListAsync|]());")]
    [InlineData("IQueryable<Order> query = db.Orders; if (id > 0) query = query.Where(o => o.CustomerId == id); return Ok(await query.[|ToListAsync|]());")]
    public Task WholeTable_IsReported(string statements) => Verify.Reported(Action(statements));

    [Theory]
    [InlineData("return Ok(await db.Orders.Take(100).ToListAsync());")]
    [InlineData("return Ok(await db.Orders.OrderBy(o => o.Id).Skip(10).Take(10).ToListAsync());")]
    [InlineData("return Ok(await db.Orders.OrderBy(o => o.Id).Paged(1).ToListAsync());")]
    // Keys, owners, lists of values, times.
    [InlineData("return Ok(await db.Orders.Where(o => o.Id == id).ToListAsync());")]
    [InlineData("return Ok(await db.Orders.Where(o => o.CustomerId == id).ToListAsync());")]
    [InlineData("return Ok(await db.Orders.Where(o => o.Customer!.Email == text).ToListAsync());")]
    [InlineData("return Ok(await db.Orders.Where(o => o.Lines.Any(l => l.ProductId == id)).ToListAsync());")]
    [InlineData("var ids = new[] { 1, 2 }; return Ok(await db.Orders.Where(o => ids.Contains(o.Id)).ToListAsync());")]
    [InlineData("return Ok(await db.Orders.Where(o => o.PlacedAt > DateTime.UtcNow.AddDays(-1)).ToListAsync());")]
    [InlineData("return Ok(await db.Orders.Where(o => o.Id == id && o.Total > 5).ToListAsync());")]
    [InlineData("return Ok(await db.Orders.Where(o => o.CustomerId == id || o.Total > 5).ToListAsync());")]
    [InlineData("return Ok(await db.Customers.Where(c => c.City == text).ToListAsync());")]
    [InlineData("return Ok(await db.Customers.Where(c => c.Email.Equals(text)).ToListAsync());")]
    [InlineData("return Ok(await db.Orders.Where(o => o.Id > id).ToListAsync());")]
    [InlineData("return Ok(await db.Orders.Where(o => o.Customer == someone).ToListAsync());")]
    // Work that is left.
    [InlineData("return Ok(await db.Deliveries.Where(o => o.State == OrderState.Open).ToListAsync());")]
    // A page, by its type or by what asks for it.
    [InlineData("return Ok(new OrderPage(await db.Orders.ToListAsync()));")]
    [InlineData("return Ok(new OrderPage([]) { Orders = await db.Orders.ToListAsync() });")]
    // Lookup tables: listed, or without a time and without references.
    [InlineData("return Ok(await db.Countries.ToListAsync());")]
    [InlineData("return Ok(await db.OrderTypes.ToListAsync());")]
    [InlineData("return Ok(await db.Products.ToListAsync());")]
    // Aggregates, single rows, and rows that do not leave as they are.
    [InlineData("return Ok(await db.Orders.CountAsync());")]
    [InlineData("return Ok(await db.Orders.FirstAsync());")]
    [InlineData("return Ok(await db.Orders.GroupBy(o => o.CustomerId).Select(g => new { g.Key, Count = g.Count() }).ToListAsync());")]
    [InlineData("var all = await db.Orders.ToListAsync(); return Ok(all.Count);")]
    [InlineData("var all = await db.Orders.ToListAsync(); return Ok(all.Where(o => o.Total > 5));")]
    [InlineData("var all = await db.Orders.ToListAsync(); return Ok(all.Take(3));")]
    // Not known.
    [InlineData("return Ok(await db.Orders.Where(custom).ToListAsync());")]
    [InlineData("return Ok(await given.ToListAsync());")]
    [InlineData("return Ok(await filter(db.Orders).ToListAsync());")]
    [InlineData("return Ok(await db.Orders.FromSqlRaw(\"select * from Orders limit 3\").ToListAsync());")]
    [InlineData("return new List<Order>().ToList();")]
    public Task LimitedResult_IsSilent(string statements) => Verify.Silent(Action(statements));

    [Fact]
    public Task Option_NamesLookupTables() => Verify.Silent(
        Action("return Ok(await db.Orders.ToListAsync());"), options: "backend_patterns.BP1014.lookup_tables = Country, Order");

    [Fact]
    public Task ListOfAService_IsReported() => Verify.Reported("""
        using Microsoft.AspNetCore.Mvc;

        public interface IOrders { Task<List<Order>> AllAsync(); Task<List<Order>> ForJobsAsync(); }

        public class Orders(ShopContext db) : IOrders
        {
            public async Task<List<Order>> AllAsync() => await db.Orders.[|ToListAsync|]();
            public async Task<List<Order>> ForJobsAsync() => await db.Orders.ToListAsync();
        }

        public class OrdersController(IOrders orders) : ControllerBase
        {
            [HttpGet]
            public async Task<IActionResult> Get() => Ok(await orders.AllAsync());

            [HttpPost]
            public async Task<int> Count() => (await orders.ForJobsAsync()).Count;
        }
        """);

    [Fact]
    public Task MinimalApi_IsReported() => Verify.Reported("""
        public static class Api
        {
            public static void Map(WebApplication app)
            {
                app.MapGet("/orders", (ShopContext db) => db.Orders.[|ToListAsync|]());
                app.MapGet("/customers", async (ShopContext db) => TypedResults.Ok(await db.Customers.[|ToListAsync|]()));
            }
        }
        """);

    [Theory]
    [InlineData("public async Task<IActionResult> Get(int page) => Ok(await db.Orders.ToListAsync());")]
    [InlineData("public async Task<IActionResult> Get(OrderPaging filter) => Ok(await db.Orders.ToListAsync());")]
    [InlineData("public async Task<PagedOrders> Get() => new PagedOrders { Items = await db.Orders.ToListAsync() };")]
    [InlineData("public async Task<IActionResult> Get() => Ok(await Some(3)); private async Task<List<Order>> Some(int limit) => await db.Orders.ToListAsync();")]
    [InlineData("[NonAction] public async Task<IActionResult> Get() => Ok(await db.Orders.ToListAsync());")]
    public Task PagingOrNoEndpoint_IsSilent(string member) => Verify.Silent("public class OrderPaging { public int Size { get; set; } } public class PagedOrders { public List<Order> Items { get; set; } = new(); }\n".Insert(0, "using Microsoft.AspNetCore.Mvc;\n") + Controller(member).Replace("using Microsoft.AspNetCore.Mvc;", "", StringComparison.Ordinal));

    [Fact]
    public Task MappedMethodAndTopLevelCaller_AreReported() => Verify.Reported(
        """
        var app = WebApplication.CreateBuilder(args).Build();
        app.MapGet("/orders", Api.Orders);
        app.MapGet("/customers", async (Service service) => await service.AllAsync());

        public static class Api
        {
            public static async Task<List<Order>> Orders(ShopContext db) => await db.Orders.[|ToListAsync|]();
        }

        public class Service(ShopContext db)
        {
            public async Task<List<Customer>> AllAsync() => await db.Customers.[|ToListAsync|]();
            public async Task<List<Customer>> OthersAsync() => await db.Customers.ToListAsync();
        }
        """,
        output: OutputKind.ConsoleApplication);

    [Theory]
    [InlineData("ExportOrders", "")]
    [InlineData("Get", "[EnableQuery]")]
    public Task ExportsAndOData_AreSilent(string name, string attribute) => Verify.Silent($$"""
        using Microsoft.AspNetCore.Mvc;

        public sealed class EnableQueryAttribute : Attribute { }

        public class OrdersController(ShopContext db) : ControllerBase
        {
            [HttpGet] {{attribute}}
            public async Task<IActionResult> {{name}}() => Ok(await db.Orders.ToListAsync());
        }
        """);

    [Fact]
    public Task Worker_IsSilent() => Verify.Silent("""
        public class Worker(ShopContext db)
        {
            public async Task<List<Order>> AllAsync() => await db.Orders.ToListAsync();
        }
        """);

    [Theory]
    [InlineData(
        "public async Task<IActionResult> Get() => Ok(await db.Orders.AsNoTracking().[|ToListAsync|]());",
        "public async Task<IActionResult> Get(int page = 1, int pageSize = 50) => Ok(await db.Orders.AsNoTracking().OrderBy(o => o.Id).Skip((Math.Max(page, 1) - 1) * Math.Clamp(pageSize, 1, 100)).Take(Math.Clamp(pageSize, 1, 100)).ToListAsync());")]
    [InlineData(
        "public async Task<IActionResult> Get() => Ok(await db.Orders.Select(o => new { o.Number }).[|ToListAsync|]());",
        $"public async Task<IActionResult> Get(int page = 1, int pageSize = 50) => Ok(await db.Orders.OrderBy(o => o.Id).Select(o => new {{ o.Number }}).{Paged}.ToListAsync());")]
    [InlineData(
        "public async Task<IActionResult> Get(CancellationToken token) { var query = db.Orders.OrderByDescending(o => o.Total); return Ok(await query.[|ToListAsync|](token)); }",
        $"public async Task<IActionResult> Get(CancellationToken token, int page = 1, int pageSize = 50) {{ var query = db.Orders.OrderByDescending(o => o.Total).ThenBy(o => o.Id); return Ok(await query.{Paged}.ToListAsync(token)); }}")]
    [InlineData(
        "public async Task<IActionResult> Get() => Ok(await db.Orders.OrderBy(o => o.Total).Where(o => o.Total > 5).[|ToListAsync|]());",
        $"public async Task<IActionResult> Get(int page = 1, int pageSize = 50) => Ok(await db.Orders.OrderBy(o => o.Total).ThenBy(o => o.Id).Where(o => o.Total > 5).{Paged}.ToListAsync());")]
    [InlineData(
        "public Task<List<Order>> Get(bool all, CancellationToken token = default) => db.Orders.OrderBy(o => o.Total).ThenBy(o => o.Id).[|ToListAsync|](token);",
        "public Task<List<Order>> Get(bool all, int page = 1, int pageSize = 50, CancellationToken token = default) => db.Orders.OrderBy(o => o.Total).ThenBy(o => o.Id).Skip((Math.Max(page, 1) - 1) * Math.Clamp(pageSize, 1, 100)).Take(Math.Clamp(pageSize, 1, 100)).ToListAsync(token);")]
    public Task Page_IsAdded(string before, string after) =>
        Verify.Fixed(Controller(before), Controller(after));

    [Fact]
    public Task PageOfAMinimalApi_IsAdded() => Verify.Fixed(
        Api("app.MapGet(\"/orders\", (ShopContext db) => db.Orders.[|ToListAsync|]());\n        app.MapGet(\"/customers\", Customers);", "ShopContext db", "[|ToListAsync|]"),
        Api($"app.MapGet(\"/orders\", (ShopContext db, int page = 1, int pageSize = 50) => db.Orders.OrderBy(o => o.Id).{Paged}.ToListAsync());\n        app.MapGet(\"/customers\", Customers);",
            "ShopContext db, int page = 1, int pageSize = 50", $"OrderBy(c => c.Id).{Paged}.ToListAsync"));

    [Theory]
    [InlineData("public async Task<IActionResult> Get() { var page = 3; return Ok(await db.Orders.OrderBy(o => o.Id + page).[|ToListAsync|]()); }")]
    [InlineData("public async Task<List<Order>> Get() => await db.Orders.[|ToListAsync|]();\n    private async Task<int> Count() => (await Get()).Count;")]
    [InlineData("public virtual async Task<List<Order>> Get() => await db.Orders.[|ToListAsync|]();")]
    [InlineData("public async Task<List<Order>> Get(params int[] ids) => await db.Orders.[|ToListAsync|]();")]
    [InlineData("public async Task<IActionResult> Get() => Ok(await All());\n    private async Task<List<Order>> All() => await db.Orders.[|ToListAsync|]();")]
    public Task QueryElsewhereOrUnordered_GetsNoFix(string member) => Verify.NotFixed(Controller(member));

    private const string Paged = "Skip((Math.Max(page, 1) - 1) * Math.Clamp(pageSize, 1, 100)).Take(Math.Clamp(pageSize, 1, 100))";

    [Theory]
    [InlineData("if (customer is not null) query = query.Where(o => o.CustomerId == customer);")]
    [InlineData("if (customers.Length > 0) query = query.Where(o => customers.Contains(o.CustomerId));")]
    public Task FilterThatTheCallerOfAServiceSets_IsSilent(string filter) => Verify.Silent(Service(filter, "ToListAsync"));

    [Fact]
    public Task FilterOfAServiceThatNarrowsNothing_IsReported() =>
        Verify.Reported(Service("if (minimum > 0) query = query.Where(o => o.Total > minimum);", "[|ToListAsync|]"));

    private static string Service(string filter, string terminal) => $$"""
        using Microsoft.AspNetCore.Mvc;

        public class OrdersController(OrderService orders) : ControllerBase
        {
            [HttpGet]
            public Task<List<Order>> Get(int customer) => orders.ListAsync(customer, [customer], 5);
        }

        public class OrderService(ShopContext db)
        {
            public async Task<List<Order>> ListAsync(int? customer, int[] customers, decimal minimum)
            {
                IQueryable<Order> query = db.Orders;
                {{filter}}
                return await query.{{terminal}}();
            }
        }
        """;

    private static string Api(string maps, string parameters, string terminal) => $$"""
        public static class Api
        {
            public static void Map(WebApplication app)
            {
                {{maps}}
            }

            private static async Task<List<Customer>> Customers({{parameters}}) => await db.Customers.{{terminal}}();
        }
        """;

    private static string Controller(string member) => $$"""
        using Microsoft.AspNetCore.Mvc;

        public class OrdersController(ShopContext db) : ControllerBase
        {
            [HttpGet]
            {{member}}
        }
        """;

    private static string Action(string statements) => $$"""
        using Microsoft.AspNetCore.Mvc;

        public class Country { public int Id { get; set; } public string Name { get; set; } = ""; public string Iso { get; set; } = ""; public DateTime AddedAt { get; set; } }

        public class OrderType { public int Id { get; set; } public string Name { get; set; } = ""; public string Text { get; set; } = ""; public DateTime AddedAt { get; set; } }

        public enum OrderState { Open, Completed }

        public class Delivery { public int Id { get; set; } public string Number { get; set; } = ""; public decimal Total { get; set; } public DateTime SentAt { get; set; } public OrderState State { get; set; } }

        public class OrderPage(List<Order> orders) { public List<Order> Orders { get; set; } = orders; }

        public class Answer { public List<Order> Orders { get; set; } = new(); }

        public class WorldContext(DbContextOptions<ShopContext> options) : ShopContext(options) { public DbSet<Country> Countries => Set<Country>(); public DbSet<OrderType> OrderTypes => Set<OrderType>(); public DbSet<Delivery> Deliveries => Set<Delivery>(); }

        public static class Queries { public static IQueryable<T> Paged<T>(this IQueryable<T> query, int page) => query.Skip(page * 10).Take(10); public static IQueryable<T> All<T>(this IQueryable<T> query) => query; }

        public class OrdersController(WorldContext db, IQueryable<Order> given, Func<IQueryable<Order>, IQueryable<Order>> filter, Customer someone, System.Linq.Expressions.Expression<Func<Order, bool>> custom) : Controller
        {
            [HttpGet]
            public async Task<object> Get(int id, string text)
            {
                {{statements}}
            }
        }
        """;
}

using Microsoft.CodeAnalysis;
using BackendPatterns.Analyzers.Rules.Architecture;
using BackendPatterns.Analyzers.Tests.Verification;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.Architecture.BP2001DbContextInControllerAnalyzer,
    BackendPatterns.Analyzers.Tests.Verification.NoFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.Architecture;

public class BP2001DbContextInControllerTests
{
    private const string Usings = """
        using System.Data;
        using System.Data.Common;
        using Microsoft.AspNetCore.Identity;
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.AspNetCore.Mvc.RazorPages;
        using Microsoft.AspNetCore.SignalR;

        public interface IShopContext { DbSet<Order> Orders { get; } }
        public interface IReadContext : IShopContext { }
        public interface ISets { DbSet<T> Set<T>() where T : class; }
        public interface ISqlConnections { IDbConnection Open(); }
        public interface IAsyncConnections { Task<DbConnection> OpenAsync(); }
        public interface IDapperWork { IDbConnection Connection { get; } void Commit(); }
        public class ConnectionFactory { public DbConnection Create() => null!; }
        public class Reports { public DbConnection Archive() => null!; public string Monthly() => ""; }
        public class ConnectionSettings { public string Text { get; set; } = ""; }
        public class OrderService(ShopContext db) { public ShopContext Db => db; }

        """;

    private static Task Reported(string source, string? options = null) => Verify.Reported(Usings + source, options);

    private static Task Silent(string source, string? options = null) => Verify.Silent(Usings + source, options);

    [Theory]
    [InlineData("ShopContext")]
    [InlineData("DbContext")]
    [InlineData("DbSet<Order>")]
    [InlineData("IDbContextFactory<ShopContext>")]
    [InlineData("Microsoft.EntityFrameworkCore.Infrastructure.PooledDbContextFactory<ShopContext>")]
    [InlineData("IDbConnection")]
    [InlineData("DbConnection")]
    [InlineData("DbDataSource")]
    [InlineData("DbProviderFactory")]
    [InlineData("ISqlConnections")]
    [InlineData("IAsyncConnections")]
    [InlineData("IDapperWork")]
    [InlineData("ConnectionFactory")]
    [InlineData("Func<IDbConnection>")]
    [InlineData("IShopContext")]
    [InlineData("IReadContext")]
    [InlineData("ISets")]
    [InlineData("Lazy<ShopContext>")]
    [InlineData("Func<ShopContext>")]
    public Task DataAccessInConstructor_IsReported(string type) =>
        Reported($$"""public class OrdersController : ControllerBase { public OrdersController({{type}} [|db|]) { } }""");

    [NewestEfCoreFact]
    public Task ConnectionOfAProvider_IsReported() => DataAccessInConstructor_IsReported("Npgsql.NpgsqlConnection");

    [Theory]
    [InlineData("OrderService")]
    [InlineData("UserManager<IdentityUser>")]
    [InlineData("SignInManager<IdentityUser>")]
    [InlineData("DbContextOptions<ShopContext>")]
    [InlineData("HttpClient")]
    [InlineData("ILogger<ShopContext>")]
    [InlineData("Lazy<OrderService>")]
    [InlineData("IServiceProvider")]
    [InlineData("IServiceScopeFactory")]
    [InlineData("IEnumerable<Order>")]
    [InlineData("Reports")]
    [InlineData("ConnectionSettings")]
    [InlineData("ConnectionInfo")]
    [InlineData("string")]
    public Task OtherDependency_IsSilent(string type) =>
        Silent($$"""public class OrdersController : ControllerBase { public OrdersController({{type}} db) { } }""");

    [Theory]
    [InlineData("public class OrdersController(ShopContext [|db|]) : ControllerBase { [HttpGet] public int Get() => db.Orders.Count(); }")]
    [InlineData("public class OrdersController : ControllerBase { private readonly ShopContext [|_db|] = null!; public int N => _db.Orders.Count(); }")]
    [InlineData("public class OrdersController : ControllerBase { public ShopContext Db { get; set; } = null!; }")]
    [InlineData("public class OrdersController : ControllerBase { [HttpGet] public int Get([FromServices] ShopContext [|db|]) => db.Orders.Count(); }")]
    [InlineData("public class OrdersController : ControllerBase { [HttpGet] public int Get(ShopContext [|db|]) => db.Orders.Count(); }")]
    [InlineData("public class OrdersController : ControllerBase { [HttpGet] public int Get() => HttpContext.RequestServices.[|GetRequiredService<ShopContext>|]().Orders.Count(); }")]
    [InlineData("public class OrdersController : ControllerBase { [HttpGet] public int Get() => HttpContext.RequestServices.[|GetService<IShopContext>|]()!.Orders.Count(); }")]
    [InlineData("public class OrdersController : ControllerBase { [HttpGet] public object? Get() => HttpContext.RequestServices.[|GetService|](typeof(ShopContext)); }")]
    [InlineData("public class OrdersController : ControllerBase { [HttpGet] public object? Get() => HttpContext.RequestServices.[|GetRequiredService|](typeof(IShopContext)); }")]
    [InlineData("public class OrdersController : ControllerBase { [HttpGet] public object? Get() => HttpContext?.RequestServices?.[|GetService<ShopContext>|](); }")]
    [InlineData("public class OrdersController : ControllerBase { [HttpGet] public object Get() => HttpContext.RequestServices.[|GetRequiredKeyedService<ShopContext>|](\"main\"); }")]
    [InlineData("public class OrdersController : ControllerBase { [HttpGet] public object? Get() => HttpContext.RequestServices.[|GetKeyedService<IDbConnection>|](\"main\"); }")]
    [InlineData("public class OrdersController : ControllerBase { [HttpGet] public object Get() => ServiceProviderServiceExtensions.[|GetRequiredService<ShopContext>|](HttpContext.RequestServices); }")]
    [InlineData("public class OrdersController(IServiceProvider services) : ControllerBase { [HttpGet] public object Get() => ActivatorUtilities.[|CreateInstance<ShopContext>|](services); }")]
    [InlineData("public class OrdersController(IServiceScopeFactory scopes) : ControllerBase { [HttpGet] public int Get() { using var scope = scopes.CreateScope(); return scope.ServiceProvider.[|GetRequiredService<ShopContext>|]().Orders.Count(); } }")]
    [InlineData("public class OrdersController([FromKeyedServices(\"main\")] ShopContext [|db|]) : ControllerBase { public int N => db.Orders.Count(); }")]
    [InlineData("public class OrdersController : ControllerBase { [HttpGet] public int Get([FromKeyedServices(\"main\")] ShopContext [|db|]) => db.Orders.Count(); }")]
    [InlineData("public abstract class Sets<T>(T [|db|]) : ControllerBase where T : IShopContext { protected T Db => db; }")]
    [InlineData("public class IndexModel : PageModel { public int N; public void OnGet([FromServices] ShopContext [|db|]) => N = db.Orders.Count(); }")]
    [InlineData("public interface IClient { Task Changed(); } public class OrderHub(ShopContext [|db|]) : Hub<IClient> { public int N => db.Orders.Count(); }")]
    [InlineData("public class OrderHub : Hub { public int Count(ShopContext [|db|]) => db.Orders.Count(); }")]
    [InlineData("[Grpc.Core.BindServiceMethod(typeof(OrdersBase), \"Bind\")] public abstract class OrdersBase { public static void Bind() { } } public class GrpcOrders(ShopContext [|db|]) : OrdersBase { public int N => db.Orders.Count(); }")]
    [InlineData("public abstract class Base<T>(T [|db|]) : ControllerBase where T : ShopContext { protected T Db => db; }")]
    [InlineData("public class IndexModel(ShopContext [|db|]) : PageModel { public int N => db.Orders.Count(); }")]
    [InlineData("public class OrderHub(ShopContext [|db|]) : Hub { public int N => db.Orders.Count(); }")]
    [InlineData("public class OrdersController(ShopContext [|db|]) { public int Get() => db.Orders.Count(); }")]
    public Task DataAccessOfAnEndpointType_IsReportedOnce(string source) => Reported(source.Replace("ShopContext Db {", "ShopContext [|Db|] {", StringComparison.Ordinal));

    [Fact]
    public Task SeveralDependencies_AreOneReport() => Verify.Reported(
        Usings + """
        public class OrdersController : ControllerBase
        {
            private readonly ShopContext {|#1:_db|};
            public OrdersController(ShopContext {|#0:db|}, IDbConnection {|#2:connection|}) => _db = db;
            [HttpGet] public int Get([FromServices] ShopContext {|#3:other|}) => 1;
        }
        """,
        expected: new Microsoft.CodeAnalysis.Testing.DiagnosticResult(BP2001DbContextInControllerAnalyzer.Id, DiagnosticSeverity.Warning)
            .WithLocation(0).WithLocation(2).WithLocation(1).WithLocation(3)
            .WithMessage("'OrdersController' takes 'ShopContext'; move its data access into a service and take that instead"));

    [Fact]
    public Task ContextForwardedToTheBaseClass_IsReportedThere() => Reported("""
        public abstract class Base : ControllerBase { protected Base(ShopContext [|db|]) { } }
        public class OrdersController(ShopContext db) : Base(db) { }
        public class ProductsController : Base { public ProductsController(ShopContext db) : base(db) { } }
        """);

    [Fact]
    public Task ContextForwardedAndUsed_IsReported() => Reported("""
        public abstract class Base : ControllerBase { protected Base(ShopContext [|db|]) { } }
        public class OrdersController(ShopContext [|db|]) : Base(db) { public int N => db.Orders.Count(); }
        """);

    [Theory]
    [InlineData("public class OrderRepository(ShopContext db) { public int N => db.Orders.Count(); }")]
    [InlineData("public class OrderWorker(IServiceProvider services) : BackgroundService { protected override Task ExecuteAsync(CancellationToken t) { services.GetRequiredService<ShopContext>(); return Task.CompletedTask; } }")]
    [InlineData("[NonController] public class OrdersController(ShopContext db) { public int N => db.Orders.Count(); }")]
    [InlineData("public class OrdersController(OrderService orders) : ControllerBase { public int N => orders.Db.Orders.Count(); }")]
    [InlineData("public class Gate(RequestDelegate next, ShopContext db) { public Task InvokeAsync(HttpContext c) => db.Orders.Any() ? next(c) : next(c); }")]
    [InlineData("public class OrdersController : ControllerBase { [HttpGet] public object Get() => HttpContext.RequestServices.GetRequiredService<OrderService>(); }")]
    [InlineData("public class OrdersController : ControllerBase { [HttpGet] public object? Get() => HttpContext.RequestServices.GetService(typeof(OrderService)); }")]
    [InlineData("public class Own { public object? GetService(Type type) => null; } public class OrdersController(Own own) : ControllerBase { [HttpGet] public object? Get() => own.GetService(typeof(ShopContext)); }")]
    [InlineData("public class Own { public object GetRequiredService<T>() => this; } public class OrdersController(Own own) : ControllerBase { [HttpGet] public object Get() => own.GetRequiredService<ShopContext>(); }")]
    [InlineData("public class OrdersController : ControllerBase { [HttpGet] public string Get() => typeof(ShopContext).Name; }")]
    [InlineData("public class OrdersController : ControllerBase { [HttpGet] public object? Get() => Activator.CreateInstance(typeof(OrderService)); }")]
    [InlineData("public class CountComponent(ShopContext db) : ViewComponent { public int N => db.Orders.Count(); }")]
    [InlineData("public abstract class OrdersBase { } public class GrpcOrders(ShopContext db) : OrdersBase { public int N => db.Orders.Count(); }")]
    public Task OtherType_IsSilent(string source) => Silent(source);

    [Fact]
    public Task MappedHandlers_AreReportedOnceForTheType() => Reported("""
        public static class Api
        {
            public static void Map(WebApplication app)
            {
                app.MapGet("/none", () => 1);
                app.MapGet("/orders", (ShopContext [|db|]) => db.Orders.Count());
                app.MapPost("/orders", (Order order, ShopContext db) => db.Orders.Count());
                app.MapDelete("/orders", Delete);
            }

            private static int Delete(ShopContext db) => db.Orders.Count();
        }
        """);

    [Theory]
    [InlineData("app.MapGet(\"/orders\", Count);", "public static int Count(ShopContext [|db|]) => db.Orders.Count();")]
    [InlineData("app.MapGet(\"/orders\", ([FromServices] IShopContext [|db|]) => db.Orders.Count());", "")]
    [InlineData("app.MapGet(\"/orders\", ([AsParameters] Needs [|needs|]) => needs.Db.Orders.Count());", "public class Needs(ShopContext db) { public ShopContext Db => db; }")]
    [InlineData("app.MapGet(\"/orders\", ([FromKeyedServices(\"main\")] ShopContext [|db|]) => db.Orders.Count());", "")]
    [InlineData("app.MapGet(\"/orders\", (HttpContext context) => context.RequestServices.[|GetRequiredService<ShopContext>|]().Orders.Count());", "")]
    [InlineData("app.MapGet(\"/orders\", (IServiceProvider services) => (ShopContext)services.[|GetService|](typeof(ShopContext))!);", "")]
    [InlineData("app.MapGet(\"/orders\", Count);", "private static int Count(HttpContext context) => context.RequestServices.[|GetRequiredService<ShopContext>|]().Orders.Count();")]
    [InlineData("app.MapGroup(\"/api\").MapGet(\"/orders\", Local); static int Local(ShopContext [|db|]) => db.Orders.Count();", "")]
    [InlineData("app.MapGet(\"/orders\", ([AsParameters] Bundle [|bundle|]) => bundle.Db.Orders.Count());", "public record Bundle(int Page, ShopContext Db);")]
    [InlineData("app.MapMethods(\"/orders\", [\"GET\"], (ShopContext [|db|]) => db.Orders.Count());", "")]
    public Task MappedHandler_IsReported(string statements, string members) => Verify.Reported(
        Usings + "public static class Api { public static void Map(WebApplication app) { " + statements + " } " + members + " }");

    [Fact]
    public Task HandlerOfAnotherFile_IsReportedAtTheCall() => Verify.Run(
        Usings + """
        public static class Api { public static void Map(WebApplication app) => app.[|MapGet|]("/orders", Handlers.Count); }
        """,
        fixedSource: null,
        options: null,
        OutputKind.DynamicallyLinkedLibrary,
        static test => test.TestState.Sources.Add(("Handlers.cs", "public static class Handlers { public static int Count(ShopContext db) => db.Orders.Count(); }")));

    [Theory]
    [InlineData("app.MapGet(\"/orders\", (OrderService orders) => orders.Db.Orders.Count());")]
    [InlineData("app.MapGet(\"/orders\", (UserManager<IdentityUser> users) => 1);")]
    [InlineData("app.MapGet(\"/orders\", (Order order) => 1);")]
    [InlineData("app.Use(async (context, next) => { context.RequestServices.GetRequiredService<ShopContext>(); await next(); });")]
    [InlineData("Own.MapGet(\"/orders\", (ShopContext db) => 1);")]
    [InlineData("app.MapGet(\"/orders\", (HttpContext context) => context.RequestServices.GetRequiredService<OrderService>().Db.Orders.Count());")]
    [InlineData("app.MapGet(\"/orders\", ([AsParameters] Filter filter) => filter.Page);")]
    [InlineData("using (var scope = app.Services.CreateScope()) scope.ServiceProvider.GetRequiredService<ShopContext>().Database.EnsureCreated();")]
    public Task MappedHandlerOfServices_IsSilent(string statement) => Silent(
        "public static class Api { public static void Map(WebApplication app) { " + statement + " } }"
        + " public record Filter(int Page);"
        + " public static class Own { public static void MapGet(string route, Func<ShopContext, int> handler) { } }");

    [Fact]
    public Task TopLevelProgram_IsReportedOnce() => Verify.Reported("""
        var app = WebApplication.CreateBuilder(args).Build();
        app.MapGet("/orders", (ShopContext [|db|]) => db.Orders.Count());
        app.MapGet("/products", (ShopContext db) => db.Products.Count());
        app.Run();
        """, output: OutputKind.ConsoleApplication);

    [Fact]
    public Task LayeringOff_IsSilent() => Silent("public class OrdersController(ShopContext db) : ControllerBase { public int N => db.Orders.Count(); }", "backend_patterns.layering = off");

    [Fact]
    public Task BreachOfTheConvention_IsReported() => Reported("""
        public class OrdersController(ShopContext [|db|]) : ControllerBase { public int N => db.Orders.Count(); }
        public class AController(OrderService s) : ControllerBase { public object S => s; }
        public class BController(OrderService s) : ControllerBase { public object S => s; }
        public class CController(OrderService s) : ControllerBase { public object S => s; }
        public class DController(OrderService s) : ControllerBase { public object S => s; }
        """, "backend_patterns.layering = convention");

    [Theory]
    [InlineData("public class AController(OrderService s) : ControllerBase { public object S => s; } public class BController : ControllerBase { } public class CController : ControllerBase { }")]
    [InlineData("public class AController(ShopContext s) : ControllerBase { public object S => s; } public class BController(ShopContext s) : ControllerBase { public object S => s; } public class CController : ControllerBase { } public class DController : ControllerBase { }")]
    public Task NoConvention_IsSilent(string others) => Silent(
        "public class OrdersController(ShopContext db) : ControllerBase { public int N => db.Orders.Count(); } " + others, "backend_patterns.layering = convention");

    [Fact]
    public Task PageModelAgainstTheConventionOfPages_IsReported() => Reported("""
        public class IndexModel(ShopContext [|db|]) : PageModel { public int N => db.Orders.Count(); }
        public class AModel(OrderService s) : PageModel { public object S => s; }
        public class BModel(OrderService s) : PageModel { public object S => s; }
        public class CHub(OrderService s) : Hub { public object S => s; }
        public class DModel(OrderService s) : PageModel { public object S => s; }
        """, "backend_patterns.layering = convention");

    [Fact]
    public Task PartialController_IsReportedOnce() => Verify.Run(
        Usings + "public partial class OrdersController : ControllerBase { [HttpGet] public object Get() => _db; [HttpGet(\"n\")] public int N([FromServices] IShopContext db) => db.Orders.Count(); }",
        fixedSource: null,
        options: null,
        OutputKind.DynamicallyLinkedLibrary,
        static test => test.TestState.Sources.Add(("Part.cs", "public partial class OrdersController { private readonly ShopContext [|_db|] = null!; }")));

    [Theory]
    [InlineData("ShopContext")]
    [InlineData("Shop.ShopContext")]
    [InlineData("Other, ShopContext")]
    public Task AllowedDependency_IsSilent(string allowed) =>
        Silent("public class OrdersController(ShopContext db) : ControllerBase { public int N => db.Orders.Count(); }", "backend_patterns.allowed_dependencies = " + allowed);

    [Fact]
    public Task OtherTypeAllowed_IsReported() =>
        Reported("public class OrdersController(ShopContext [|db|]) : ControllerBase { public int N => db.Orders.Count(); }", "backend_patterns.allowed_dependencies = IShopContext");
}

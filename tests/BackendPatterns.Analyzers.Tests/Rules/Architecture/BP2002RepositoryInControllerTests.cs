using Microsoft.CodeAnalysis;
using BackendPatterns.Analyzers.Rules.Architecture;
using BackendPatterns.Analyzers.Tests.Verification;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.Architecture.BP2002RepositoryInControllerAnalyzer,
    BackendPatterns.Analyzers.Tests.Verification.NoFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.Architecture;

public class BP2002RepositoryInControllerTests
{
    private const string Types = """
        using Microsoft.AspNetCore.Identity;
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.AspNetCore.Mvc.RazorPages;
        using Microsoft.AspNetCore.SignalR;

        public interface IOrderRepository { Task<Order?> FindAsync(int id); }
        public class OrderRepository(ShopContext db) : IOrderRepository { public async Task<Order?> FindAsync(int id) => await db.Orders.FindAsync(id); }
        public interface IRepository<T> { Task<T?> GetAsync(int id); void Add(T item); }
        public interface IOrderStore { Task<Order?> GetAsync(int id, CancellationToken token); Task<List<Order>> AllAsync(); Task AddAsync(Order order); Task<bool> ExistsAsync(string number); }
        public interface IOrderReports { Task<Order?> GetAsync(int id); Task AddAsync(Order order); Task<Report> ReportAsync(); }
        public interface IOrderingFacade { Task<Order?> GetAsync(int id); Task AddAsync(Order order); Task AddAsync(Product product); }
        public interface IOrderQueries { Task<Order?> GetAsync(int id); Task<List<Order>> AllAsync(); }
        public interface IPriceCalculator { decimal Total(int id); }
        public interface IOrderManager { Task<Order?> GetAsync(int id); Task AddAsync(Order order); }
        public interface IUnitOfWork { IOrderRepository Orders { get; } Task SaveAsync(); }
        public class UnitOfWork(ShopContext db) { public Task<int> CommitAsync() => db.SaveChangesAsync(); }
        public interface IRepositoryManager { IOrderRepository Orders { get; } IRepository<Product> Products { get; } void Save(); }
        public interface IRepositories { IRepository<T> Of<T>(); }
        public interface IChanges { Task<int> SaveChangesAsync(CancellationToken token); }
        public interface IGenericRepository<T, TKey> { T? Find(TKey id); }
        public interface IRepositoryWithTypedId<T, TKey> { T? Find(TKey id); }
        public abstract class RepositoryBase { public abstract Task<Order?> FindAsync(int id); }
        public interface IOrderRepositoryAsync { Task<Order?> FindAsync(int id); }
        public interface IProductDepot { Task<Product?> GetAsync(int id); Task AddAsync(Product product); }
        public class ProductDepot(ShopContext db) : IProductDepot
        {
            public async Task<Product?> GetAsync(int id) => await db.Products.FindAsync(id);
            public async Task AddAsync(Product product) { db.Add(product); await db.SaveChangesAsync(); }
        }
        public class ReportRepository(ShopContext db) { public Task<List<Report>> AllAsync() => db.Orders.Select(o => new Report()).ToListAsync(); }

        public interface IRateRepository { Task<string> FindAsync(string currency); }
        public class RateRepository(HttpClient http) : IRateRepository { public Task<string> FindAsync(string currency) => http.GetStringAsync("/rates/" + currency); }
        public class CheckoutRepository(IOrderRepository orders, IRepository<Product> products) { public async Task<bool> PlaceAsync(int id) => await orders.FindAsync(id) is null && await products.GetAsync(id) is null; }
        public interface IProductBox { Task<Product?> GetAsync(int id); Task AddAsync(Product product); }
        public class ProductBox : IProductBox { public Task<Product?> GetAsync(int id) => Task.FromResult<Product?>(null); public Task AddAsync(Product product) => Task.CompletedTask; }
        public interface IGitRepository { void Commit(string message); }
        public record SourceRepository(string Url);
        public class CodeRepository { public string Url { get; set; } = ""; }
        public class ForkedRepository : CodeRepository { public string Origin { get; set; } = ""; }
        public class RepositoryOptions<T> { public int Size { get; set; } }
        public interface IRepositoryCache<T> { void Clear(); }
        public interface ITransaction { void Commit(); void Rollback(); }
        public interface IDraft { string Text { get; } void SaveChanges(); }
        public class Report { }

        """;

    private const string Service = """

        public interface IOrderService { Task<Report> GetAsync(int id); }
        """;

    private static Task Reported(string source, string service = Service, string? options = null) => Verify.Reported(Types + source + service, options);

    private static Task Silent(string source, string service = Service, string? options = null) => Verify.Silent(Types + source + service, options);

    [Theory]
    [InlineData("IOrderRepository")]
    [InlineData("OrderRepository")]
    [InlineData("IRepository<Order>")]
    [InlineData("IOrderStore")]
    [InlineData("Lazy<IOrderRepository>")]
    [InlineData("IGenericRepository<Order, int>")]
    [InlineData("IRepositoryWithTypedId<Order, long>")]
    [InlineData("RepositoryBase")]
    [InlineData("IOrderRepositoryAsync")]
    [InlineData("IProductDepot")]
    [InlineData("ProductDepot")]
    [InlineData("ReportRepository")]
    [InlineData("IUnitOfWork")]
    [InlineData("UnitOfWork")]
    [InlineData("IRepositoryManager")]
    [InlineData("IRepositories")]
    [InlineData("IChanges")]
    public Task RepositoryInConstructor_IsReported(string type) =>
        Reported($$"""public class OrdersController : ControllerBase { public OrdersController({{type}} [|orders|]) { } }""");

    [Theory]
    [InlineData("IOrderService")]
    [InlineData("IOrderReports")]
    [InlineData("IOrderingFacade")]
    [InlineData("IOrderQueries")]
    [InlineData("IPriceCalculator")]
    [InlineData("IOrderManager")]
    [InlineData("IRateRepository")]
    [InlineData("RateRepository")]
    [InlineData("CheckoutRepository")]
    [InlineData("IProductBox")]
    [InlineData("IGitRepository")]
    [InlineData("SourceRepository")]
    [InlineData("CodeRepository")]
    [InlineData("ForkedRepository")]
    [InlineData("RepositoryOptions<Order>")]
    [InlineData("ITransaction")]
    [InlineData("IDraft")]
    [InlineData("ShopContext")]
    [InlineData("UserManager<IdentityUser>")]
    [InlineData("Microsoft.AspNetCore.DataProtection.Repositories.IXmlRepository")]
    [InlineData("ILogger<OrderRepository>")]
    public Task OtherDependency_IsSilent(string type) =>
        Silent($$"""public class OrdersController : ControllerBase { public OrdersController({{type}} orders) { } }""");

    [Theory]
    [InlineData("public class OrdersController(IOrderRepository [|orders|]) : ControllerBase { public object O => orders; }")]
    [InlineData("public class OrdersController : ControllerBase { private readonly OrderRepository [|_orders|] = null!; public object O => _orders; }")]
    [InlineData("public class OrdersController : ControllerBase { [HttpGet] public object Get([FromServices] IOrderRepository [|orders|]) => orders; }")]
    [InlineData("public class OrdersController : ControllerBase { [HttpGet] public object Get() => HttpContext.RequestServices.[|GetRequiredService<IOrderRepository>|](); }")]
    [InlineData("public class OrdersController : ControllerBase { [HttpGet] public object? Get() => HttpContext.RequestServices.[|GetService|](typeof(IOrderRepository)); }")]
    [InlineData("public class OrdersController : ControllerBase { [HttpGet] public object Get() => HttpContext.RequestServices.[|GetRequiredKeyedService<IOrderRepository>|](1); }")]
    [InlineData("public class OrdersController : ControllerBase { [HttpGet] public object Get([FromKeyedServices(1)] IOrderRepository [|orders|]) => orders; }")]
    [InlineData("public class OrdersController : ControllerBase { public IOrderRepository [|Orders|] { get; } = null!; }")]
    [InlineData("public interface IClient { Task Changed(); } public class OrderHub(IOrderRepository [|orders|]) : Hub<IClient> { public object O => orders; }")]
    [InlineData("[Grpc.Core.BindServiceMethod(typeof(OrdersBase), \"Bind\")] public abstract class OrdersBase { public static void Bind() { } } public class Orders(IOrderRepository [|orders|]) : OrdersBase { public object O => orders; }")]
    [InlineData("public static class Api { public static void Map(WebApplication app) => app.MapGet(\"/\", (HttpContext c) => c.RequestServices.[|GetRequiredService<IOrderRepository>|]()); }")]
    [InlineData("public static class Api { public static void Map(WebApplication app) => app.MapGet(\"/\", ([AsParameters] Needs [|needs|]) => 1); } public record Needs(int Page, IOrderRepository Orders);")]
    [InlineData("public class IndexModel(IOrderRepository [|orders|]) : PageModel { public object O => orders; }")]
    [InlineData("public class OrderHub(IOrderRepository [|orders|]) : Hub { public object O => orders; }")]
    [InlineData("public static class Api { public static void Map(WebApplication app) => app.MapGet(\"/\", (IOrderRepository [|orders|]) => 1); }")]
    [InlineData("public static class Api { public static void Map(WebApplication app) { app.MapGet(\"/\", Get); app.MapPut(\"/\", Get); } static int Get(IOrderRepository [|orders|]) => 1; }")]
    public Task RepositoryOfAnEndpointType_IsReported(string source) => Reported(source);

    [Theory]
    [InlineData("public class OrderFinder(IOrderRepository orders) { public object O => orders; }")]
    [InlineData("public class OrderWorker(IOrderRepository orders) : BackgroundService { protected override Task ExecuteAsync(CancellationToken t) => orders.FindAsync(1); }")]
    [InlineData("[NonController] public class OrdersController(IOrderRepository orders) { public object O => orders; }")]
    [InlineData("public static class Api { public static void Map(WebApplication app) => app.MapGet(\"/\", (IOrderService orders) => 1); }")]
    public Task OtherType_IsSilent(string source) => Silent(source);

    [Theory]
    [InlineData("")]
    [InlineData("public class OrderPlacedEventHandler { }")]
    [InlineData("[Grpc.Core.BindServiceMethod(typeof(OrdersBase), \"Bind\")] public abstract class OrdersBase { public static void Bind() { } } public class OrdersService : OrdersBase { }")]
    [InlineData("public class CleanupService : BackgroundService { protected override Task ExecuteAsync(CancellationToken t) => Task.CompletedTask; }")]
    [InlineData("public class AgeHandler : Microsoft.AspNetCore.Authorization.IAuthorizationHandler { public Task HandleAsync(Microsoft.AspNetCore.Authorization.AuthorizationHandlerContext c) => Task.CompletedTask; }")]
    public Task ApplicationWithoutServiceLayer_IsSilent(string service) =>
        Silent("public class OrdersController(IOrderRepository orders) : ControllerBase { public object O => orders; }", service);

    [Theory]
    [InlineData("public class OrderService { }")]
    [InlineData("public class PlaceOrderHandler { }")]
    [InlineData("public interface ISender { } public static class Api { public static void Map(WebApplication app) => app.MapPost(\"/\", (ISender sender) => 1); }")]
    [InlineData("public interface IMediator { } public class SalesController(IMediator mediator) : ControllerBase { public object M => mediator; }")]
    public Task ApplicationWithServiceLayer_IsReported(string service) =>
        Reported("public class OrdersController(IOrderRepository [|orders|]) : ControllerBase { public object O => orders; }", service);

    [Fact]
    public Task LayeringOff_IsSilent() =>
        Silent("public class OrdersController(IOrderRepository orders) : ControllerBase { public object O => orders; }", options: "backend_patterns.layering = off");

    [Fact]
    public Task BreachOfTheConvention_IsReported() => Reported("""
        public class OrdersController(IOrderRepository [|orders|]) : ControllerBase { public object O => orders; }
        public class AController(IOrderService s) : ControllerBase { public object S => s; }
        public class BController(IOrderService s) : ControllerBase { public object S => s; }
        public static class Api { public static void Map(WebApplication app) => app.MapGet("/", (IOrderService orders) => 1); }
        public class DController(IOrderService s) : ControllerBase { public object S => s; }
        """, options: "backend_patterns.layering = convention");

    [Fact]
    public Task RepositoriesEverywhere_AreAConventionOfTheirOwn() => Silent("""
        public class OrdersController(IOrderRepository orders) : ControllerBase { public object O => orders; }
        public class AController(IOrderRepository s) : ControllerBase { public object S => s; }
        public class BController(IOrderRepository s) : ControllerBase { public object S => s; }
        public class CController(IOrderService s) : ControllerBase { public object S => s; }
        public class DController(IOrderService s) : ControllerBase { public object S => s; }
        """, options: "backend_patterns.layering = convention");

    [Fact]
    public Task AllowedDependency_IsSilent() =>
        Silent("public class OrdersController(IRepository<Order> orders) : ControllerBase { public object O => orders; }", options: "backend_patterns.allowed_dependencies = IRepository");

    [Fact]
    public Task Message_NamesTypeAndRepository() => Verify.Reported(
        Types + "public class OrdersController(IRepository<Order> {|#0:orders|}) : ControllerBase { public object O => orders; }" + Service,
        expected: new Microsoft.CodeAnalysis.Testing.DiagnosticResult(BP2002RepositoryInControllerAnalyzer.Id, DiagnosticSeverity.Warning).WithLocation(0)
            .WithMessage("'OrdersController' takes the repository 'IRepository<Order>' past the service layer; move what it does with it into a service and take that instead"));

    [Fact]
    public Task RepositoryAndUnitOfWork_AreOneReport() => Verify.Reported(
        Types + "public class OrdersController(IUnitOfWork {|#0:work|}, IRepository<Order> {|#1:orders|}) : ControllerBase { public object O => (orders, work); }" + Service,
        expected: new Microsoft.CodeAnalysis.Testing.DiagnosticResult(BP2002RepositoryInControllerAnalyzer.Id, DiagnosticSeverity.Warning).WithLocation(0).WithLocation(1)
            .WithMessage("'OrdersController' takes the unit of work 'IUnitOfWork' past the service layer; move what it does with it into a service and take that instead"));

    [Fact]
    public Task DataDescribingARepository_BoundFromARequest_IsSilent() =>
        Silent("public class CodeController : ControllerBase { [HttpPost] public object Add(CodeRepository repository, [FromBody] SourceRepository source) => (repository, source); }");
}

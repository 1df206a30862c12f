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
        public class CodeRepository { public string Url { get; set; } = ""; }
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
    public Task RepositoryInConstructor_IsReported(string type) =>
        Reported($$"""public class OrdersController : ControllerBase { public OrdersController({{type}} [|orders|]) { } }""");

    [Theory]
    [InlineData("IOrderService")]
    [InlineData("IOrderReports")]
    [InlineData("IOrderingFacade")]
    [InlineData("IOrderQueries")]
    [InlineData("IPriceCalculator")]
    [InlineData("IOrderManager")]
    [InlineData("IUnitOfWork")]
    [InlineData("CodeRepository")]
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
    [InlineData("public class CleanupService : BackgroundService { protected override Task ExecuteAsync(CancellationToken t) => Task.CompletedTask; }")]
    [InlineData("public class AgeHandler : Microsoft.AspNetCore.Authorization.IAuthorizationHandler { public Task HandleAsync(Microsoft.AspNetCore.Authorization.AuthorizationHandlerContext c) => Task.CompletedTask; }")]
    public Task ApplicationWithoutServiceLayer_IsSilent(string service) =>
        Silent("public class OrdersController(IOrderRepository orders) : ControllerBase { public object O => orders; }", service);

    [Theory]
    [InlineData("public class OrderService { }")]
    [InlineData("public class PlaceOrderHandler { }")]
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
}

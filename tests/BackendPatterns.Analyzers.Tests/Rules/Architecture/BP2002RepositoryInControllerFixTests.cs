using BackendPatterns.Analyzers.Tests.Verification;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.Architecture.BP2002RepositoryInControllerAnalyzer,
    BackendPatterns.Analyzers.CodeFixes.Architecture.BP2002RepositoryInControllerFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.Architecture;

/// <summary>BP2002's fix makes the same service as BP2001's; here is what only repositories do.</summary>
public class BP2002RepositoryInControllerFixTests
{
    private const string Usings = """
        using Microsoft.AspNetCore.Mvc;

        """;

    private const string Repository = """

        public interface IOrderRepository
        {
            Task<Order?> FindAsync(int id);

            Task AddAsync(Order order);
        }

        public class OrderRepository(ShopContext db) : IOrderRepository
        {
            public Task<Order?> FindAsync(int id) => db.Orders.FirstOrDefaultAsync(o => o.Id == id);

            public Task AddAsync(Order order)
            {
                db.Orders.Add(order);
                return db.SaveChangesAsync();
            }
        }

        public class PriceService { }

        """;

    private static string Registrations(string more = "") => $$"""

        public static class Registrations
        {
            public static void AddShop(IServiceCollection services)
            {
                services.AddScoped<IOrderRepository, OrderRepository>();
                services.AddScoped<PriceService>();{{(more.Length > 0 ? "\n        " + more : "")}}
            }
        }

        """;

    [Fact]
    public Task Repository_MovesIntoTheService() => Verify.Fixed(
        Usings + """
        public class OrdersController(IOrderRepository [|orders|], PriceService prices) : ControllerBase
        {
            public PriceService Prices => prices;

            [HttpGet("{id}")]
            public async Task<IActionResult> Get(int id) => await orders.FindAsync(id) is { } order ? Ok(order.Number) : NotFound();
        }

        """ + Repository + Registrations(),
        Usings + """
        public class OrdersController(IOrdersService ordersService, PriceService prices) : ControllerBase
        {
            public PriceService Prices => prices;

            [HttpGet("{id}")]
            public async Task<IActionResult> Get(int id) => await ordersService.FindOrderAsync(id) is { } order ? Ok(order.Number) : NotFound();
        }

        """ + Repository + Registrations("services.AddScoped<IOrdersService, OrdersService>();") + """

        // Services/IOrdersService.cs
        public interface IOrdersService
        {
            Task<Order?> FindOrderAsync(int id);
        }

        // Services/OrdersService.cs
        public class OrdersService(IOrderRepository orders) : IOrdersService
        {
            public async Task<Order?> FindOrderAsync(int id)
            {
                return await orders.FindAsync(id);
            }
        }

        """);

    [Fact]
    public Task ContextAndRepository_GoIntoOneService() => Verify.Fixed(
        Usings + """
        public class OrdersController(IOrderRepository [|orders|], ShopContext db) : ControllerBase
        {
            [HttpGet("{id}")]
            public async Task<IActionResult> Get(int id) => await orders.FindAsync(id) is { } order ? Ok(order.Number) : NotFound();

            [HttpGet]
            public async Task<IActionResult> Count() => Ok(await db.Orders.CountAsync());
        }

        """ + Repository + Registrations(),
        Usings + """
        public class OrdersController(IOrdersService ordersService) : ControllerBase
        {
            [HttpGet("{id}")]
            public async Task<IActionResult> Get(int id) => await ordersService.FindOrderAsync(id) is { } order ? Ok(order.Number) : NotFound();

            [HttpGet]
            public async Task<IActionResult> Count() => Ok(await ordersService.CountOrdersAsync());
        }

        """ + Repository + Registrations("services.AddScoped<IOrdersService, OrdersService>();") + """

        // Services/IOrdersService.cs
        public interface IOrdersService
        {
            Task<Order?> FindOrderAsync(int id);

            Task<int> CountOrdersAsync();
        }

        // Services/OrdersService.cs
        public class OrdersService(IOrderRepository orders, ShopContext db) : IOrdersService
        {
            public async Task<Order?> FindOrderAsync(int id)
            {
                return await orders.FindAsync(id);
            }

            public async Task<int> CountOrdersAsync()
            {
                return await db.Orders.CountAsync();
            }
        }

        """);

    [Fact]
    public Task AllowedRepository_Stays() => Verify.Silent(
        Usings + "public class OrdersController(IOrderRepository orders) : ControllerBase { public IOrderRepository Orders => orders; }\n" + Repository,
        "backend_patterns.allowed_dependencies = IOrderRepository");
}

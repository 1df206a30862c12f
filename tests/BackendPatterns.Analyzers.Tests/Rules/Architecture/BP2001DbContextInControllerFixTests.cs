using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.Architecture.BP2001DbContextInControllerAnalyzer,
    BackendPatterns.Analyzers.CodeFixes.Architecture.BP2001DbContextInControllerFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.Architecture;

/// <summary>The service that BP2001's fix extracts: its files, its registration, and what is left of the endpoint type.</summary>
public class BP2001DbContextInControllerFixTests
{
    private const string Usings = """
        using Microsoft.AspNetCore.Mvc;

        """;

    private const string Registration = """

        public interface IClock { }

        public class Clock : IClock { }

        public static class Registrations
        {
            public static IServiceCollection AddShop(this IServiceCollection services)
            {
                services.AddSingleton<IClock, Clock>();
                return services;
            }
        }

        """;

    private const string Contract = """

        // Services/IOrdersService.cs
        public interface IOrdersService
        {
            Task<Order?> FindOrderAsync(int id, CancellationToken cancellationToken);
        }

        """;

    private const string Service = """

        // Services/OrdersService.cs
        public class OrdersService(ShopContext db) : IOrdersService
        {
            public async Task<Order?> FindOrderAsync(int id, CancellationToken cancellationToken)
            {
                return await db.Orders.FirstOrDefaultAsync(o => o.Id == id, cancellationToken);
            }
        }

        """;

    private const string FieldService = """

        // Services/OrdersService.cs
        public class OrdersService : IOrdersService
        {
            private readonly ShopContext _db;

            public OrdersService(ShopContext db)
            {
                _db = db;
            }

            public async Task<Order?> FindOrderAsync(int id, CancellationToken cancellationToken)
            {
                return await _db.Orders.FirstOrDefaultAsync(o => o.Id == id, cancellationToken);
            }
        }

        """;

    private static string Registered(params string[] services) => Registration.Replace(
        "services.AddSingleton<IClock, Clock>();",
        "services.AddSingleton<IClock, Clock>();" + string.Concat(services.Select(service => $"\n        services.AddScoped<I{service}, {service}>();")),
        StringComparison.Ordinal);

    /// <summary>A controller with one action that reads through <paramref name="db"/>.</summary>
    private static string Controller(string head, string db, string call) => Usings + head + $$"""

            [HttpGet("{id}")]
            public async Task<IActionResult> Get(int id, CancellationToken cancellationToken)
            {
                var order = await {{(call.Length > 0 ? call : db + ".Orders.FirstOrDefaultAsync(o => o.Id == id, cancellationToken)")}};
                return order is null ? NotFound() : Ok(order.Number);
            }
        }

        """;

    private static Task Fixed(string before, string after, string db, string service, string files) => Verify.Fixed(
        Controller(before, db, "") + Registration,
        Controller(after, db, service + ".FindOrderAsync(id, cancellationToken)") + Registered("OrdersService") + files);

    private static Task NotFixed(string head, string registration = Registration, string tail = "") => Verify.NotFixed(Controller(head, "_db", "") + tail + registration);

    [Fact]
    public Task PrimaryConstructor_IsFixed() => Fixed(
        """
        public class OrdersController(ShopContext [|db|], ILogger<OrdersController> logger) : ControllerBase
        {
            public ILogger Logger => logger;
        """,
        """
        public class OrdersController(IOrdersService ordersService, ILogger<OrdersController> logger) : ControllerBase
        {
            public ILogger Logger => logger;
        """,
        "db", "ordersService", Contract + Service);

    [Fact]
    public Task FieldAndConstructor_IsFixed() => Fixed(
        """
        public class OrdersController : ControllerBase
        {
            private readonly ShopContext _db;
            private readonly ILogger<OrdersController> _logger;

            public OrdersController(ShopContext [|db|], ILogger<OrdersController> logger)
            {
                _db = db ?? throw new ArgumentNullException(nameof(db));
                _logger = logger;
            }

            public ILogger Logger => _logger;
        """,
        """
        public class OrdersController : ControllerBase
        {
            private readonly IOrdersService _ordersService;
            private readonly ILogger<OrdersController> _logger;

            public OrdersController(IOrdersService ordersService, ILogger<OrdersController> logger)
            {
                _ordersService = ordersService ?? throw new ArgumentNullException(nameof(ordersService));
                _logger = logger;
            }

            public ILogger Logger => _logger;
        """,
        "_db", "_ordersService", Contract + FieldService);

    [Fact]
    public Task FieldOfAPrimaryConstructor_IsFixed() => Fixed(
        """
        public class OrdersController(ShopContext [|db|]) : ControllerBase
        {
            private readonly ShopContext _db = db;
        """,
        """
        public class OrdersController(IOrdersService ordersService) : ControllerBase
        {
            private readonly IOrdersService _ordersService = ordersService;
        """,
        "_db", "_ordersService", Contract + FieldService);

    [Fact]
    public Task ActionParameter_IsFixed() => Verify.Fixed(
        Usings + """
        public class OrdersController : ControllerBase
        {
            [HttpGet("{id}")]
            public async Task<IActionResult> Get(int id, [FromServices] ShopContext [|db|], CancellationToken cancellationToken)
            {
                var order = await db.Orders.FirstOrDefaultAsync(o => o.Id == id, cancellationToken);
                return order is null ? NotFound() : Ok(order.Number);
            }
        }

        """ + Registration,
        Usings + """
        public class OrdersController : ControllerBase
        {
            [HttpGet("{id}")]
            public async Task<IActionResult> Get(int id, [FromServices] IOrdersService ordersService, CancellationToken cancellationToken)
            {
                var order = await ordersService.FindOrderAsync(id, cancellationToken);
                return order is null ? NotFound() : Ok(order.Number);
            }
        }

        """ + Registered("OrdersService") + Contract + Service);

    [Fact]
    public Task DisposalOfTheContext_GoesWithIt() => Fixed(
        """
        public class OrdersController : Controller
        {
            private readonly ShopContext _db;

            public OrdersController(ShopContext [|db|])
            {
                _db = db;
            }

            protected override void Dispose(bool disposing)
            {
                if (disposing)
                {
                    _db.Dispose();
                }

                base.Dispose(disposing);
            }
        """,
        """
        public class OrdersController : Controller
        {
            private readonly IOrdersService _ordersService;

            public OrdersController(IOrdersService ordersService)
            {
                _ordersService = ordersService;
            }
        """,
        "_db", "_ordersService", Contract + FieldService);

    [Fact]
    public Task ConstructionElsewhere_GetsTheService() => Verify.Fixed(
        Controller("public class OrdersController(ShopContext [|db|], IClock clock) : ControllerBase\n{\n    public IClock Clock => clock;", "db", "") + Registration + """

        // Checks.cs
        public class Checks
        {
            public OrdersController Make(ShopContext db) => new OrdersController(db, new Clock());
        }

        """,
        Controller("public class OrdersController(IOrdersService ordersService, IClock clock) : ControllerBase\n{\n    public IClock Clock => clock;", "db", "ordersService.FindOrderAsync(id, cancellationToken)")
        + Registered("OrdersService") + """

        // Checks.cs
        public class Checks
        {
            public OrdersController Make(ShopContext db) => new OrdersController(new OrdersService(db), new Clock());
        }

        """ + Contract + Service);

    [Fact]
    public Task UnusedContext_GoesWithoutAService() => Verify.Fixed(
        Usings + """
        public class OrdersController : ControllerBase
        {
            private readonly ShopContext _db;
            private readonly ILogger<OrdersController> _logger;

            public OrdersController(ShopContext [|db|], ILogger<OrdersController> logger)
            {
                _db = db;
                _logger = logger;
            }

            public ILogger Logger => _logger;
        }

        """,
        Usings + """
        public class OrdersController : ControllerBase
        {
            private readonly ILogger<OrdersController> _logger;

            public OrdersController(ILogger<OrdersController> logger)
            {
                _logger = logger;
            }

            public ILogger Logger => _logger;
        }

        """);

    [Fact]
    public Task UnusedContextOfAnExpressionBody_GoesWithIt() => Verify.Fixed(
        Usings + """
        public class OrdersController : ControllerBase
        {
            private readonly ShopContext _db;

            public OrdersController(ShopContext [|db|], ILogger<OrdersController> logger) => _db = db;

            public int Limit => 5;
        }

        """,
        Usings + """
        public class OrdersController : ControllerBase
        {
            public OrdersController(ILogger<OrdersController> logger)
            {
            }

            public int Limit => 5;
        }

        """);

    [Fact]
    public Task MappedLambdas_AreFixed() => Verify.Fixed(
        """
        public static class OrderEndpoints
        {
            public static void MapOrders(this WebApplication app)
            {
                app.MapGet("/orders", async (ShopContext [|db|]) => await db.Orders.ToListAsync());
                app.MapDelete("/orders/{id}", async (int id, Customer caller, ShopContext db) => { await db.Orders.Where(o => o.Id == id && o.CustomerId == caller.Id).ExecuteDeleteAsync(); return Results.NoContent(); });
            }
        }

        """ + Registration,
        """
        public static class OrderEndpoints
        {
            public static void MapOrders(this WebApplication app)
            {
                app.MapGet("/orders", async (IOrderService orderService) => await orderService.GetOrdersAsync());
                app.MapDelete("/orders/{id}", async (int id, Customer caller, IOrderService orderService) => { await orderService.DeleteOrderAsync(id, caller); return Results.NoContent(); });
            }
        }

        """ + Registered("OrderService") + """

        // Services/IOrderService.cs
        public interface IOrderService
        {
            Task<List<Order>> GetOrdersAsync();

            Task DeleteOrderAsync(int id, Customer caller);
        }

        // Services/OrderService.cs
        public class OrderService(ShopContext db) : IOrderService
        {
            public async Task<List<Order>> GetOrdersAsync()
            {
                return await db.Orders.ToListAsync();
            }

            public async Task DeleteOrderAsync(int id, Customer caller)
            {
                await db.Orders.Where(o => o.Id == id && o.CustomerId == caller.Id).ExecuteDeleteAsync();
            }
        }

        """);

    [Fact]
    public Task TopLevelStatements_AreFixed() => Verify.Fixed(
        """
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddDbContext<ShopContext>();
        builder.Services.AddOutputCache();
        var app = builder.Build();
        app.MapGet("/orders", async (ShopContext [|db|]) => await db.Orders.ToListAsync());
        app.Run();

        """,
        """
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddDbContext<ShopContext>();
        builder.Services.AddOutputCache();
        builder.Services.AddScoped<IShopService, ShopService>();
        var app = builder.Build();
        app.MapGet("/orders", async (IShopService shopService) => await shopService.GetOrdersAsync());
        app.Run();

        // Services/IShopService.cs
        internal interface IShopService
        {
            Task<List<Order>> GetOrdersAsync();
        }

        // Services/ShopService.cs
        internal class ShopService(ShopContext db) : IShopService
        {
            public async Task<List<Order>> GetOrdersAsync()
            {
                return await db.Orders.ToListAsync();
            }
        }

        """,
        output: OutputKind.ConsoleApplication);

    [Fact]
    public Task TwoControllers_AreFixed() => Verify.Fixed(
        Controller("public class OrdersController(ShopContext [|db|]) : ControllerBase\n{", "db", "")
        + Controller("public class OldOrdersController(ShopContext [|db|]) : ControllerBase\n{", "db", "")[Usings.Length..] + Registration,
        Controller("public class OrdersController(IOrdersService ordersService) : ControllerBase\n{", "db", "ordersService.FindOrderAsync(id, cancellationToken)")
        + Controller("public class OldOrdersController(IOldOrdersService oldOrdersService) : ControllerBase\n{", "db", "oldOrdersService.FindOrderAsync(id, cancellationToken)")[Usings.Length..]
        + Registered("OrdersService", "OldOrdersService")
        + Contract + Service + Contract.Replace("OrdersService", "OldOrdersService", StringComparison.Ordinal) + Service.Replace("OrdersService", "OldOrdersService", StringComparison.Ordinal));

    [Fact]
    public Task TakenName_GetsAnother() => Verify.Fixed(
        Controller("public class OrdersController(ShopContext [|db|]) : ControllerBase\n{", "db", "") + "\npublic class OrdersService { }\n" + Registration,
        Controller("public class OrdersController(IOrdersDataService ordersDataService) : ControllerBase\n{", "db", "ordersDataService.FindOrderAsync(id, cancellationToken)")
        + "\npublic class OrdersService { }\n" + Registered("OrdersDataService")
        + (Contract + Service).Replace("OrdersService", "OrdersDataService", StringComparison.Ordinal));

    [Fact]
    public Task SiblingServices_SetTheStyle() => Verify.Fixed(
        """
        // Copyright (c) The Shop. All rights reserved.

        using Microsoft.AspNetCore.Mvc;

        namespace Shop.Web.Areas.Admin.Controllers
        {
            public class OrdersController : ControllerBase
            {
                private readonly ShopContext _db;

                public OrdersController(ShopContext [|db|]) => _db = db;

                [HttpGet]
                public async Task<IActionResult> List()
                {
                    var orders = await _db.Orders
                        .Where(o => o.Total > 0)
                        .ToListAsync();
                    return Ok(orders);
                }
            }
        }

        // Logic/CustomerService.cs
        using Microsoft.Extensions.DependencyInjection;

        namespace Shop.Web.Logic
        {
            public interface ICustomerService { }

            internal sealed class CustomerService : ICustomerService { }

            public static class Logic
            {
                public static IServiceCollection AddLogic(this IServiceCollection services) => services
                    .AddScoped<ICustomerService, CustomerService>();
            }
        }

        """,
        """
        // Copyright (c) The Shop. All rights reserved.

        using Microsoft.AspNetCore.Mvc;
        using Shop.Web.Logic;

        namespace Shop.Web.Areas.Admin.Controllers
        {
            public class OrdersController : ControllerBase
            {
                private readonly IOrdersService _ordersService;

                public OrdersController(IOrdersService ordersService) => _ordersService = ordersService;

                [HttpGet]
                public async Task<IActionResult> List()
                {
                    var orders = await _ordersService.GetOrdersAsync();
                    return Ok(orders);
                }
            }
        }

        // Logic/CustomerService.cs
        using Microsoft.Extensions.DependencyInjection;

        namespace Shop.Web.Logic
        {
            public interface ICustomerService { }

            internal sealed class CustomerService : ICustomerService { }

            public static class Logic
            {
                public static IServiceCollection AddLogic(this IServiceCollection services) => services
                    .AddScoped<ICustomerService, CustomerService>()
                    .AddScoped<IOrdersService, OrdersService>();
            }
        }

        // Logic/OrdersService.cs
        // Copyright (c) The Shop. All rights reserved.

        namespace Shop.Web.Logic
        {
            public interface IOrdersService
            {
                Task<List<Order>> GetOrdersAsync();
            }

            public sealed class OrdersService : IOrdersService
            {
                private readonly ShopContext _db;

                public OrdersService(ShopContext db)
                {
                    _db = db;
                }

                public async Task<List<Order>> GetOrdersAsync()
                {
                    return await _db.Orders
                        .Where(o => o.Total > 0)
                        .ToListAsync();
                }
            }
        }

        """);

    [Fact]
    public Task DirectiveAboveTheUsings_StaysOnce() => Verify.Fixed(
        """
        // Copyright (c) The Shop. All rights reserved.
        #nullable disable

        using Shop.Rows;
        using Microsoft.AspNetCore.Mvc;

        namespace Shop.Rows
        {
            public static class Queries
            {
                public static IQueryable<Order> Large(this IQueryable<Order> orders) => orders.Where(o => o.Total > 0);
            }
        }

        namespace Shop.Web.Areas.Admin.Controllers
        {
            public class OrdersController : ControllerBase
            {
                private readonly ShopContext _db;

                public OrdersController(ShopContext [|db|]) => _db = db;

                [HttpGet]
                public async Task<IActionResult> List()
                {
                    var orders = await _db.Orders
                        .Large()
                        .ToListAsync();
                    return Ok(orders);
                }
            }
        }

        // Logic/CustomerService.cs
        using Microsoft.Extensions.DependencyInjection;

        namespace Shop.Web.Logic
        {
            public interface ICustomerService { }

            internal sealed class CustomerService : ICustomerService { }

            public static class Logic
            {
                public static IServiceCollection AddLogic(this IServiceCollection services) => services
                    .AddScoped<ICustomerService, CustomerService>();
            }
        }

        """,
        """
        // Copyright (c) The Shop. All rights reserved.
        #nullable disable

        using Microsoft.AspNetCore.Mvc;
        using Shop.Web.Logic;

        namespace Shop.Rows
        {
            public static class Queries
            {
                public static IQueryable<Order> Large(this IQueryable<Order> orders) => orders.Where(o => o.Total > 0);
            }
        }

        namespace Shop.Web.Areas.Admin.Controllers
        {
            public class OrdersController : ControllerBase
            {
                private readonly IOrdersService _ordersService;

                public OrdersController(IOrdersService ordersService) => _ordersService = ordersService;

                [HttpGet]
                public async Task<IActionResult> List()
                {
                    var orders = await _ordersService.GetOrdersAsync();
                    return Ok(orders);
                }
            }
        }

        // Logic/CustomerService.cs
        using Microsoft.Extensions.DependencyInjection;

        namespace Shop.Web.Logic
        {
            public interface ICustomerService { }

            internal sealed class CustomerService : ICustomerService { }

            public static class Logic
            {
                public static IServiceCollection AddLogic(this IServiceCollection services) => services
                    .AddScoped<ICustomerService, CustomerService>()
                    .AddScoped<IOrdersService, OrdersService>();
            }
        }

        // Logic/OrdersService.cs
        // Copyright (c) The Shop. All rights reserved.
        #nullable disable

        using Shop.Rows;

        namespace Shop.Web.Logic
        {
            public interface IOrdersService
            {
                Task<List<Order>> GetOrdersAsync();
            }

            public sealed class OrdersService : IOrdersService
            {
                private readonly ShopContext _db;

                public OrdersService(ShopContext db)
                {
                    _db = db;
                }

                public async Task<List<Order>> GetOrdersAsync()
                {
                    return await _db.Orders
                        .Large()
                        .ToListAsync();
                }
            }
        }

        """);

    [Fact]
    public Task SiblingWithoutNamespace_IsNoExampleForOne() => Verify.Fixed(
        """
        using Microsoft.AspNetCore.Mvc;

        namespace Shop.Web.Controllers
        {
            public class OrdersController(ShopContext [|db|]) : ControllerBase
            {
                [HttpGet]
                public async Task<IActionResult> List()
                {
                    var orders = await db.Orders.Where(o => o.Total > 0).ToListAsync();
                    return Ok(orders);
                }
            }
        }

        // Logic/CustomerService.cs
        public interface ICustomerService { }

        public sealed class CustomerService : ICustomerService { }

        // Logic/Prices.cs
        namespace Shop.Web.Logic
        {
            public class Prices;

            public static class Setup
            {
                public static IServiceCollection AddLogic(this IServiceCollection services) => services
                    .AddScoped<ICustomerService, CustomerService>();
            }
        }

        """,
        """
        using Microsoft.AspNetCore.Mvc;
        using Shop.Web.Logic;

        namespace Shop.Web.Controllers
        {
            public class OrdersController(IOrdersService ordersService) : ControllerBase
            {
                [HttpGet]
                public async Task<IActionResult> List()
                {
                    var orders = await ordersService.GetOrdersAsync();
                    return Ok(orders);
                }
            }
        }

        // Logic/CustomerService.cs
        public interface ICustomerService { }

        public sealed class CustomerService : ICustomerService { }

        // Logic/Prices.cs
        namespace Shop.Web.Logic
        {
            public class Prices;

            public static class Setup
            {
                public static IServiceCollection AddLogic(this IServiceCollection services) => services
                    .AddScoped<ICustomerService, CustomerService>()
                    .AddScoped<IOrdersService, OrdersService>();
            }
        }

        // Logic/OrdersService.cs
        namespace Shop.Web.Logic
        {
            public interface IOrdersService
            {
                Task<List<Order>> GetOrdersAsync();
            }

            public sealed class OrdersService(ShopContext db) : IOrdersService
            {
                public async Task<List<Order>> GetOrdersAsync()
                {
                    return await db.Orders.Where(o => o.Total > 0).ToListAsync();
                }
            }
        }

        """);

    [Fact]
    public Task FileScopedNamespaceBesideIt_IsTakenOver() => Verify.Fixed(
        """
        using Microsoft.AspNetCore.Mvc;

        namespace Shop.Web.Controllers
        {
            public class OrdersController(ShopContext [|db|]) : ControllerBase
            {
                [HttpGet]
                public async Task<IActionResult> List()
                {
                    var orders = await db.Orders.Where(o => o.Total > 0).ToListAsync();
                    return Ok(orders);
                }
            }
        }

        // Logic/CustomerService.cs
        namespace Shop.Web.Logic;

        public interface ICustomerService { }

        public sealed class CustomerService : ICustomerService { }

        public static class Setup
        {
            public static IServiceCollection AddLogic(this IServiceCollection services) => services
                .AddScoped<ICustomerService, CustomerService>();
        }

        """,
        """
        using Microsoft.AspNetCore.Mvc;
        using Shop.Web.Logic;

        namespace Shop.Web.Controllers
        {
            public class OrdersController(IOrdersService ordersService) : ControllerBase
            {
                [HttpGet]
                public async Task<IActionResult> List()
                {
                    var orders = await ordersService.GetOrdersAsync();
                    return Ok(orders);
                }
            }
        }

        // Logic/CustomerService.cs
        namespace Shop.Web.Logic;

        public interface ICustomerService { }

        public sealed class CustomerService : ICustomerService { }

        public static class Setup
        {
            public static IServiceCollection AddLogic(this IServiceCollection services) => services
                .AddScoped<ICustomerService, CustomerService>()
                .AddScoped<IOrdersService, OrdersService>();
        }

        // Logic/OrdersService.cs
        namespace Shop.Web.Logic;

        public interface IOrdersService
        {
            Task<List<Order>> GetOrdersAsync();
        }

        public sealed class OrdersService(ShopContext db) : IOrdersService
        {
            public async Task<List<Order>> GetOrdersAsync()
            {
                return await db.Orders.Where(o => o.Total > 0).ToListAsync();
            }
        }

        """);

    [Fact]
    public Task ManyParameters_HaveALineEach() => Verify.Fixed(
        """
        using Microsoft.AspNetCore.Mvc;

        public class OrdersController(ShopContext [|db|], IPurchaseConfirmationSender confirmations, IWarehouseAvailabilityNotifier availability, ISupplierReplenishmentPlanner replenishment) : ControllerBase
        {
            [HttpPost]
            public async Task<IActionResult> Add(Order order)
            {
                db.Orders.Add(order);
                await confirmations.SendAsync();
                await availability.SendAsync();
                await replenishment.SendAsync();
                await db.SaveChangesAsync();
                return Ok();
            }
        }

        public interface IPurchaseConfirmationSender { Task SendAsync(); }

        public interface IWarehouseAvailabilityNotifier { Task SendAsync(); }

        public interface ISupplierReplenishmentPlanner { Task SendAsync(); }

        // Logic/CustomerService.cs
        namespace Shop.Web.Logic;

        public interface ICustomerService { }

        public sealed class CustomerService : ICustomerService { }

        public static class Setup
        {
            public static IServiceCollection AddLogic(this IServiceCollection services) => services
                .AddScoped<ICustomerService, CustomerService>();
        }

        """,
        """
        using Microsoft.AspNetCore.Mvc;
        using Shop.Web.Logic;

        public class OrdersController(IOrdersService ordersService) : ControllerBase
        {
            [HttpPost]
            public async Task<IActionResult> Add(Order order)
            {
                await ordersService.AddOrderAsync(order);
                return Ok();
            }
        }

        public interface IPurchaseConfirmationSender { Task SendAsync(); }

        public interface IWarehouseAvailabilityNotifier { Task SendAsync(); }

        public interface ISupplierReplenishmentPlanner { Task SendAsync(); }

        // Logic/CustomerService.cs
        namespace Shop.Web.Logic;

        public interface ICustomerService { }

        public sealed class CustomerService : ICustomerService { }

        public static class Setup
        {
            public static IServiceCollection AddLogic(this IServiceCollection services) => services
                .AddScoped<ICustomerService, CustomerService>()
                .AddScoped<IOrdersService, OrdersService>();
        }

        // Logic/OrdersService.cs
        namespace Shop.Web.Logic;

        public interface IOrdersService
        {
            Task AddOrderAsync(Order order);
        }

        public sealed class OrdersService(
            ShopContext db,
            IPurchaseConfirmationSender confirmations,
            IWarehouseAvailabilityNotifier availability,
            ISupplierReplenishmentPlanner replenishment) : IOrdersService
        {
            public async Task AddOrderAsync(Order order)
            {
                db.Orders.Add(order);
                await confirmations.SendAsync();
                await availability.SendAsync();
                await replenishment.SendAsync();
                await db.SaveChangesAsync();
            }
        }

        """);

    [Fact]
    public Task ManyParametersInABlockNamespace_HaveALineEach() => Verify.Fixed(
        """
        using Microsoft.AspNetCore.Mvc;

        public class OrdersController(ShopContext [|db|], IPurchaseConfirmationSender confirmations, IWarehouseAvailabilityNotifier availability, ISupplierReplenishmentPlanner replenishment) : ControllerBase
        {
            [HttpPost]
            public async Task<IActionResult> Add(Order order)
            {
                db.Orders.Add(order);
                await confirmations.SendAsync();
                await availability.SendAsync();
                await replenishment.SendAsync();
                await db.SaveChangesAsync();
                return Ok();
            }
        }

        public interface IPurchaseConfirmationSender { Task SendAsync(); }

        public interface IWarehouseAvailabilityNotifier { Task SendAsync(); }

        public interface ISupplierReplenishmentPlanner { Task SendAsync(); }

        // Logic/CustomerService.cs
        namespace Shop.Web.Logic
        {
            public interface ICustomerService { }

            public sealed class CustomerService : ICustomerService { }

            public static class Setup
            {
                public static IServiceCollection AddLogic(this IServiceCollection services) => services
                    .AddScoped<ICustomerService, CustomerService>();
            }
        }

        """,
        """
        using Microsoft.AspNetCore.Mvc;
        using Shop.Web.Logic;

        public class OrdersController(IOrdersService ordersService) : ControllerBase
        {
            [HttpPost]
            public async Task<IActionResult> Add(Order order)
            {
                await ordersService.AddOrderAsync(order);
                return Ok();
            }
        }

        public interface IPurchaseConfirmationSender { Task SendAsync(); }

        public interface IWarehouseAvailabilityNotifier { Task SendAsync(); }

        public interface ISupplierReplenishmentPlanner { Task SendAsync(); }

        // Logic/CustomerService.cs
        namespace Shop.Web.Logic
        {
            public interface ICustomerService { }

            public sealed class CustomerService : ICustomerService { }

            public static class Setup
            {
                public static IServiceCollection AddLogic(this IServiceCollection services) => services
                    .AddScoped<ICustomerService, CustomerService>()
                    .AddScoped<IOrdersService, OrdersService>();
            }
        }

        // Logic/OrdersService.cs
        namespace Shop.Web.Logic
        {
            public interface IOrdersService
            {
                Task AddOrderAsync(Order order);
            }

            public sealed class OrdersService(
                ShopContext db,
                IPurchaseConfirmationSender confirmations,
                IWarehouseAvailabilityNotifier availability,
                ISupplierReplenishmentPlanner replenishment) : IOrdersService
            {
                public async Task AddOrderAsync(Order order)
                {
                    db.Orders.Add(order);
                    await confirmations.SendAsync();
                    await availability.SendAsync();
                    await replenishment.SendAsync();
                    await db.SaveChangesAsync();
                }
            }
        }

        """);

    [Fact]
    public Task ManyParametersOfAConstructor_HaveALineEach() => Verify.Fixed(
        """
        using Microsoft.AspNetCore.Mvc;

        public class OrdersController : ControllerBase
        {
            private readonly ShopContext _db;
            private readonly IPurchaseConfirmationSender _confirmations;
            private readonly IWarehouseAvailabilityNotifier _availability;
            private readonly ISupplierReplenishmentPlanner _replenishment;

            public OrdersController(ShopContext [|db|], IPurchaseConfirmationSender confirmations, IWarehouseAvailabilityNotifier availability, ISupplierReplenishmentPlanner replenishment)
            {
                _db = db;
                _confirmations = confirmations;
                _availability = availability;
                _replenishment = replenishment;
            }

            [HttpPost]
            public async Task<IActionResult> Add(Order order)
            {
                _db.Orders.Add(order);
                await _confirmations.SendAsync();
                await _availability.SendAsync();
                await _replenishment.SendAsync();
                await _db.SaveChangesAsync();
                return Ok();
            }
        }

        public interface IPurchaseConfirmationSender { Task SendAsync(); }

        public interface IWarehouseAvailabilityNotifier { Task SendAsync(); }

        public interface ISupplierReplenishmentPlanner { Task SendAsync(); }

        // Logic/CustomerService.cs
        namespace Shop.Web.Logic
        {
            public interface ICustomerService { }

            public sealed class CustomerService : ICustomerService
            {
                private readonly ShopContext _db;

                public CustomerService(ShopContext db)
                {
                    _db = db;
                }

                public ShopContext Db => _db;
            }

            public static class Setup
            {
                public static IServiceCollection AddLogic(this IServiceCollection services) => services
                    .AddScoped<ICustomerService, CustomerService>();
            }
        }

        """,
        """
        using Microsoft.AspNetCore.Mvc;
        using Shop.Web.Logic;

        public class OrdersController : ControllerBase
        {
            private readonly IOrdersService _ordersService;

            public OrdersController(IOrdersService ordersService)
            {
                _ordersService = ordersService;
            }

            [HttpPost]
            public async Task<IActionResult> Add(Order order)
            {
                await _ordersService.AddOrderAsync(order);
                return Ok();
            }
        }

        public interface IPurchaseConfirmationSender { Task SendAsync(); }

        public interface IWarehouseAvailabilityNotifier { Task SendAsync(); }

        public interface ISupplierReplenishmentPlanner { Task SendAsync(); }

        // Logic/CustomerService.cs
        namespace Shop.Web.Logic
        {
            public interface ICustomerService { }

            public sealed class CustomerService : ICustomerService
            {
                private readonly ShopContext _db;

                public CustomerService(ShopContext db)
                {
                    _db = db;
                }

                public ShopContext Db => _db;
            }

            public static class Setup
            {
                public static IServiceCollection AddLogic(this IServiceCollection services) => services
                    .AddScoped<ICustomerService, CustomerService>()
                    .AddScoped<IOrdersService, OrdersService>();
            }
        }

        // Logic/OrdersService.cs
        namespace Shop.Web.Logic
        {
            public interface IOrdersService
            {
                Task AddOrderAsync(Order order);
            }

            public sealed class OrdersService : IOrdersService
            {
                private readonly ShopContext _db;
                private readonly IPurchaseConfirmationSender _confirmations;
                private readonly IWarehouseAvailabilityNotifier _availability;
                private readonly ISupplierReplenishmentPlanner _replenishment;

                public OrdersService(
                    ShopContext db,
                    IPurchaseConfirmationSender confirmations,
                    IWarehouseAvailabilityNotifier availability,
                    ISupplierReplenishmentPlanner replenishment)
                {
                    _db = db;
                    _confirmations = confirmations;
                    _availability = availability;
                    _replenishment = replenishment;
                }

                public async Task AddOrderAsync(Order order)
                {
                    _db.Orders.Add(order);
                    await _confirmations.SendAsync();
                    await _availability.SendAsync();
                    await _replenishment.SendAsync();
                    await _db.SaveChangesAsync();
                }
            }
        }

        """);

    [Fact]
    public Task ModuleWithoutRegistrations_GetsTheFirst() => Verify.Fixed(
        Controller("public class OrdersController(ShopContext [|db|]) : ControllerBase\n{", "db", "") + """

        public interface IModule { void ConfigureServices(IServiceCollection services); }

        public class OrdersModule : IModule
        {
            public void ConfigureServices(IServiceCollection services)
            {
            }
        }

        """,
        Controller("public class OrdersController(IOrdersService ordersService) : ControllerBase\n{", "db", "ordersService.FindOrderAsync(id, cancellationToken)") + """

        public interface IModule { void ConfigureServices(IServiceCollection services); }

        public class OrdersModule : IModule
        {
            public void ConfigureServices(IServiceCollection services)
            {
                services.AddScoped<IOrdersService, OrdersService>();
            }
        }

        """ + Contract + Service);

    [Theory]
    [InlineData("public partial class OrdersController(ShopContext [|_db|]) : ControllerBase\n{", "public partial class OrdersController { }\n")]
    [InlineData("public class OrdersController<T>(ShopContext [|_db|]) : ControllerBase\n{", "")]
    [InlineData("public abstract class OrdersController(ShopContext [|_db|]) : ControllerBase\n{", "")]
    [InlineData("public class OrdersController(ShopContext [|_db|]) : Base(_db)\n{", "public class Base(DbContext db) { public DbContext Db => db; public IActionResult NotFound() => null!; public IActionResult Ok(object value) => null!; }\n")]
    [InlineData("public class OrdersController : ControllerBase\n{\n    private readonly ShopContext _db;\n    public OrdersController(ShopContext [|db|]) { _db = db; }\n    public OrdersController(ShopContext db, int size) { _db = db; }", "")]
    [InlineData("public class OrdersController : ControllerBase\n{\n    private readonly ShopContext _db;\n    public OrdersController(ShopContext [|db|]) { _db = db; db.Database.EnsureCreated(); }", "")]
    [InlineData("public class OrdersController : ControllerBase\n{\n    private readonly ShopContext [|_db|] = new(null!);", "")]
    [InlineData("public class OrdersController(ShopContext [|_db|]) : ControllerBase\n{", "public class Special(ShopContext db) : OrdersController(db) { }\n")]
    [InlineData("public class OrdersController(ShopContext [|_db|]) : ControllerBase\n{\n    public ShopContext Db => _db;", "")]
    [InlineData("public class OrdersController(ShopContext [|_db|]) : ControllerBase\n{\n    public IQueryable<Order> All() => _db.Orders;", "")]
    public Task WhatCannotBeTakenApart_IsNotFixed(string head, string tail) => NotFixed(head.Replace(": Base(", ": Base(", StringComparison.Ordinal), tail: tail);

    [Theory]
    [InlineData("")]
    [InlineData("public static class R { public static void Add(IServiceCollection services, bool all) { if (all) services.AddSingleton<R2>(); } }\npublic class R2 { }\n")]
    [InlineData("public static class R { public static void Add(IServiceCollection services) { services.AddMemoryCache(); } }\n")]
    [InlineData("#define EXTRA\npublic class R2 { }\npublic static class R { public static void Add(IServiceCollection services) {\n#if !OFF\n services.AddSingleton<R2>();\n#endif\n} }\n")]
    public Task ProjectWithoutAPlaceToRegister_IsNotFixed(string registration) =>
        NotFixed("public class OrdersController(ShopContext [|_db|]) : ControllerBase\n{", registration.Replace("#define EXTRA\n", "", StringComparison.Ordinal));

    [Fact]
    public Task AllNamesTaken_IsNotFixed() =>
        NotFixed("public class OrdersController(ShopContext [|_db|]) : ControllerBase\n{", tail: "public class OrdersService { }\npublic interface IOrdersDataService { }\n");
}

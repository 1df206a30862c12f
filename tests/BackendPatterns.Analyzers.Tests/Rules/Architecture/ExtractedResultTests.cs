using BackendPatterns.Analyzers.Tests.Verification;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.Architecture.BP2001DbContextInControllerAnalyzer,
    BackendPatterns.Analyzers.CodeFixes.Architecture.BP2001DbContextInControllerFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.Architecture;

/// <summary>Records in place of the anonymous types that an extracted service has to return.</summary>
public class ExtractedResultTests
{
    private const string Registration = """

        public interface IClock { }

        public class Clock : IClock { }

        public static class Registrations
        {
            public static void Add(IServiceCollection services)
            {
                services.AddSingleton<IClock, Clock>();
            }
        }

        """;

    private const string Registered = """

        public interface IClock { }

        public class Clock : IClock { }

        public static class Registrations
        {
            public static void Add(IServiceCollection services)
            {
                services.AddSingleton<IClock, Clock>();
                services.AddScoped<IOrdersService, OrdersService>();
            }
        }

        """;

    private static string Controller(string parameter, string members) => $$"""
        using Microsoft.AspNetCore.Mvc;

        public class OrdersController({{parameter}}) : ControllerBase
        {
        {{members}}
        }

        """;

    private static Task NotFixed(string members) => Verify.NotFixed(Controller("ShopContext [|db|]", members) + Registration);

    [Fact]
    public Task ProjectionOfAQuery_BecomesARecord() => Verify.Fixed(
        Controller("ShopContext [|db|]", """
                [HttpGet]
                public async Task<IActionResult> List()
                {
                    var orders = await db.Orders
                        .Select(o => new
                        {
                            o.Id,
                            number = o.Number,
                            o.CouponId,
                            Buyer = o.Customer!.Name,
                        })
                        .ToListAsync();
                    return Ok(orders);
                }
            """) + Registration,
        Controller("IOrdersService ordersService", """
                [HttpGet]
                public async Task<IActionResult> List()
                {
                    var orders = await ordersService.GetOrdersAsync();
                    return Ok(orders);
                }
            """) + Registered + """

        // Services/OrderResponse.cs
        public sealed record OrderResponse
        {
            public int Id { get; init; }

            public required string number { get; init; }

            public int? CouponId { get; init; }

            public required string Buyer { get; init; }
        }

        // Services/IOrdersService.cs
        public interface IOrdersService
        {
            Task<List<OrderResponse>> GetOrdersAsync();
        }

        // Services/OrdersService.cs
        public class OrdersService(ShopContext db) : IOrdersService
        {
            public async Task<List<OrderResponse>> GetOrdersAsync()
            {
                return await db.Orders
                    .Select(o => new OrderResponse
                    {
                        Id = o.Id,
                        number = o.Number,
                        CouponId = o.CouponId,
                        Buyer = o.Customer!.Name,
                    })
                    .ToListAsync();
            }
        }

        """);

    [Fact]
    public Task ObjectInsideAnother_BecomesARecordOfItsOwn() => Verify.Fixed(
        Controller("ShopContext [|db|]", """
                [HttpGet("{id}")]
                public async Task<IActionResult> Get(int id)
                {
                    var order = await db.Orders.Where(o => o.Id == id)
                        .Select(o => new { o.Id, Lines = o.Lines.Select(l => new { l.Id, l.Quantity }).ToList() })
                        .FirstOrDefaultAsync();
                    return order is null ? NotFound() : Ok(order);
                }
            """) + Registration,
        Controller("IOrdersService ordersService", """
                [HttpGet("{id}")]
                public async Task<IActionResult> Get(int id)
                {
                    var order = await ordersService.FindOrderAsync(id);
                    return order is null ? NotFound() : Ok(order);
                }
            """) + Registered + """

        // Services/OrderLineResponse.cs
        public sealed record OrderLineResponse
        {
            public int Id { get; init; }

            public int Quantity { get; init; }
        }

        // Services/OrderResponse.cs
        public sealed record OrderResponse
        {
            public int Id { get; init; }

            public required List<OrderLineResponse> Lines { get; init; }
        }

        // Services/IOrdersService.cs
        public interface IOrdersService
        {
            Task<OrderResponse?> FindOrderAsync(int id);
        }

        // Services/OrdersService.cs
        public class OrdersService(ShopContext db) : IOrdersService
        {
            public async Task<OrderResponse?> FindOrderAsync(int id)
            {
                return await db.Orders.Where(o => o.Id == id)
                    .Select(o => new OrderResponse { Id = o.Id, Lines = o.Lines.Select(l => new OrderLineResponse { Id = l.Id, Quantity = l.Quantity }).ToList() })
                    .FirstOrDefaultAsync();
            }
        }

        """);

    [Fact]
    public Task TwoShapesOfOneEntity_HaveTwoNames_AndOthersStayAnonymous() => Verify.Fixed(
        Controller("ShopContext [|db|]", """
                [HttpGet]
                public async Task<IActionResult> List()
                {
                    var orders = await db.Orders.Select(o => new { o.Id }).ToListAsync();
                    return Ok(new { orders, Total = orders.Count });
                }

                [HttpGet("open")]
                public async Task<IActionResult> ListOpen()
                {
                    var orders = await (from o in db.Orders where o.Total > 0 select new { o.Id, o.Total }).ToListAsync();
                    return Ok(orders);
                }
            """) + Registration,
        Controller("IOrdersService ordersService", """
                [HttpGet]
                public async Task<IActionResult> List()
                {
                    var orders = await ordersService.GetOrdersAsync();
                    return Ok(new { orders, Total = orders.Count });
                }

                [HttpGet("open")]
                public async Task<IActionResult> ListOpen()
                {
                    var orders = await ordersService.GetOrdersForListOpenAsync();
                    return Ok(orders);
                }
            """) + Registered + """

        // Services/OpenOrderResponse.cs
        public sealed record OpenOrderResponse
        {
            public int Id { get; init; }

            public decimal Total { get; init; }
        }

        // Services/OrderResponse.cs
        public sealed record OrderResponse
        {
            public int Id { get; init; }
        }

        // Services/IOrdersService.cs
        public interface IOrdersService
        {
            Task<List<OrderResponse>> GetOrdersAsync();

            Task<List<OpenOrderResponse>> GetOrdersForListOpenAsync();
        }

        // Services/OrdersService.cs
        public class OrdersService(ShopContext db) : IOrdersService
        {
            public async Task<List<OrderResponse>> GetOrdersAsync()
            {
                return await db.Orders.Select(o => new OrderResponse { Id = o.Id }).ToListAsync();
            }

            public async Task<List<OpenOrderResponse>> GetOrdersForListOpenAsync()
            {
                return await (from o in db.Orders where o.Total > 0 select new OpenOrderResponse { Id = o.Id, Total = o.Total }).ToListAsync();
            }
        }

        """);

    /// <summary>A query compares these objects as a whole, which EF Core does with the members of an anonymous type only; or their text is part of the answer.</summary>
    [Theory]
    [InlineData("var rows = await db.Orders.Select(o => new { o.Number }).Distinct().ToListAsync(); return Ok(rows);")]
    [InlineData("var rows = await db.Orders.Select(o => new { o.Number }).Union(db.Orders.Select(o => new { o.Number })).ToListAsync(); return Ok(rows);")]
    [InlineData("var query = db.Orders.Select(o => new { o.Number }); var rows = await query.Distinct().ToListAsync(); return Ok(rows);")]
    [InlineData("var rows = await db.Orders.Select(o => new { o.Number }).ToListAsync(); return Ok(rows.Distinct());")]
    [InlineData("var rows = await db.Orders.Select(o => new { o.Number }).ToListAsync(); return Ok($\"{rows[0]}\");")]
    [InlineData("var rows = await db.Orders.Select(o => new { o.Number }).ToListAsync(); return Ok(rows[0].ToString());")]
    [InlineData("var rows = await db.Orders.Select(o => new { o.Number }).ToListAsync(); return Ok(\"\" + rows[0]);")]
    [InlineData("var rows = await db.Orders.Select(o => new { o.Number }).ToListAsync(); return Ok(rows[0].Equals(rows[1]));")]
    [InlineData("var rows = await db.Orders.GroupBy(o => new { o.Number }).Select(g => g.Key).ToListAsync(); return Ok(rows);")]
    [InlineData("var rows = await db.Orders.Select(o => new { o.Number, GetHashCode = 1 }).ToListAsync(); return Ok(rows);")]
    [InlineData("var rows = await db.Orders.Select(o => new { o.Number, Query = db.Lines.Where(l => l.OrderId == o.Id) }).ToListAsync(); return Ok(rows);")]
    public Task ComparedOrWrittenObjects_AreNotFixed(string body) => NotFixed($$"""
            [HttpGet]
            public async Task<IActionResult> List()
            {
                {{body}}
            }
        """);
}

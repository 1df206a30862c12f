using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.ApiDesign.BP3003RouteIdNotComparedAnalyzer,
    BackendPatterns.Analyzers.CodeFixes.ApiDesign.BP3003RouteIdNotComparedFix>;
using Microsoft.CodeAnalysis.Testing;

namespace BackendPatterns.Analyzers.Tests.Rules.ApiDesign;

public class BP3003RouteIdNotComparedTests
{
    private static string Controller(string members) => $$"""
        using System.Text.Json.Serialization;
        using Microsoft.AspNetCore.Mvc;

        public class OrderChange { public int Id { get; set; } public int OrderId { get; set; } public string Number { get; set; } = ""; }
        public class HiddenId { [JsonIgnore] public int Id { get; set; } public string Number { get; set; } = ""; }
        public class TextId { public string Id { get; set; } = ""; public string Number { get; set; } = ""; }

        public interface IMapping { void Map(object from, object to); }

        public class OrderService(ShopContext db)
        {
            public void Save(OrderChange change)
            {
                var order = db.Orders.Find(change.Id)!;
                order.Number = change.Number;
                db.SaveChanges();
            }

            public void SaveChecked(int id, OrderChange change)
            {
                if (id != change.Id)
                    throw new ArgumentException("ids");
                Save(change);
            }

            public void SaveNumber(int id, OrderChange change) => db.Orders.Find(id)!.Number = change.Number;
        }

        [ApiController, Route("orders")]
        public class OrdersController(ShopContext db, OrderService service, IMapping mapper, ILogger<OrdersController> logger) : ControllerBase
        {
            private readonly ShopContext _db = db;
            private readonly OrderService _service = service;
            private readonly IMapping _mapper = mapper;
            private readonly ILogger<OrdersController> _logger = logger;

            {{members}}
        }
        """;

    private static string Mapping(string statements) => $$"""
        public static class Api
        {
            public static void Map(WebApplication app)
            {
                {{statements}}
            }
        }
        """;

    [Theory]
    [InlineData("[HttpPut(\"{id}\")] public IActionResult [|Put|](int id, OrderChange change) { _db.Orders.Find(change.Id)!.Number = change.Number; _db.SaveChanges(); return Ok(); }")]
    [InlineData("[HttpPut(\"{id:int}\")] public IActionResult [|Put|](int id, [FromBody] Order order) { _db.Orders.Update(order); _db.SaveChanges(); return Ok(); }")]
    [InlineData("[HttpPut(\"{id}\")] public IActionResult [|Put|](int id, Order order) { _db.Entry(order).State = EntityState.Modified; _db.SaveChanges(); return Ok(); }")]
    [InlineData("[HttpPut(\"{id}\")] public IActionResult [|Put|](int id, OrderChange change) { _service.Save(change); return Ok(); }")]
    [InlineData("[HttpPut(\"{orderId}\")] public IActionResult [|Put|](int orderId, OrderChange change) { _db.Orders.Find(change.OrderId)!.Number = \"\"; return Ok(); }")]
    [InlineData("[HttpPut(\"{id}\")] public async Task<IActionResult> [|Put|](int id, OrderChange change) { var order = await _db.Orders.SingleAsync(o => o.Id == change.Id); order.Number = change.Number; return Ok(); }")]
    [InlineData("[HttpPut(\"{id}\")] public IActionResult [|Put|](int id, OrderChange change) { if (change.Id == 0) return BadRequest(); _service.Save(change); return Ok(); }")]
    public Task UnconnectedIds_AreReported(string action) => Verify.Reported(Controller(action));

    [Fact]
    public Task MappedHandler_IsReported() => Verify.Reported(Mapping(
        "app.[|MapPut|](\"/orders/{id:int}\", (int id, Order order, ShopContext db) => { db.Orders.Update(order); db.SaveChanges(); });"));

    [Theory]
    [InlineData("[HttpPut(\"{id}\")] public IActionResult Put(int id, OrderChange change) { if (id != change.Id) return BadRequest(); _service.Save(change); return Ok(); }")]
    [InlineData("[HttpPut(\"{id}\")] public IActionResult Put(int id, OrderChange change) { if (!change.Id.Equals(id)) return BadRequest(); _service.Save(change); return Ok(); }")]
    [InlineData("[HttpPut(\"{id}\")] public IActionResult Put(int id, OrderChange change) { change.Id = id; _service.Save(change); return Ok(); }")]
    [InlineData("[HttpPut(\"{id}\")] public IActionResult Put(int id, OrderChange change) { _service.SaveChecked(id, change); return Ok(); }")]
    public Task ConnectedIds_AreSilent(string action) => Verify.Silent(Controller(action));

    [Theory]
    [InlineData("[HttpPut(\"{id}\")] public IActionResult Put(int id, OrderChange change) { _db.Orders.Find(id)!.Number = change.Number; _db.SaveChanges(); return Ok(); }")]
    [InlineData("[HttpPut(\"{id}\")] public IActionResult Put(int id, OrderChange change) { _service.SaveNumber(id, change); return Ok(); }")]
    [InlineData("[HttpPut(\"{id}\")] public IActionResult Put(int id, OrderChange change) { _logger.LogInformation(\"{Change}\", change); _service.SaveNumber(id, change); return Ok(); }")]
    public Task IdOfBodyIsNeverRead_IsSilent(string action) => Verify.Silent(Controller(action));

    [Theory]
    [InlineData("[HttpPut(\"{id}\")] public IActionResult Put(int id, OrderChange change) { _mapper.Map(change, _db.Orders.Find(id)!); return Ok(); }")]
    [InlineData("[HttpPut(\"{id}\")] public IActionResult Put(int id, OrderChange change) { object any = change; return Ok(any); }")]
    [InlineData("[HttpPost(\"{id}\")] public IActionResult Post(int id, OrderChange change) { _service.Save(change); return Ok(); }")]
    [InlineData("[HttpPut(\"{id\")] public IActionResult Put(int id, OrderChange change) { _service.Save(change); return Ok(); }")]
    [InlineData("[HttpPut] public IActionResult Put(OrderChange change) { _service.Save(change); return Ok(); }")]
    [InlineData("[HttpPut] public IActionResult Put(int id, OrderChange change) { _service.Save(change); return Ok(); }")]
    [InlineData("[HttpPut(\"{id}\")] public IActionResult Put(int id, HiddenId change) { _db.Orders.Find(change.Id)!.Number = change.Number; return Ok(); }")]
    [InlineData("[HttpPut(\"{id}\")] public IActionResult Put(int id, TextId change) { _db.Orders.Find(change.Id)!.Number = change.Number; return Ok(); }")]
    [InlineData("[HttpPut(\"{customerId}\")] public IActionResult Put(int customerId, OrderChange change) { _service.Save(change); return Ok(customerId); }")]
    [InlineData("[HttpPut(\"{id}\")] public IActionResult Put(int id, [FromQuery] OrderChange change) { _service.Save(change); return Ok(); }")]
    public Task NoTwoIdsOrUnknown_IsSilent(string action) => Verify.Silent(Controller(action));

    [Fact]
    public Task Guard_IsInserted() => Verify.Fixed(
        Controller("""
            [HttpPut("{id}")]
                public IActionResult [|Put|](int id, OrderChange change)
                {
                    // Saved as it is.
                    _service.Save(change);
                    return Ok();
                }
            """),
        Controller("""
            [HttpPut("{id}")]
                public IActionResult Put(int id, OrderChange change)
                {
                    if (id != change.Id)
                        return BadRequest();
                    // Saved as it is.
                    _service.Save(change);
                    return Ok();
                }
            """),
        configure: static test => test.CodeFixTestBehaviors |= CodeFixTestBehaviors.SkipFixAllCheck);

    [Fact]
    public Task Guard_IsInsertedInLambda() => Verify.Fixed(
        Mapping("""
            app.[|MapPut|]("/orders/{id:int}", (int id, Order order, ShopContext db) =>
                    {
                        db.Orders.Update(order);
                        db.SaveChanges();
                        return Results.NoContent();
                    });
            """),
        Mapping("""
            app.MapPut("/orders/{id:int}", (int id, Order order, ShopContext db) =>
                    {
                        if (id != order.Id)
                            return Results.BadRequest();
                        db.Orders.Update(order);
                        db.SaveChanges();
                        return Results.NoContent();
                    });
            """),
        configure: static test => test.CodeFixTestBehaviors |= CodeFixTestBehaviors.SkipFixAllCheck);

    [Theory]
    [InlineData("[HttpPut(\"{id}\")] public void [|Put|](int id, OrderChange change) { _service.Save(change); }")]
    [InlineData("[HttpPut(\"{id}\")] public void [|Put|](int id, OrderChange change) => _service.Save(change);")]
    public Task ActionThatCannotRefuse_IsNotFixed(string action) => Verify.NotFixed(Controller(action));
}

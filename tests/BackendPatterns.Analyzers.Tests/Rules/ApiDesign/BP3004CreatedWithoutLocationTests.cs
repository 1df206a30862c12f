using Microsoft.CodeAnalysis.Testing;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.ApiDesign.BP3004CreatedWithoutLocationAnalyzer,
    BackendPatterns.Analyzers.CodeFixes.ApiDesign.BP3004CreatedWithoutLocationFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.ApiDesign;

public class BP3004CreatedWithoutLocationTests
{
    private static string Controller(string members) => $$"""
        using Microsoft.AspNetCore.Mvc;

        public class OrderDto { public int Id { get; set; } }
        public class Receipt { public string Token { get; set; } = ""; }

        public class OrderService(ShopContext db)
        {
            public async Task<OrderDto> CreateAsync(string number)
            {
                var order = new Order { Number = number };
                db.Orders.Add(order);
                await db.SaveChangesAsync();
                return new OrderDto { Id = order.Id };
            }

            public async Task<OrderDto> AddLineToOrderAsync(string number) => await CreateAsync(number);
            public async Task<OrderDto> AddOrderForAsync(string number) => await CreateAsync(number);
            public async Task<Receipt> CreateReceiptAsync(string number) { await CreateAsync(number); return new Receipt(); }
            public async Task<OrderDto> CloseAsync(string number) => await CreateAsync(number);
            public OrderDto CreateDraft(string number) => new() { Id = number.Length };
        }

        [ApiController, Route("orders")]
        public class OrdersController(ShopContext db, OrderService service) : ControllerBase
        {
            private readonly ShopContext _db = db;
            private readonly OrderService _service = service;

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

    private const string Add = "var order = new Order { Number = number }; _db.Orders.Add(order); await _db.SaveChangesAsync(); ";
    private const string AddInLambda = "async (string number, ShopContext db) => { var order = new Order { Number = number }; db.Orders.Add(order); await db.SaveChangesAsync(); ";
    private const string Reader = " [HttpGet(\"{id:int}\")] public async Task<Order?> Get(int id) => await _db.Orders.FindAsync(id);";

    [Fact]
    public Task Report_PointsToWhatWasCreated() => Verify.Reported(
        Controller("[HttpPost] public async Task<IActionResult> Create(string number) { " + Add.Replace("var order", "var {|#1:order|}", StringComparison.Ordinal) + "return {|#0:Ok(order)|}; }"),
        expected: new DiagnosticResult("BP3004", Microsoft.CodeAnalysis.DiagnosticSeverity.Info).WithLocation(0).WithLocation(1).WithArguments("Create", "Order"));

    [Theory]
    [InlineData("[HttpPost] public async Task<IActionResult> Create(string number) { " + Add + "return [|Ok(order)|]; }")]
    [InlineData("[HttpPost] public async Task<ActionResult<Order>> Create(string number) { " + Add + "return [|order|]; }")]
    [InlineData("[HttpPost] public async Task<Order> Create(string number) { " + Add + "return [|order|]; }")]
    [InlineData("[HttpPost] public async Task<IActionResult> Create(string number) { var made = await _service.CreateAsync(number); return [|Ok(made)|]; }")]
    [InlineData("[HttpPost] public async Task<IActionResult> Create(string number) => [|Ok(await _service.CreateAsync(number))|];")]
    [InlineData("[HttpPost] public async Task<IActionResult> Create(string number) => [|Ok(await _service.AddOrderForAsync(number))|];")]
    [InlineData("[HttpPost] public async Task<IActionResult> Create(string number) { if (number.Length == 0) return BadRequest(); " + Add + "return [|Ok(order)|]; }")]
    public Task CreatedAndAnsweredWith200_IsReported(string action) => Verify.Reported(Controller(action));

    [Fact]
    public Task MappedHandler_IsReported() => Verify.Reported(Mapping("app.MapPost(\"/orders\", " + AddInLambda + "return [|Results.Ok(order)|]; });"));

    [Theory]
    [InlineData("[HttpPost] public async Task<IActionResult> Create(string number) { " + Add + "return CreatedAtAction(nameof(Create), order); }")]
    [InlineData("[HttpPost] public async Task<IActionResult> Create(string number) { " + Add + "return StatusCode(201, order); }")]
    [InlineData("[HttpPost] public async Task<IActionResult> Create(string number) { " + Add + "Response.StatusCode = 201; return Ok(order); }")]
    [InlineData("[HttpPost] public async Task<IActionResult> Create(string number) { " + Add + "return Ok(); }")]
    [InlineData("[HttpPost] public async Task<IActionResult> Create(string number) { " + Add + "return NoContent(); }")]
    [InlineData("[HttpPut] public async Task<IActionResult> Create(string number) { " + Add + "return Ok(order); }")]
    public Task OtherAnswerOrVerb_IsSilent(string action) => Verify.Silent(Controller(action));

    [Theory]
    [InlineData("[HttpPost(\"{id}/close\")] public async Task<IActionResult> Close(string number) => Ok(await _service.CloseAsync(number));")]
    [InlineData("[HttpPost] public async Task<IActionResult> Create(string number) => Ok(await _service.CreateReceiptAsync(number));")]
    [InlineData("[HttpPost] public async Task<IActionResult> AddLine(string number) => Ok(await _service.AddLineToOrderAsync(number));")]
    [InlineData("[HttpPost] public IActionResult Create(string number) => Ok(_service.CreateDraft(number));")]
    [InlineData("[HttpPost] public async Task<IActionResult> Create(int id) { var order = await _db.Orders.FindAsync(id); _db.Lines.Add(new OrderLine()); await _db.SaveChangesAsync(); return Ok(order); }")]
    [InlineData("[HttpPost] public IActionResult Create(string number) { var order = new Order { Number = number }; return Ok(order); }")]
    [InlineData("[HttpPost(\"search\")] public async Task<IActionResult> Find(string number) { " + Add + "return Ok(order); }")]
    [InlineData("[HttpPost(\"token\")] public async Task<IActionResult> Create(string number) { " + Add + "return Ok(order); }")]
    [InlineData("[HttpPost(\"rpc\")] public async Task<IActionResult> Create(string number) { " + Add + "return Ok(order); }")]
    public Task CommandTokenOrNothingCreated_IsSilent(string action) => Verify.Silent(Controller(action));

    [Theory]
    [InlineData("[HttpPost] public async Task<IActionResult> Create(string number) { " + Add + "return [|Ok(order)|]; }" + Reader, "[|Ok(order)|]")]
    [InlineData("[HttpPost] public async Task<ActionResult<Order>> Create(string number) { " + Add + "return [|order|]; }" + Reader, "[|order|]")]
    public Task Action_IsFixed(string members, string before) => Verify.Fixed(
        Controller(members),
        Controller(members.Replace(before, "CreatedAtAction(nameof(Get), new { id = order.Id }, order)", StringComparison.Ordinal)),
        configure: static test => test.CodeFixTestBehaviors |= CodeFixTestBehaviors.SkipFixAllCheck);

    [Fact]
    public Task Mapping_IsFixed() => Verify.Fixed(
        Mapping("var orders = app.MapGroup(\"/orders\"); orders.MapGet(\"/{id:int}\", (int id) => id); orders.MapPost(\"/\", " + AddInLambda + "return [|Results.Ok(order)|]; });"),
        Mapping("var orders = app.MapGroup(\"/orders\"); orders.MapGet(\"/{id:int}\", (int id) => id); orders.MapPost(\"/\", " + AddInLambda + "return Results.Created($\"/orders/{order.Id}\", order); });"),
        configure: static test => test.CodeFixTestBehaviors |= CodeFixTestBehaviors.SkipFixAllCheck);

    [Theory]
    [InlineData("[HttpPost] public async Task<IActionResult> Create(string number) { " + Add + "return [|Ok(order)|]; }")]
    [InlineData("[HttpPost] public async Task<IActionResult> Create(string number) { " + Add + "return [|Ok(order)|]; } [HttpGet(\"{id:int}\")] public int GetAsync(int id) => id;")]
    [InlineData("[HttpPost] public async Task<IActionResult> Create(string number) { " + Add + "return [|Ok(order)|]; } [HttpGet(\"{number}\")] public string Get(string number) => number;")]
    [InlineData("[HttpPost] public async Task<IActionResult> Create(string number) { " + Add + "return [|Ok(order)|]; } [HttpGet(\"{id:int}\")] public int Get(int id) => id; [HttpGet(\"old/{id:int}\")] public int Old(int id) => id;")]
    [InlineData("[HttpPost] public async Task<Order> Create(string number) { " + Add + "return [|order|]; }" + Reader)]
    [InlineData("[HttpPost] public async Task<IActionResult> Create(string number) => [|Ok(await _service.CreateAsync(number))|];" + Reader)]
    public Task NoSureAddress_IsNotFixed(string members) => Verify.NotFixed(Controller(members));
}

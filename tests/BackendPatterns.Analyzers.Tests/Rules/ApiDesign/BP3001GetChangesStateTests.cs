using BackendPatterns.Analyzers.Rules.ApiDesign;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.ApiDesign.BP3001GetChangesStateAnalyzer,
    BackendPatterns.Analyzers.CodeFixes.ApiDesign.BP3001GetChangesStateFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.ApiDesign;

public class BP3001GetChangesStateTests
{
    private static string Controller(string members, string rest = "") => $$"""
        using Microsoft.AspNetCore.Identity;
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.AspNetCore.Mvc.RazorPages;

        [ApiController, Route("orders")]
        public class OrdersController(ShopContext db, AuditContext books, OrderService service, UserManager<IdentityUser> users) : ControllerBase
        {
            private readonly ShopContext _db = db;
            private readonly AuditContext _books = books;
            private readonly OrderService _service = service;
            private readonly UserManager<IdentityUser> _users = users;

            {{members}}
        }

        public class OrderService(ShopContext db, OrderRepository orders, AuditService audit)
        {
            public Task CloseAsync(int id) => orders.RemoveAsync(id);
            public Task<Order?> ReadAsync(int id) => db.Orders.FindAsync(id).AsTask();
            public Task LogReadAsync(int id) => audit.WriteAsync(id);
            public Task GetAsync(int id) => CloseAsync(id);
            public async Task<Customer> EnsureAsync(string email)
            {
                var customer = new Customer { Email = email };
                db.Customers.Add(customer);
                await db.SaveChangesAsync();
                return customer;
            }

            public async Task<Order?> OpenAsync(int id, bool close)
            {
                var order = await db.Orders.FindAsync(id);
                if (close)
                {
                    order!.Number = "";
                    await db.SaveChangesAsync();
                }

                return order;
            }
        }

        public class OrderRepository(ShopContext db)
        {
            public async Task RemoveAsync(int id)
            {
                db.Orders.Remove(new Order { Id = id });
                await db.SaveChangesAsync();
            }
        }

        public class AuditEntry { public int Id { get; set; } public int OrderId { get; set; } }
        public class CachedRate { public int Id { get; set; } public decimal Value { get; set; } public DateTime ExpiresAt { get; set; } }
        public class Article { public int Id { get; set; } public string Title { get; set; } = ""; public int ViewCount { get; set; } public DateTime LastSeen { get; set; } public bool IsRead { get; set; } public DateTime UpdatedAt { get; set; } }

        public class AuditContext : DbContext
        {
            public DbSet<AuditEntry> Entries { get; set; } = null!;
            public DbSet<Article> Articles { get; set; } = null!;
            public DbSet<CachedRate> Rates { get; set; } = null!;
        }

        public class AuditService(AuditContext books)
        {
            public Task WriteAsync(int id)
            {
                books.Entries.Add(new AuditEntry { OrderId = id });
                return books.SaveChangesAsync();
            }
        }
        {{rest}}
        """;

    private static string Mapping(string statements) => $$"""
        public static class Api
        {
            public static void Map(WebApplication app)
            {
                {{statements}}
            }

            private static async Task<Order?> CloseAsync(int id, ShopContext db)
            {
                var order = await db.Orders.FindAsync(id);
                order!.Number = "";
                await db.SaveChangesAsync();
                return order;
            }
        }
        """;

    private const string Close = "{ var order = _db.Orders.Find(id); order!.Number = \"closed\"; _db.SaveChanges(); return Ok(); }";

    [Theory]
    [InlineData("[HttpGet(\"{id}/close\")] public IActionResult [|CloseOrder|](int id) " + Close)]
    [InlineData("[HttpGet] [Route(\"{id}/close\")] public IActionResult [|CloseOrder|](int id) " + Close)]
    [InlineData("[AcceptVerbs(\"GET\", \"HEAD\")] public IActionResult [|CloseOrder|](int id) " + Close)]
    [InlineData("[HttpGet, HttpHead] public IActionResult [|CloseOrder|](int id) " + Close)]
    [InlineData("[HttpGet(\"{id}/close\")] public async Task<IActionResult> [|CloseOrder|](int id) { await _db.Orders.Where(o => o.Id == id).ExecuteUpdateAsync(s => s.SetProperty(o => o.Number, \"\")); return Ok(); }")]
    [InlineData("[HttpGet(\"{id}/remove\")] public Task<int> [|RemoveOrder|](int id) => _db.Orders.Where(o => o.Id == id).ExecuteDeleteAsync();")]
    [InlineData("[HttpGet(\"{id}/close\")] public async Task<IActionResult> [|CloseOrder|](int id) { await _db.Database.ExecuteSqlInterpolatedAsync($\"update orders set number = '' where id = {id}\"); return Ok(); }")]
    [InlineData("[HttpGet(\"{id}/promote\")] public async Task<IActionResult> [|Promote|](string id) { await _users.AddToRoleAsync((await _users.FindByIdAsync(id))!, \"admin\"); return Ok(); }")]
    [InlineData("[HttpGet(\"{id}/close\")] public async Task<IActionResult> [|CloseOrder|](int id) { await _service.CloseAsync(id); return Ok(); }")]
    [InlineData("[HttpGet(\"{id}/close\")] public async Task<IActionResult> [|CloseOrder|](int id) { await Do(id); return Ok(); } private Task Do(int id) => _service.CloseAsync(id);")]
    [InlineData("[HttpGet(\"{id}/close\")] public async Task<Order?> [|CloseOrder|](int id) => await _service.OpenAsync(id, close: true);")]
    [InlineData("[HttpGet(\"{id}/close\")] public async Task<IActionResult> [|CloseOrder|](int id) { await _db.Database.CreateExecutionStrategy().ExecuteAsync(async () => { (await _db.Orders.FindAsync(id))!.Number = \"\"; await _db.SaveChangesAsync(); }); return Ok(); }")]
    [InlineData("[HttpGet(\"{id}/close\")] public async Task<IActionResult> [|CloseOrder|](int id) { var order = await _db.Orders.FindAsync(id); if (order == null) return NotFound(); order.Number = \"\"; await _db.SaveChangesAsync(); return Ok(); }")]
    public Task ActionThatWrites_IsReported(string action) => Verify.Reported(Controller(action));

    [Theory]
    [InlineData("app.[|MapGet|](\"/orders/{id}/close\", async (int id, ShopContext db) => { (await db.Orders.FindAsync(id))!.Number = \"\"; await db.SaveChangesAsync(); });")]
    [InlineData("app.MapGroup(\"/orders\").[|MapGet|](\"/{id}/close\", CloseAsync);")]
    [InlineData("app.[|MapMethods|](\"/orders/{id}/close\", [\"GET\"], CloseAsync);")]
    public Task MappedHandlerThatWrites_IsReported(string statement) => Verify.Reported(Mapping(statement));

    [Fact]
    public Task PageHandlerThatWrites_IsReported() => Verify.Reported(Controller("", """
        public class CloseModel(ShopContext db) : PageModel
        {
            public void [|OnGet|](int id)
            {
                db.Orders.Find(id)!.Number = "";
                db.SaveChanges();
            }

            public void OnPost(int id)
            {
                db.Orders.Find(id)!.Number = "";
                db.SaveChanges();
            }
        }
        """));

    [Fact]
    public Task ActionOfBaseClass_IsReported() => Verify.Reported(Controller("", """
        public abstract class CrudController(ShopContext db) : ControllerBase
        {
            [HttpGet("{id}/drop")]
            public void [|Drop|](int id)
            {
                db.Orders.Remove(new Order { Id = id });
                db.SaveChanges();
            }
        }
        """));

    [Fact]
    public Task Message_NamesEndpointAndChain() => Verify.Reported(
        Controller("[HttpGet(\"{id}/close\")] public async Task<IActionResult> {|#0:CloseOrder|}(int id) { await {|#1:_service.CloseAsync(id)|}; return Ok(); }")
            .Replace("orders.RemoveAsync(id)", "{|#2:orders.RemoveAsync(id)|}", StringComparison.Ordinal)
            .Replace("new Order { Id = id });\n        await db.SaveChangesAsync()", "new Order { Id = id });\n        await {|#3:db.SaveChangesAsync()|}", StringComparison.Ordinal),
        expected: new DiagnosticResult(BP3001GetChangesStateAnalyzer.Id, DiagnosticSeverity.Warning)
            .WithLocation(0).WithLocation(1, DiagnosticLocationOptions.None).WithLocation(2).WithLocation(3)
            .WithArguments("CloseOrder", "OrderService.CloseAsync → OrderRepository.RemoveAsync → DbContext.SaveChangesAsync"));

    [Theory]
    [InlineData("[HttpPost(\"{id}/close\")] public IActionResult CloseOrder(int id) " + Close)]
    [InlineData("[AcceptVerbs(\"GET\", \"POST\")] public IActionResult CloseOrder(int id) " + Close)]
    [InlineData("public IActionResult CloseOrder(int id) " + Close)]
    [InlineData("[HttpGet, NonAction] public IActionResult CloseOrder(int id) " + Close)]
    [InlineData("[HttpGet(\"{id}\")] public Task<Order?> Get(int id) => _service.ReadAsync(id);")]
    [InlineData("[HttpGet(\"{id}\")] public async Task<Order?> Get(int id) => await _db.Orders.AsNoTracking().SingleOrDefaultAsync(o => o.Id == id);")]
    [InlineData("[HttpGet(\"{id}\")] public async Task<Order?> Get(int id) => await _service.OpenAsync(id, close: false);")]
    [InlineData("[HttpGet(\"{id}\")] public async Task<IActionResult> Get(int id) { await _service.GetAsync(id); return Ok(); }")]
    [InlineData("[HttpGet(\"{id}\")] public async Task<Order?> Get(int id) { await using var transaction = await _db.Database.BeginTransactionAsync(); return await _db.Orders.FindAsync(id); }")]
    [InlineData("[HttpGet(\"{id}\")] public Order? Get(int id) { Action later = () => _db.SaveChanges(); return _db.Orders.Find(id); }")]
    public Task OtherVerbOrNoWrite_IsSilent(string action) => Verify.Silent(Controller(action));

    [Theory]
    [InlineData("activate")]
    [InlineData("confirm-email")]
    [InlineData("ConfirmEmail")]
    [InlineData("unsubscribe/{token}")]
    [InlineData("google/callback")]
    [InlineData("verify")]
    [InlineData("logout")]
    [InlineData("external-login")]
    [InlineData("oauth/finish")]
    [InlineData("OAuth")]
    [InlineData("WizardCallBack")]
    [InlineData("accept-invitation")]
    [InlineData("opt-out")]
    public Task LinkThatPeopleFollow_IsSilent(string route) => Verify.Silent(Controller($"[HttpGet(\"{route}\")] public IActionResult Do(int id) " + Close));

    [Theory]
    [InlineData("reconfirmed")]
    [InlineData("hooks-off")]
    public Task WordThatOnlyContainsOne_IsReported(string route) => Verify.Reported(Controller($"[HttpGet(\"{route}\")] public IActionResult [|Do|](int id) " + Close));

    [Fact]
    public Task ActionNamedAfterALink_IsSilent() => Verify.Silent(Controller("[HttpGet(\"{id}/done\")] public IActionResult ConfirmOrder(int id) " + Close));

    [Fact]
    public Task PageNamedAfterALink_IsSilent() => Verify.Silent(Controller("", """
        public class ConfirmEmailModel(ShopContext db) : PageModel
        {
            public void OnGet(int id)
            {
                db.Customers.Find(id)!.IsActive = true;
                db.SaveChanges();
            }
        }
        """));

    [Theory]
    [InlineData("_books.Entries.Add(new AuditEntry { OrderId = id }); await _books.SaveChangesAsync();")]
    [InlineData("await _service.LogReadAsync(id);")]
    [InlineData("(await _books.Articles.FindAsync(id))!.ViewCount++; await _books.SaveChangesAsync();")]
    [InlineData("(await _books.Articles.FindAsync(id))!.ViewCount += 1; await _books.SaveChangesAsync();")]
    [InlineData("var article = await _books.Articles.FindAsync(id); article!.LastSeen = DateTime.UtcNow; article.UpdatedAt = DateTime.UtcNow; await _books.SaveChangesAsync();")]
    [InlineData("await _books.Articles.Where(a => a.Id == id).ExecuteUpdateAsync(s => s.SetProperty(a => a.ViewCount, a => a.ViewCount + 1));")]
    [InlineData("(await _books.Articles.FindAsync(id))!.IsRead = true; await _books.SaveChangesAsync();")]
    [InlineData("await _db.Database.ExecuteSqlRawAsync(\"update articles set view_count = view_count + 1\");")]
    [InlineData("await _books.Entries.Where(e => e.OrderId == id).ExecuteDeleteAsync();")]
    [InlineData("_books.Rates.Add(new CachedRate { Value = 1 }); await _books.SaveChangesAsync();")]
    [InlineData("await _users.AccessFailedAsync((await _users.FindByIdAsync(\"\"))!);")]
    public Task Bookkeeping_IsSilent(string statements) => Verify.Silent(Controller($"[HttpGet(\"{{id}}\")] public async Task<IActionResult> Get(int id) {{ {statements} return Ok(); }}"));

    [Theory]
    [InlineData("var article = await _books.Articles.FindAsync(id); article!.ViewCount++; article.Title = \"\"; await _books.SaveChangesAsync();")]
    [InlineData("_books.Entries.Add(new AuditEntry { OrderId = id }); (await _books.Articles.FindAsync(id))!.Title = \"\"; await _books.SaveChangesAsync();")]
    public Task BookkeepingBesideData_IsReported(string statements) => Verify.Reported(Controller($"[HttpGet(\"{{id}}\")] public async Task<IActionResult> [|Get|](int id) {{ {statements} return Ok(); }}"));

    [Fact]
    public Task MarkingAsRead_IsReported() => Verify.Reported(Controller(
        "[HttpGet(\"{id}/mark-as-read\")] public async Task<IActionResult> [|MarkAsRead|](int id) { (await _books.Articles.FindAsync(id))!.IsRead = true; await _books.SaveChangesAsync(); return Ok(); }"));

    [Theory]
    [InlineData("var customer = await _db.Customers.SingleOrDefaultAsync(c => c.Email == email); if (customer == null) { customer = new Customer { Email = email }; _db.Customers.Add(customer); await _db.SaveChangesAsync(); } return customer;")]
    [InlineData("var customer = await _db.Customers.SingleOrDefaultAsync(c => c.Email == email); if (customer is not null) return customer; customer = new Customer { Email = email }; _db.Customers.Add(customer); await _db.SaveChangesAsync(); return customer;")]
    [InlineData("var customer = await _db.Customers.SingleOrDefaultAsync(c => c.Email == email); return customer ?? await CreateAsync(email);")]
    [InlineData("if (!await _db.Customers.AnyAsync(c => c.Email == email)) await CreateAsync(email); return await _db.Customers.SingleAsync(c => c.Email == email);")]
    [InlineData("var customer = await _db.Customers.SingleAsync(c => c.Email == email); if (string.IsNullOrEmpty(customer.Phone)) { customer.Phone = \"0\"; await _db.SaveChangesAsync(); } return customer;")]
    [InlineData("return await _service.EnsureAsync(email);")]
    [InlineData("var rate = await _books.Rates.FirstAsync(); if (rate.ExpiresAt < DateTime.UtcNow) { rate.Value = 2; await _books.SaveChangesAsync(); } return await _db.Customers.SingleAsync(c => c.Email == email);")]
    public Task GetOrCreate_IsSilent(string statements) => Verify.Silent(Controller(
        $"[HttpGet(\"me\")] public async Task<Customer> Me(string email) {{ {statements} }} private async Task<Customer> CreateAsync(string email) {{ var made = new Customer {{ Email = email }}; _db.Customers.Add(made); await _db.SaveChangesAsync(); return made; }}"));

    [Fact]
    public Task Seeding_IsSilent() => Verify.Silent(Controller("[HttpGet(\"fill\")] public void SeedOrders(int id) { _db.Orders.Add(new Order()); _db.SaveChanges(); }"));

    [Fact]
    public Task Action_IsFixed() => Verify.Fixed(
        Controller("[HttpGet(\"{id}/close\")] public IActionResult [|CloseOrder|](int id) " + Close),
        Controller("[HttpPost(\"{id}/close\")] public IActionResult CloseOrder(int id) " + Close),
        configure: static test => test.CodeFixTestBehaviors |= CodeFixTestBehaviors.SkipFixAllCheck);

    [Fact]
    public Task Mapping_IsFixed() => Verify.Fixed(
        Mapping("app.[|MapGet|](\"/orders/{id}/close\", CloseAsync); app.MapPost(\"/orders\", (Order order) => order);"),
        Mapping("app.MapPost(\"/orders/{id}/close\", CloseAsync); app.MapPost(\"/orders\", (Order order) => order);"),
        configure: static test => test.CodeFixTestBehaviors |= CodeFixTestBehaviors.SkipFixAllCheck);

    [Theory]
    [InlineData("[HttpGet(\"{id}/close\")] public IActionResult [|CloseOrder|](int id) " + Close + " [HttpPost(\"{key}/close\")] public int Other(int key) => key;")]
    [InlineData("[HttpGet(\"{id}/close\")] public IActionResult [|CloseOrder|](int id) " + Close + " [HttpPost(\"old\")] public IActionResult Old() => RedirectToAction(nameof(CloseOrder));")]
    [InlineData("[AcceptVerbs(\"GET\")] public IActionResult [|CloseOrder|](int id) " + Close)]
    [InlineData("[HttpGet(\"{id}/close\")] public IActionResult [|CloseOrder|](int id) { _db.Orders.Find(id)!.Number = \"\"; _db.SaveChanges(); return Redirect(\"/\"); }")]
    public Task ActionThatMayNotAnswerPost_IsNotFixed(string actions) => Verify.NotFixed(Controller(actions));

    [Theory]
    [InlineData("app.[|MapGet|](\"/orders/{id}\", CloseAsync); app.MapPost(\"/orders/{key}\", (int key) => key);")]
    [InlineData("app.[|MapMethods|](\"/orders/{id}/close\", [\"GET\"], CloseAsync);")]
    public Task MappingThatMayNotAnswerPost_IsNotFixed(string statements) => Verify.NotFixed(Mapping(statements));

    [Fact]
    public Task WithoutDatabase_IsSilent() => Verify.Silent("""
        public static class Api
        {
            public static void Map(WebApplication app) => app.MapGet("/", (List<int> seen) => seen.Add(1));
        }
        """);
}

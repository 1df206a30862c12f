using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.DataAccess.BP1025BlockingQueryAnalyzer, BackendPatterns.Analyzers.CodeFixes.DataAccess.BP1025BlockingQueryFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.DataAccess;

public class BP1025BlockingQueryFixTests
{
    [Theory]
    [InlineData("return db.Orders.[|ToList|]();", "return await db.Orders.ToListAsync(token);")]
    [InlineData("return db.Orders.[|First|](o => o.Id == id);", "return await db.Orders.FirstAsync(o => o.Id == id, token);")]
    [InlineData("return db.Orders.[|ToList|]().Count;", "return (await db.Orders.ToListAsync(token)).Count;")]
    [InlineData("return db.Orders.[|FirstOrDefault|]()?.Number;", "return (await db.Orders.FirstOrDefaultAsync(token))?.Number;")]
    [InlineData("return db.Orders.[|Find|](id);", "return await db.Orders.FindAsync([id], token);")]
    [InlineData("return !db.Orders.[|Any|]() && id > 0;", "return !await db.Orders.AnyAsync(token) && id > 0;")]
    [InlineData("foreach (var order in db.Orders.[|ToArray|]()) id += order.Id; return id;", "foreach (var order in await db.Orders.ToArrayAsync(token)) id += order.Id; return id;")]
    [InlineData("db.[|SaveChanges|](); return 1;", "await db.SaveChangesAsync(token); return 1;")]
    [InlineData("return db.[|SaveChanges|](acceptAllChangesOnSuccess: false);", "return await db.SaveChangesAsync(acceptAllChangesOnSuccess: false, cancellationToken: token);")]
    [InlineData("return db.Database.[|ExecuteSqlRaw|](\"DELETE FROM Orders\");", "return await db.Database.ExecuteSqlRawAsync(\"DELETE FROM Orders\", token);")]
    [InlineData("return db.Database.[|ExecuteSqlRaw|](\"DELETE FROM Orders WHERE Id = {0}\", id);", "return await db.Database.ExecuteSqlRawAsync(\"DELETE FROM Orders WHERE Id = {0}\", id);")]
    [InlineData("return db.Orders.CountAsync(token).[|Result|];", "return await db.Orders.CountAsync(token);")]
    [InlineData("return db.Orders.ToListAsync(token).[|Result|].Count;", "return (await db.Orders.ToListAsync(token)).Count;")]
    [InlineData("db.SaveChangesAsync(token).[|Wait|](); return 1;", "await db.SaveChangesAsync(token); return 1;")]
    [InlineData("return db.Orders.CountAsync(token).ConfigureAwait(false).GetAwaiter().[|GetResult|]();", "return await db.Orders.CountAsync(token).ConfigureAwait(false);")]
    [InlineData("var a = db.Orders.[|Count|](); var b = db.Lines.[|Count|](); return a + b;", "var a = await db.Orders.CountAsync(token); var b = await db.Lines.CountAsync(token); return a + b;")]
    [InlineData("foreach (var o in [|db.Orders|]) id += o.Id; return id;", "await foreach (var o in db.Orders.AsAsyncEnumerable().WithCancellation(token)) id += o.Id; return id;")]
    [InlineData(
        "// All.\n        foreach (var o in [|db.Orders.Where(o => o.Id > id)|]) { foreach (var l in [|db.Lines|]) id += l.Id; } return id;",
        "// All.\n        await foreach (var o in db.Orders.Where(o => o.Id > id).AsAsyncEnumerable().WithCancellation(token)) { await foreach (var l in db.Lines.AsAsyncEnumerable().WithCancellation(token)) id += l.Id; } return id;")]
    public Task AsyncMethod_IsFixed(string before, string after) => Verify.Fixed(Method(before), Method(after));

    [Theory]
    [InlineData("return Queryable.[|Count|](db.Orders);")]
    [InlineData("try { return db.Orders.CountAsync(token).[|Result|]; } catch (AggregateException) { return 0; }")]
    public Task OtherForm_IsNotFixed(string statements) => Verify.NotFixed(Method(statements));

    [Fact]
    public Task ChainOverLines_KeepsItsLines_IsFixed() => Verify.Fixed(
        Method(
            """
            var orders = db.Orders
                        .Where(o => o.Id > id)
                        // The newest first.
                        .OrderByDescending(o => o.PlacedAt)
                        .[|ToList|]();
                    return orders;
            """),
        Method(
            """
            var orders = await db.Orders
                        .Where(o => o.Id > id)
                        // The newest first.
                        .OrderByDescending(o => o.PlacedAt)
                        .ToListAsync(token);
                    return orders;
            """));

    [Fact]
    public Task Endpoints_BecomeAsynchronous_IsFixed() => Verify.Fixed(
        """
        using Microsoft.AspNetCore.Mvc;

        public class OrdersController(ShopContext db) : ControllerBase
        {
            /// <summary>Lists.</summary>
            [HttpGet]
            public ActionResult<List<Order>> List()
            {
                var count = db.Orders.[|Count|]();
                return count == 0 ? NotFound() : db.Orders.[|ToList|]();
            }

            [HttpPost]
            public void Save() => db.[|SaveChanges|]();

            [HttpPut]
            public IActionResult Redirect() => RedirectToAction(nameof(List));
        }

        public static class Endpoints
        {
            public static void Map(WebApplication app)
            {
                app.MapGet("/orders", (ShopContext db) => db.Orders.[|ToList|]());
                app.MapPost("/orders", (ShopContext db, CancellationToken stop) =>
                {
                    db.Add(new Order());
                    db.[|SaveChanges|]();
                    return Results.Ok();
                });
            }
        }
        """,
        """
        using Microsoft.AspNetCore.Mvc;

        public class OrdersController(ShopContext db) : ControllerBase
        {
            /// <summary>Lists.</summary>
            [HttpGet]
            public async Task<ActionResult<List<Order>>> List()
            {
                var count = await db.Orders.CountAsync();
                return count == 0 ? NotFound() : await db.Orders.ToListAsync();
            }

            [HttpPost]
            public async Task Save() => await db.SaveChangesAsync();

            [HttpPut]
            public IActionResult Redirect() => RedirectToAction(nameof(List));
        }

        public static class Endpoints
        {
            public static void Map(WebApplication app)
            {
                app.MapGet("/orders", async (ShopContext db) => await db.Orders.ToListAsync());
                app.MapPost("/orders", async (ShopContext db, CancellationToken stop) =>
                {
                    db.Add(new Order());
                    await db.SaveChangesAsync(stop);
                    return Results.Ok();
                });
            }
        }
        """);

    [Fact]
    public Task PageHandlers_BecomeAsynchronous_IsFixed() => Verify.Fixed(
        Page(
            """
            public void OnGet() => Orders = db.Orders.[|ToList|]();

                public IActionResult OnPostSave()
                {
                    foreach (var order in [|db.Orders|])
                        order.Total = 0;
                    db.[|SaveChanges|]();
                    return Page();
                }
            """),
        Page(
            """
            public async Task OnGet() => Orders = await db.Orders.ToListAsync();

                public async Task<IActionResult> OnPostSave()
                {
                    await foreach (var order in db.Orders.AsAsyncEnumerable())
                        order.Total = 0;
                    await db.SaveChangesAsync();
                    return Page();
                }
            """));

    private static string Page(string members) => $$"""
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.AspNetCore.Mvc.RazorPages;

        public class OrdersPage(ShopContext db) : PageModel
        {
            public List<Order> Orders { get; set; } = new();

            {{members}}
        }
        """;

    [Fact]
    public Task ActionThatOtherCodeCalls_IsNotFixed() => Verify.NotFixed(
        """
        using Microsoft.AspNetCore.Mvc;

        public class OrdersController(ShopContext db) : ControllerBase
        {
            [HttpGet]
            public int Count() => db.Orders.[|Count|]();

            [HttpGet("twice")]
            public int Twice() => Count() * 2;
        }
        """);

    private static string Method(string statements) => $$"""
        public class Service(ShopContext db)
        {
            public async Task<object?> Run(int id, CancellationToken token)
            {
                await Task.Yield();
                {{statements}}
            }
        }
        """;
}

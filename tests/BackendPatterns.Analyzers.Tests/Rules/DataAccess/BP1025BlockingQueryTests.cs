using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.DataAccess.BP1025BlockingQueryAnalyzer, BackendPatterns.Analyzers.Tests.Verification.NoFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.DataAccess;

public class BP1025BlockingQueryTests
{
    [Theory]
    [InlineData("return db.Orders.[|ToList|]();")]
    [InlineData("return db.Orders.Where(o => o.Id > id).[|ToArray|]();")]
    [InlineData("return db.Orders.[|First|](o => o.Id == id);")]
    [InlineData("return db.Orders.[|Any|]() ? 1 : 0;")]
    [InlineData("return db.Orders.[|Sum|](o => o.Total);")]
    [InlineData("return db.Orders.[|ToDictionary|](o => o.Id);")]
    [InlineData("return db.Orders.[|Find|](id)!;")]
    [InlineData("return db.[|SaveChanges|]();")]
    [InlineData("return db.Orders.[|ExecuteDelete|]();")]
    [InlineData("return db.Database.[|ExecuteSqlRaw|](\"DELETE FROM Orders\");")]
    [InlineData("using var transaction = db.Database.[|BeginTransaction|](); return 1;")]
    [InlineData("db.Entry(new Order()).[|Reload|](); return 1;")]
    [InlineData("db.Orders.[|Load|](); return 1;")]
    [InlineData("return db.Orders.ToListAsync().[|Result|];")]
    [InlineData("db.SaveChangesAsync().[|Wait|](); return 1;")]
    [InlineData("return db.Orders.CountAsync().GetAwaiter().[|GetResult|]();")]
    [InlineData("return db.Orders.CountAsync().ConfigureAwait(false).GetAwaiter().[|GetResult|]();")]
    [InlineData("return CountAsync().[|Result|]; Task<int> CountAsync() => db.Orders.CountAsync();")]
    [InlineData("if (id > 0) { foreach (var o in db.Orders.[|ToList|]()) id += o.Id; } return id;")]
    [InlineData("Func<Task<int>> count = async () => { await Task.Yield(); return db.Orders.[|Count|](); }; return await count();")]
    [InlineData("foreach (var o in [|db.Orders|]) id += o.Id; return id;")]
    [InlineData("foreach (var o in [|db.Orders.Where(o => o.Id > id)|]) id += o.Id; return id;")]
    [InlineData("var query = db.Orders.OrderBy(o => o.Id); foreach (var o in [|query|]) id += o.Id; return id;")]
    [InlineData("foreach (var o in [|from o in db.Orders where o.Id > 1 select o.Id|]) id += o; return id;")]
    public Task BlockingCallInAsyncMethod_IsReported(string statements) => Verify.Reported(Method(statements));

    [Theory]
    [InlineData("return await db.Orders.ToListAsync();")]
    [InlineData("db.Orders.Add(new Order()); db.Orders.AddRange(new Order()); return await db.SaveChangesAsync();")]
    // In memory, in an expression tree, no asynchronous form.
    [InlineData("var orders = await db.Orders.ToListAsync(); return orders.Where(o => o.Id > id).ToList();")]
    [InlineData("return await db.Customers.Where(c => c.Orders.Any() && db.Orders.Count(o => o.CustomerId == c.Id) > 1).ToListAsync();")]
    [InlineData("return await db.Customers.Select(c => new { c.Id, Orders = c.Orders.Where(o => o.Total > 1).ToList() }).ToListAsync();")]
    [InlineData("return db.Orders.AsEnumerable().First(o => o.Number.Length > 2);")]
    [InlineData("return db.Orders.ToLookup(o => o.CustomerId);")]
    [InlineData("IQueryable<int> numbers = new[] { 1, 2 }.AsQueryable(); return numbers.Count();")]
    [InlineData("return db.Orders.Local.ToList();")]
    // Rows that are there, or come one by one.
    [InlineData("foreach (var o in await db.Orders.ToListAsync()) id += o.Id; return id;")]
    [InlineData("await foreach (var o in db.Orders) id += o.Id; return id;")]
    [InlineData("await foreach (var o in db.Orders.Where(o => o.Id > 1).AsAsyncEnumerable()) id += o.Id; return id;")]
    [InlineData("foreach (var o in db.Orders.Local) id += o.Id; return id;")]
    [InlineData("foreach (var o in new[] { 1 }.AsQueryable()) id += o; return id;")]
    [InlineData("foreach (var o in given) id += o; return id;")]
    // The caller chooses.
    [InlineData("if (isAsync) { await foreach (var o in db.Orders.AsAsyncEnumerable()) id += o.Id; } else { foreach (var o in db.Orders) id += o.Id; } return id;")]
    [InlineData("return isAsync ? await db.Orders.ToListAsync() : db.Orders.ToList();")]
    [InlineData("if (isAsync) return await db.SaveChangesAsync(); else return db.SaveChanges();")]
    [InlineData("if (!isAsync) { db.SaveChanges(); return 1; } return await db.SaveChangesAsync();")]
    // Not where await may stand.
    [InlineData("lock (db) { return db.Orders.Count(); }")]
    [InlineData("lock (db) { foreach (var o in db.Orders) id += o.Id; } return id;")]
    [InlineData("return Sum(); int Sum() { foreach (var o in db.Orders) id += o.Id; return id; }")]
    [InlineData("var counts = new[] { 1, 2 }.Select(i => db.Orders.Count(o => o.Id == i)).ToList(); return counts;")]
    [InlineData("return await Task.Run(() => db.Orders.Count());")]
    [InlineData("return Count(); int Count() => db.Orders.Count();")]
    [InlineData("return (from i in new[] { 1, 2 } where db.Orders.Any(o => o.Id == i) select i).ToList();")]
    [InlineData("try { return await Task.FromResult(1); } catch (Exception) when (db.Orders.Any()) { return 2; }")]
    // Other tasks, and tasks that are started first.
    [InlineData("return Task.FromResult(1).Result;")]
    [InlineData("var count = db.Orders.CountAsync(); await Task.WhenAll(count); return count.Result;")]
    [InlineData("db.SaveChangesAsync().Wait(1000); return 1;")]
    public Task OtherCall_IsSilent(string statements) => Verify.Silent(Method(statements));

    [Fact]
    public Task ReportInASynchronousEndpoint_PointsToIt() => Verify.Reported(
        """
        using Microsoft.AspNetCore.Mvc;

        public class OrdersController(ShopContext db) : ControllerBase
        {
            [HttpGet]
            public IActionResult {|#1:List|}() => Ok(db.Orders.{|#0:ToList|}());
        }
        """,
        expected: new Microsoft.CodeAnalysis.Testing.DiagnosticResult("BP1025", Microsoft.CodeAnalysis.DiagnosticSeverity.Warning).WithLocation(0).WithLocation(1)
            .WithArguments("ToList", "make the endpoint async and await", "ToListAsync"));

    [Fact]
    public Task SynchronousEndpoints_AreReported() => Verify.Reported(
        """
        using Microsoft.AspNetCore.Mvc;

        public class OrdersController(ShopContext db) : ControllerBase
        {
            [HttpGet]
            public IActionResult List() => Ok(db.Orders.[|ToList|]());

            [HttpPost]
            public void Save() => db.[|SaveChanges|]();

            [HttpGet("count")]
            public int Count() => db.Orders.CountAsync().[|Result|];
        }

        public static class Endpoints
        {
            public static void Map(WebApplication app)
            {
                app.MapGet("/orders", (ShopContext db) => db.Orders.[|ToList|]());
                app.MapPost("/orders", (ShopContext db) =>
                {
                    db.Add(new Order());
                    db.[|SaveChanges|]();
                    return Results.Ok();
                });
            }
        }
        """);

    [Fact]
    public Task SynchronousPageHandlers_AreReported() => Verify.Reported(
        """
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.AspNetCore.Mvc.RazorPages;

        public class OrdersPage(ShopContext db) : PageModel
        {
            public List<Order> Orders { get; set; } = new();

            public void OnGet() => Orders = db.Orders.[|ToList|]();

            public IActionResult OnPostSave()
            {
                foreach (var order in [|db.Orders|])
                    order.Total = 0;
                db.[|SaveChanges|]();
                return Page();
            }
        }
        """);

    [Fact]
    public Task OtherMembersOfPages_AreSilent() => Verify.Silent(
        """
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.AspNetCore.Mvc.RazorPages;

        public class OrdersPage(ShopContext db) : PageModel
        {
            public int Count() => db.Orders.Count();
            public int OnGetter() => db.Orders.Count();
            protected void OnGet() => db.SaveChanges();
            public static int OnPostCount(ShopContext db) => db.Orders.Count();
            [NonHandler] public int OnPost() => db.Orders.Count();
        }

        public class NoPage(ShopContext db)
        {
            public void OnGet() => db.SaveChanges();
        }
        """);

    [Fact]
    public Task SynchronousMembers_AreSilent() => Verify.Silent(
        """
        using Microsoft.AspNetCore.Mvc;

        public interface ICounts { int Count(); int Tries(out int count); }

        public class Counts(ShopContext db) : ICounts
        {
            public int Count() => db.Orders.Count();
            public int Tries(out int count) { count = db.Orders.Count(); return count; }
            public int Number => db.Orders.Count();
            public IEnumerable<int> Ids() { foreach (var order in db.Orders.ToList()) yield return order.Id; }
        }

        public class CountsController(ShopContext db) : ControllerBase, ICounts
        {
            private readonly int _all = db.Orders.Count();

            public int Count() => db.Orders.Count() + _all;

            [NonAction]
            public int Tries(out int count) { count = db.Orders.Count(); return count; }

            [HttpGet("ids")]
            public IEnumerable<int> Ids() { foreach (var order in db.Orders.ToList()) yield return order.Id; }

            private int Helper() => db.Orders.Count();

            [NonAction]
            public int NoAction() => Helper() + db.Orders.Count();

            [HttpGet("virtual")]
            public virtual int Virtual() => db.Orders.Count();

            [HttpGet("override")]
            public override OkResult Ok() { db.SaveChanges(); return base.Ok(); }
        }
        """);

    [Fact]
    public Task RepositoryBehindTask_IsReported() => Verify.Reported(
        """
        public interface IOrders { Task<int> CountAsync(); }

        public class Orders(ShopContext db) : IOrders
        {
            public Task<int> CountAsync() => db.Orders.CountAsync();
        }

        public class Service(IOrders orders)
        {
            public async Task<int> Run()
            {
                await Task.Yield();
                return orders.CountAsync().[|Result|];
            }
        }
        """);

    [Fact]
    public Task ContextWithoutAsyncSave_IsSilent() => Verify.Silent(
        """
        public interface IShop { DbSet<Order> Orders { get; } int SaveChanges(); }

        public class Service(IShop shop)
        {
            public async Task<int> Run()
            {
                await Task.Yield();
                return shop.SaveChanges();
            }
        }
        """);

    [Fact]
    public Task Seeding_IsSilent() => Verify.Silent(
        """
        public class ShopSeeder(ShopContext db)
        {
            public async Task RunAsync()
            {
                if (db.Orders.Any())
                    return;
                await db.SaveChangesAsync();
            }
        }
        """);

    private static string Method(string statements) => $$"""
        public class Service(ShopContext db)
        {
            public async Task<object?> Run(int id, bool isAsync, IQueryable<int> given)
            {
                await Task.Yield();
                {{statements}}
            }
        }
        """;
}

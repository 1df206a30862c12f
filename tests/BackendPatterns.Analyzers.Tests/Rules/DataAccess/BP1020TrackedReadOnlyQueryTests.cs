using BackendPatterns.Analyzers.Rules.DataAccess;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Testing;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.DataAccess.BP1020TrackedReadOnlyQueryAnalyzer,
    BackendPatterns.Analyzers.CodeFixes.DataAccess.BP1020TrackedReadOnlyQueryFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.DataAccess;

public class BP1020TrackedReadOnlyQueryTests
{
    private const string ReadsProducts = "foreach (var p in await db.Products.{|#0:ToListAsync|}()) Use(p.Name, p.Price);";
    private const string SilentRead = "foreach (var p in await db.Products.ToListAsync()) Use(p.Name, p.Price);";
    private const string Registration = "services.AddDbContext<ShopContext>(options => options.UseSqlite(\"\"));";

    [Fact]
    public Task Report_NamesTheOperatorAndTheEntity() => Verify.Reported(
        Action(ReadsProducts),
        expected: new DiagnosticResult(BP1020TrackedReadOnlyQueryAnalyzer.Id, DiagnosticSeverity.Info).WithLocation(0)
            .WithMessage("'ToListAsync' loads 'Product' with tracking to answer a GET request that only reads it; use 'AsNoTracking'"));

    [Theory]
    [InlineData("foreach (var p in await db.Products.OrderBy(x => x.Id).[|ToArrayAsync|]()) Use(p.Name, p.Price);")]
    [InlineData("foreach (var p in [|db.Products.Where(x => x.Id > id)|]) Use(p.Name, p.Price);")]
    [InlineData("foreach (var p in [|db.Set<Product>()|]) Use(p.Name, p.Price);")]
    [InlineData("await foreach (var p in [|db.Products.AsAsyncEnumerable()|]) Use(p.Name, p.Price);")]
    [InlineData("var p = await db.Products.[|FirstOrDefaultAsync|](x => x.Id == id); if (p != null) Use(p.Name, p.Price);")]
    [InlineData("var p = await db.Products.[|SingleAsync|](x => x.Id == id); Use(Text(p));")]
    [InlineData("var all = await db.Products.[|ToDictionaryAsync|](x => x.Id); Use(all[id].Name, all[id].Sku);")]
    [InlineData("var query = db.Products.Where(x => x.Id > id); if (id > 3) query = query.OrderBy(x => x.Name); foreach (var p in await query.[|ToListAsync|]()) Use(p.Name, p.Price);")]
    // Another load, whose rows lead to these only where it includes them itself.
    [InlineData("var lines = await db.Lines.[|ToListAsync|](); Use(lines.Sum(l => l.Price * l.Quantity), lines[0].ProductId, lines[0].Id); Use(await db.Orders.Include(o => o.Lines).ToListAsync());")]
    [InlineData("foreach (var p in await db.Products.[|ToListAsync|]()) Use(p.Name, p.Price); Use(await db.Orders.ToListAsync());")]
    // Included rows, each read by its columns.
    [InlineData("foreach (var o in await db.Orders.Include(x => x.Lines).[|ToListAsync|]()) Use(o.Id, o.CustomerId, o.CouponId, o.Number, o.Lines.Sum(l => l.Price));")]
    [InlineData("foreach (var o in await db.Orders.Include(x => x.Lines).OrderBy(x => x.Id).[|ToListAsync|]()) Use(o.Id, o.CustomerId, o.CouponId, o.Number, o.Lines.Select(l => l.Price).ToList());")]
    public Task RowsThatAreOnlyRead_AreReported(string statements) => Verify.Reported(Action(statements));

    [Theory]
    [InlineData("[HttpGet] public async Task<List<Product>> Get() => await db.Products.[|ToListAsync|]();")]
    [InlineData("[HttpGet] public async Task<ActionResult<List<Product>>> Get() { var rows = await db.Products.[|ToListAsync|](); return rows; }")]
    [InlineData("[HttpGet] public async Task<IActionResult> Get(int id) { var row = await db.Products.[|FirstOrDefaultAsync|](x => x.Id == id); return row is null ? NotFound() : Ok(row); }")]
    [InlineData("[HttpGet, HttpHead] public async Task<IActionResult> Get() => Ok(await db.Products.[|ToListAsync|]());")]
    public Task RowsThatAreTheResponse_AreReported(string member) => Verify.Reported(Controller(member));

    [Theory]
    // An endpoint that writes, one that also answers POST, one whose methods are not said.
    [InlineData("[HttpPost] public async Task Run() { " + SilentRead + " }")]
    [InlineData("[HttpGet, HttpPost] public async Task Run() { " + SilentRead + " }")]
    [InlineData("public async Task Run() { " + SilentRead + " }")]
    // Nobody calls it, a POST calls it too, it is passed on, it is called once from elsewhere.
    [InlineData("private async Task Load() { " + SilentRead + " }")]
    [InlineData("[HttpGet] public Task Run() => Load(); [HttpPost] public Task Change() => Load(); private async Task Load() { " + SilentRead + " }")]
    [InlineData("[HttpGet] public Task Run() => Task.Run(Load); private async Task Load() { " + SilentRead + " }")]
    [InlineData("[HttpGet] public Task Run() => Load(); public ShopController(ShopContext db, bool first) : this(db) => Load().Wait(); private async Task Load() { " + SilentRead + " }")]
    // The caller saves.
    [InlineData("[HttpGet] public async Task Run() { await Load(); await db.SaveChangesAsync(); } private async Task Load() { " + SilentRead + " }")]
    // Deeper than followed.
    [InlineData("[HttpGet] public Task Run() => A(); private Task A() => B(); private Task B() => C(); private Task C() => D(); private async Task D() { " + SilentRead + " }")]
    [InlineData("[HttpGet] public Task Run() => Load(3); private async Task Load(int n) { " + SilentRead + " await Load(n - 1); await Again(); } private Task Again() => Load(1); [HttpPut] public Task Put() => Again();")]
    // Entities with navigations as the response: what else is tracked would be a part of it.
    [InlineData("[HttpGet] public async Task<List<Order>> Get() => await db.Orders.ToListAsync();")]
    // Kept, handed to a view, to a service.
    [InlineData("private List<Product> kept = new(); [HttpGet] public async Task Get() => kept = await db.Products.ToListAsync();")]
    [InlineData("[HttpGet] public async Task<IActionResult> Get() => View(await db.Products.ToListAsync()); private IActionResult View(object model) => Ok(model);")]
    public Task OtherCode_IsSilent(string members) => Verify.Silent(Controller(members));

    [Fact]
    public void Requests_DoNotDependOnWhatWasAskedBefore()
    {
        // From the innermost method the endpoint is too far, from the next one it is not.
        Assert.Equal(Asked("near", "far").Reverse(), Asked("far", "near"));
        Assert.Equal([false, true], Asked("far", "near"));

        static bool[] Asked(params string[] locals)
        {
            var test = ModelTest.Compile(Controller("""
                [HttpGet] public Task Run() => A();
                private Task A() => B();
                private Task B() => C();
                private async Task C() { var near = await db.Products.ToListAsync(); await D(); }
                private async Task D() { var far = await db.Products.ToListAsync(); }
                """));
            return [.. locals.Select(local => BP1020ReadRequests.AreAllThatRun(test.Operation<VariableDeclaratorSyntax>(local), test.Model))];
        }
    }

    [Theory]
    // Tracking is decided by name, or there is none.
    [InlineData("foreach (var p in await db.Products.AsTracking().ToListAsync()) Use(p.Name, p.Price);")]
    [InlineData("foreach (var p in await db.Products.AsNoTracking().ToListAsync()) Use(p.Name, p.Price);")]
    [InlineData("foreach (var p in await db.Products.AsNoTrackingWithIdentityResolution().ToListAsync()) Use(p.Name, p.Price);")]
    [InlineData("foreach (var p in await db.Products.Select(x => new { x.Name, x.Price }).ToListAsync()) Use(p.Name, p.Price);")]
    [InlineData("var p = await db.Products.FindAsync(id); Use(p!.Name, p.Price);")]
    // Changed, saved, mapped into, given to the context or to code that is not known.
    [InlineData("foreach (var p in await db.Products.ToListAsync()) p.Price = 3;")]
    [InlineData("foreach (var p in await db.Products.ToListAsync()) Use(p.Name, p.Price); await db.SaveChangesAsync();")]
    [InlineData("foreach (var p in await db.Products.ToListAsync()) { Use(p.Name, p.Price); Copy(new Product(), p); }")]
    [InlineData("foreach (var p in await db.Products.ToListAsync()) { Use(p.Name, p.Price); db.Remove(p); }")]
    [InlineData("foreach (var p in await db.Products.ToListAsync()) { Use(p.Name, p.Price); unknown.Take(p); }")]
    [InlineData("foreach (var p in await db.Products.ToListAsync()) { Use(p.Name, p.Price); Use(p); }")]
    [InlineData("foreach (var o in await db.Orders.Include(x => x.Lines).ToListAsync()) { Use(o.Id, o.CustomerId, o.CouponId, o.Number); o.Lines.Clear(); }")]
    // What the context tracks is looked at.
    [InlineData("foreach (var p in await db.Products.ToListAsync()) Use(p.Name, p.Price); Use(db.ChangeTracker.Entries().Count());")]
    [InlineData("foreach (var p in await db.Products.ToListAsync()) Use(p.Name, p.Price); Use(db.Products.Local.Count);")]
    [InlineData("foreach (var p in await db.Products.ToListAsync()) Use(p.Name, p.Price); Use((await db.Products.FindAsync(id))!.Sku);")]
    // Rows that other rows lead to, or that fill navigations of others.
    [InlineData("foreach (var c in await db.Customers.ToListAsync()) Use(c.Id, c.Name, c.Email, c.Phone, c.Street, c.City, c.Orders.Count);")]
    [InlineData("var lines = await db.Lines.ToListAsync(); Use(lines.Sum(l => l.Price * l.Quantity), lines[0].ProductId, lines[0].Id); foreach (var o in await db.Orders.ToListAsync()) Use(o.Lines.Count);")]
    [InlineData("var lines = await db.Lines.ToListAsync(); Use(lines.Sum(l => l.Price * l.Quantity), lines[0].ProductId, lines[0].Id); Use(await db.Orders.ToListAsync());")]
    // A cycle, which is an error without tracking.
    [InlineData("foreach (var o in await db.Orders.Include(x => x.Customer).ThenInclude(c => c!.Orders).ToListAsync()) Use(o.Id, o.CustomerId, o.CouponId, o.Number, o.Customer!.Name);")]
    // Compared by reference.
    [InlineData("var all = await db.Orders.Include(x => x.Customer).ToListAsync(); Use(all[0].Id, all[0].CouponId, all[0].CustomerId, all[0].Number, all[0].Customer == all[1].Customer);")]
    [InlineData("var all = await db.Orders.Include(x => x.Customer).ToListAsync(); Use(all[0].Id, all[0].CouponId, all[0].CustomerId, all[0].Number, all.Select(x => x.Customer).Distinct().Count());")]
    [InlineData("var all = await db.Orders.Include(x => x.Customer).ToListAsync(); Use(all[0].Id, all[0].CouponId, all[0].CustomerId, all[0].Number, all.GroupBy(x => x.Customer).Count());")]
    [InlineData("var p = await db.Products.FirstAsync(x => x.Id == id); var q = await db.Products.FirstAsync(x => x.Id == 3); Use(p.Name, p.Price, q.Name, q.Price, p == q);")]
    // Other rules advise to load less.
    [InlineData("foreach (var c in await db.Customers.ToListAsync()) Use(c.Name, c.Email);")]
    [InlineData("Use((await db.Products.ToListAsync()).Count);")]
    [InlineData("Use((await db.Products.ToListAsync()).Where(p => p.Id > id).Select(p => p.Name).ToList());")]
    // Nothing is read.
    [InlineData("await db.Products.ToListAsync();")]
    public Task TrackingThatMayBeNeeded_IsSilent(string statements) => Verify.Silent(Action(statements));

    [Theory]
    [InlineData("")]
    [InlineData("services.AddDbContext<ShopContext>(options => options.UseSqlite(\"\").UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking));")]
    [InlineData("services.AddDbContext<ShopContext>(options => options.UseSqlite(\"\").UseQueryTrackingBehavior(Enum.Parse<QueryTrackingBehavior>(\"TrackAll\")));")]
    public Task ContextThatDoesNotTrack_OrIsConfiguredElsewhere_IsSilent(string registration) => Verify.Silent(Action(SilentRead, registration));

    [Fact]
    public Task LazyLoading_IsSilent() => Verify.Silent($$"""
        using Microsoft.AspNetCore.Mvc;

        public class Note
        {
            public int Id { get; set; }
            public string Text { get; set; } = "";
            public int CustomerId { get; set; }
            public virtual Customer? Customer { get; set; }
        }

        public class NoteContext(DbContextOptions<NoteContext> options) : DbContext(options)
        {
            public DbSet<Note> Notes => Set<Note>();
        }

        public class NotesController(NoteContext db) : ControllerBase
        {
            [HttpGet]
            public async Task<List<string>> Get() => (await db.Notes.ToListAsync()).Select(x => x.Id + x.Text + x.CustomerId).ToList();
        }

        public static class Setup
        {
            public static void Add(IServiceCollection services) => services.AddDbContext<NoteContext>(options => options.UseLazyLoadingProxies());

            private static DbContextOptionsBuilder UseLazyLoadingProxies(this DbContextOptionsBuilder options) => options;
        }
        """);

    [Fact]
    public Task BehaviourMethod_IsSilent() => Verify.Silent($$"""
        using Microsoft.AspNetCore.Mvc;

        public class Counter
        {
            public int Id { get; set; }
            public int Value { get; set; }
            public int Next() => ++Value;
        }

        public class CounterContext(DbContextOptions<CounterContext> options) : DbContext(options)
        {
            public DbSet<Counter> Counters => Set<Counter>();
        }

        public class CountersController(CounterContext db) : ControllerBase
        {
            [HttpGet]
            public async Task<string> Get(int id)
            {
                var counter = await db.Counters.FirstAsync(x => x.Id == id);
                return counter.Id + ": " + counter.Next();
            }
        }

        public static class Setup
        {
            public static void Add(IServiceCollection services) => services.AddDbContext<CounterContext>(options => options.UseSqlite(""));
        }
        """);

    [Theory]
    [InlineData("app.MapGet(\"/\", async (ShopContext db) => (await db.Products.[|ToListAsync|]()).Select(p => p.Name + p.Sku).ToList());")]
    [InlineData("app.MapGet(\"/\", async (ShopContext db) => Results.Ok(await db.Products.[|ToListAsync|]()));")]
    [InlineData("app.MapGet(\"/\", async (ShopContext db) => await db.Products.[|ToListAsync|]());")]
    [InlineData("app.MapGet(\"/\", List); static async Task<List<string>> List(ShopContext db) => (await db.Products.[|ToListAsync|]()).Select(p => p.Name + p.Sku).ToList();")]
    [InlineData("app.MapGet(\"/\", (IProducts products) => products.ListAsync()); app.MapGet(\"/all\", (IProducts products) => products.ListAsync());", "[|ToListAsync|]")]
    [InlineData("app.MapMethods(\"/\", new[] { \"GET\", \"HEAD\" }, (IProducts products) => products.ListAsync());", "[|ToListAsync|]")]
    public Task MinimalApi_IsReported(string statements, string load = "ToListAsync") => Verify.Reported(MinimalApi(statements, load));

    [Theory]
    [InlineData("app.MapPost(\"/\", async (ShopContext db) => (await db.Products.ToListAsync()).Select(p => p.Name + p.Sku).ToList());")]
    [InlineData("app.MapGet(\"/\", List); app.MapPut(\"/\", List); static async Task<List<string>> List(ShopContext db) => (await db.Products.ToListAsync()).Select(p => p.Name + p.Sku).ToList();")]
    [InlineData("app.MapGet(\"/\", (IProducts products) => products.ListAsync()); app.MapDelete(\"/\", (IProducts products) => products.ListAsync());")]
    [InlineData("app.MapGet(\"/\", (IProducts products) => products.ListAsync()); app.Lifetime.ApplicationStarted.Register(() => app.Services.GetRequiredService<IProducts>().ListAsync().Wait());")]
    [InlineData("app.MapMethods(\"/\", new[] { \"GET\", \"POST\" }, (IProducts products) => products.ListAsync());")]
    public Task MinimalApiThatWrites_IsSilent(string statements) => Verify.Silent(MinimalApi(statements, "ToListAsync"));

    [Theory]
    [InlineData("foreach (var p in await db.Products.[|ToListAsync|]()) Use(p.Name, p.Price);", "foreach (var p in await db.Products.AsNoTracking().ToListAsync()) Use(p.Name, p.Price);")]
    [InlineData("foreach (var p in [|db.Products|]) Use(p.Name, p.Price);", "foreach (var p in db.Products.AsNoTracking()) Use(p.Name, p.Price);")]
    [InlineData("await foreach (var p in [|db.Products.AsAsyncEnumerable()|]) Use(p.Name, p.Price);", "await foreach (var p in db.Products.AsNoTracking().AsAsyncEnumerable()) Use(p.Name, p.Price);")]
    [InlineData(
        "foreach (var p in await db.Set<Product>()\n            .Where(x => x.Id > id) // not all\n            .[|ToListAsync|]()) Use(p.Name, p.Price);",
        "foreach (var p in await db.Set<Product>().AsNoTracking()\n            .Where(x => x.Id > id) // not all\n            .ToListAsync()) Use(p.Name, p.Price);")]
    [InlineData(
        "foreach (var p in await (from x in db.Products where x.Id > id select x).[|ToListAsync|]()) Use(p.Name, p.Price);",
        "foreach (var p in await (from x in db.Products.AsNoTracking() where x.Id > id select x).ToListAsync()) Use(p.Name, p.Price);")]
    [InlineData(
        "foreach (var p in await db.Products.FromSqlRaw(\"SELECT * FROM Products\").[|ToListAsync|]()) Use(p.Name, p.Price);",
        "foreach (var p in await db.Products.FromSqlRaw(\"SELECT * FROM Products\").AsNoTracking().ToListAsync()) Use(p.Name, p.Price);")]
    [InlineData(
        "var query = db.Products.Where(x => x.Id > id); foreach (var p in await query.[|ToListAsync|]()) Use(p.Name, p.Price); foreach (var p in await db.Lines.[|ToListAsync|]()) Use(p.Id, p.Price, p.OrderId);",
        "var query = db.Products.Where(x => x.Id > id); foreach (var p in await query.AsNoTracking().ToListAsync()) Use(p.Name, p.Price); foreach (var p in await db.Lines.AsNoTracking().ToListAsync()) Use(p.Id, p.Price, p.OrderId);")]
    public Task Query_IsLoadedWithoutTracking(string statements, string after) => Verify.Fixed(Action(statements), Action(after));

    private static string Action(string statements, string registration = Registration) => Controller(
        $$"""
        [HttpGet("{id}")]
            public async Task Run(int id)
            {
                await Task.Yield();
                {{statements}}
            }
        """, registration);

    private static string Controller(string members, string registration = Registration) => $$"""
        using Microsoft.AspNetCore.Mvc;

        public interface IUnknown { void Take(object value); }

        public class ShopController(ShopContext db) : ControllerBase
        {
            private readonly IUnknown unknown = null!;

            {{members}}

            private static string Text(Product product) => product.Name + product.Sku;
            private static void Copy(Product from, Product to) => to.Price = from.Price;
            private void Use(params object?[] values) => Console.WriteLine(values.Length + db.ToString() + unknown);
        }

        public static class Setup
        {
            public static void Add(IServiceCollection services) { {{registration}} }
        }
        """;

    private static string MinimalApi(string statements, string load) => $$"""
        public interface IProducts { Task<List<string>> ListAsync(); }

        public class Products(ShopContext db) : IProducts
        {
            public async Task<List<string>> ListAsync() => (await db.Products.{{load}}()).Select(p => p.Name + p.Sku).ToList();
        }

        public static class Endpoints
        {
            public static void Map(WebApplication app)
            {
                {{statements}}
            }

            public static void Add(IServiceCollection services) => services.AddDbContext<ShopContext>(options => options.UseSqlite(""));
        }
        """;
}

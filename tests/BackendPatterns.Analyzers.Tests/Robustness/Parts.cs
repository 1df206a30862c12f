using System.Collections.Immutable;

namespace BackendPatterns.Analyzers.Tests.Robustness;

/// <summary>Types of which each half stands in a file of its own, and answers for which two files are as good as each other: the first of them must not be the one that is compiled first.</summary>
internal static class Parts
{
    private const string Mvc = "using Microsoft.AspNetCore.Mvc; using Microsoft.AspNetCore.Authorization; using Microsoft.AspNetCore.SignalR;\n";

    public static ImmutableArray<(string Path, string Text)> Files { get; } =
    [
        .. Halves("Controller", half => $$"""
            public partial class PartsController : ControllerBase
            {
                private readonly ShopContext context{{half}} = null!;
                [HttpGet("{{half}}")] public async Task<List<Customer>> Read{{half}}() => await context{{half}}.Customers.ToListAsync();
                [HttpPost("{{half}}")] public async Task Write{{half}}(Order order) { context{{half}}.Add(order); await context{{half}}.SaveChangesAsync(); }
                [Authorize, HttpGet("closed/{{half}}")] public int Closed{{half}}() => 1;
            }
            """),
        .. Halves("Base", half => $$"""
            public abstract partial class OpenBase : ControllerBase { [HttpPost("open/{{half}}")] public void Open{{half}}() { } }
            """),
        ("Inherited.cs", Mvc + "public class InheritedController : OpenBase { }"),
        .. Halves("Map", half => $$"""
            public static partial class PartsApi
            {
                public static void Map{{half}}(WebApplication app)
                {
                    app.MapGet("/{{half}}", (ShopContext db) => db.Orders.ToList());
                    app.MapHub<PartsHub>("/hub/{{half}}");
                    app.MapControllers();
                }
            }
            """),
        .. Halves("Hub", half => $$"""
            public partial class PartsHub : Hub { private readonly ShopContext hub{{half}} = null!; public void Send{{half}}() => hub{{half}}.SaveChanges(); }
            """),
        .. Halves("Service", half => $$"""
            public partial class PartsService { private readonly IHttpContextAccessor accessor{{half}} = null!; public HttpContext? Of{{half}}() => accessor{{half}}.HttpContext; }
            """),
        // Two stores that both read: the shortest way is as long through either.
        ("IStore.cs", "public interface IReadings { Task<Customer?> ReadAsync(int id); IQueryable<Customer> All(); }"),
        .. Halves("Store", half => $$"""
            public class Readings{{half}}Repository(ShopContext db) : IReadings
            {
                public async Task<Customer?> ReadAsync(int id) => await db.Customers.FirstOrDefaultAsync(c => c.Id == id);
                public IQueryable<Customer> All() => db.Customers.Where(c => c.Name == "{{half}}");
            }
            """),
        ("Report.cs", "public class Report(IReadings store) { public async Task Print(int[] ids) { foreach (var id in ids) Console.WriteLine((await store.ReadAsync(id))?.Name); Console.WriteLine(store.All().Count()); } }"),
        ("IStoreRepository.cs", "public interface IPartsRepository { IQueryable<Customer> All(); }"),
        .. Halves("Leak", half => $$"""
            public class Parts{{half}}Repository(ShopContext db) : IPartsRepository { public IQueryable<Customer> All() => db.Customers.Where(c => c.Name != "{{half}}"); }
            """),
        ("Leaked.cs", "public class Leaked(IPartsRepository all) { public int Count() => all.All().Count(); }"),
        // Retries that two files configure for the same context.
        .. Halves("Retry", half => $$"""
            public static class Setup{{half}}
            {
                public static void Add(IServiceCollection services) => services.AddDbContext<ShopContext>(o => o.UseSqlite("{{half}}", x => x.ExecutionStrategy(d => new Strategy{{half}}(d))));
            }
            public class Strategy{{half}}(Microsoft.EntityFrameworkCore.Storage.ExecutionStrategyDependencies d) : Microsoft.EntityFrameworkCore.Storage.ExecutionStrategy(d, 3, TimeSpan.FromSeconds(5))
            {
                protected override bool ShouldRetryOn(Exception exception) => exception is TimeoutException;
            }
            """),
        ("Transaction.cs", "public class Placing(ShopContext db) { public async Task Place() { await using var own = await db.Database.BeginTransactionAsync(); db.Add(new Order()); await db.SaveChangesAsync(); await own.CommitAsync(); } }"),
        // An entity with columns, secrets and relations in each half.
        ("Context.cs", "public partial class Part { public int Id { get; set; } } public class PartContext(DbContextOptions<PartContext> options) : DbContext(options) { public DbSet<Part> Parts => Set<Part>(); public DbSet<Customer> Customers => Set<Customer>(); }"),
        .. Halves("Entity", half => $$"""
            public partial class Part
            {
                public string Name{{half}} { get; set; } = "";
                public string {{(half == "A" ? "SecurityStamp" : "PasswordHash")}} { get; set; } = "";
                public string Text{{half}} { get; set; } = "";
                public Customer? Link{{half}} { get; set; }
            }
            """),
        ("EntityController.cs", Mvc + """
            public class EntityController(PartContext db) : ControllerBase
            {
                [HttpGet] public async Task<List<Part>> All() => await db.Parts.ToListAsync();
                [HttpPost] public void Save([FromBody] Part part) => Console.WriteLine(part.Id);
                [HttpGet("names")] public async Task<List<string>> Names()
                {
                    var names = new List<string>();
                    foreach (var part in await db.Parts.ToListAsync())
                        names.Add(part.NameB + part.NameA + part.LinkA!.Name + part.LinkB!.Name);
                    return names;
                }
                [HttpGet("short")] public async Task<List<string>> Short() => (await db.Parts.ToListAsync()).Select(part => part.NameB + part.NameA).ToList();
            }
            """),
        // The option of the rule on layers asks for these.
        .. Halves("Used", half => $$"""
            namespace Markets.Api.Controllers { public partial class Used { public int Count{{half}} { get; set; } } }
            """),
        ("User.cs", "namespace Markets.Api.Data { public class User { public Markets.Api.Controllers.Used? Used { get; set; } } }"),
    ];

    private static IEnumerable<(string Path, string Text)> Halves(string name, Func<string, string> text) => [($"{name}.A.cs", Mvc + text("A")), ($"{name}.B.cs", Mvc + text("B"))];
}

using BackendPatterns.Analyzers.CodeFixes.DataAccess;
using BackendPatterns.Analyzers.Rules.DataAccess;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.DataAccess.BP1003NavigationLoadInLoopAnalyzer,
    BackendPatterns.Analyzers.CodeFixes.DataAccess.BP1003NavigationLoadInLoopFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.DataAccess;

public class BP1003NavigationLoadInLoopFixTests
{
    [Theory]
    [InlineData(
        "foreach (var o in await db.Orders.ToListAsync()) Use([|o.Customer|]!.Name);",
        "foreach (var o in await db.Orders.Include(x => x.Customer).ToListAsync()) Use(o.Customer!.Name);")]
    [InlineData(
        "var orders = db.Orders.Where(o => o.Id > 3).ToArray(); foreach (var order in orders) Use([|order.Lines|].Count);",
        "var orders = db.Orders.Where(o => o.Id > 3).Include(o => o.Lines).ToArray(); foreach (var order in orders) Use(order.Lines.Count);")]
    [InlineData(
        "foreach (var order in db.Orders) Use([|order.Lines|].Count);",
        "foreach (var order in db.Orders.Include(o => o.Lines)) Use(order.Lines.Count);")]
    [InlineData(
        "await foreach (var order in db.Orders) Use([|order.Lines|].Count);",
        "await foreach (var order in db.Orders.Include(o => o.Lines).AsAsyncEnumerable()) Use(order.Lines.Count);")]
    [InlineData(
        "await foreach (var order in db.Orders.Where(o => o.Id > 3).AsAsyncEnumerable()) Use([|order.Lines|].Count);",
        "await foreach (var order in db.Orders.Where(o => o.Id > 3).Include(o => o.Lines).AsAsyncEnumerable()) Use(order.Lines.Count);")]
    [InlineData(
        "foreach (var order in from o in db.Orders where o.Id > 3 select o) Use([|order.Lines|].Count);",
        "foreach (var order in (from o in db.Orders where o.Id > 3 select o).Include(x => x.Lines)) Use(order.Lines.Count);")]
    [InlineData(
        "IQueryable<Order> query = db.Orders; if (flag) query = query.Where(o => o.Id > 3); foreach (var order in await query.ToListAsync()) Use([|order.Lines|].Count);",
        "IQueryable<Order> query = db.Orders; if (flag) query = query.Where(o => o.Id > 3); foreach (var order in await query.Include(o => o.Lines).ToListAsync()) Use(order.Lines.Count);")]
    [InlineData(
        "foreach (var order in await LoadAsync()) Use([|order.Lines|].Count);",
        null)]
    // Rows below.
    [InlineData(
        "foreach (var c in await db.Customers.Include(x => x.Orders).ToListAsync()) foreach (var o in c.Orders) Use([|o.Lines|].Count);",
        "foreach (var c in await db.Customers.Include(x => x.Orders).ThenInclude(x => x.Lines).ToListAsync()) foreach (var o in c.Orders) Use(o.Lines.Count);")]
    [InlineData(
        "foreach (var c in await db.Customers.Include(x => x.Orders.Where(o => o.Total > 3)).ToListAsync()) foreach (var o in c.Orders) Use([|o.Lines|].Count);",
        "foreach (var c in await db.Customers.Include(x => x.Orders.Where(o => o.Total > 3)).ThenInclude(x => x.Lines).ToListAsync()) foreach (var o in c.Orders) Use(o.Lines.Count);")]
    [InlineData(
        "foreach (var c in await db.Customers.Include(\"Orders\").ToListAsync()) foreach (var order in c.Orders) Use([|order.Lines|].Count);",
        "foreach (var c in await db.Customers.Include(\"Orders\").Include(x => x.Orders).ThenInclude(o => o.Lines).ToListAsync()) foreach (var order in c.Orders) Use(order.Lines.Count);")]
    [InlineData(
        "foreach (var customer in await db.Customers.ToListAsync()) foreach (var order in [|customer.Orders|]) Use([|order.Lines|].Count);",
        "foreach (var customer in await db.Customers.Include(c => c.Orders).ThenInclude(o => o.Lines).ToListAsync()) foreach (var order in customer.Orders) Use(order.Lines.Count);")]
    // Several, also behind one call.
    [InlineData(
        "foreach (var order in await db.Orders.ToListAsync()) Use([|order.Lines|].Count, [|order.Customer|]!.Name);",
        "foreach (var order in await db.Orders.Include(o => o.Lines).Include(o => o.Customer).ToListAsync()) Use(order.Lines.Count, order.Customer!.Name);")]
    // Methods of the same class.
    [InlineData(
        "foreach (var order in await OnceAsync()) Use([|order.Lines|].Count);",
        "foreach (var order in await OnceAsync()) Use(order.Lines.Count);",
        "private Task<List<Order>> OnceAsync() => db.Orders.ToListAsync();",
        "private Task<List<Order>> OnceAsync() => db.Orders.Include(o => o.Lines).ToListAsync();")]
    // Not composable.
    [InlineData("foreach (var order in await db.Orders.FromSqlRaw(\"EXEC Orders\").ToListAsync()) Use([|order.Lines|].Count);", null)]
    public Task Read_IsFixed(string before, string? after, string memberBefore = "", string memberAfter = "") => after is null
        ? Verify.NotFixed(Source(before, memberBefore))
        : Verify.Fixed(Source(before, memberBefore), Source(after, memberAfter));

    [Fact]
    public Task Layout_IsKept() => Verify.Fixed(
        """
        public class Report(ShopContext db)
        {
            public async Task<List<string>> NamesAsync(CancellationToken cancellationToken)
            {
                // The newest first.
                var orders = await db.Orders
                    .AsNoTracking() // read only
                    .OrderByDescending(o => o.PlacedAt)
                    .ToListAsync(cancellationToken);

                return orders.Select(o => $"{o.Number}: {[|o.Customer|]!.Name}").ToList();
            }

            public async Task<int> CountAsync()
            {
                var count = 0;
                var customers = await db.Customers
                    .Include(c => c.Orders)
                    .Where(c => c.IsActive)
                    .ToListAsync();
                foreach (var customer in customers)
                {
                    foreach (var order in customer.Orders)
                        count += [|order.Lines|].Count;
                }

                return count;
            }
        }
        """,
        """
        public class Report(ShopContext db)
        {
            public async Task<List<string>> NamesAsync(CancellationToken cancellationToken)
            {
                // The newest first.
                var orders = await db.Orders
                    .AsNoTracking() // read only
                    .OrderByDescending(o => o.PlacedAt)
                    .Include(o => o.Customer)
                    .ToListAsync(cancellationToken);

                return orders.Select(o => $"{o.Number}: {o.Customer!.Name}").ToList();
            }

            public async Task<int> CountAsync()
            {
                var count = 0;
                var customers = await db.Customers
                    .Include(c => c.Orders)
                    .ThenInclude(o => o.Lines)
                    .Where(c => c.IsActive)
                    .ToListAsync();
                foreach (var customer in customers)
                {
                    foreach (var order in customer.Orders)
                        count += order.Lines.Count;
                }

                return count;
            }
        }
        """);

    [Fact]
    public Task SeveralNavigationsBehindOneCall_AreLoadedTogether() => Verify.Fixed(
        """
        public class Report(ShopContext db)
        {
            public async Task<List<string>> NamesAsync()
            {
                var orders = await db.Orders.ToListAsync();
                return orders.Select(o => {|BP1003:{|BP1003:Text(o)|}|}).ToList();
            }

            private static string Text(Order order) => order.Customer!.Name + order.Lines.Count;
        }
        """,
        """
        public class Report(ShopContext db)
        {
            public async Task<List<string>> NamesAsync()
            {
                var orders = await db.Orders.Include(o => o.Customer).Include(o => o.Lines).ToListAsync();
                return orders.Select(o => Text(o)).ToList();
            }

            private static string Text(Order order) => order.Customer!.Name + order.Lines.Count;
        }
        """);

    [Fact]
    public Task QueryFilters_MayTakeRowsAway_NotFixed() => Verify.NotFixed("""
        public class Page { public int Id { get; set; } public Volume Volume { get; set; } = null!; }
        public class Volume { public int Id { get; set; } public bool IsDeleted { get; set; } }
        public class Pages(DbContextOptions<Pages> options) : DbContext(options)
        {
            public DbSet<Page> All { get; set; } = null!;
            public DbSet<Volume> Volumes { get; set; } = null!;
            protected override void OnModelCreating(ModelBuilder builder) => builder.Entity<Volume>().HasQueryFilter(v => !v.IsDeleted);
        }

        public class Report(Pages db)
        {
            public async Task<List<int>> IdsAsync() => (await db.All.ToListAsync()).Select(page => [|page.Volume|].Id).ToList();
        }
        """);

    [Fact]
    public Task Using_IsAdded() => Verify.Fixed(
        """
        public class Report(Data.ShelfContext db)
        {
            public List<int> Ids() => db.Books.ToList().Select(book => [|book.Shelf|].Id).ToList();
        }
        """,
        """
        using Microsoft.EntityFrameworkCore;

        public class Report(Data.ShelfContext db)
        {
            public List<int> Ids() => db.Books.Include(b => b.Shelf).ToList().Select(book => book.Shelf.Id).ToList();
        }
        """,
        configure: test =>
        {
            const string usings = "global using System.Collections.Generic;\nglobal using System.Linq;\n";
            const string domain = """
                namespace Data;
                public class Book { public int Id { get; set; } public Shelf Shelf { get; set; } = null!; }
                public class Shelf { public int Id { get; set; } }
                public class ShelfContext : Microsoft.EntityFrameworkCore.DbContext
                {
                    public Microsoft.EntityFrameworkCore.DbSet<Book> Books { get; set; } = null!;
                    public Microsoft.EntityFrameworkCore.DbSet<Shelf> Shelves { get; set; } = null!;
                }
                """;
            foreach (var state in new[] { test.TestState, test.FixedState })
            {
                state.Sources.RemoveAll(source => source.filename is "GlobalUsings.cs" or "Shop.cs");
                state.Sources.Add(("Domain.cs", domain));
                state.Sources.Add(("Usings.cs", usings));
            }
        });

    private static string Source(string statements, string member) => $$"""
        public class Report(ShopContext db)
        {
            public async Task RunAsync(bool flag)
            {
                {{statements}}
                await Task.Yield();
            }

            public Task<List<Order>> AllAsync() => LoadAsync();

            private static void Use(params object?[] values) => Console.WriteLine(values.Length);

            private Task<List<Order>> LoadAsync() => db.Orders.ToListAsync();

            {{member}}
        }
        """;
}

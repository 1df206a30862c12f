using BackendPatterns.Analyzers.Rules.DataAccess;
using Microsoft.CodeAnalysis.Testing;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.DataAccess.BP1018CartesianIncludeAnalyzer,
    BackendPatterns.Analyzers.CodeFixes.DataAccess.BP1018CartesianIncludeFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.DataAccess;

public class BP1018CartesianIncludeTests
{
    [Fact]
    public Task Report_NamesTheOperatorAndBothCollections() => Verify.Reported(
        Source("return await db.Carts.{|#1:Include(c => c.Items)|}.{|#2:Include(c => c.Payments)|}.{|#0:ToListAsync|}();"),
        expected: DiagnosticResult.CompilerWarning(BP1018CartesianIncludeAnalyzer.Id).WithLocation(0).WithLocation(1).WithLocation(2)
            .WithMessage("'ToListAsync' joins 'Items' and 'Payments' side by side, so every row comes back once per combination of their elements; load them with 'AsSplitQuery'"));

    [Theory]
    [InlineData("return await db.Carts.Include(c => c.Items).Include(c => c.Payments).[|ToListAsync|]();")]
    [InlineData("return db.Carts.Include(c => c.Items).ThenInclude(i => i.Discounts).Include(c => c.Payments).[|ToArray|]();")]
    [InlineData("return await db.Carts.Include(c => c.Items).ThenInclude(i => i.Discounts).Include(c => c.Items).ThenInclude(i => i.Options).[|ToListAsync|]();")]
    [InlineData("return await db.Carts.Include(c => c.Owner).ThenInclude(o => o.Addresses).Include(c => c.Items).[|ToListAsync|]();")]
    [InlineData("return await db.Carts.Include(c => c.Owner.Addresses).Include(c => c.Items).[|ToListAsync|]();")]
    [InlineData("return await db.Carts.Include(\"Items\").Include(\"Payments\").[|ToListAsync|]();")]
    [InlineData("return await db.Carts.Include(nameof(Cart.Items)).Include(\"Owner.Addresses\").[|ToListAsync|]();")]
    [InlineData("return await db.Carts.Include(c => c.Items.Where(i => i.Quantity > 0).OrderBy(i => i.Id)).Include(c => c.Payments).[|ToListAsync|]();")]
    [InlineData("foreach (var c in [|db.Carts.Include(c => c.Items).Include(c => c.Payments)|]) Use(c); return null;")]
    [InlineData("await foreach (var c in [|db.Carts.Include(c => c.Items).Include(c => c.Payments).AsAsyncEnumerable()|]) Use(c); return null;")]
    [InlineData("await db.Carts.Include(c => c.Items).Include(c => c.Payments).[|LoadAsync|](); return null;")]
    [InlineData("var query = db.Carts.Include(c => c.Items).Include(c => c.Payments).AsNoTracking(); return await query.Where(c => c.OwnerId == id).[|ToListAsync|]();")]
    [InlineData("var query = db.Carts.Include(c => c.Items).Include(c => c.Payments).AsQueryable(); if (flag) query = query.Where(c => c.OwnerId == id); return await query.Include(c => c.Items).Include(c => c.Payments).[|ToListAsync|]();")]
    [InlineData("IQueryable<Cart> query = db.Carts.Include(c => c.Items).Include(c => c.Payments); if (flag) query = query.Where(c => c.OwnerId == id); return await query.OrderBy(c => c.Id).[|ToListAsync|]();")]
    [InlineData("return await Whole().[|ToListAsync|]();")]
    [InlineData("return await db.Set<Cart>().Include(c => c.Items).Include(c => c.Payments).[|ToListAsync|]();")]
    // One row, but not by its key.
    [InlineData("return await db.Carts.Include(c => c.Items).Include(c => c.Payments).OrderByDescending(c => c.PlacedAt).[|FirstOrDefaultAsync|]();")]
    [InlineData("return await db.Carts.Include(c => c.Items).Include(c => c.Payments).Where(c => c.OwnerId == id).[|ToListAsync|]();")]
    [InlineData("return await db.Carts.Include(c => c.Items).Include(c => c.Payments).Where(c => ids.Contains(c.Id)).[|ToListAsync|]();")]
    // Projected collections.
    [InlineData("return await db.Carts.Select(c => new { c.Id, Items = c.Items.Select(i => i.Quantity).ToList(), Payments = c.Payments.ToList() }).[|ToListAsync|]();")]
    [InlineData("return await db.Carts.Select(c => new { c.Items, Addresses = c.Owner!.Addresses.Where(a => a.City != null).Select(a => a.City) }).[|ToListAsync|]();")]
    [InlineData("return await db.Carts.Select(c => new { Items = c.Items.Select(i => new { i.Id, Discounts = i.Discounts.ToList(), Options = i.Options.ToList() }).ToList() }).[|ToListAsync|]();")]
    [InlineData("return await (from c in db.Carts where c.OwnerId == id select new { c.Items, c.Payments }).[|ToListAsync|]();")]
    public Task SiblingCollections_AreReported(string statements) => Verify.Reported(Source(statements));

    [Theory]
    // One chain of collections multiplies nothing.
    [InlineData("return await db.Carts.Include(c => c.Items).ToListAsync();")]
    [InlineData("return await db.Carts.Include(c => c.Items).ThenInclude(i => i.Discounts).ToListAsync();")]
    [InlineData("return await db.Carts.Include(\"Items.Discounts\").Include(c => c.Items).ToListAsync();")]
    [InlineData("return await db.Carts.Include(c => c.Items).Include(c => c.Owner).ToListAsync();")]
    [InlineData("return await db.Carts.Include(c => c.Items).ThenInclude(i => i.Product).Include(c => c.Owner).ToListAsync();")]
    [InlineData("return await db.Carts.Include(c => c.Items).ThenInclude(i => i.Discounts).Include(c => c.Items).ThenInclude(i => i.Product).ToListAsync();")]
    // The query says how it is executed.
    [InlineData("return await db.Carts.Include(c => c.Items).Include(c => c.Payments).AsSplitQuery().ToListAsync();")]
    [InlineData("return await db.Carts.AsSingleQuery().Include(c => c.Items).Include(c => c.Payments).ToListAsync();")]
    [InlineData("var query = db.Carts.AsSplitQuery(); return await query.Include(c => c.Items).Include(c => c.Payments).ToListAsync();")]
    [InlineData("var query = db.Carts.AsQueryable(); if (flag) query = query.AsSplitQuery(); return await query.Include(c => c.Items).Include(c => c.Payments).ToListAsync();")]
    [InlineData("return await Split().Include(c => c.Items).Include(c => c.Payments).ToListAsync();")]
    [InlineData("return await db.Carts.Select(c => new { c.Items, c.Payments }).AsSplitQuery().ToListAsync();")]
    // One row by its key.
    [InlineData("return await db.Carts.Include(c => c.Items).Include(c => c.Payments).FirstOrDefaultAsync(c => c.Id == id);")]
    [InlineData("return await db.Carts.Include(c => c.Items).Include(c => c.Payments).SingleAsync(c => flag && c.Id.Equals(id));")]
    [InlineData("return await db.Carts.Where(c => c.Id == id && c.OwnerId == 1).Include(c => c.Items).Include(c => c.Payments).ToListAsync();")]
    [InlineData("return await db.Carts.Include(c => c.Items).Include(c => c.Payments).SingleAsync(c => c.Number == \"A\");")]
    [InlineData("return await db.Carts.Where(c => c.Id == id).Select(c => new { c.Items, c.Payments }).FirstAsync();")]
    // Few elements.
    [InlineData("return await db.Carts.Include(c => c.Items.OrderBy(i => i.Id).Take(1)).Include(c => c.Payments).ToListAsync();")]
    // Collections that are not loaded.
    [InlineData("return await db.Carts.Include(c => c.Items).Include(c => c.Payments).CountAsync();")]
    [InlineData("return await db.Carts.Include(c => c.Items).Include(c => c.Payments).Select(c => c.Id).ToListAsync();")]
    [InlineData("return await db.Carts.Select(c => new { Items = c.Items.Count, Paid = c.Payments.Sum(p => p.Amount), Any = c.Items.Any() }).ToListAsync();")]
    [InlineData("return await db.Carts.Select(c => new { Items = c.Items == null ? null : c.Items.ToList(), Last = c.Payments.OrderBy(p => p.Id).FirstOrDefault() }).ToListAsync();")]
    [InlineData("return await db.Carts.Select(c => new { Items = c.Items.Select(i => new { i.Id, Discounts = i.Discounts.ToList() }).ToList() }).ToListAsync();")]
    [InlineData("return await db.Carts.Where(c => c.Items.Any() && c.Payments.Any()).ToListAsync();")]
    // What is stored in the row itself.
    [InlineData("return await db.Carts.Select(c => new { c.Tags, c.Items }).ToListAsync();")]
    // Only one of them at a time.
    [InlineData("var query = flag ? (IQueryable<Cart>)db.Carts.Include(c => c.Items) : db.Carts.Include(c => c.Payments); return await query.ToListAsync();")]
    [InlineData("IQueryable<Cart> query = db.Carts.Include(c => c.Items); if (flag) query = query.Include(c => c.Payments); return await query.ToListAsync();")]
    // A query that cannot be seen whole.
    [InlineData("return await Elsewhere(db.Carts).Include(c => c.Items).Include(c => c.Payments).ToListAsync();")]
    // Rows that are in memory.
    [InlineData("return (await db.Carts.ToListAsync()).Select(c => new { c.Items, c.Payments }).ToList();")]
    public Task OtherQueries_AreSilent(string statements) => Verify.Silent(Source(statements));

    [Theory]
    [InlineData("services.AddDbContext<CartContext>(o => o.UseSqlite(\"\", b => b.UseQuerySplittingBehavior(QuerySplittingBehavior.SplitQuery)));")]
    [InlineData("services.AddDbContextPool<CartContext>(o => o.UseSqlite(\"\", b => { b.UseQuerySplittingBehavior(QuerySplittingBehavior.SingleQuery); }));")]
    [InlineData("services.AddDbContext<CartContext>(o => Configure(o));")]
    [InlineData("services.AddDbContext<CartContext>(o => o.UseSqlite(\"\").ConfigureWarnings(w => w.Ignore(Microsoft.EntityFrameworkCore.Diagnostics.RelationalEventId.MultipleCollectionIncludeWarning)));")]
    // Configured by code that is not here.
    [InlineData("")]
    public Task SplittingThatIsConfiguredOrNotKnown_IsSilent(string registration) => Verify.Silent(
        Source("return await db.Carts.Include(c => c.Items).Include(c => c.Payments).ToListAsync();", registration)
        + (registration.Contains("Configure(o)", StringComparison.Ordinal)
            ? "public static class Options { public static void Set(DbContextOptionsBuilder o) => o.UseSqlite(\"\", b => b.UseQuerySplittingBehavior(QuerySplittingBehavior.SplitQuery)); }"
            : ""));

    [Fact]
    public Task SplittingOfAnotherContext_IsReported() => Verify.Reported(Source(
        "return await db.Carts.Include(c => c.Items).Include(c => c.Payments).[|ToListAsync|]();",
        """
        services.AddDbContext<CartContext>(o => o.UseSqlite("")); services.AddDbContext<ShopContext>(o => o.UseSqlite("", b => b.UseQuerySplittingBehavior(QuerySplittingBehavior.SplitQuery)));
        """));

    [Fact]
    public Task Seeding_IsSilent() => Verify.Silent(Source("return null;") + """
        public static class CartSeeder
        {
            public static object Seed(CartContext db) => db.Carts.Include(c => c.Items).Include(c => c.Payments).ToList();
        }
        """);

    [Theory]
    [InlineData(
        "return await db.Carts.Include(c => c.Items).Include(c => c.Payments).[|ToListAsync|]();",
        "return await db.Carts.Include(c => c.Items).Include(c => c.Payments).AsSplitQuery().ToListAsync();")]
    [InlineData(
        "return await db.Carts.Include(c => c.Items).Include(c => c.Payments).[|SingleOrDefaultAsync|](c => c.OwnerId == id);",
        "return await db.Carts.Include(c => c.Items).Include(c => c.Payments).AsSplitQuery().SingleOrDefaultAsync(c => c.OwnerId == id);")]
    [InlineData(
        "foreach (var c in [|db.Carts.Include(c => c.Items).Include(c => c.Payments)|]) Use(c); return null;",
        "foreach (var c in db.Carts.Include(c => c.Items).Include(c => c.Payments).AsSplitQuery()) Use(c); return null;")]
    [InlineData(
        "await foreach (var c in [|db.Carts.Include(c => c.Items).Include(c => c.Payments).AsAsyncEnumerable()|]) Use(c); return null;",
        "await foreach (var c in db.Carts.Include(c => c.Items).Include(c => c.Payments).AsSplitQuery().AsAsyncEnumerable()) Use(c); return null;")]
    [InlineData(
        "return await (from c in db.Carts where c.OwnerId == id select new { c.Items, c.Payments }).[|ToListAsync|]();",
        "return await (from c in db.Carts where c.OwnerId == id select new { c.Items, c.Payments }).AsSplitQuery().ToListAsync();")]
    [InlineData(
        "return await db.Carts.Include(c => c.Items).Include(c => c.Payments).OrderBy(c => c.PlacedAt).ThenBy(c => c.Id).Take(10).[|ToListAsync|]();",
        "return await db.Carts.Include(c => c.Items).Include(c => c.Payments).OrderBy(c => c.PlacedAt).ThenBy(c => c.Id).Take(10).AsSplitQuery().ToListAsync();")]
    [InlineData(
        "var a = await Whole().[|ToListAsync|](); return db.Carts.Include(c => c.Items).Include(c => c.Payments).[|ToList|]();",
        "var a = await Whole().AsSplitQuery().ToListAsync(); return db.Carts.Include(c => c.Items).Include(c => c.Payments).AsSplitQuery().ToList();")]
    public Task Query_IsFixed(string statements, string after) => Verify.Fixed(Source(statements), Source(after));

    [Fact]
    public Task QueryOverSeveralLines_IsFixedInItsLayout() => Verify.Fixed(
        Source("""
            return await db.Carts
                        .Include(c => c.Items)
                        .Include(c => c.Payments) // both
                        .[|ToListAsync|]();
            """),
        Source("""
            return await db.Carts
                        .Include(c => c.Items)
                        .Include(c => c.Payments) // both
                        .AsSplitQuery()
                        .ToListAsync();
            """));

    [Theory]
    // Each command could take other rows.
    [InlineData("return await db.Carts.Include(c => c.Items).Include(c => c.Payments).OrderBy(c => c.PlacedAt).Take(10).[|ToListAsync|]();")]
    [InlineData("return await db.Carts.Include(c => c.Items).Include(c => c.Payments).OrderBy(c => c.PlacedAt).[|FirstOrDefaultAsync|]();")]
    public Task RowsOfAnUncertainOrder_AreNotFixed(string statements) => Verify.NotFixed(Source(statements));

    private static string Source(string statements, string registration = "services.AddDbContext<CartContext>(o => o.UseSqlite(\"\"));") => $$"""
        public class Cart
        {
            public int Id { get; set; }
            public int OwnerId { get; set; }
            public string Number { get; set; } = "";
            public DateTime PlacedAt { get; set; }
            public List<string> Tags { get; set; } = new();
            public Owner? Owner { get; set; }
            public List<Item> Items { get; set; } = new();
            public ICollection<Payment> Payments { get; set; } = new List<Payment>();
        }

        public class Owner { public int Id { get; set; } public List<Address> Addresses { get; set; } = new(); }
        public class Address { public int Id { get; set; } public string City { get; set; } = ""; }
        public class Payment { public int Id { get; set; } public decimal Amount { get; set; } }
        public class Discount { public int Id { get; set; } }
        public class Option { public int Id { get; set; } }

        public class Item
        {
            public int Id { get; set; }
            public int Quantity { get; set; }
            public Product? Product { get; set; }
            public List<Discount> Discounts { get; set; } = new();
            public List<Option> Options { get; set; } = new();
        }

        public class CartContext(DbContextOptions<CartContext> options) : DbContext(options)
        {
            public DbSet<Cart> Carts => Set<Cart>();
            public DbSet<Item> Items => Set<Item>();
            public DbSet<Payment> Payments => Set<Payment>();
            public DbSet<Address> Addresses => Set<Address>();
            public DbSet<Discount> Discounts => Set<Discount>();
            public DbSet<Option> Options => Set<Option>();

            protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Cart>().HasIndex(c => c.Number).IsUnique();
        }

        public static class Startup
        {
            public static void Register(IServiceCollection services)
            {
                {{registration}}
            }

            private static void Configure(DbContextOptionsBuilder options) { }
        }

        public interface IElsewhere { IQueryable<Cart> Narrow(IQueryable<Cart> query); }

        public class Service(CartContext db, IElsewhere elsewhere)
        {
            public async Task<object?> Run(int id, bool flag, List<int> ids)
            {
                await Task.Yield();
                {{statements}}
            }

            private IQueryable<Cart> Whole() => db.Carts.Include(c => c.Items).Include(c => c.Payments);
            private IQueryable<Cart> Split() => db.Carts.AsSplitQuery();
            private IQueryable<Cart> Elsewhere(IQueryable<Cart> query) => elsewhere.Narrow(query);
            private static void Use(object value) { }
        }
        """;
}

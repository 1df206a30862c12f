using BackendPatterns.Analyzers.Rules.DataAccess;
using Microsoft.CodeAnalysis.Testing;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.DataAccess.BP1021UntrackedWriteLostAnalyzer,
    BackendPatterns.Analyzers.CodeFixes.DataAccess.BP1021UntrackedWriteLostFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.DataAccess;

public class BP1021UntrackedWriteLostTests
{
    [Fact]
    public Task Report_NamesTheLoadTheChangeAndTheSave() => Verify.Reported(
        Source("var c = await db.Customers.AsNoTracking().{|#0:FirstAsync|}(x => x.Id == id); {|#1:c|}.Name = name; await {|#2:db.SaveChangesAsync()|};"),
        expected: DiagnosticResult.CompilerWarning(BP1021UntrackedWriteLostAnalyzer.Id).WithLocation(0).WithLocation(1).WithLocation(2)
            .WithMessage("'FirstAsync' loads 'Customer' without tracking, so 'SaveChangesAsync' does not write the change of 'Name'; load it tracked"));

    [Theory]
    [InlineData("var c = await db.Customers.AsNoTracking().[|FirstOrDefaultAsync|](x => x.Id == id); if (c == null) return null; c.Name = name; await db.SaveChangesAsync(); return c;")]
    [InlineData("var c = db.Customers.AsNoTrackingWithIdentityResolution().[|Single|](x => x.Id == id); c.Points += 3; db.SaveChanges();")]
    [InlineData("var c = db.Customers.AsNoTracking().[|Single|](x => x.Id == id); c.Points++; return db.SaveChanges();")]
    [InlineData("var all = await db.Customers.AsNoTracking().[|ToListAsync|](); foreach (var c in all) c.IsActive = false; await db.SaveChangesAsync();")]
    [InlineData("foreach (var c in [|db.Customers.AsNoTracking()|]) { c.IsActive = false; } await db.SaveChangesAsync();")]
    [InlineData("var all = await db.Customers.AsNoTracking().[|ToListAsync|](); all.ForEach(c => c.IsActive = false); await db.SaveChangesAsync();")]
    [InlineData("var all = await db.Customers.AsNoTracking().[|ToListAsync|](); all[0].Name = name; await db.SaveChangesAsync();")]
    [InlineData("var query = db.Customers.AsNoTracking(); var c = await query.[|FirstAsync|](x => x.Id == id); c.Name = name; await db.SaveChangesAsync();")]
    [InlineData("var c = await Untracked().[|FirstAsync|](x => x.Id == id); c.Name = name; await db.SaveChangesAsync();")]
    [InlineData("var o = await db.Orders.AsNoTracking().Include(x => x.Lines).[|FirstAsync|](x => x.Id == id); o.Lines.Add(new OrderLine()); await db.SaveChangesAsync();")]
    [InlineData("var o = await db.Orders.AsNoTracking().Include(x => x.Customer).[|FirstAsync|](x => x.Id == id); o.Customer!.Name = name; await db.SaveChangesAsync();")]
    // In methods that are called.
    [InlineData("var c = await db.Customers.AsNoTracking().[|FirstAsync|](x => x.Id == id); Apply(c, name); await db.SaveChangesAsync();")]
    [InlineData("var c = await db.Carts.AsNoTracking().[|FirstAsync|](x => x.Id == id); c.Close(); await db.SaveChangesAsync();")]
    // Given to somebody who looks at it.
    [InlineData("var c = await db.Customers.AsNoTracking().[|FirstAsync|](x => x.Id == id); logger.LogInformation(\"Renames {Customer}\", c); c.Name = name; await db.SaveChangesAsync(); return Results.Ok(c);")]
    // Given to the context on another path.
    [InlineData("var c = await db.Customers.AsNoTracking().[|FirstAsync|](x => x.Id == id); if (flag) { db.Remove(c); await db.SaveChangesAsync(); return null; } c.Name = name; await db.SaveChangesAsync();")]
    [InlineData("var c = await db.Customers.AsNoTracking().[|FirstAsync|](x => x.Id == id); c.Name = name; await db.SaveChangesAsync(); db.Update(c);")]
    [InlineData("var c = await db.Customers.AsNoTracking().[|FirstAsync|](x => x.Id == id); var other = new Customer(); db.Update(other); c.Name = name; await db.SaveChangesAsync();")]
    // The context switches tracking off.
    [InlineData("using var own = factory.CreateDbContext(); own.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking; var c = await own.Customers.[|FirstAsync|](x => x.Id == id); c.Name = name; await own.SaveChangesAsync();")]
    [InlineData("var c = await quick.Carts.[|FirstAsync|](x => x.Id == id); c.Total = 3; await quick.SaveChangesAsync();")]
    [InlineData("var c = await fast.Carts.[|FirstAsync|](x => x.Id == id); c.Total = 3; await fast.SaveChangesAsync();")]
    public Task LostChange_IsReported(string statements) => Verify.Reported(Source(statements));

    [Theory]
    // Tracked.
    [InlineData("var c = await db.Customers.FirstAsync(x => x.Id == id); c.Name = name; await db.SaveChangesAsync();")]
    [InlineData("var c = await db.Customers.AsNoTracking().AsTracking().FirstAsync(x => x.Id == id); c.Name = name; await db.SaveChangesAsync();")]
    [InlineData("var c = await quick.Carts.AsTracking().FirstAsync(x => x.Id == id); c.Total = 3; await quick.SaveChangesAsync();")]
    [InlineData("var query = Untracked(); if (flag) query = query.AsTracking(); var c = await query.FirstAsync(x => x.Id == id); c.Name = name; await db.SaveChangesAsync();")]
    [InlineData("IQueryable<Customer> query = db.Customers; if (!flag) query = query.AsNoTracking(); var c = await query.FirstAsync(x => x.Id == id); if (flag) { c.Name = name; await db.SaveChangesAsync(); }")]
    // Given to the context.
    [InlineData("var c = await db.Customers.AsNoTracking().FirstAsync(x => x.Id == id); c.Name = name; db.Update(c); await db.SaveChangesAsync();")]
    [InlineData("var c = await db.Customers.AsNoTracking().FirstAsync(x => x.Id == id); db.Customers.Attach(c); c.Name = name; await db.SaveChangesAsync();")]
    [InlineData("var c = await db.Customers.AsNoTracking().FirstAsync(x => x.Id == id); c.Name = name; db.Entry(c).State = EntityState.Modified; await db.SaveChangesAsync();")]
    [InlineData("var c = await db.Customers.AsNoTracking().FirstAsync(x => x.Id == id); c.Name = name; db.Entry(c).Property(x => x.Name).IsModified = true; await db.SaveChangesAsync();")]
    [InlineData("var c = await db.Customers.AsNoTracking().FirstAsync(x => x.Id == id); c.Name = name; db.Remove(c); await db.SaveChangesAsync();")]
    [InlineData("var all = await db.Customers.AsNoTracking().ToListAsync(); foreach (var c in all) c.IsActive = false; db.Customers.UpdateRange(all); await db.SaveChangesAsync();")]
    [InlineData("var all = await db.Customers.AsNoTracking().ToListAsync(); foreach (var c in all) { c.IsActive = false; db.Entry(c).State = EntityState.Modified; } await db.SaveChangesAsync();")]
    [InlineData("var c = await db.Customers.AsNoTracking().FirstAsync(x => x.Id == id); c.Name = name; if (flag) db.Update(c); await db.SaveChangesAsync();")]
    // The copy that is added.
    [InlineData("var c = await db.Customers.AsNoTracking().FirstAsync(x => x.Id == id); c.Id = 0; db.Customers.Add(c); await db.SaveChangesAsync();")]
    [InlineData("var c = await db.Customers.AsNoTracking().FirstAsync(x => x.Id == id); var copy = new Customer { Name = c.Name }; copy.Name += \" (copy)\"; db.Add(copy); await db.SaveChangesAsync();")]
    // Reached from something that is tracked.
    [InlineData("var c = await db.Customers.AsNoTracking().FirstAsync(x => x.Id == id); c.Name = name; var o = new Order { Customer = c }; db.Add(o); await db.SaveChangesAsync();")]
    [InlineData("var o = await db.Orders.AsNoTracking().FirstAsync(x => x.Id == id); o.Number = name; var c = await db.Customers.FirstAsync(); c.Orders.Add(o); await db.SaveChangesAsync();")]
    // Passed to code that is not seen.
    [InlineData("var c = await db.Customers.AsNoTracking().FirstAsync(x => x.Id == id); c.Name = name; store.Put(c); await db.SaveChangesAsync();")]
    [InlineData("var c = await db.Customers.AsNoTracking().FirstAsync(x => x.Id == id); c.Name = name; kept = c; await db.SaveChangesAsync();")]
    // No save on the path.
    [InlineData("var c = await db.Customers.AsNoTracking().FirstAsync(x => x.Id == id); c.Name = name; return c;")]
    [InlineData("await db.SaveChangesAsync(); var c = await db.Customers.AsNoTracking().FirstAsync(x => x.Id == id); c.Name = name; return c;")]
    [InlineData("var c = await db.Customers.AsNoTracking().FirstAsync(x => x.Id == id); if (flag) { c.Name = name; return c; } db.Add(new Order()); await db.SaveChangesAsync();")]
    [InlineData("var c = await db.Customers.AsNoTracking().FirstAsync(x => x.Id == id); if (flag) c.Name = name; else await db.SaveChangesAsync(); return c;")]
    // The save of another context.
    [InlineData("var c = await db.Customers.AsNoTracking().FirstAsync(x => x.Id == id); c.Name = name; await quick.SaveChangesAsync(); return c;")]
    // Only read, or changed for whoever gets it.
    [InlineData("var c = await db.Customers.AsNoTracking().FirstAsync(x => x.Id == id); db.Add(new Order { Number = c.Name }); await db.SaveChangesAsync();")]
    [InlineData("var c = await db.Customers.AsNoTracking().FirstAsync(x => x.Id == id); c.Email = \"\"; c.Phone = null; db.Add(new Order()); await db.SaveChangesAsync(); return c;")]
    [InlineData("var c = await db.Carts.AsNoTracking().FirstAsync(x => x.Id == id); c.Shown = true; await db.SaveChangesAsync(); return c;")]
    // A type of rows without a key is never written.
    [InlineData("var r = await db.Rows.AsNoTracking().FirstAsync(); r.Sum = 3; await db.SaveChangesAsync();")]
    public Task OtherLoads_AreSilent(string statements) => Verify.Silent(Source(statements));

    [Fact]
    public Task TrackingThatIsSwitchedElsewhere_IsSilent() => Verify.Silent(Source("var c = await quick.Carts.FirstAsync(x => x.Id == id); c.Total = 3; await quick.SaveChangesAsync();") + """
        public class Switch(QuickContext context)
        {
            public void On() => context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.TrackAll;
        }
        """);

    [Theory]
    [InlineData(
        "var c = await db.Customers.AsNoTracking().[|FirstAsync|](x => x.Id == id); c.Name = name; await db.SaveChangesAsync();",
        "var c = await db.Customers.FirstAsync(x => x.Id == id); c.Name = name; await db.SaveChangesAsync();")]
    [InlineData(
        "var all = await db.Customers.Where(c => c.Points > 3).AsNoTracking().OrderBy(c => c.Id).[|ToListAsync|](); foreach (var c in all) c.IsActive = false; await db.SaveChangesAsync();",
        "var all = await db.Customers.Where(c => c.Points > 3).OrderBy(c => c.Id).ToListAsync(); foreach (var c in all) c.IsActive = false; await db.SaveChangesAsync();")]
    [InlineData(
        "foreach (var c in [|db.Customers.AsNoTrackingWithIdentityResolution()|]) { c.IsActive = false; } await db.SaveChangesAsync();",
        "foreach (var c in db.Customers) { c.IsActive = false; } await db.SaveChangesAsync();")]
    [InlineData(
        "var c = await quick.Carts.[|FirstAsync|](x => x.Id == id); c.Total = 3; await quick.SaveChangesAsync();",
        "var c = await quick.Carts.AsTracking().FirstAsync(x => x.Id == id); c.Total = 3; await quick.SaveChangesAsync();")]
    [InlineData(
        "var a = await db.Customers.AsNoTracking().[|FirstAsync|](x => x.Id == id); a.Name = name; var b = db.Products.AsNoTracking().[|First|](); b.Price++; await db.SaveChangesAsync();",
        "var a = await db.Customers.FirstAsync(x => x.Id == id); a.Name = name; var b = db.Products.First(); b.Price++; await db.SaveChangesAsync();")]
    public Task Load_IsFixed(string statements, string after) => Verify.Fixed(Source(statements), Source(after));

    [Theory]
    // Others use the query too.
    [InlineData("var query = db.Customers.AsNoTracking(); var c = await query.[|FirstAsync|](x => x.Id == id); c.Name = name; await db.SaveChangesAsync();")]
    [InlineData("var c = await Untracked().[|FirstAsync|](x => x.Id == id); c.Name = name; await db.SaveChangesAsync();")]
    [InlineData("var c = await db.Customers.AsNoTracking(/* fast */).[|FirstAsync|](x => x.Id == id); c.Name = name; await db.SaveChangesAsync();")]
    public Task OperatorElsewhere_IsNotFixed(string statements) => Verify.NotFixed(Source(statements));

    private static string Source(string statements) => $$"""
        public class Cart
        {
            public int Id { get; set; }
            public int Total { get; set; }
            public bool IsClosed { get; private set; }
            [System.ComponentModel.DataAnnotations.Schema.NotMapped] public bool Shown { get; set; }

            public void Close() => IsClosed = true;
        }

        [Keyless]
        public class Row { public int Sum { get; set; } }

        public class CartContext(DbContextOptions<CartContext> options) : ShopContext(new DbContextOptions<ShopContext>())
        {
            public DbSet<Cart> Carts => Set<Cart>();
            public DbSet<Row> Rows => Set<Row>();
        }

        public class QuickContext : DbContext
        {
            public DbSet<Cart> Carts => Set<Cart>();

            protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite("").UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking);
        }

        public class FastContext : DbContext
        {
            public FastContext() => ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;

            public DbSet<Cart> Carts => Set<Cart>();
        }

        public interface IStore { void Put(object value); }

        public class Service(CartContext db, QuickContext quick, FastContext fast, IDbContextFactory<CartContext> factory, IStore store, ILogger<Service> logger)
        {
            private Customer? kept;

            public async Task<object?> Run(int id, string name, bool flag)
            {
                await Task.Yield();
                {{statements}}
                return null;
            }

            private IQueryable<Customer> Untracked() => db.Customers.AsNoTracking();

            private static void Apply(Customer customer, string name) => customer.Name = name;

            private void Use() => logger.LogInformation("{A}{B}{C}", kept, factory, store.ToString() + fast + quick);
        }
        """;
}

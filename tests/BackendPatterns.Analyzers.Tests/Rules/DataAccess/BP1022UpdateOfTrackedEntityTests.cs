using BackendPatterns.Analyzers.Rules.DataAccess;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.DataAccess.BP1022UpdateOfTrackedEntityAnalyzer,
    BackendPatterns.Analyzers.CodeFixes.DataAccess.BP1022UpdateOfTrackedEntityFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.DataAccess;

public class BP1022UpdateOfTrackedEntityTests
{
    [Fact]
    public Task Report_NamesTheCallAndTheLoad() => Verify.Reported(
        Source("var c = await {|#1:db.Customers.FirstAsync(x => x.Id == id)|}; c.Name = name; {|#0:db.Update(c)|}; await db.SaveChangesAsync();"),
        expected: new DiagnosticResult(BP1022UpdateOfTrackedEntityAnalyzer.Id, DiagnosticSeverity.Info).WithLocation(0).WithLocation(1)
            .WithMessage("'Update' marks every column as changed although the context tracks the entity since 'FirstAsync' and finds the changes itself; remove the call"));

    [Theory]
    [InlineData("var c = await db.Customers.FirstOrDefaultAsync(x => x.Id == id); if (c == null) return; c.Name = name; [|db.Customers.Update(c)|];")]
    [InlineData("var c = await db.Customers.FindAsync(id); c!.Name = name; [|db.Set<Customer>().Update(c)|];")]
    [InlineData("var c = db.Find<Customer>(id) ?? throw new InvalidOperationException(); c.Name = name; [|db.Update(c)|];")]
    [InlineData("var c = await db.Customers.AsNoTracking().AsTracking().FirstAsync(); c.Name = name; [|db.Update(c)|];")]
    [InlineData("Customer? c = null; if (flag) c = await db.Customers.FirstAsync(); else c = await db.Customers.FindAsync(id); c!.Name = name; [|db.Update(c)|];")]
    [InlineData("var all = await db.Customers.Where(c => c.Points > 3).ToListAsync(); foreach (var c in all) { c.Points = 0; [|db.Update(c)|]; }")]
    [InlineData("foreach (var c in await db.Customers.ToListAsync()) { c.Points = 0; [|db.Customers.Update(c)|]; }")]
    [InlineData("foreach (var c in db.Customers) { c.Points = 0; [|db.Customers.Update(c)|]; }")]
    [InlineData("var all = await db.Customers.ToListAsync(); foreach (var c in all) c.Points = 0; [|db.Customers.UpdateRange(all)|];")]
    [InlineData("var c = await LoadAsync(id); c.Name = name; [|db.Update(c)|];")]
    [InlineData("var c = new Customer(); db.Customers.Add(c); await db.SaveChangesAsync(); c.Name = name; [|db.Update(c)|];")]
    public Task TrackedEntity_IsReported(string statements) => Verify.Reported(Source(statements));

    [Theory]
    // The context does not know the entity, or may not.
    [InlineData("db.Update(given);")]
    [InlineData("var c = new Customer { Id = id }; c.Name = name; db.Update(c);")]
    [InlineData("var c = await db.Customers.AsNoTracking().FirstAsync(x => x.Id == id); c.Name = name; db.Update(c);")]
    [InlineData("var c = await db.Customers.FirstOrDefaultAsync(x => x.Id == id) ?? new Customer(); c.Name = name; db.Update(c);")]
    [InlineData("var c = await db.Customers.FirstOrDefaultAsync(x => x.Id == id); if (c == null) c = new Customer(); c.Name = name; db.Update(c);")]
    [InlineData("var c = flag ? given : await db.Customers.FirstAsync(); c.Name = name; db.Update(c);")]
    [InlineData("var c = new Customer(); if (flag) db.Add(c); c.Name = name; db.Update(c);")]
    [InlineData("var query = db.Customers.AsQueryable(); if (flag) query = query.AsNoTracking(); var c = await query.FirstAsync(); c.Name = name; db.Update(c);")]
    [InlineData("var c = await OverridableAsync(id); c.Name = name; db.Update(c);")]
    [InlineData("var all = await db.Customers.AsNoTracking().ToListAsync(); foreach (var c in all) { c.Points = 0; db.Update(c); }")]
    // Another context.
    [InlineData("var c = await other.Customers.FirstAsync(x => x.Id == id); c.Name = name; db.Update(c);")]
    // Forgotten.
    [InlineData("var c = await db.Customers.FirstAsync(x => x.Id == id); db.ChangeTracker.Clear(); c.Name = name; db.Update(c);")]
    [InlineData("var c = await db.Customers.FirstAsync(x => x.Id == id); db.Entry(c).State = EntityState.Detached; c.Name = name; db.Update(c);")]
    // Touched on purpose.
    [InlineData("var c = await db.Customers.FirstOrDefaultAsync(x => x.Id == id); if (c != null) db.Update(c);")]
    // Columns that are changed in place.
    [InlineData("var n = await db.Notes.FirstAsync(x => x.Id == id); n.Settings.Dark = true; db.Update(n);")]
    // A projection.
    [InlineData("var c = await db.Customers.Select(x => new Customer { Id = x.Id }).FirstAsync(); c.Name = name; db.Update(c);")]
    // Somebody else's Update.
    [InlineData("var c = await db.Customers.FirstAsync(x => x.Id == id); c.Name = name; store.Update(c);")]
    // Changes are not looked for.
    [InlineData("var c = await manual.Customers.FirstAsync(x => x.Id == id); c.Name = name; manual.Update(c);")]
    // Configured elsewhere.
    [InlineData("var c = await unknown.Customers.FirstAsync(x => x.Id == id); c.Name = name; unknown.Update(c);")]
    public Task OtherUpdates_AreSilent(string statements) => Verify.Silent(Source(statements));

    [Theory]
    [InlineData(
        "var c = await db.Customers.FirstAsync(x => x.Id == id); c.Name = name; [|db.Update(c)|]; await db.SaveChangesAsync();",
        "var c = await db.Customers.FirstAsync(x => x.Id == id); c.Name = name; await db.SaveChangesAsync();")]
    [InlineData(
        "foreach (var c in await db.Customers.ToListAsync()) { c.Points = 0; [|db.Update(c)|]; } var o = db.Orders.First(); o.Total = 3; [|db.Orders.Update(o)|]; db.SaveChanges();",
        "foreach (var c in await db.Customers.ToListAsync()) { c.Points = 0; } var o = db.Orders.First(); o.Total = 3; db.SaveChanges();")]
    public Task Call_IsRemoved(string statements, string after) => Verify.Fixed(Source(statements), Source(after));

    [Fact]
    public Task BlankLine_StaysBeforeTheNextStatement_IsFixed() => Verify.Fixed(
        Source("""
            var customer = await db.Customers.FirstAsync(x => x.Id == id);
                    var order = await db.Orders.FirstAsync(x => x.Id == id);
                    customer.Name = name;
                    order.Total = 3;

                    [|db.Update(customer)|];
                    [|db.Update(order)|];
                    await db.SaveChangesAsync();
                    customer.Name = "";
                    [|db.Update(customer)|];

                    // Again.
                    await db.SaveChangesAsync();
                    order.Total = 4;

                    [|db.Update(order)|];

                    await db.SaveChangesAsync();
            """),
        Source("""
            var customer = await db.Customers.FirstAsync(x => x.Id == id);
                    var order = await db.Orders.FirstAsync(x => x.Id == id);
                    customer.Name = name;
                    order.Total = 3;

                    await db.SaveChangesAsync();
                    customer.Name = "";

                    // Again.
                    await db.SaveChangesAsync();
                    order.Total = 4;

                    await db.SaveChangesAsync();
            """));

    [Theory]
    [InlineData("var c = await db.Customers.FirstAsync(x => x.Id == id); c.Name = name; if (flag) [|db.Update(c)|];")]
    [InlineData("var c = await db.Customers.FirstAsync(x => x.Id == id); c.Name = name; var entry = [|db.Update(c)|]; entry.State = EntityState.Modified;")]
    [InlineData("var c = await db.Customers.FirstAsync(x => x.Id == id); c.Name = name; [|db.Update(c)|]; // all columns")]
    public Task CallThatIsMore_IsNotFixed(string statements) => Verify.NotFixed(Source(statements));

    private static string Source(string statements) => $$"""
        public class Note { public int Id { get; set; } public Settings Settings { get; set; } = new(); }
        public class Settings { public bool Dark { get; set; } }

        public class AppContext : ShopContext
        {
            public AppContext() : base(new DbContextOptions<ShopContext>()) { }

            public DbSet<Note> Notes => Set<Note>();

            protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite("");

            protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Note>().Property(n => n.Settings).HasConversion(s => s.Dark, d => new Settings { Dark = d });
        }

        public class ManualContext : ShopContext
        {
            public ManualContext() : base(new DbContextOptions<ShopContext>()) => ChangeTracker.AutoDetectChangesEnabled = false;

            protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite("");
        }

        public interface IStore { void Update(object value); }

        public class Service(AppContext db, AppContext other, ManualContext manual, ShopContext unknown, IStore store)
        {
            public async Task Run(int id, string name, bool flag, Customer given)
            {
                await Task.Yield();
                {{statements}}
            }

            private async Task<Customer> LoadAsync(int id)
            {
                if (id < 0)
                    throw new ArgumentOutOfRangeException(nameof(id));
                return await db.Customers.FirstAsync(c => c.Id == id);
            }

            protected virtual Task<Customer> OverridableAsync(int id) => db.Customers.FirstAsync(c => c.Id == id);

            private object Use() => new object[] { other, manual, unknown, store };
        }
        """;
}

using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.DataAccess.BP1023RowByRowBulkChangeAnalyzer, BackendPatterns.Analyzers.CodeFixes.DataAccess.BP1023RowByRowBulkChangeFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.DataAccess;

public class BP1023RowByRowBulkChangeTests
{
    [Theory]
    [InlineData(
        "var rows = await db.Customers.Where(c => c.City == city).[|ToListAsync|](token); foreach (var row in rows) { row.IsActive = false; row.Points = points; } await db.SaveChangesAsync(token);",
        "await db.Customers.Where(c => c.City == city).ExecuteUpdateAsync(setters => setters.SetProperty(c => c.IsActive, false).SetProperty(c => c.Points, points), token); await db.SaveChangesAsync(token);")]
    [InlineData(
        "foreach (var row in [|db.Customers.Where(c => c.City == city)|]) { row.Phone = null; } db.SaveChanges();",
        "db.Customers.Where(c => c.City == city).ExecuteUpdate(setters => setters.SetProperty(c => c.Phone, (string?)null)); db.SaveChanges();")]
    [InlineData(
        "foreach (var row in await db.Orders.OrderBy(o => o.Id).[|ToListAsync|]()) row.Total = 0; await db.SaveChangesAsync();",
        "await db.Orders.ExecuteUpdateAsync(setters => setters.SetProperty(o => o.Total, (decimal)0)); await db.SaveChangesAsync();")]
    [InlineData(
        "var rows = db.Customers.Where(c => !c.IsActive).[|ToList|](); db.Customers.RemoveRange(rows); db.SaveChanges();",
        "db.Customers.Where(c => !c.IsActive).ExecuteDelete(); db.SaveChanges();")]
    [InlineData(
        "db.RemoveRange(await db.Lines.Where(l => l.OrderId == points).[|ToArrayAsync|](token)); await db.SaveChangesAsync(token).ConfigureAwait(false);",
        "await db.Lines.Where(l => l.OrderId == points).ExecuteDeleteAsync(token).ConfigureAwait(false); await db.SaveChangesAsync(token).ConfigureAwait(false);")]
    [InlineData(
        "db.Customers.[|RemoveRange|](db.Customers.Where(c => !c.IsActive)); await db.SaveChangesAsync(token);",
        "await db.Customers.Where(c => !c.IsActive).ExecuteDeleteAsync(token); await db.SaveChangesAsync(token);")]
    [InlineData(
        "foreach (var row in await db.Lines.[|ToListAsync|](token)) { db.Lines.Remove(row); } await db.SaveChangesAsync(token);",
        "await db.Lines.ExecuteDeleteAsync(token); await db.SaveChangesAsync(token);")]
    [InlineData(
        "await using var own = factory.CreateDbContext(); foreach (var row in await own.Lines.[|ToListAsync|](token)) own.Remove(row); await own.SaveChangesAsync(token);",
        null)]
    public Task SameChangeOfEveryRow_IsFixed(string before, string? after) =>
        after is null ? Verify.Reported(Method(before)) : Verify.Fixed(Method(before), Method(after));

    [Fact]
    public Task QueryOverLines_KeepsItsLines_IsFixed() => Verify.Fixed(
        Method(
            """
            // Close them.
                    var rows = await db.Customers
                        .Where(c => c.City == city)
                        .OrderBy(c => c.Id)
                        .[|ToListAsync|](token);
                    foreach (var row in rows)
                    {
                        row.IsActive = false;
                    }

                    await db.SaveChangesAsync(token);
            """),
        Method(
            """
            // Close them.
                    await db.Customers
                        .Where(c => c.City == city)
                        .ExecuteUpdateAsync(setters => setters.SetProperty(c => c.IsActive, false), token);

                    await db.SaveChangesAsync(token);
            """));

    [Theory]
    // The rows are used otherwise, or not all get the same.
    [InlineData("var rows = await db.Lines.ToListAsync(token); foreach (var row in rows) row.Quantity = 0; await db.SaveChangesAsync(token); Console.WriteLine(rows.Count);")]
    [InlineData("foreach (var row in await db.Lines.ToListAsync(token)) { if (row.Price > 1) row.Quantity = 0; } await db.SaveChangesAsync(token);")]
    [InlineData("foreach (var row in await db.Lines.ToListAsync(token)) row.Quantity = row.Quantity + 1; await db.SaveChangesAsync(token);")]
    [InlineData("foreach (var row in await db.Lines.ToListAsync(token)) row.Quantity++; await db.SaveChangesAsync(token);")]
    [InlineData("foreach (var row in await db.Lines.ToListAsync(token)) { row.Quantity = 0; Console.WriteLine(row.Id); } await db.SaveChangesAsync(token);")]
    // Values computed by services, keys, navigations.
    [InlineData("foreach (var row in await db.Customers.ToListAsync(token)) row.Name = names.Next(); await db.SaveChangesAsync(token);")]
    [InlineData("foreach (var row in await db.Customers.ToListAsync(token)) row.Name = Guid.NewGuid().ToString(); await db.SaveChangesAsync(token);")]
    [InlineData("foreach (var row in await db.Customers.ToListAsync(token)) row.Orders = null!; await db.SaveChangesAsync(token);")]
    // More is saved, or the answer of the save is used.
    [InlineData("db.Add(new Product()); foreach (var row in await db.Lines.ToListAsync(token)) row.Quantity = 0; await db.SaveChangesAsync(token);")]
    [InlineData("var order = await db.Orders.FirstAsync(token); order.Total = 0; foreach (var row in await db.Lines.ToListAsync(token)) row.Quantity = 0; await db.SaveChangesAsync(token);")]
    [InlineData("foreach (var row in await db.Lines.ToListAsync(token)) row.Quantity = 0; var count = await db.SaveChangesAsync(token);")]
    [InlineData("foreach (var row in await db.Lines.ToListAsync(token)) row.Quantity = 0;")]
    // Pages, includes of what is removed, rows that are no entities.
    [InlineData("foreach (var row in await db.Lines.Take(100).ToListAsync(token)) row.Quantity = 0; await db.SaveChangesAsync(token);")]
    [InlineData("db.RemoveRange(await db.Orders.Include(o => o.Lines).ToListAsync(token)); await db.SaveChangesAsync(token);")]
    [InlineData("var rows = new List<OrderLine> { new() }; foreach (var row in rows) row.Quantity = 0; await db.SaveChangesAsync(token);")]
    [InlineData("foreach (var row in await db.Lines.AsNoTracking().ToListAsync(token)) row.Quantity = 0; await db.SaveChangesAsync(token);")]
    // One command already.
    [InlineData("await db.Lines.ExecuteUpdateAsync(s => s.SetProperty(l => l.Quantity, 0), token); await db.SaveChangesAsync(token);")]
    public Task OtherChange_IsSilent(string statements) => Verify.Silent(Method(statements));

    [Theory]
    [InlineData("public override int SaveChanges(bool all) => base.SaveChanges(all);", "", "")]
    [InlineData("protected override void OnConfiguring(DbContextOptionsBuilder options) => options.AddInterceptors(Hooks); public static Microsoft.EntityFrameworkCore.Diagnostics.IInterceptor[] Hooks = [];", "", "")]
    [InlineData("public ItemContext() => SavingChanges += (_, _) => { };", "", "")]
    [InlineData("protected override void OnModelCreating(ModelBuilder model) => model.Entity<Item>().Property(i => i.Name).IsConcurrencyToken();", "", "")]
    [InlineData("", "[System.ComponentModel.DataAnnotations.Timestamp] public byte[] Version { get; set; } = [];", "")]
    [InlineData("", "private int _count; public int Count { get => _count; set { _count = value; Changed?.Invoke(); } } public event Action? Changed;", "row.Count = 1;")]
    [InlineData("", "public Address Address { get; set; } = new();", "")]
    public Task ContextOrEntityWithMoreToDo_IsSilent(string context, string entity, string change) => Verify.Silent(
        $$"""
        [Owned]
        public class Address { public string City { get; set; } = ""; }

        public class Item
        {
            public int Id { get; set; }
            public string Name { get; set; } = "";
            {{entity}}
        }

        public class ItemContext : DbContext
        {
            public DbSet<Item> Items { get; set; } = null!;
            {{context}}
        }

        public class Service(ItemContext db)
        {
            public async Task Run()
            {
                foreach (var row in await db.Items.ToListAsync())
                {
                    {{(change.Length > 0 ? change : "row.Name = \"\";")}}
                }

                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task TokenOfAnotherEntity_IsReported() => Verify.Reported(
        """
        public class Item { public int Id { get; set; } public string Name { get; set; } = ""; }

        public class Account { public int Id { get; set; } public int Version { get; set; } }

        public class ItemContext : DbContext
        {
            public DbSet<Item> Items { get; set; } = null!;
            public DbSet<Account> Accounts { get; set; } = null!;
            protected override void OnModelCreating(ModelBuilder model) => model.Entity<Account>(account => account.Property(a => a.Version).IsConcurrencyToken());
        }

        public class Service(ItemContext db)
        {
            public async Task Run()
            {
                foreach (var row in await db.Items.[|ToListAsync|]())
                    row.Name = "";
                await db.SaveChangesAsync();
            }
        }
        """);

    [Fact]
    public Task Report_PointsToTheChangeAndTheSave() => Verify.Reported(
        Method("foreach (var row in await db.Orders.{|#0:ToListAsync|}()) {|#1:row.Total = 0|}; await db.{|#2:SaveChangesAsync|}();"),
        expected: new Microsoft.CodeAnalysis.Testing.DiagnosticResult("BP1023", Microsoft.CodeAnalysis.DiagnosticSeverity.Info).WithLocation(0).WithLocation(1).WithLocation(2)
            .WithArguments("ToListAsync", "Order", "set the same values", "ExecuteUpdate"));

    private static string Method(string statements) => $$"""
        public interface INames { string Next(); }

        public class Service(ShopContext db, INames names, IDbContextFactory<ShopContext> factory)
        {
            public async Task Run(string city, int points, CancellationToken token)
            {
                await Task.Yield();
                {{statements}}
            }
        }
        """;
}

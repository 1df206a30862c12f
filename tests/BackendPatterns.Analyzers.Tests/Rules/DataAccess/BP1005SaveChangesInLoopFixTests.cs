using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.DataAccess.BP1005SaveChangesInLoopAnalyzer, BackendPatterns.Analyzers.CodeFixes.DataAccess.BP1005SaveChangesInLoopFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.DataAccess;

public class BP1005SaveChangesInLoopFixTests
{
    [Fact]
    public Task Save_MovesAfterTheLoop_IsFixed() => Fixed(
        """
        // All orders of the day.
        foreach (var order in orders)
        {
            order.Total = 0; // closed

            await [|db.SaveChangesAsync(cancellation)|];
        }

        Console.WriteLine("done");
        """,
        """
        // All orders of the day.
        foreach (var order in orders)
        {
            order.Total = 0; // closed
        }

        await db.SaveChangesAsync(cancellation);

        Console.WriteLine("done");
        """);

    [Fact]
    public Task CommentsOfTheSave_MoveWithIt_IsFixed() => Fixed(
        """
        for (var i = 0; i < orders.Count; i++)
        {
            orders[i].Total += i;
            // Keep it.
            [|db.SaveChanges()|]; // now
        }
        """,
        """
        for (var i = 0; i < orders.Count; i++)
        {
            orders[i].Total += i;
        }

        // Keep it.
        db.SaveChanges(); // now
        """);

    [Fact]
    public Task ConditionalSave_IsFixed() => Fixed(
        """
        foreach (var order in orders)
        {
            if (order.Total == 0)
                continue;
            if (order.Number != "")
            {
                order.Total = 0;
                await [|db.SaveChangesAsync()|].ConfigureAwait(false);
            }
        }
        """,
        """
        foreach (var order in orders)
        {
            if (order.Total == 0)
                continue;
            if (order.Number != "")
            {
                order.Total = 0;
            }
        }

        await db.SaveChangesAsync().ConfigureAwait(false);
        """);

    [Fact]
    public Task NewRows_IsFixed() => Fixed(
        """
        foreach (var id in ids)
        {
            var order = new Order { CustomerId = id };
            order.Number = "N" + id;
            db.Orders.Add(order);
            await [|db.SaveChangesAsync()|];
            total++;
        }
        """,
        """
        foreach (var id in ids)
        {
            var order = new Order { CustomerId = id };
            order.Number = "N" + id;
            db.Orders.Add(order);
            total++;
        }

        await db.SaveChangesAsync();
        """);

    [Fact]
    public Task RowsFoundByKey_IsFixed() => Fixed(
        """
        foreach (var id in ids)
        {
            var product = await db.Products.FindAsync(id);
            if (product == null)
                continue;
            product.Price++;
            db.Update(product);
            await [|db.SaveChangesAsync()|];
        }
        """,
        """
        foreach (var id in ids)
        {
            var product = await db.Products.FindAsync(id);
            if (product == null)
                continue;
            product.Price++;
            db.Update(product);
        }

        await db.SaveChangesAsync();
        """);

    [Fact]
    public Task LoadedRowsThatAreRemoved_IsFixed() => Fixed(
        """
        var old = await db.Orders.Where(o => o.Total == 0).OrderBy(o => o.Id).ToListAsync();
        foreach (var order in old)
        {
            db.Orders.Remove(order);
            await [|db.SaveChangesAsync()|];
        }
        """,
        """
        var old = await db.Orders.Where(o => o.Total == 0).OrderBy(o => o.Id).ToListAsync();
        foreach (var order in old)
        {
            db.Orders.Remove(order);
        }

        await db.SaveChangesAsync();
        """);

    [Fact]
    public Task MethodsOfTheRow_IsFixed() => Verify.Fixed(
        """
        public class Ticket
        {
            public int Id { get; set; }
            public int State { get; private set; }
            public void Close() => State = 2;
        }

        public class TicketContext : DbContext
        {
            public DbSet<Ticket> Tickets { get; set; } = null!;
        }

        public class Desk(TicketContext db)
        {
            public void Run(Ticket[] tickets)
            {
                foreach (var ticket in tickets)
                {
                    ticket.Close();
                    [|db.SaveChanges()|];
                }
            }
        }
        """,
        """
        public class Ticket
        {
            public int Id { get; set; }
            public int State { get; private set; }
            public void Close() => State = 2;
        }

        public class TicketContext : DbContext
        {
            public DbSet<Ticket> Tickets { get; set; } = null!;
        }

        public class Desk(TicketContext db)
        {
            public void Run(Ticket[] tickets)
            {
                foreach (var ticket in tickets)
                {
                    ticket.Close();
                }

                db.SaveChanges();
            }
        }
        """);

    [Fact]
    public Task TwoSavesInATurn_BecomeOne_IsFixed() => Fixed(
        """
        foreach (var order in orders)
        {
            order.Total = 0;
            await [|db.SaveChangesAsync()|];
            db.Add(new OrderLine { Quantity = 1 });
            await [|db.SaveChangesAsync()|];
        }
        """,
        """
        foreach (var order in orders)
        {
            order.Total = 0;
            db.Add(new OrderLine { Quantity = 1 });
        }

        await db.SaveChangesAsync();
        """);

    [Fact]
    public Task LoopThatIsFollowedByASave_IsFixed() => Fixed(
        """
        filter.Points = 1;
        foreach (var order in orders)
        {
            order.Total = 0;
            await [|db.SaveChangesAsync()|];
        }

        await db.SaveChangesAsync();
        """,
        """
        filter.Points = 1;
        foreach (var order in orders)
        {
            order.Total = 0;
        }

        await db.SaveChangesAsync();
        """);

    [Fact]
    public Task ChangesBeforeTheLoop_WithASaveLater_IsFixed() => Fixed(
        """
        filter.Points = 1;
        foreach (var order in orders)
        {
            order.Total = 0;
            await [|db.SaveChangesAsync()|];
        }

        filter.Points = 2;
        await db.SaveChangesAsync();
        """,
        """
        filter.Points = 1;
        foreach (var order in orders)
        {
            order.Total = 0;
        }

        await db.SaveChangesAsync();

        filter.Points = 2;
        await db.SaveChangesAsync();
        """);

    [Theory]
    // The database is asked for what the loop writes.
    [InlineData("foreach (var order in orders) { order.Total = await db.Orders.SumAsync(o => o.Total); await [|db.SaveChangesAsync()|]; }")]
    [InlineData("foreach (var id in ids) { if (!await db.Products.AnyAsync(p => p.Id == id)) db.Products.Add(new Product { Sku = \"x\" }); await [|db.SaveChangesAsync()|]; }")]
    [InlineData("foreach (var id in ids) { var product = await db.Products.FindAsync(id); if (product == null) db.Products.Add(new Product { Sku = \"x\" }); await [|db.SaveChangesAsync()|]; }")]
    [InlineData("foreach (var id in ids) { var product = await db.Products.FirstAsync(p => p.Id == id); product.Price++; await [|db.SaveChangesAsync()|]; }")]
    [InlineData("foreach (var id in ids) { var product = await db.Products.AsNoTracking().FirstOrDefaultAsync(p => p.Id == id); if (product == null) continue; db.Update(product); await [|db.SaveChangesAsync()|]; }")]
    // Early exits, and turns that leave changes unsaved.
    [InlineData("foreach (var order in orders) { if (order.Total < 0) break; order.Total = 0; await [|db.SaveChangesAsync()|]; }")]
    [InlineData("foreach (var order in orders) { order.Total = 0; if (order.Number == \"\") continue; await [|db.SaveChangesAsync()|]; }")]
    [InlineData("foreach (var order in orders) { if (order.Total < 0) throw new InvalidOperationException(); order.Total = 0; await [|db.SaveChangesAsync()|]; }")]
    [InlineData("foreach (var order in orders) { order.Total = 0; if (order.Number != \"\") { order.Number = \"\"; await [|db.SaveChangesAsync()|]; } }")]
    [InlineData("foreach (var order in orders) { order.Total = 0; await [|db.SaveChangesAsync()|]; order.Number = \"\"; }")]
    [InlineData("foreach (var order in orders) { if (order.Total > 0) { order.Total = 0; await [|db.SaveChangesAsync()|]; } else { order.Total = 1; } }")]
    // What the save generates or answers is used.
    [InlineData("foreach (var order in orders) { order.Total = 0; total += await [|db.SaveChangesAsync()|]; }")]
    [InlineData("foreach (var order in orders) { order.Total = 0; await [|db.SaveChangesAsync()|]; Console.WriteLine(order.Number); }")]
    [InlineData("Order? last = null; foreach (var id in ids) { var order = new Order { CouponId = last?.Id }; db.Add(order); await [|db.SaveChangesAsync()|]; last = order; }")]
    [InlineData("foreach (var order in orders) { var line = new OrderLine { Quantity = order.Lines.Max(l => l.Id) }; order.Lines.Add(line); await [|db.SaveChangesAsync()|]; }")]
    // The same object may come twice.
    [InlineData("foreach (var order in orders) { db.Orders.Remove(order); await [|db.SaveChangesAsync()|]; }")]
    [InlineData("foreach (var order in orders) { db.Orders.Add(order); await [|db.SaveChangesAsync()|]; }")]
    [InlineData("foreach (var order in orders) { db.Orders.Update(order); await [|db.SaveChangesAsync()|]; }")]
    // Changes before the loop would be saved without any element.
    [InlineData("filter.Points = 1; foreach (var order in orders) { order.Total = 0; await [|db.SaveChangesAsync()|]; }")]
    [InlineData("db.Add(new Product()); foreach (var order in orders) { order.Total = 0; await [|db.SaveChangesAsync()|]; }")]
    [InlineData("Prepare(filter); foreach (var order in orders) { order.Total = 0; await [|db.SaveChangesAsync()|]; }")]
    // Code that is not known, and other shapes.
    [InlineData("foreach (var order in orders) { Prepare(filter); order.Total = 0; await [|db.SaveChangesAsync()|]; }")]
    [InlineData("foreach (var order in orders) { each(order); order.Total = 0; await [|db.SaveChangesAsync()|]; }")]
    [InlineData("foreach (var order in orders) { db.Entry(order).State = EntityState.Modified; await [|db.SaveChangesAsync()|]; }")]
    [InlineData("foreach (var order in orders) { try { order.Total = 0; await [|db.SaveChangesAsync()|]; } finally { Console.WriteLine(); } }")]
    [InlineData("foreach (var order in lazy) { order.Total = 0; await [|db.SaveChangesAsync()|]; }")]
    [InlineData("foreach (var order in db.Orders) { order.Total = 0; await [|db.SaveChangesAsync()|]; }")]
    [InlineData("foreach (var order in orders) { order.Customer = filter; await [|db.SaveChangesAsync()|]; }")]
    [InlineData("foreach (var order in orders) { order.Total = 0; await [|db.SaveChangesAsync(false)|]; }")]
    [InlineData("foreach (var id in ids) await [|db.Orders.Where(o => o.Id == id).ExecuteDeleteAsync()|];")]
    [InlineData("foreach (var order in orders) await [|CloseAsync(order)|];")]
    [InlineData("orders.ForEach(order => { order.Total = 0; [|db.SaveChanges()|]; });")]
    public Task WhereTheRowsAreNotProvablyTheSame_NoFixIsOffered(string statements) => Verify.NotFixed(Import(statements));

    [Fact]
    public Task ContextWithItsOwnSave_NoFixIsOffered() => Verify.NotFixed("""
        public class AuditedContext : DbContext
        {
            public DbSet<Order> Orders { get; set; } = null!;
            public override int SaveChanges(bool acceptAllChangesOnSuccess) => base.SaveChanges(acceptAllChangesOnSuccess);
        }

        public class Import(AuditedContext db)
        {
            public void Run(List<Order> orders)
            {
                foreach (var order in orders)
                {
                    order.Total = 0;
                    [|db.SaveChanges()|];
                }
            }
        }
        """);

    [Fact]
    public Task QueryFilterThatTheChangesMayMeet_NoFixIsOffered() => Verify.NotFixed("""
        public class FilteredContext : DbContext
        {
            public DbSet<Product> Products { get; set; } = null!;
            protected override void OnModelCreating(ModelBuilder builder) => builder.Entity<Product>().HasQueryFilter(p => p.Price > 0);
        }

        public class Import(FilteredContext db)
        {
            public void Run(List<int> ids)
            {
                foreach (var id in ids)
                {
                    var product = db.Products.FirstOrDefault(p => p.Id == id);
                    if (product == null)
                        continue;
                    product.Price = 0;
                    [|db.SaveChanges()|];
                }
            }
        }
        """);

    [Fact]
    public Task Interceptor_NoFixIsOffered() => Verify.NotFixed("""
        public class Audit : Microsoft.EntityFrameworkCore.Diagnostics.SaveChangesInterceptor;

        public class Import(ShopContext db)
        {
            public void Run(List<Order> orders)
            {
                foreach (var order in orders)
                {
                    order.Total = 0;
                    [|db.SaveChanges()|];
                }
            }
        }
        """);

    private static Task Fixed(string before, string after) => Verify.Fixed(Import(before), Import(after));

    private static string Import(string statements) => $$"""
        public class Import(ShopContext db)
        {
            public async Task Run(List<Order> orders, IEnumerable<Order> lazy, List<int> ids, Customer filter, Action<Order> each, int total, CancellationToken cancellation)
            {
        {{string.Join('\n', statements.Split('\n').Select(line => line.Length == 0 ? line : "        " + line))}}
            }

            private static void Prepare(Customer customer) => customer.Points = 1;

            private async Task CloseAsync(Order order)
            {
                order.Total = 0;
                await db.SaveChangesAsync();
            }
        }
        """;
}

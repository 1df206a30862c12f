using BackendPatterns.Analyzers.Rules.DataAccess;
using Microsoft.CodeAnalysis.Testing;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.DataAccess.BP1006LoopInvariantQueryAnalyzer, BackendPatterns.Analyzers.Tests.Verification.NoFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.DataAccess;

public class BP1006LoopInvariantQueryTests
{
    [Theory]
    [InlineData("foreach (var order in orders) { var count = await [|db.Customers.CountAsync()|]; order.Total += count; }")]
    [InlineData("foreach (var order in orders) { var product = [|db.Products.FirstOrDefault(p => p.Sku == \"X\")|]; order.Total += product?.Price ?? 0; }")]
    [InlineData("foreach (var order in orders) { var products = await [|db.Products.Where(p => p.Price > limit).ToListAsync(cancellation)|]; order.Total += products.Count; }")]
    [InlineData("foreach (var order in orders) { if (order.Total > 0) order.Total += await [|db.Products.SumAsync(p => p.Price)|]; }")]
    [InlineData("foreach (var order in orders) { var city = filter.City; order.Total += await [|db.Customers.CountAsync(c => c.City == city)|]; }")]
    [InlineData("foreach (var order in orders) order.Total += await [|db.Products.Where(p => p.Sku == filter.Name.Trim()).SumAsync(p => p.Price)|];")]
    [InlineData("foreach (var order in orders) foreach (var line in order.Lines) { line.Price = await [|db.Customers.CountAsync(c => c.Id == order.CustomerId)|]; }")]
    [InlineData("foreach (var order in orders) foreach (var product in [|db.Products|]) order.Total += product.Price;")]
    [InlineData("for (var i = 0; i < [|db.Orders.Count()|]; i++) total += i;")]
    [InlineData("for (var i = 0; i < orders.Count; i++) total += [|db.Customers.Count()|];")]
    [InlineData("var totals = orders.Select(o => o.Total + [|db.Customers.Count()|]).ToList();")]
    [InlineData("foreach (var order in orders) { var customer = await [|db.Customers.FirstOrDefaultAsync(c => c.Id == id)|]; if (customer == null) return; order.Customer = customer; }")]
    [InlineData("foreach (var order in orders) { db.Add(new OrderLine { OrderId = order.Id, ProductId = await [|db.Products.Where(p => p.Sku == \"X\").Select(p => p.Id).FirstAsync()|] }); }")]
    [InlineData("foreach (var order in orders) order.Total += await [|connection.QuerySingleAsync<int>(\"select count(*) from Customers\")|];")]
    [InlineData("foreach (var order in orders) { var admins = await [|users.GetUsersInRoleAsync(\"admin\")|]; order.Total += admins.Count; }")]
    [InlineData("foreach (var order in orders) order.Total += (await [|db.Products.FromSqlRaw(\"select * from Products\").ToListAsync()|]).Count;")]
    [InlineData("foreach (var order in orders) order.Total += await [|TotalAsync()|];")]
    [InlineData("foreach (var order in orders) { if (order.Total == 1) total += [|db.Customers.Count()|]; }")]
    [InlineData("foreach (var order in orders) { if (id == 1) total += [|db.Customers.Count()|]; else if (id == 2) total += [|db.Products.Count()|]; }")]
    [InlineData("foreach (var order in orders) order.Total += await [|PriceAsync(order, 7)|];")]
    [InlineData("foreach (var order in orders) { await mail.SendMailAsync(order.Number); order.Total += await [|TotalAsync()|]; }")]
    public Task SameQueryInEveryTurn_IsReported(string statements) => Verify.Reported(Report(statements));

    [Fact]
    public Task QueryBehindAMethod_IsReportedWithTheWay() => Verify.Reported(
        """
        public class Report(ShopContext db)
        {
            public async Task<decimal> Run(List<Order> orders)
            {
                var sum = 0m;
                {|#1:foreach|} (var order in orders)
                    sum += order.Total * await {|#0:RateAsync()|};
                return sum;
            }

            private Task<decimal> RateAsync() => {|#2:db.Products.MaxAsync(p => p.Price)|};
        }
        """,
        expected: new DiagnosticResult("BP1006", Microsoft.CodeAnalysis.DiagnosticSeverity.Warning)
            .WithLocation(0).WithLocation(1).WithLocation(2)
            .WithMessage("'RateAsync → IQueryable.MaxAsync' asks the database for the same in every turn of the loop; ask once before the loop"));

    [Theory]
    [InlineData("var count = await db.Customers.CountAsync(); foreach (var order in orders) order.Total += count;")]
    // It depends on the element: BP1001.
    [InlineData("foreach (var order in orders) order.Total += await db.Lines.CountAsync(l => l.OrderId == order.Id);")]
    [InlineData("foreach (var order in orders) { var key = order.Id + 1; order.Total += await db.Lines.CountAsync(l => l.OrderId == key); }")]
    [InlineData("foreach (var order in orders) { var query = db.Lines.AsQueryable(); if (order.Total > 0) query = query.Where(l => l.OrderId == order.Id); order.Total += await query.CountAsync(); }")]
    [InlineData("for (var i = 0; i < orders.Count; i++) total += db.Customers.Count(c => c.Id == i);")]
    [InlineData("foreach (var order in orders) { switch (order.Total) { case 1: total += db.Customers.Count(); break; case 2: total += db.Products.Count(); break; } }")]
    [InlineData("foreach (var order in orders) { if (order.Total == 1) { total += db.Customers.Count(); } else if (order.Total == 2) { total += db.Products.Count(); } }")]
    [InlineData("foreach (var order in orders) { var kind = order.Number; if (kind is \"a\") total += db.Customers.Count(); else if (kind is \"b\") total += db.Products.Count(); else total++; }")]
    [InlineData("foreach (var order in orders) total += order.Total switch { 1 => db.Customers.Count(), 2 => db.Products.Count(), _ => 0 };")]
    [InlineData("foreach (var order in orders) total += await db.Customers.Take(order.Id).CountAsync();")]
    [InlineData("foreach (var sql in names) total += await connection.QuerySingleAsync<int>(sql);")]
    [InlineData("foreach (var other in contexts) total += await other.Customers.CountAsync();")]
    // It depends on what the loop moves on.
    [InlineData("var parent = id; foreach (var order in orders) { var row = await db.Customers.FirstAsync(c => c.Id == parent); parent = row.Points; }")]
    [InlineData("foreach (var order in orders) { id++; order.Total += await db.Customers.CountAsync(c => c.Id == id); }")]
    [InlineData("foreach (var order in orders) { ids.Add(order.Id); total += await db.Customers.CountAsync(c => ids.Contains(c.Id)); }")]
    [InlineData("foreach (var order in orders) { filter.City = order.Number; total += await db.Customers.CountAsync(c => c.City == filter.City); }")]
    [InlineData("foreach (var order in orders) { Move(); total += await db.Customers.CountAsync(c => c.Id == _position); }")]
    [InlineData("foreach (var order in orders) total += await AtPositionAsync();")]
    // Clocks, random numbers, counters.
    [InlineData("foreach (var order in orders) total += await db.Orders.CountAsync(o => o.PlacedAt > DateTime.UtcNow);")]
    [InlineData("foreach (var order in orders) { var now = DateTime.Now; total += await db.Orders.CountAsync(o => o.PlacedAt > now); }")]
    [InlineData("foreach (var order in orders) { var pick = Random.Shared.Next(9); total += await db.Orders.CountAsync(o => o.Id == pick); }")]
    [InlineData("foreach (var order in orders) order.Customer = await db.Customers.OrderBy(c => EF.Functions.Random()).FirstAsync();")]
    [InlineData("foreach (var order in orders) order.Customer = await db.Customers.OrderBy(c => Guid.NewGuid()).FirstAsync();")]
    [InlineData("foreach (var order in orders) total += await connection.QuerySingleAsync<int>(\"select nextval('numbers')\");")]
    [InlineData("foreach (var order in orders) total += await connection.QuerySingleAsync<int>(\"select 1 from Customers order by random()\");")]
    [InlineData("foreach (var order in orders) total += await connection.QuerySingleAsync<int>(\"TakeNumber\");")]
    [InlineData("foreach (var order in orders) total += (await db.Products.FromSqlRaw(\"exec TakeProduct\").ToListAsync()).Count;")]
    // The loop changes what is read.
    [InlineData("foreach (var order in orders) { var next = await db.Orders.MaxAsync(o => o.Id); db.Add(new Order { CouponId = next }); await db.SaveChangesAsync(); }")]
    [InlineData("foreach (var order in orders) { total += await db.Orders.CountAsync(); await db.Orders.Where(o => o.Id == order.Id).ExecuteDeleteAsync(); }")]
    [InlineData("foreach (var order in orders) { total += await db.Orders.CountAsync(); await SaveAsync(order); }")]
    [InlineData("foreach (var order in orders) { total += await db.Orders.CountAsync(); await unknown.HandleAsync(order); }")]
    [InlineData("foreach (var order in orders) { total += await db.Orders.CountAsync(); each(order); }")]
    // Served by the change tracker, or asked to see changes.
    [InlineData("foreach (var order in orders) order.Customer = await db.Customers.FindAsync(id);")]
    [InlineData("foreach (var order in orders) order.Customer = db.Find<Customer>(id);")]
    [InlineData("foreach (var order in orders) await db.Entry(filter).ReloadAsync();")]
    [InlineData("foreach (var order in orders) { var user = await users.FindByIdAsync(filter.Name); total += user!.AccessFailedCount; }")]
    // Legitimate loops.
    [InlineData("while (await db.Orders.AnyAsync(o => o.Total == 0)) { await Task.Delay(100); }")]
    [InlineData("while (true) { var order = await db.Orders.FirstOrDefaultAsync(o => o.Total == 0); if (order == null) break; order.Total = 1; }")]
    [InlineData("foreach (var order in orders) { if (await db.Customers.AnyAsync(c => c.Id == id && c.Points < 0)) break; order.Total++; }")]
    [InlineData("foreach (var order in orders) { var job = await db.Customers.SingleAsync(c => c.Id == id); if (job.Points < 0) return; order.Total++; }")]
    [InlineData("foreach (var order in orders) { total += await db.Customers.CountAsync(c => c.Points < 0); await Task.Delay(100); }")]
    [InlineData("for (var attempt = 0; attempt < 3; attempt++) { if (await db.Customers.AnyAsync()) return; }")]
    [InlineData("Customer? first = null; foreach (var order in orders) { first ??= await db.Customers.FirstAsync(); order.Customer = first; }")]
    [InlineData("Customer? first = null; foreach (var order in orders) { if (first == null) first = await db.Customers.FirstAsync(); order.Customer = first; }")]
    [InlineData("foreach (var city in new[] { \"Ulm\", \"Bonn\" }) total += await db.Customers.CountAsync();")]
    [InlineData("foreach (var order in orders) { if (order.Total < 0) { total = await db.Customers.CountAsync(); break; } }")]
    [InlineData("foreach (var order in orders) { try { order.Total++; } catch (OverflowException) { total = await db.Customers.CountAsync(); } }")]
    [InlineData("foreach (var id2 in ids) { await using var own = await factory.CreateDbContextAsync(); total += await own.Customers.CountAsync(); }")]
    // Not executed per turn.
    [InlineData("foreach (var order in orders) Later += () => db.Customers.Count();")]
    [InlineData("foreach (var order in db.Orders.Where(o => db.Customers.Any())) total++;")]
    public Task QueriesThatMayDiffer_AreSilent(string statements) => Verify.Silent(Report(statements));

    [Fact]
    public Task Iterator_IsSilent() => Verify.Silent("""
        public class Report(ShopContext db)
        {
            public IEnumerable<int> Run(List<Order> orders)
            {
                foreach (var order in orders)
                    yield return order.Id + db.Customers.Count();
            }
        }
        """);

    [Fact]
    public Task SeedingCode_IsSilent() => Verify.Silent("""
        public class Seeder(ShopContext db)
        {
            public void Run(List<Order> orders)
            {
                foreach (var order in orders)
                    order.Total = db.Customers.Count();
            }
        }
        """);

    private static string Report(string statements) => $$"""
        using Dapper;
        using Microsoft.AspNetCore.Identity;
        using System.Data.Common;

        #pragma warning disable CS0219

        public interface IMail { Task SendMailAsync(string to); }

        public interface IUnknown { Task HandleAsync(Order order); }

        public class Report(
            ShopContext db, DbConnection connection, UserManager<IdentityUser> users, IMail mail, IUnknown unknown, IDbContextFactory<ShopContext> factory, List<ShopContext> contexts)
        {
            private int _position;

            public event Action? Later;

            public async Task Run(
                List<Order> orders, List<int> ids, List<string> names, Customer filter, int id, decimal limit, decimal total, Action<Order> each, CancellationToken cancellation)
            {
                await Task.Yield();
                {{statements}}
                Later?.Invoke();
            }

            private void Move() => _position++;

            private Task<int> AtPositionAsync() => db.Customers.CountAsync(c => c.Id == _position);

            private Task<decimal> TotalAsync() => db.Products.SumAsync(p => p.Price);

            private async Task<decimal> PriceAsync(Order order, int product)
            {
                var price = await db.Products.Where(p => p.Id == product).Select(p => p.Price).FirstOrDefaultAsync();
                return order.Total > 0 ? price : 0;
            }

            private async Task SaveAsync(Order order)
            {
                order.Total = 0;
                await db.SaveChangesAsync();
            }
        }
        """;
}

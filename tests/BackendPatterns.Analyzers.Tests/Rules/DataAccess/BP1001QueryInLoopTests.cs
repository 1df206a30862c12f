using BackendPatterns.Analyzers.Rules.DataAccess;
using Microsoft.CodeAnalysis.Testing;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.DataAccess.BP1001QueryInLoopAnalyzer, BackendPatterns.Analyzers.Tests.Verification.NoFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.DataAccess;

public class BP1001QueryInLoopTests
{
    [Theory]
    [InlineData("await db.Customers.FindAsync(order.CustomerId)")]
    [InlineData("db.Customers.Find(order.CustomerId)")]
    [InlineData("await db.FindAsync<Customer>(order.CustomerId)")]
    [InlineData("await db.Customers.FirstOrDefaultAsync(c => c.Id == order.CustomerId)")]
    [InlineData("db.Customers.Single(c => c.Id == order.CustomerId)")]
    [InlineData("await db.Lines.Where(l => l.OrderId == order.Id).ToListAsync()")]
    [InlineData("await db.Lines.CountAsync(l => l.OrderId == order.Id)")]
    [InlineData("await db.Lines.Where(l => l.OrderId == order.Id).SumAsync(l => l.Price)")]
    [InlineData("await db.Set<Product>().Where(p => p.Sku == order.Number).Select(p => p.Name).FirstAsync()")]
    [InlineData("await db.Orders.FromSqlRaw(\"select * from Orders where CustomerId = {0}\", order.CustomerId).ToListAsync()")]
    [InlineData("await ById(db, order.CustomerId)")]
    [InlineData("await users.FindByIdAsync(order.Number)")]
    [InlineData("await users.GetRolesAsync(new IdentityUser(order.Number))")]
    [InlineData("await connection.QueryAsync<int>(\"select 1 where 1 = @Id\", new { order.Id })")]
    [InlineData("await documents.CountDocumentsAsync(d => d.Id == order.Id)")]
    public Task ReadPerElement_IsReported(string query) => Verify.Reported($$"""
        using Dapper;
        using Microsoft.AspNetCore.Identity;
        using MongoDB.Driver;
        using System.Data.Common;
        using Order = Shop.Order;

        public class Report(ShopContext db, UserManager<IdentityUser> users, DbConnection connection, IMongoCollection<Order> documents)
        {
            private static readonly Func<ShopContext, int, Task<Customer?>> ById =
                EF.CompileAsyncQuery((ShopContext db, int id) => db.Customers.FirstOrDefault(c => c.Id == id));

            public async Task Run(List<Order> orders)
            {
                await Task.Yield();
                foreach (var order in orders)
                {
                    _ = {{Marked(query)}};
                }
            }
        }
        """);

    [Fact]
    public Task AdoNetReadPerElement_IsReported() => Verify.Reported("""
        using System.Data.Common;

        public class Report(DbConnection connection)
        {
            public void Run(List<int> ids)
            {
                foreach (var id in ids)
                {
                    using var command = connection.CreateCommand();
                    command.CommandText = "select Name from Customers where Id = @id";
                    var parameter = command.CreateParameter();
                    parameter.Value = id;
                    command.Parameters.Add(parameter);
                    var name = [|command.ExecuteScalar()|];
                }
            }
        }
        """);

    [Theory]
    [InlineData("for (var i = 0; i < ids.Count; i++) { _ = [|db.Customers.Find(ids[i])|]; }")]
    [InlineData("foreach (var (id, at) in ids.Select((id, at) => (id, at))) { _ = [|db.Customers.Find(id)|]; }")]
    [InlineData("var left = new Queue<int>(ids); while (left.Count > 0) { var id = left.Dequeue(); _ = [|db.Customers.Find(id)|]; }")]
    [InlineData("using var each = ids.GetEnumerator(); while (each.MoveNext()) { _ = [|db.Customers.Find(each.Current)|]; }")]
    [InlineData("_ = ids.Select(id => [|db.Customers.Find(id)|]).ToList();")]
    [InlineData("_ = await Task.WhenAll(ids.Select(async id => await [|db.Customers.FindAsync(id)|]));")]
    [InlineData("ids.ForEach(id => Console.WriteLine([|db.Customers.Find(id)|]));")]
    [InlineData("Parallel.ForEach(ids, id => { _ = [|db.Customers.Find(id)|]; });")]
    [InlineData("await Parallel.ForEachAsync(ids, async (id, token) => { _ = await [|db.Customers.FindAsync(id)|]; });")]
    [InlineData("_ = ids.ToDictionary(id => id, id => [|db.Customers.Find(id)|]);")]
    [InlineData("_ = (from id in ids let customer = [|db.Customers.Find(id)|] select customer.Name).ToList();")]
    [InlineData("var tasks = new List<Task>(); foreach (var id in ids) tasks.Add([|db.Customers.CountAsync(c => c.Id == id)|]); await Task.WhenAll(tasks);")]
    [InlineData("foreach (var id in ids) { foreach (var line in [|db.Lines.Where(l => l.OrderId == id)|]) { Console.WriteLine(line); } }")]
    [InlineData("foreach (var id in ids) { var q = db.Lines.AsQueryable(); if (flag) q = q.Where(l => l.OrderId == id); _ = await [|q.ToListAsync()|]; }")]
    [InlineData("await foreach (var order in db.Orders.AsAsyncEnumerable()) { _ = await [|db.Customers.FindAsync(order.CustomerId)|]; }")]
    [InlineData("await db.Orders.ForEachAsync(order => Console.WriteLine([|db.Customers.Find(order.CustomerId)|]));")]
    [InlineData("foreach (var id in ids) { for (var attempt = 0; attempt < 3; attempt++) { try { _ = [|db.Customers.Find(id)|]; break; } catch (TimeoutException) { } } }")]
    [InlineData("_ = ids.Select([|Load|]).ToList();")]
    public Task EveryKindOfRepetition_IsReported(string statements) => Verify.Reported($$"""
        public class Report(ShopContext db)
        {
            public async Task Run(List<int> ids, bool flag)
            {
                await Task.Yield();
                {{statements}}
            }

            private Customer? Load(int id) => db.Customers.Find(id);
        }
        """);

    [Fact]
    public Task Iterator_IsReported() => Verify.Reported("""
        public class Report(ShopContext db)
        {
            public async IAsyncEnumerable<string> Names(IEnumerable<Order> orders)
            {
                foreach (var order in orders)
                {
                    var customer = await [|db.Customers.FindAsync(order.CustomerId)|];
                    yield return customer?.Name ?? "";
                }
            }
        }
        """);

    [Fact]
    public Task HelperOfTheSameClass_IsReportedWithItsChain() => Verify.Reported(
        """
        public class Report(ShopContext db)
        {
            public async Task Run(List<Order> orders)
            {
                {|#1:foreach|} (var order in orders)
                {
                    var name = await {|#0:LoadNameAsync(order)|};
                }
            }

            private async Task<string> LoadNameAsync(Order order) => (await {|#2:LoadAsync(order.CustomerId)|})?.Name ?? "";

            private ValueTask<Customer?> LoadAsync(int id) => {|#3:db.Customers.FindAsync(id)|};
        }
        """,
        expected: new DiagnosticResult(BP1001QueryInLoopAnalyzer.Id, Microsoft.CodeAnalysis.DiagnosticSeverity.Warning)
            .WithLocation(0).WithLocation(1).WithLocation(2).WithLocation(3)
            .WithMessage("'LoadNameAsync → LoadAsync → DbSet.FindAsync' runs one query per element of the loop; load the rows before the loop"));

    [Fact]
    public Task DirectRead_NamesTheCall() => Verify.Reported(
        """
        public class Report(ShopContext db)
        {
            public void Run(List<Order> orders)
            {
                {|#1:foreach|} (var order in orders)
                    _ = {|#0:db.Customers.Find(order.CustomerId)|};
            }
        }
        """,
        expected: new DiagnosticResult(BP1001QueryInLoopAnalyzer.Id, Microsoft.CodeAnalysis.DiagnosticSeverity.Warning)
            .WithLocation(0).WithLocation(1)
            .WithMessage("'DbSet.Find' runs one query per element of the loop; load the rows before the loop"));

    [Fact]
    public Task HelperOfABaseClass_IsReported() => Verify.Reported("""
        public abstract class Repository<T>(ShopContext db) where T : class
        {
            protected Task<T?> GetAsync(int id) => db.Set<T>().FirstOrDefaultAsync(row => EF.Property<int>(row, "Id") == id);
        }

        public class Customers(ShopContext db) : Repository<Customer>(db)
        {
            public async Task Run(List<int> ids)
            {
                foreach (var id in ids)
                    _ = await [|GetAsync(id)|];
            }
        }
        """);

    [Fact]
    public Task LocalFunctionAndStaticHelper_AreReported() => Verify.Reported("""
        public class Report(ShopContext db)
        {
            public void Run(List<int> ids)
            {
                foreach (var id in ids)
                {
                    _ = [|Load(id)|];
                    _ = [|Fetch(db, id)|];
                }

                Customer? Load(int key) => db.Customers.Find(key);
            }

            private static Customer? Fetch(ShopContext context, int key) => context.Customers.Find(key);
        }
        """);

    [Fact]
    public Task RecursiveHelpers_AreFollowedOnce() => Verify.Reported("""
        public class Report(ShopContext db)
        {
            public void Run(List<int> ids)
            {
                foreach (var id in ids)
                    [|Even(id)|];
            }

            private void Even(int id) { if (id > 0) Odd(id - 1); }
            private void Odd(int id) { if (id > 0) Even(id - 1); else db.Customers.Find(id); }
        }
        """);

    [Fact]
    public Task MissingRowThatIsAnError_IsReported() => Verify.Reported("""
        public class Report(ShopContext db)
        {
            public async Task<IResult> Run(List<Order> orders)
            {
                var names = new List<string>();
                foreach (var order in orders)
                {
                    var customer = await [|db.Customers.FindAsync(order.CustomerId)|];
                    if (customer is null)
                        return Results.NotFound();
                    names.Add(customer.Name);
                }

                return Results.Ok(names);
            }
        }
        """);

    [Fact]
    public Task CancellationTestInForeach_IsReported() => Verify.Reported("""
        public class Report(ShopContext db)
        {
            public async Task Run(List<int> ids, CancellationToken cancellation)
            {
                foreach (var id in ids)
                {
                    if (cancellation.IsCancellationRequested)
                        break;
                    _ = await [|db.Customers.FindAsync([id], cancellation)|];
                }
            }
        }
        """);

    [Fact]
    public Task GroupUsedThroughItsKey_IsReported() => Verify.Reported("""
        public class Report(ShopContext db)
        {
            public async Task Run(List<Order> orders)
            {
                foreach (var group in orders.GroupBy(o => o.CustomerId))
                {
                    var customer = await [|db.Customers.FirstOrDefaultAsync(c => c.Id == group.Key)|];
                    Console.WriteLine(customer?.Name + group.Count());
                }
            }
        }
        """);

    [Fact]
    public Task ElementsThatGoThroughLocals_AreReported() => Verify.Reported("""
        public class Report(ShopContext db)
        {
            public void Run(List<Order> orders)
            {
                foreach (var order in orders)
                {
                    var id = order.CustomerId;
                    var key = id;
                    if (order.CouponId is { } coupon)
                        _ = [|db.Orders.Where(o => o.CouponId == coupon).ToList()|];
                    _ = [|db.Customers.Where(c => c.Id == key).ToList()|];
                }
            }
        }
        """);

    [Fact]
    public Task OuterPagingLoop_DoesNotExcuseTheInnerLoop() => Verify.Reported("""
        public class Report(ShopContext db)
        {
            public async Task Run()
            {
                for (var page = 0; ; page++)
                {
                    var orders = await db.Orders.OrderBy(o => o.Id).Skip(page * 100).Take(100).ToListAsync();
                    if (orders.Count == 0)
                        break;
                    foreach (var order in orders)
                        _ = await [|db.Customers.FindAsync(order.CustomerId)|];
                }
            }
        }
        """);

    [Theory]
    [InlineData("var offset = 0; while (true) { var rows = await db.Orders.OrderBy(o => o.Id).Skip(offset).Take(50).ToListAsync(); if (rows.Count == 0) break; offset += rows.Count; }")]
    [InlineData("var last = 0; while (true) { var rows = await db.Orders.Where(o => o.Id > last).OrderBy(o => o.Id).Take(50).ToListAsync(); if (!rows.Any()) return; last = rows[^1].Id; }")]
    [InlineData("var last = 0; List<Order> rows; do { rows = await db.Orders.Where(o => o.Id > last).Take(50).ToListAsync(); last = rows.LastOrDefault()?.Id ?? last; } while (rows.Count == 50);")]
    [InlineData("for (var page = 0; page < 10; page++) { _ = await db.Orders.OrderBy(o => o.Id).Skip(page * 50).Take(50).ToListAsync(); }")]
    [InlineData("for (var page = 0; page < ids.Count; page++) { _ = await PageAsync(page); }")]
    [InlineData("var parent = await db.Orders.FindAsync(1); while (parent?.CouponId != null) { parent = await db.Orders.FindAsync(parent.CouponId); }")]
    [InlineData("var open = new Stack<int>(ids); while (open.Count > 0) { var id = open.Pop(); foreach (var child in await db.Orders.Where(o => o.CouponId == id).ToListAsync()) open.Push(child.Id); }")]
    public Task Paging_IsSilent(string statements) => Silent(statements);

    [Theory]
    [InlineData("while (!cancellation.IsCancellationRequested) { last++; _ = await db.Orders.Where(o => o.Id > last).ToListAsync(); }")]
    [InlineData("while (true) { last++; _ = await db.Orders.FindAsync(last); await Task.Delay(1000); }")]
    [InlineData("using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1)); while (await timer.WaitForNextTickAsync()) { last++; _ = await db.Orders.FindAsync(last); }")]
    public Task Polling_IsSilent(string statements) => Silent("var last = 0; " + statements);

    [Theory]
    [InlineData("for (var attempt = 0; attempt < 9; attempt++) { try { _ = await db.Orders.FirstAsync(o => o.Total > attempt); break; } catch (TimeoutException) { } }")]
    [InlineData("var attempt = 0; while (attempt < 9) { try { attempt++; _ = await db.Orders.FirstAsync(o => o.Total > attempt); return; } catch (TimeoutException) { } }")]
    public Task Retry_IsSilent(string statements) => Silent(statements);

    [Theory]
    [InlineData("foreach (var chunk in ids.Chunk(100)) { _ = await db.Customers.Where(c => chunk.Contains(c.Id)).ToListAsync(); }")]
    [InlineData("for (var i = 0; i < ids.Count; i += 100) { var some = ids.Skip(i).Take(100).ToList(); _ = await db.Customers.Where(c => some.Contains(c.Id)).ToListAsync(); }")]
    [InlineData("for (var i = 0; i < ids.Count; i += 100) { _ = await ManyAsync(ids.GetRange(i, 100)); }")]
    [InlineData("foreach (var group in orders.GroupBy(o => o.CouponId)) { var keys = group.Select(o => o.CustomerId).ToList(); _ = await db.Customers.Where(c => keys.Contains(c.Id)).ToListAsync(); }")]
    [InlineData("foreach (var (day, some) in new Dictionary<int, List<int>>()) { _ = await db.Customers.Where(c => some.Contains(c.Id)).ToListAsync(); }")]
    [InlineData("foreach (var pair in new Dictionary<int, List<int>>()) { _ = await db.Customers.Where(c => pair.Value.Contains(c.Id)).ToListAsync(); }")]
    [InlineData("_ = ids.Chunk(100).Select(ManySync).ToList();")]
    [InlineData("foreach (var chunk in ids.Chunk(100)) { var query = db.Customers.Where(c => chunk.Contains(c.Id)); _ = await query.Select(c => c.Name).ToListAsync(); }")]
    [InlineData("var page = 0; while (true) { var some = await PageAsync(page++); _ = await ManyAsync(some.Select(o => o.CustomerId).ToList()); if (some.Count == 0) break; }")]
    public Task Batch_IsSilent(string statements) => Silent(statements);

    [Theory]
    [InlineData("var some = new List<int>(); foreach (var id in ids) { some.Add(id); if (some.Count >= 100) { _ = await db.Customers.Where(c => some.Contains(c.Id)).ToListAsync(); some.Clear(); } }")]
    [InlineData("for (var i = 0; i < ids.Count; i++) { if (i % 100 == 0) _ = await db.Customers.Where(c => c.Id > ids[i]).Take(100).ToListAsync(); }")]
    public Task ThresholdFlush_IsSilent(string statements) => Silent(statements);

    [Theory]
    [InlineData("foreach (var id in ids) { var customer = await db.Customers.FindAsync(id); if (customer != null) return; }")]
    [InlineData("foreach (var id in ids) { if (await db.Customers.AnyAsync(c => c.Id == id)) { Console.WriteLine(id); break; } }")]
    [InlineData("foreach (var id in ids) { var customer = await db.Customers.FindAsync(id); if (customer is null) continue; Console.WriteLine(customer.Name); break; }")]
    [InlineData("_ = ids.FirstOrDefault(id => db.Customers.Any(c => c.Id == id));")]
    [InlineData("_ = ids.Any(id => db.Customers.Find(id) != null);")]
    [InlineData("foreach (var id in ids) { if (id < 0) { var name = (await db.Customers.FindAsync(id))?.Name; throw new ArgumentException(name); } }")]
    public Task Search_IsSilent(string statements) => Silent(statements);

    [Theory]
    [InlineData("var name = \"a\"; var n = 0; while (await db.Products.AnyAsync(p => p.Sku == name)) name = \"a\" + ++n;")]
    [InlineData("for (var n = 1; ; n++) { var name = \"a\" + n; if (!await db.Products.AnyAsync(p => p.Sku == name)) return; }")]
    [InlineData("foreach (var order in orders) { var name = order.Number; var n = 0; while (await db.Products.AnyAsync(p => p.Sku == name)) name = order.Number + ++n; }")]
    [InlineData("string name; do { name = Guid.NewGuid().ToString(); } while (await db.Products.AnyAsync(p => p.Sku == name));")]
    public Task UniquenessProbe_IsSilent(string statements) => Silent(statements);

    [Theory]
    [InlineData("foreach (var id in ids) { if (!known.TryGetValue(id, out var customer)) { customer = await db.Customers.FindAsync(id); known[id] = customer!; } }")]
    [InlineData("foreach (var id in ids) { if (known.ContainsKey(id)) continue; known.Add(id, await db.Customers.FirstAsync(c => c.Id == id)); }")]
    [InlineData("foreach (var id in ids) { if (cache.TryGetValue(id, out Customer? customer)) continue; customer = await db.Customers.FindAsync(id); cache.Set(id, customer); }")]
    [InlineData("Customer? first = null; foreach (var id in ids) { if (first == null) { first = await db.Customers.FindAsync(id); } }")]
    [InlineData("Customer? first = null; foreach (var id in ids) { first ??= await db.Customers.FindAsync(id); }")]
    [InlineData("foreach (var order in orders) { if (order.Customer is null) order.Customer = await db.Customers.FindAsync(order.CustomerId); }")]
    [InlineData("foreach (var id in ids) { _ = await cache.GetOrCreateAsync(id, async entry => await db.Customers.FindAsync(id)); }")]
    [InlineData("foreach (var id in ids) { _ = await CachedAsync(id); }")]
    [InlineData("foreach (var id in ids) { cache.TryGetValue(id, out var found); var row = found as Customer; if (row is null) { row = await db.Customers.FindAsync(id); cache.Set(id, row); } }")]
    public Task ReadThroughCache_IsSilent(string statements) => Silent(statements);

    [Theory]
    [InlineData("foreach (var city in new[] { \"Ulm\", \"Bonn\" }) { _ = await db.Customers.CountAsync(c => c.City == city); }")]
    [InlineData("string[] cities = [\"Ulm\", \"Bonn\"]; foreach (var city in cities) { _ = await db.Customers.CountAsync(c => c.City == city); }")]
    [InlineData("foreach (var day in Enum.GetValues<DayOfWeek>()) { _ = await db.Orders.CountAsync(o => o.PlacedAt.DayOfWeek == day); }")]
    [InlineData("for (var year = 0; year < 5; year++) { _ = await db.Orders.CountAsync(o => o.PlacedAt.Year == year); }")]
    [InlineData("foreach (var city in Cities) { _ = await db.Customers.CountAsync(c => c.City == city); }")]
    [InlineData("for (var i = 0; i < ids.Count; i++) { if (i == 3 || i == 4) { _ = await db.Customers.CountAsync(c => c.Points == i); } }")]
    [InlineData("foreach (var n in Enumerable.Range(1, 3)) { _ = await db.Customers.CountAsync(c => c.Points == n); }")]
    public Task ConstantHandful_IsSilent(string statements) => Silent(statements);

    [Theory]
    [InlineData("await foreach (var id in channel.ReadAllAsync(cancellation)) { _ = await db.Customers.FindAsync(id); }")]
    [InlineData("while (await channel.WaitToReadAsync()) { while (channel.TryRead(out var id)) { _ = await db.Customers.FindAsync(id); } }")]
    [InlineData("foreach (var id in blocking.GetConsumingEnumerable()) { _ = await db.Customers.FindAsync(id); }")]
    [InlineData("while (shared.TryDequeue(out var id)) { _ = await db.Customers.FindAsync(id); }")]
    public Task Consumer_IsSilent(string statements) => Silent(statements);

    [Fact]
    public Task SequenceValues_AreSilent() =>
        Silent("foreach (var order in orders) { _ = await db.Database.SqlQueryRaw<int>(\"select nextval('numbers') as Value where {0} > 0\", order.Id).FirstAsync(); }");

    [Theory]
    [InlineData("foreach (var id in ids) { _ = await db.Customers.CountAsync(); }")]
    [InlineData("foreach (var id in ids) { _ = await db.Customers.FindAsync(1); }")]
    [InlineData("foreach (var order in orders) { order.Total = await db.Products.SumAsync(p => p.Price); }")]
    [InlineData("foreach (var id in ids) { _ = await TotalAsync(); }")]
    [InlineData("foreach (var id in ids) { _ = await db.Products.OrderBy(p => p.Id).Take(id).ToListAsync(); }")]
    public Task QueryThatDoesNotDependOnTheElement_IsSilent(string statements) => Silent(statements);

    [Theory]
    [InlineData("foreach (var order in orders) { order.Total = 0; await db.SaveChangesAsync(); }")]
    [InlineData("foreach (var id in ids) { await db.Orders.Where(o => o.Id == id).ExecuteDeleteAsync(); }")]
    [InlineData("foreach (var id in ids) { await DeleteAsync(id); }")]
    public Task WritePerElement_IsSilentHere(string statements) => Silent(statements);

    [Theory]
    [InlineData("_ = await db.Orders.Where(o => db.Customers.Any(c => c.Id == o.CustomerId)).ToListAsync();")]
    [InlineData("_ = await db.Orders.Select(o => new { o.Id, Lines = db.Lines.Count(l => l.OrderId == o.Id) }).ToListAsync();")]
    [InlineData("var all = await db.Customers.ToListAsync(); foreach (var id in ids) { _ = all.First(c => c.Id == id); }")]
    [InlineData("var byId = await db.Customers.ToDictionaryAsync(c => c.Id); foreach (var id in ids) { _ = byId[id]; }")]
    [InlineData("foreach (var order in await db.Orders.Where(o => ids.Contains(o.Id)).ToListAsync()) { Console.WriteLine(order.Number); }")]
    [InlineData("foreach (var order in orders) { _ = order.Lines.Where(l => l.Price > 1).ToList(); }")]
    [InlineData("var table = orders.AsQueryable(); foreach (var id in ids) { _ = table.Where(o => o.Id == id).ToList(); }")]
    [InlineData("foreach (var id in ids) { foreign = foreign.Where(o => o.Length > id); _ = foreign.ToList(); }")]
    [InlineData("var queries = ids.Select(id => db.Orders.Where(o => o.Id == id)).ToList();")]
    public Task TranslatedOrInMemory_IsSilent(string statements) => Silent(statements);

    [Theory]
    [InlineData("foreach (var order in orders) { if (order.Total > 100) await db.Entry(order).Collection(o => o.Lines).LoadAsync(); }")]
    [InlineData("foreach (var order in orders) { if (order.Customer == null) { await db.Entry(order).Reference(o => o.Customer).LoadAsync(); } }")]
    public Task ConditionalExplicitLoad_IsSilent(string statements) => Silent(statements);

    [Theory]
    [InlineData("foreach (var id in ids) { _ = Task.Run(() => db.Customers.Find(id)); }")]
    [InlineData("foreach (var id in ids) { Later += () => db.Customers.Find(id); }")]
    [InlineData("foreach (var id in ids) { Func<Customer?> later = () => db.Customers.Find(id); }")]
    public Task LambdaThatIsNotRunPerItem_IsSilent(string statements) => Silent(statements);

    [Theory]
    [InlineData("foreach (var tenant in ids) { using var own = Open(tenant); _ = await own.Orders.Where(o => o.Id == tenant).ToListAsync(); }")]
    [InlineData("foreach (var other in contexts) { _ = await other.Orders.ToListAsync(); }")]
    public Task ContextOfTheElement_IsSilent(string statements) => Silent(statements);

    [Fact]
    public Task SqlTextOfTheElement_IsSilent() => Verify.Silent("""
        using Dapper;
        using System.Data.Common;

        public class Report(DbConnection connection)
        {
            public async Task Run(List<(string Name, string Sql)> scripts)
            {
                foreach (var script in scripts)
                {
                    _ = await connection.ExecuteScalarAsync<int>(script.Sql);
                    await RunScript(script.Sql);
                }
            }

            private Task RunScript(string sql) => connection.QueryAsync<int>(sql);
        }
        """);

    [Fact]
    public Task DapperWriteByItsText_IsSilentHere() => Verify.Silent("""
        using Dapper;
        using System.Data.Common;

        public class Report(DbConnection connection)
        {
            public async Task Run(List<int> ids)
            {
                const string sql = "UPDATE Orders SET Total = 0 " + "WHERE Id = @id";
                foreach (var id in ids)
                {
                    await connection.ExecuteScalarAsync(sql, new { id });
                    await connection.QueryAsync<int>($"insert into Log values (1) returning {id}");
                }
            }
        }
        """);

    [Fact]
    public Task ConcurrencyEntries_AreSilent() => Verify.Silent("""
        public class Report(ShopContext db)
        {
            public async Task Run()
            {
                try
                {
                    await db.SaveChangesAsync();
                }
                catch (DbUpdateConcurrencyException exception)
                {
                    foreach (var entry in exception.Entries)
                        await entry.ReloadAsync();
                }
            }
        }
        """);

    [Fact]
    public Task LoopAroundAHelperThatLoops_IsReportedInTheHelperOnly() => Verify.Reported("""
        public class Report(ShopContext db)
        {
            public void Run(List<Order> orders)
            {
                foreach (var order in orders)
                    Print(order.Lines);
            }

            private void Print(List<OrderLine> lines)
            {
                foreach (var line in lines)
                    Console.WriteLine([|db.Products.Find(line.ProductId)|]?.Name);
            }
        }
        """);

    [Fact]
    public Task Seeding_IsSilent() => Verify.Silent("""
        public class DataSeeder(ShopContext db)
        {
            public async Task RunAsync(List<Order> orders)
            {
                foreach (var order in orders)
                    _ = await db.Orders.AnyAsync(o => o.Number == order.Number);
            }
        }
        """);

    [Fact]
    public Task HomeMadeFind_IsSilent() => Verify.Silent("""
        public class Store
        {
            public Task<Customer?> FindAsync(int id) => Task.FromResult<Customer?>(null);
        }

        public class Report(Store store)
        {
            public async Task Run(List<int> ids)
            {
                foreach (var id in ids)
                    _ = await store.FindAsync(id);
            }
        }
        """);

    [Fact]
    public Task GeneratedCode_IsSilent() => Verify.Silent("""
        // <auto-generated/>
        public class Report(ShopContext db)
        {
            public void Run(List<int> ids)
            {
                foreach (var id in ids)
                    _ = db.Customers.Find(id);
            }
        }
        """);

    [Fact]
    public Task TestProject_IsSilent() => Verify.Run(
        """
        public class Report(ShopContext db)
        {
            public void Run(List<int> ids)
            {
                foreach (var id in ids)
                    _ = db.Customers.Find(id);
            }
        }
        """,
        fixedSource: null, options: null, Microsoft.CodeAnalysis.OutputKind.DynamicallyLinkedLibrary,
        test => test.TestState.AnalyzerConfigFiles.Add(("/.globalconfig", "is_global = true\nbuild_property.IsTestProject = true\n")));

    [Fact]
    public Task MigrationsFolder_IsSilent() => Verify.Run(
        "public class Nothing;", fixedSource: null, options: null, Microsoft.CodeAnalysis.OutputKind.DynamicallyLinkedLibrary,
        test => test.TestState.Sources.Add(("/app/Migrations/FillNames.cs", """
            public class FillNames(ShopContext db)
            {
                public void Run(List<int> ids)
                {
                    foreach (var id in ids)
                        _ = db.Customers.Find(id);
                }
            }
            """)));

    private static string Marked(string query)
    {
        var call = query.StartsWith("await ", StringComparison.Ordinal) ? query["await ".Length..] : query;
        return query[..^call.Length] + "[|" + call + "|]";
    }

    private static Task Silent(string statements) => Verify.Silent($$"""
        using Microsoft.Extensions.Caching.Memory;
        using System.Collections.Concurrent;
        using System.Threading.Channels;

        #pragma warning disable CS0219, CS8321

        public class Report(
            ShopContext db, IMemoryCache cache, ChannelReader<int> channel, BlockingCollection<int> blocking, ConcurrentQueue<int> shared, List<ShopContext> contexts)
        {
            private static readonly string[] Cities = { "Ulm", "Bonn" };
            private readonly Dictionary<int, Customer> _cached = new();

            public event Action? Later;

            public async Task Run(List<int> ids, List<Order> orders, IQueryable<string> foreign, Dictionary<int, Customer> known, CancellationToken cancellation)
            {
                await Task.Yield();
                {{statements}}
                Later?.Invoke();
            }

            private Task<List<Order>> PageAsync(int page) => db.Orders.OrderBy(o => o.Id).Skip(page * 10).Take(10).ToListAsync();

            private Task<List<Customer>> ManyAsync(List<int> keys) => db.Customers.Where(c => keys.Contains(c.Id)).ToListAsync();

            private List<Customer> ManySync(int[] keys) => db.Customers.Where(c => Enumerable.Contains(keys, c.Id)).ToList();

            private Task<int> TotalAsync() => db.Products.SumAsync(p => (int)p.Price);

            private async Task DeleteAsync(int id)
            {
                var order = await db.Orders.FirstAsync(o => o.Id == id);
                db.Orders.Remove(order);
                await db.SaveChangesAsync();
            }

            private async Task<Customer?> CachedAsync(int id)
            {
                if (_cached.TryGetValue(id, out var customer))
                    return customer;
                customer = await db.Customers.FindAsync(id);
                if (customer != null)
                    _cached[id] = customer;
                return customer;
            }

            private static ShopContext Open(int tenant) => throw new NotSupportedException(tenant.ToString());
        }
        """);
}

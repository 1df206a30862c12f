using BackendPatterns.Analyzers.Rules.DataAccess;
using Microsoft.CodeAnalysis.Testing;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.DataAccess.BP1005SaveChangesInLoopAnalyzer, BackendPatterns.Analyzers.Tests.Verification.NoFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.DataAccess;

public class BP1005SaveChangesInLoopTests
{
    [Theory]
    [InlineData("foreach (var order in orders) { order.Total++; await [|db.SaveChangesAsync()|]; }")]
    [InlineData("foreach (var order in orders) { order.Total++; [|db.SaveChanges()|]; }")]
    [InlineData("foreach (var order in orders) { order.Total++; await [|db.SaveChangesAsync(cancellation)|].ConfigureAwait(false); }")]
    [InlineData("for (var i = 0; i < orders.Count; i++) { orders[i].Total++; await [|db.SaveChangesAsync()|]; }")]
    [InlineData("var queue = new Queue<Order>(orders); while (queue.Count > 0) { queue.Dequeue().Total++; await [|db.SaveChangesAsync()|]; }")]
    [InlineData("await foreach (var order in db.Orders.AsAsyncEnumerable()) { order.Total++; await [|db.SaveChangesAsync()|]; }")]
    [InlineData("foreach (var id in ids) { db.Orders.Add(new Order { CustomerId = id }); if (await [|db.SaveChangesAsync()|] == 0) Console.WriteLine(id); }")]
    [InlineData("foreach (var id in ids) await [|db.Orders.Where(o => o.Id == id).ExecuteDeleteAsync()|];")]
    [InlineData("foreach (var id in ids) total += await [|db.Orders.Where(o => o.Id == id).ExecuteUpdateAsync(s => s.SetProperty(o => o.Total, 0))|];")]
    [InlineData("foreach (var id in ids) await [|db.Database.ExecuteSqlInterpolatedAsync($\"update Orders set Total = 0 where Id = {id}\")|];")]
    [InlineData("foreach (var id in ids) await [|db.Database.ExecuteSqlRawAsync(\"update Orders set Total = 0 where Id = {0}\", id)|];")]
    [InlineData("foreach (var id in ids) await [|connection.ExecuteAsync(\"delete from Orders where Id = @id\", new { id })|];")]
    [InlineData("foreach (var order in orders) await [|documents.InsertOneAsync(order)|];")]
    [InlineData("foreach (var role in names) await [|users.AddToRoleAsync(user, role)|];")]
    [InlineData("ids.ForEach(id => [|db.Orders.Where(o => o.Id == id).ExecuteDelete()|]);")]
    [InlineData("await Parallel.ForEachAsync(ids, async (id, token) => { await [|db.Orders.Where(o => o.Id == id).ExecuteDeleteAsync(token)|]; });")]
    [InlineData("foreach (var order in orders) foreach (var line in order.Lines) { line.Quantity++; await [|db.SaveChangesAsync()|]; }")]
    [InlineData("foreach (var order in orders) { foreach (var line in order.Lines) line.Quantity++; await [|db.SaveChangesAsync()|]; }")]
    [InlineData("foreach (var order in orders) { if (order.Total == 0) continue; order.Total = 0; await [|db.SaveChangesAsync()|]; log.LogInformation(\"{Total}\", order.Total); }")]
    [InlineData("foreach (var order in orders) { try { order.Total++; await [|db.SaveChangesAsync()|]; } finally { Console.WriteLine(); } }")]
    [InlineData("foreach (var order in orders) { try { order.Total++; await [|db.SaveChangesAsync()|]; } catch (DbUpdateException) { throw; } }")]
    [InlineData("foreach (var id in ids) { var order = new Order { CustomerId = id }; db.Add(order); await [|db.SaveChangesAsync()|]; made.Add(order); }")]
    [InlineData("foreach (var order in orders) { order.Total++; await [|db.SaveChangesAsync()|]; Console.WriteLine(order.Id); }")]
    [InlineData("foreach (var order in orders) { await using var transaction = await [|db.Database.BeginTransactionAsync()|]; order.Total++; await db.SaveChangesAsync(); await transaction.CommitAsync(); }")]
    public Task WritePerElement_IsReported(string statements) => Verify.Reported(Import(statements));

    [Fact]
    public Task WriteBehindMethods_IsReportedWithTheWay() => Verify.Reported(
        """
        public class Import(ShopContext db)
        {
            public async Task Run(List<Order> orders)
            {
                {|#1:foreach|} (var order in orders)
                    await {|#0:CloseAsync(order)|};
            }

            private async Task CloseAsync(Order order)
            {
                order.Total = 0;
                await {|#2:SaveAsync()|};
            }

            private Task SaveAsync() => {|#3:db.SaveChangesAsync()|};
        }
        """,
        expected: new DiagnosticResult("BP1005", Microsoft.CodeAnalysis.DiagnosticSeverity.Warning)
            .WithLocation(0).WithLocation(1).WithLocation(2).WithLocation(3)
            .WithMessage("'CloseAsync → SaveAsync → DbContext.SaveChangesAsync' writes to the database once per element of the loop; save once after the loop"));

    [Fact]
    public Task MethodGroupPerElement_IsReported() => Verify.Reported("""
        public class Import(ShopContext db)
        {
            public void Run(List<Order> orders) => orders.ForEach([|Close|]);

            private void Close(Order order)
            {
                order.Total = 0;
                db.SaveChanges();
            }
        }
        """);

    [Fact]
    public Task RowGivenBackButNotUsed_IsReported() => Verify.Reported("""
        public class Import(ShopContext db)
        {
            public async Task Run(List<Order> orders)
            {
                foreach (var order in orders)
                    await [|AddAsync(order)|];
            }

            private async Task<Order> AddAsync(Order order)
            {
                db.Orders.Add(order);
                await db.SaveChangesAsync();
                return order;
            }
        }
        """);

    [Theory]
    [InlineData("foreach (var order in orders) order.Total++; await db.SaveChangesAsync();")]
    // Batches: the element is many rows.
    [InlineData("foreach (var chunk in orders.Chunk(100)) { foreach (var order in chunk) order.Total++; await db.SaveChangesAsync(); }")]
    [InlineData("foreach (var group in orders.GroupBy(o => o.CustomerId)) { foreach (var order in group) order.Total++; await db.SaveChangesAsync(); }")]
    [InlineData("foreach (var pair in byCustomer) { foreach (var order in pair.Value) order.Total++; await db.SaveChangesAsync(); }")]
    [InlineData("for (var i = 0; i < orders.Count; i += 100) { foreach (var order in orders.Skip(i).Take(100)) order.Total++; await db.SaveChangesAsync(); }")]
    [InlineData("foreach (var chunk in ids.Chunk(100)) await db.Orders.Where(o => Enumerable.Contains(chunk, o.Id)).ExecuteDeleteAsync();")]
    [InlineData("var done = 0; foreach (var order in orders) { order.Total++; if (++done % 100 == 0) await db.SaveChangesAsync(); }")]
    [InlineData("foreach (var order in orders) { made.Add(order); if (made.Count >= 100) { await db.SaveChangesAsync(); made.Clear(); } }")]
    // A page or message at a time.
    [InlineData("while (true) { var page = await db.Orders.Where(o => o.Total > 0).Take(100).ToListAsync(); if (page.Count == 0) break; foreach (var order in page) order.Total = 0; await db.SaveChangesAsync(); }")]
    [InlineData("while (await db.Orders.Where(o => o.Total > 0).Take(100).ExecuteDeleteAsync() > 0) { }")]
    [InlineData("while (!cancellation.IsCancellationRequested) { total++; await db.SaveChangesAsync(); await Task.Delay(1000); }")]
    [InlineData("await foreach (var id in channel.ReadAllAsync()) { db.Add(new Order { CustomerId = id }); await db.SaveChangesAsync(); }")]
    // Retry, a handful, the way out.
    [InlineData("for (var attempt = 0; attempt < 3; attempt++) { try { await db.SaveChangesAsync(); return; } catch (DbUpdateConcurrencyException) { } }")]
    [InlineData("foreach (var region in new[] { \"North\", \"South\" }) { db.Add(new Customer { City = region }); await db.SaveChangesAsync(); }")]
    [InlineData("foreach (var order in orders) { if (order.Total < 0) { order.Total = 0; await db.SaveChangesAsync(); return; } }")]
    [InlineData("foreach (var name in names) { if (!known.TryGetValue(name, out var product)) { product = new Product { Sku = name }; db.Add(product); await db.SaveChangesAsync(); known[name] = product; } }")]
    // A failure boundary per element.
    [InlineData("foreach (var order in orders) { try { order.Total++; await db.SaveChangesAsync(); } catch (DbUpdateException e) { log.LogError(e, \"failed\"); } }")]
    [InlineData("foreach (var order in orders) { try { order.Total++; } catch (InvalidOperationException) { order.Total = 0; await db.SaveChangesAsync(); } }")]
    // A context or scope per element.
    [InlineData("foreach (var id in ids) { await using var own = await factory.CreateDbContextAsync(); own.Add(new Order { CustomerId = id }); await own.SaveChangesAsync(); }")]
    [InlineData("foreach (var id in ids) { using var scope = scopes.CreateScope(); var own = scope.ServiceProvider.GetRequiredService<ShopContext>(); own.Add(new Order { CustomerId = id }); await own.SaveChangesAsync(); }")]
    [InlineData("foreach (var own in contexts) await own.SaveChangesAsync();")]
    [InlineData("await Parallel.ForEachAsync(ids, async (id, token) => { await using var own = await factory.CreateDbContextAsync(token); own.Add(new Order()); await own.SaveChangesAsync(token); });")]
    // The generated key is needed.
    [InlineData("foreach (var id in ids) { var order = new Order { CustomerId = id }; db.Add(order); await db.SaveChangesAsync(); db.Add(new OrderLine { OrderId = order.Id }); }")]
    [InlineData("foreach (var order in orders) { db.Orders.Add(order); await db.SaveChangesAsync(); Console.WriteLine(order.Id); }")]
    [InlineData("foreach (var id in ids) { var order = new Order { CustomerId = id }; db.Add(order); await db.SaveChangesAsync(); Describe(order); }")]
    // A checkpoint beside an effect outside.
    [InlineData("foreach (var order in orders) { await mail.SendAsync(order.Number); order.Total = 0; await db.SaveChangesAsync(); }")]
    [InlineData("foreach (var order in orders) { order.Total = 0; await db.SaveChangesAsync(); await http.PostAsync(order.Number, null); }")]
    [InlineData("foreach (var order in orders) { File.Delete(order.Number); order.Total = 0; await db.SaveChangesAsync(); }")]
    [InlineData("foreach (var order in orders) { await DeleteFileAsync(order); order.Total = 0; await db.SaveChangesAsync(); }")]
    [InlineData("foreach (var order in orders) { await unknown.HandleAsync(order); order.Total = 0; await db.SaveChangesAsync(); }")]
    // Writes that have no bulk form.
    [InlineData("foreach (var name in names) await users.CreateAsync(new IdentityUser(name));")]
    [InlineData("foreach (var one in everybody) await users.AddToRoleAsync(one, \"admin\");")]
    [InlineData("foreach (var script in names) await db.Database.ExecuteSqlRawAsync(script);")]
    [InlineData("foreach (var table in names) await db.Database.ExecuteSqlRawAsync(\"truncate table \" + table);")]
    [InlineData("foreach (var id in ids) { if (await db.Orders.Where(o => o.Id == id && o.Total == 0).ExecuteDeleteAsync() == 1) Console.WriteLine(id); }")]
    [InlineData("foreach (var order in orders) Console.WriteLine(await documents.FindOneAndDeleteAsync(d => d.Id == order.Id));")]
    // Not executed per element.
    [InlineData("foreach (var order in orders) Later += () => db.SaveChanges();")]
    public Task MeantWrites_AreSilent(string statements) => Verify.Silent(Import(statements));

    [Theory]
    [InlineData("try { order.Total = 0; await db.SaveChangesAsync(); return true; } catch (DbUpdateException) { return false; }")]
    [InlineData("await using var own = await factory.CreateDbContextAsync(); own.Update(order); await own.SaveChangesAsync(); return true;")]
    [InlineData("var copy = new Order(); db.Add(copy); await db.SaveChangesAsync(); db.Add(new OrderLine { OrderId = copy.Id }); return true;")]
    [InlineData("order.Total = 0; await db.SaveChangesAsync(); await mail.SendAsync(order.Number); return true;")]
    [InlineData("foreach (var line in order.Lines.Chunk(10)) await db.SaveChangesAsync(); return true;")]
    public Task MeantWritesBehindAMethod_AreSilent(string body) => Verify.Silent($$"""
        public interface IMail { Task SendAsync(string to); }

        public class Import(ShopContext db, IDbContextFactory<ShopContext> factory, IMail mail)
        {
            public async Task Run(List<Order> orders)
            {
                await mail.SendAsync("start");
                foreach (var order in orders)
                    await CloseAsync(order);
                await db.DisposeAsync();
                await (await factory.CreateDbContextAsync()).DisposeAsync();
            }

            private async Task<bool> CloseAsync(Order order)
            {
                {{body}}
            }
        }
        """);

    [Fact]
    public Task ContextOfAScopeMadeBehindAMethod_IsSilent() => Verify.Silent("""
        public class Import(IServiceScopeFactory scopes)
        {
            public async Task Run(List<int> ids)
            {
                foreach (var id in ids)
                    await CloseAsync(id);
            }

            private async Task CloseAsync(int id)
            {
                using var scope = scopes.CreateScope();
                var db = ContextOf(scope);
                db.Orders.Attach(new Order { Id = id }).Entity.Total = 0;
                await db.SaveChangesAsync();
            }

            private static ShopContext ContextOf(IServiceScope scope) => scope.ServiceProvider.GetRequiredService<ShopContext>();
        }
        """);

    [Fact]
    public Task GeneratedRowThatIsUsed_IsSilent() => Verify.Silent("""
        public class Import(ShopContext db)
        {
            public async Task<List<int>> Run(List<string> numbers)
            {
                var ids = new List<int>();
                foreach (var number in numbers)
                {
                    var order = await AddAsync(number);
                    ids.Add(order.Id);
                }

                return ids;
            }

            private async Task<Order> AddAsync(string number)
            {
                var order = new Order { Number = number };
                db.Orders.Add(order);
                await db.SaveChangesAsync();
                return order;
            }
        }
        """);

    [Fact]
    public Task PreparedStatementOfSqlite_IsSilent() => Verify.Silent("""
        using Microsoft.Data.Sqlite;

        public class Import(SqliteConnection connection)
        {
            public void Run(List<int> ids)
            {
                using var command = connection.CreateCommand();
                command.CommandText = "insert into Marks (Id) values ($id)";
                var id = command.Parameters.Add("$id", SqliteType.Integer);
                foreach (var each in ids)
                {
                    id.Value = each;
                    command.ExecuteNonQuery();
                }
            }
        }
        """);

    [Theory]
    [InlineData("public class ShopSeeder(ShopContext db)", "Run")]
    [InlineData("public class Import(ShopContext db)", "SeedAsync")]
    [InlineData("public class OrderMigrator(ShopContext db)", "Run")]
    public Task OneOffCode_IsSilent(string type, string method) => Verify.Silent($$"""
        {{type}}
        {
            public async Task {{method}}(List<Order> orders)
            {
                foreach (var order in orders)
                {
                    db.Add(order);
                    await db.SaveChangesAsync();
                }
            }
        }
        """);

    [Fact]
    public Task SaveOfAnotherLibrary_IsSilent() => Verify.Silent("""
        public interface ISession { void SaveChanges(); }

        public class Import(ISession session)
        {
            public void Run(List<Order> orders)
            {
                foreach (var order in orders)
                    session.SaveChanges();
            }
        }
        """);

    private static string Import(string statements) => $$"""
        using Dapper;
        using Microsoft.AspNetCore.Identity;
        using MongoDB.Driver;
        using System.Data.Common;
        using System.Threading.Channels;
        using Order = Shop.Order;

        #pragma warning disable CS8321

        public interface IMail { Task SendAsync(string to); }

        public interface IUnknown { Task HandleAsync(Order order); }

        public class Import(
            ShopContext db, IDbContextFactory<ShopContext> factory, IServiceScopeFactory scopes, DbConnection connection, IMongoCollection<Order> documents, UserManager<IdentityUser> users,
            HttpClient http, IMail mail, IUnknown unknown, ILogger<Import> log, ChannelReader<int> channel, List<ShopContext> contexts)
        {
            public event Action? Later;

            public async Task Run(
                List<Order> orders, List<int> ids, List<string> names, List<Order> made, Dictionary<int, List<Order>> byCustomer, Dictionary<string, Product> known,
                IdentityUser user, List<IdentityUser> everybody, int total, CancellationToken cancellation)
            {
                await Task.Yield();
                {{statements}}
                Later?.Invoke();
            }

            private static void Describe(Order order) => Console.WriteLine(order);

            private static Task DeleteFileAsync(Order order)
            {
                File.Delete(order.Number);
                return Task.CompletedTask;
            }
        }
        """;
}

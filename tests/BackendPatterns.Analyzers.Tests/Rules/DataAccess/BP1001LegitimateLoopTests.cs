using BackendPatterns.Analyzers.Tests.Verification;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.DataAccess.BP1001QueryInLoopAnalyzer, BackendPatterns.Analyzers.Tests.Verification.NoFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.DataAccess;

/// <summary>The loops in which a query per turn is the point, each in the shapes that applications write, beside the look-alikes that are N+1.</summary>
public class BP1001LegitimateLoopTests
{
    [Theory]
    [InlineData("var page = 0; List<Order> rows; do { rows = await db.Orders.OrderBy(o => o.Id).Skip(page++ * 100).Take(100).ToListAsync(); Use(rows); } while (rows.Count > 0);")]
    [InlineData("var more = true; var page = 0; while (more) { var rows = await db.Orders.OrderBy(o => o.Id).Skip(page * 100).Take(100).ToListAsync(); more = rows.Count == 100; page++; }")]
    [InlineData("var total = await db.Orders.CountAsync(); for (var skip = 0; skip < total; skip += 100) Use(await db.Orders.OrderBy(o => o.Id).Skip(skip).Take(100).ToListAsync());")]
    [InlineData("var total = await db.Orders.CountAsync(); var done = 0; while (done < total) { var rows = await db.Orders.OrderBy(o => o.Id).Skip(done).Take(100).ToListAsync(); done += rows.Count; }")]
    [InlineData("int? last = null; while (true) { var query = db.Orders.OrderBy(o => o.Id).AsQueryable(); if (last != null) query = query.Where(o => o.Id > last); var rows = await query.Take(100).ToListAsync(); if (rows.Count == 0) break; last = rows[rows.Count - 1].Id; }")]
    [InlineData("var since = DateTime.MinValue; for (;;) { var rows = await db.Orders.Where(o => o.PlacedAt > since).OrderBy(o => o.PlacedAt).Take(100).ToArrayAsync(); if (rows.Length < 100) return; since = rows[^1].PlacedAt; }")]
    [InlineData("var last = 0; var rows = await AfterAsync(0); while (rows.Any()) { last = rows.Max(o => o.Id); rows = await AfterAsync(last); }")]
    [InlineData("var page = 1; while (true) { var result = await PageAsync(page++); if (!result.Any()) break; }")]
    [InlineData("var pages = (int)Math.Ceiling(ids.Count / 100.0); foreach (var page in Enumerable.Range(0, pages)) Use(await db.Orders.OrderBy(o => o.Id).Skip(page * 100).Take(100).ToListAsync());")]
    [InlineData("var offset = 0; while (true) { var rows = await Rows(); if (rows.Count == 0) break; offset += 100; } Task<List<Order>> Rows() => db.Orders.OrderBy(o => o.Id).Skip(offset).Take(100).ToListAsync();")]
    [InlineData("for (var page = 0; page < ids.Count; page++) Use(await Rows()) ; Task<List<Order>> Rows() => db.Orders.OrderBy(o => o.Id).Take(100).ToListAsync();")]
    public Task Paging_IsSilent(string statements) => Silent(statements);

    [Theory]
    [InlineData("while (!token.IsCancellationRequested) { at = at.AddSeconds(1); Use(await db.Orders.Where(o => o.PlacedAt > at).ToListAsync(token)); }")]
    [InlineData("do { at = DateTime.UtcNow; Use(await db.Orders.CountAsync(o => o.PlacedAt > at)); await Task.Delay(TimeSpan.FromSeconds(5), token); } while (true);")]
    [InlineData("using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1)); while (await timer.WaitForNextTickAsync(token)) { at = DateTime.UtcNow; Use(await db.Orders.FirstOrDefaultAsync(o => o.PlacedAt > at)); }")]
    [InlineData("while (true) { token.ThrowIfCancellationRequested(); at = at.AddDays(1); Use(db.Orders.Any(o => o.PlacedAt > at)); }")]
    [InlineData("while (await db.Orders.AnyAsync(o => o.PlacedAt < at)) { at = at.AddDays(-1); Thread.Sleep(100); }")]
    public Task Polling_IsSilent(string statements) => Silent(statements);

    [Theory]
    [InlineData("foreach (var id in ids) { token.ThrowIfCancellationRequested(); Use([|db.Orders.Find(id)|]); }")]
    [InlineData("foreach (var id in ids) { Use(await [|db.Orders.FindAsync(id)|]); await Task.Delay(10); }")]
    [InlineData("for (var i = 0; i < ids.Count && !token.IsCancellationRequested; i++) Use(await [|db.Orders.FindAsync(ids[i])|]);")]
    public Task StoppableOrThrottledLoopOverItems_IsReported(string statements) => Reported(statements);

    [Theory]
    [InlineData("for (var attempt = 1; ; attempt++) { try { Use(await db.Orders.FirstAsync(o => o.Total > attempt)); return; } catch (TimeoutException) when (attempt < 5) { } }")]
    [InlineData("var attempt = 0; while (true) { try { Use(await db.Orders.FirstAsync(o => o.Total > attempt)); break; } catch (DbUpdateException) { if (++attempt > 3) throw; } }")]
    [InlineData("var attempt = 0; var done = false; while (!done && attempt < 9) { attempt++; var order = await db.Orders.FirstOrDefaultAsync(o => o.Total > attempt); done = order != null; }")]
    [InlineData("Order? order = null; for (var attempt = 0; order == null && attempt < 9; attempt++) order = await db.Orders.FirstOrDefaultAsync(o => o.Total > attempt);")]
    public Task Retry_IsSilent(string statements) => Silent(statements);

    [Fact]
    public Task RetryInsideALoopOverItems_IsReported() => Reported("""
        foreach (var id in ids)
        {
            for (var attempt = 0; attempt < 3; attempt++)
            {
                try
                {
                    Use(await [|db.Orders.FindAsync(id)|]);
                    break;
                }
                catch (TimeoutException)
                {
                }
            }
        }
        """);

    [Theory]
    [InlineData("foreach (var chunk in ids.Chunk(100)) Use(await db.Orders.Where(o => chunk.Contains(o.Id)).ToListAsync());")]
    [InlineData("foreach (var chunk in ids.Distinct().Chunk(100)) { var keys = chunk.ToList(); Use(await db.Orders.Where(o => keys.Contains(o.Id)).ToDictionaryAsync(o => o.Id)); }")]
    [InlineData("foreach (var chunk in orders.Chunk(100)) { var keys = chunk.Select(o => o.CustomerId).Distinct().ToArray(); Use(await db.Customers.Where(c => keys.Contains(c.Id)).ToListAsync()); }")]
    [InlineData("foreach (var chunk in orders.Chunk(100)) { var keys = new HashSet<int>(chunk.Select(o => o.CustomerId)); Use(await db.Customers.Where(c => keys.Contains(c.Id)).ToListAsync()); }")]
    [InlineData("var batches = ids.Chunk(100).ToList(); for (var i = 0; i < batches.Count; i++) { var batch = batches[i]; Use(await db.Orders.Where(o => batch.Contains(o.Id)).ToListAsync()); }")]
    [InlineData("for (var i = 0; i < ids.Count; i += 100) { var some = ids.GetRange(i, Math.Min(100, ids.Count - i)); Use(await db.Orders.Where(o => some.Contains(o.Id)).ToListAsync()); }")]
    [InlineData("var left = ids; while (left.Count > 0) { var some = left.Take(100).ToList(); left = left.Skip(100).ToList(); Use(await db.Orders.Where(o => some.Contains(o.Id)).ToListAsync()); }")]
    [InlineData("Use(await Task.WhenAll(ids.Chunk(100).Select(chunk => db.Orders.Where(o => chunk.Contains(o.Id)).ToListAsync())));")]
    [InlineData("foreach (var group in orders.GroupBy(o => o.PlacedAt.Year)) { var keys = group.Select(o => o.Id).ToList(); Use(await db.Lines.Where(l => keys.Contains(l.OrderId)).ToListAsync()); }")]
    [InlineData("foreach (var (city, keys) in byCity) Use(await db.Customers.Where(c => keys.Contains(c.Id)).ToListAsync());")]
    [InlineData("foreach (var pair in byCity) Use(await db.Customers.Where(c => pair.Value.Contains(c.Id)).ToListAsync());")]
    [InlineData("foreach (var chunk in ids.Chunk(100)) Use(await ManyAsync(chunk));")]
    [InlineData("foreach (var chunk in ids.Chunk(100)) { Use(await Many()); Task<List<Order>> Many() => db.Orders.Where(o => chunk.Contains(o.Id)).ToListAsync(); }")]
    [InlineData("foreach (var chunk in ids.Chunk(100)) { var inList = string.Join(\",\", chunk); Use(db.Orders.FromSqlRaw(\"select * from Orders where Id in (\" + inList + \")\").ToList()); }")]
    public Task Batch_IsSilent(string statements) => Silent(statements);

    [Theory]
    [InlineData("foreach (var order in orders) { var ids2 = order.Lines.Select(l => l.ProductId).ToList(); Use(await [|db.Products.Where(p => ids2.Contains(p.Id)).ToListAsync()|]); }")]
    [InlineData("foreach (var order in orders) Use([|db.Products.Where(p => order.Lines.Select(l => l.ProductId).Contains(p.Id)).ToList()|]);")]
    [InlineData("foreach (var order in orders) { var keys = order.Lines.Select(l => l.ProductId).ToHashSet(); Use(await [|db.Products.CountAsync(p => keys.Contains(p.Id))|]); }")]
    [InlineData("foreach (var customer in customers) foreach (var order in customer.Orders) { var keys = order.Lines.Select(l => l.ProductId).ToList(); Use([|db.Products.Where(p => keys.Contains(p.Id)).ToList()|]); }")]
    [InlineData("foreach (var order in orders) Use(await [|ManyAsync(order.Lines.Select(l => l.Id))|]);")]
    [InlineData("foreach (var group in orders.GroupBy(o => o.CustomerId)) Use(await [|db.Customers.FindAsync(group.Key)|]);")]
    [InlineData("foreach (var group in orders.GroupBy(o => o.CustomerId)) { var rows = group.ToList(); Use(await [|db.Lines.CountAsync(l => l.OrderId == rows[0].Id)|]); }")]
    [InlineData("foreach (var pair in byCity) Use(await [|db.Customers.CountAsync(c => c.City == pair.Key)|]);")]
    public Task ContainsOverTheChildrenOfOneParent_IsReported(string statements) => Reported(statements);

    [Theory]
    [InlineData("var some = new List<int>(); foreach (var id in ids) { some.Add(id); if (some.Count == 100) { Use(await ManyAsync(some)); some.Clear(); } }")]
    [InlineData("var n = 0; foreach (var id in ids) { if (++n % 100 == 0) Use(await db.Orders.CountAsync(o => o.Id > id)); }")]
    [InlineData("var some = new List<int>(); foreach (var id in ids) { some.Add(id); if (some.Count < 100) continue; Use(await db.Orders.Where(o => some.Contains(o.Id)).ToListAsync()); some.Clear(); }")]
    [InlineData("var n = 0; foreach (var id in ids) { n++; if (n >= 100) { n = 0; Use(await db.Orders.CountAsync(o => o.Id > id)); } }")]
    public Task ThresholdFlush_IsSilent(string statements) => Silent(statements);

    [Theory]
    [InlineData("foreach (var id in ids) { var order = await db.Orders.FindAsync(id); if (order is not null) { Use(order); break; } }")]
    [InlineData("Order? found = null; foreach (var id in ids) { found = await db.Orders.FindAsync(id); if (found != null) break; }")]
    [InlineData("foreach (var id in ids) { if (await db.Orders.AnyAsync(o => o.Id == id && o.Total > 5)) return; }")]
    [InlineData("foreach (var id in ids) { var order = await db.Orders.FirstOrDefaultAsync(o => o.Id == id); if (order is { Total: > 5 }) return; }")]
    [InlineData("Use(ids.First(id => db.Orders.Any(o => o.Id == id)));")]
    [InlineData("Use(ids.All(id => db.Orders.Any(o => o.Id == id)));")]
    [InlineData("Use(ids.TakeWhile(id => db.Orders.Find(id) == null).ToList());")]
    [InlineData("Use(await Own.FirstOrNullAsync(ids, async id => await db.Orders.AnyAsync(o => o.Id == id)));")]
    public Task Search_IsSilent(string statements) => Silent(statements);

    [Theory]
    [InlineData("foreach (var id in ids) { var order = await [|db.Orders.FindAsync(id)|]; if (order == null) throw new KeyNotFoundException(); Use(order.Number); }")]
    [InlineData("foreach (var id in ids) { var order = await [|db.Orders.FindAsync(id)|] ?? throw new KeyNotFoundException(); Use(order.Number); }")]
    [InlineData("foreach (var id in ids) { if (!await [|db.Orders.AnyAsync(o => o.Id == id)|]) throw new KeyNotFoundException(); }")]
    [InlineData("foreach (var id in ids) { var order = await [|db.Orders.FindAsync(id)|]; if (order == null) continue; Use(order.Number); }")]
    [InlineData("foreach (var id in ids) { var count = await [|db.Orders.CountAsync(o => o.Id == id)|]; if (count > 0) throw new InvalidOperationException(\"taken\"); }")]
    public Task RowOrNoRowIsAnError_IsReported(string statements) => Reported(statements);

    [Theory]
    [InlineData("var slug = \"a\"; var n = 1; while (await db.Products.AnyAsync(p => p.Sku == slug)) slug = $\"a-{n++}\";")]
    [InlineData("string code; do { code = Guid.NewGuid().ToString(\"N\"); } while (db.Products.Any(p => p.Sku == code));")]
    [InlineData("var slug = \"a\"; for (var n = 2; await db.Products.AnyAsync(p => p.Sku == slug); n++) slug = \"a\" + n;")]
    [InlineData("while (true) { var code = Random.Shared.Next().ToString(); if (!await db.Products.AnyAsync(p => p.Sku == code)) { Use(code); break; } }")]
    [InlineData("for (var i = 0; i < 100; i++) { var code = \"a\" + i; var taken = await db.Products.AnyAsync(p => p.Sku == code); if (!taken) return; }")]
    [InlineData("var exists = true; var n = 0; while (exists) { var code = \"a\" + n++; exists = await db.Products.AnyAsync(p => p.Sku == code); }")]
    [InlineData("foreach (var order in orders) { var slug = order.Number; var n = 0; while (await IsTakenAsync(slug)) slug = order.Number + ++n; Use(slug); }")]
    public Task UniquenessProbe_IsSilent(string statements) => Silent(statements);

    [Theory]
    [InlineData("var known = new Dictionary<int, Customer?>(); foreach (var order in orders) { if (!known.TryGetValue(order.CustomerId, out var customer)) { customer = await db.Customers.FindAsync(order.CustomerId); known[order.CustomerId] = customer; } Use(customer); }")]
    [InlineData("var known = new Dictionary<int, Customer?>(); foreach (var order in orders) { if (!known.ContainsKey(order.CustomerId)) known.Add(order.CustomerId, await db.Customers.FindAsync(order.CustomerId)); }")]
    [InlineData("var known = new Dictionary<int, Customer>(); foreach (var order in orders) { var customer = known.GetValueOrDefault(order.CustomerId) ?? (known[order.CustomerId] = await db.Customers.FirstAsync(c => c.Id == order.CustomerId)); Use(customer); }")]
    [InlineData("var known = new List<Customer>(); foreach (var order in orders) { var customer = known.FirstOrDefault(c => c.Id == order.CustomerId); if (customer == null) { customer = await db.Customers.FirstAsync(c => c.Id == order.CustomerId); known.Add(customer); } }")]
    [InlineData("foreach (var order in orders) { order.Customer ??= await db.Customers.FindAsync(order.CustomerId); }")]
    [InlineData("foreach (var id in ids) Use(await memory.GetOrCreateAsync(id, entry => db.Customers.FirstOrDefaultAsync(c => c.Id == id)));")]
    [InlineData("foreach (var id in ids) Use(concurrent.GetOrAdd(id, key => db.Customers.Find(key)));")]
    [InlineData("foreach (var id in ids) { var text = await distributed.GetStringAsync(\"c\" + id); if (text is null) { var customer = await db.Customers.FindAsync(id); await distributed.SetStringAsync(\"c\" + id, customer!.Name); } }")]
    public Task ReadThroughCache_IsSilent(string statements) => Silent(statements);

    [Theory]
    [InlineData("var seen = new HashSet<int>(); foreach (var order in orders) { if (!seen.Add(order.CustomerId)) continue; Use(await [|db.Customers.FindAsync(order.CustomerId)|]); }")]
    [InlineData("var seen = new HashSet<int>(); foreach (var order in orders) { if (seen.Add(order.CustomerId)) Use(await [|db.Customers.FindAsync(order.CustomerId)|]); }")]
    [InlineData("var seen = new HashSet<int>(); foreach (var order in orders) { if (seen.Contains(order.CustomerId)) continue; seen.Add(order.CustomerId); Use(await [|db.Customers.FindAsync(order.CustomerId)|]); }")]
    public Task OncePerDistinctKey_IsReported(string statements) => Reported(statements);

    [Theory]
    [InlineData("foreach (var city in new[] { \"Ulm\", \"Bonn\", \"Kiel\" }) Use(await db.Customers.CountAsync(c => c.City == city));")]
    [InlineData("foreach (var city in new List<string> { \"Ulm\", \"Bonn\" }) Use(await db.Customers.CountAsync(c => c.City == city));")]
    [InlineData("foreach (var (city, least) in new[] { (\"Ulm\", 1), (\"Bonn\", 2) }) Use(await db.Customers.CountAsync(c => c.City == city && c.Points > least));")]
    [InlineData("foreach (var pair in new Dictionary<string, int> { [\"Ulm\"] = 1, [\"Bonn\"] = 2 }) Use(await db.Customers.CountAsync(c => c.City == pair.Key));")]
    [InlineData("foreach (var city in Cities) Use(await db.Customers.CountAsync(c => c.City == city));")]
    [InlineData("foreach (var city in Capitals) Use(await db.Customers.CountAsync(c => c.City == city));")]
    [InlineData("foreach (var city in Constants.Cities) Use(await db.Customers.CountAsync(c => c.City == city));")]
    [InlineData("foreach (DayOfWeek day in Enum.GetValues(typeof(DayOfWeek))) Use(await db.Orders.CountAsync(o => o.PlacedAt.DayOfWeek == day));")]
    [InlineData("foreach (var day in Enum.GetValues(typeof(DayOfWeek)).Cast<DayOfWeek>().ToList()) Use(await db.Orders.CountAsync(o => o.PlacedAt.DayOfWeek == day));")]
    [InlineData("const int Years = 3; for (var i = 0; i < Years; i++) { var year = 2020 + i; Use(await db.Orders.CountAsync(o => o.PlacedAt.Year == year)); }")]
    [InlineData("for (var i = 4; i >= 0; i--) { var year = 2020 + i; Use(await db.Orders.CountAsync(o => o.PlacedAt.Year == year)); }")]
    [InlineData("new List<string> { \"Ulm\", \"Bonn\" }.ForEach(city => Use(db.Customers.Count(c => c.City == city)));")]
    [InlineData("foreach (var city in ImmutableArray.Create(\"Ulm\", \"Bonn\")) Use(await db.Customers.CountAsync(c => c.City == city));")]
    [InlineData("foreach (var id in Enumerable.Repeat(7, 3)) Use(await db.Customers.CountAsync(c => c.Points == id));")]
    [InlineData("var (first, second) = (1, 2); foreach (var id in new[] { first, second }) Use(await db.Customers.CountAsync(c => c.Points == id));")]
    public Task ConstantHandful_IsSilent(string statements) => Silent(statements);

    [Theory]
    [InlineData("for (var i = 0; i < 12; i++) Use(await [|db.Orders.CountAsync(o => o.PlacedAt.Month == i)|]);")]
    [InlineData("foreach (var id in Enumerable.Range(1, ids.Count)) Use(await [|db.Customers.FindAsync(id)|]);")]
    [InlineData("int[] every = [.. ids, 7]; foreach (var id in every) Use(await [|db.Customers.FindAsync(id)|]);")]
    [InlineData("foreach (var id in ids.Append(7)) Use(await [|db.Customers.FindAsync(id)|]);")]
    public Task CountThatIsNoHandful_IsReported(string statements) => Reported(statements);

    [Theory]
    [InlineData("await foreach (var id in channel.Reader.ReadAllAsync(token)) Use(await db.Orders.FindAsync(id));")]
    [InlineData("await foreach (var id in channel.Reader.ReadAllAsync(token).WithCancellation(token).ConfigureAwait(false)) Use(await db.Orders.FindAsync(id));")]
    [InlineData("while (await channel.Reader.WaitToReadAsync()) while (channel.Reader.TryRead(out var id)) Use(await db.Orders.FindAsync(id));")]
    [InlineData("while (true) { var id = await channel.Reader.ReadAsync(); Use(await db.Orders.FindAsync(id)); }")]
    [InlineData("while (queue.TryDequeue(out var id)) Use(await db.Orders.FindAsync(id));")]
    [InlineData("foreach (var id in blocking.GetConsumingEnumerable(token)) Use(await db.Orders.FindAsync(id));")]
    [InlineData("await Parallel.ForEachAsync(channel.Reader.ReadAllAsync(token), async (id, inner) => Use(await db.Orders.FindAsync([id], inner)));")]
    public Task Consumer_IsSilent(string statements) => Silent(statements);

    [Theory]
    [InlineData("foreach (var order in orders) Use(await db.Database.SqlQuery<int>($\"select nextval('numbers') as Value where {order.Id} > 0\").SingleAsync());")]
    [InlineData("foreach (var order in orders) Use(await db.Database.SqlQueryRaw<int>(\"SELECT NEXT VALUE FOR Numbers AS Value WHERE {0} > 0\", order.Id).SingleAsync());")]
    public Task SequenceValue_IsSilent(string statements) => Silent(statements);

    [Theory]
    [InlineData("foreach (var script in scripts) Use(await connection.ExecuteScalarAsync<int>(script));")]
    [InlineData("foreach (var script in scripts) Use(await connection.QueryAsync<int>(new CommandDefinition(script, cancellationToken: token)));")]
    [InlineData("foreach (var script in scripts) { var command = new CommandDefinition(script, commandTimeout: 300); Use(await connection.ExecuteScalarAsync<int>(command)); }")]
    [InlineData("foreach (var script in scripts) { using var command = connection.CreateCommand(); command.CommandText = script; Use(await command.ExecuteScalarAsync()); }")]
    [InlineData("foreach (var file in scripts) { var text = await File.ReadAllTextAsync(file); Use(await connection.QueryAsync<int>(text)); }")]
    [InlineData("foreach (var script in scripts) Use(await db.Database.SqlQueryRaw<int>(script).ToListAsync());")]
    [InlineData("foreach (var script in scripts) Use(await RunAsync(script));")]
    [InlineData("foreach (var script in scripts) Use(await RunScriptAsync(new Script(\"a\", script)));")]
    public Task ScriptOfTheElement_IsSilent(string statements) => Silent(statements);

    [Theory]
    [InlineData("foreach (var name in scripts) Use(await [|connection.ExecuteScalarAsync<int>($\"select count(*) from Customers where Name = '{name}'\")|]);")]
    [InlineData("foreach (var name in scripts) { using var command = connection.CreateCommand(); command.CommandText = \"select count(*) from Customers where Name = '\" + name + \"'\"; Use(await [|command.ExecuteScalarAsync()|]); }")]
    [InlineData("foreach (var name in scripts) { var sql = string.Format(\"select count(*) from Customers where Name = '{0}'\", name); Use(await [|connection.ExecuteScalarAsync<int>(sql)|]); }")]
    public Task TextAroundTheElement_IsReported(string statements) => Reported(statements);

    [Theory]
    [InlineData("if (ids.Count > 0) await SeedAsync(); async Task SeedAsync() { foreach (var id in ids) Use(await db.Orders.FindAsync(id)); }")]
    public Task Seeding_IsSilent(string statements) => Silent(statements);

    // New in EF Core 9.
    [NewestEfCoreFact]
    public Task AsynchronousSeedingOption_IsSilent() => Silent("options.UseAsyncSeeding(async (context, _, cancellation) => { foreach (var id in ids) Use(await context.Set<Order>().FindAsync([id], cancellation)); });");

    [NewestEfCoreFact]
    public Task SeedingOption_IsSilent() => Silent("options.UseSeeding((context, _) => { foreach (var id in ids) Use(context.Set<Order>().Find(id)); });");

    [Theory]
    [InlineData("foreach (var order in orders) { if (order.Total > 100) await db.Entry(order).Collection(o => o.Lines).LoadAsync(); }")]
    [InlineData("foreach (var order in orders) { if (order.Total < 100) continue; await db.Entry(order).Collection(o => o.Lines).LoadAsync(); }")]
    [InlineData("foreach (var order in orders.Where(o => o.Customer == null)) await db.Entry(order).Reference(o => o.Customer).LoadAsync();")]
    [InlineData("foreach (var order in orders) { var lines = db.Entry(order).Collection(o => o.Lines); if (!lines.IsLoaded) lines.Load(); }")]
    public Task ExplicitLoadWhereNeeded_IsSilent(string statements) => Silent(statements);

    [Theory]
    [InlineData("foreach (var order in orders) { var customer = all.First(c => c.Id == order.CustomerId); Use(customer); }")]
    [InlineData("var byId = await db.Customers.ToDictionaryAsync(c => c.Id); foreach (var order in orders) Use(byId[order.CustomerId]);")]
    [InlineData("var lookup = (await db.Lines.ToListAsync()).ToLookup(l => l.OrderId); foreach (var order in orders) Use(lookup[order.Id].Sum(l => l.Price));")]
    [InlineData("foreach (var order in await db.Orders.Include(o => o.Lines).ToListAsync()) Use(order.Lines.Where(l => l.Price > order.Total).ToList());")]
    [InlineData("Use(db.Orders.Select(o => new { o.Id, Customer = db.Customers.First(c => c.Id == o.CustomerId) }).ToList());")]
    [InlineData("Use((from o in db.Orders let c = db.Customers.First(c => c.Id == o.CustomerId) select c.Name).ToList());")]
    [InlineData("foreach (var order in orders) { var username = order.Number; var me = await db.Customers.FirstAsync(c => c.Id == 1); if (!me.Name.Equals(username)) Use(await users.IsInRoleAsync(new IdentityUser(\"fix\" + me.Name), \"Admin\")); }")]
    public Task NoQueryPerElement_IsSilent(string statements) => Silent(statements);

    private static Task Reported(string statements) => Verify.Reported(Source(statements));

    private static Task Silent(string statements) => Verify.Silent(Source(statements));

    private static string Source(string statements) => $$"""
        using Dapper;
        using Microsoft.AspNetCore.Identity;
        using Microsoft.Extensions.Caching.Distributed;
        using Microsoft.Extensions.Caching.Memory;
        using System.Collections.Concurrent;
        using System.Collections.Immutable;
        using System.Data.Common;
        using System.Threading.Channels;

        #pragma warning disable CS0219, CS8321, CS1998, CS8602

        public record Script(string Name, string Text);

        public static class Constants
        {
            public static readonly IReadOnlyList<string> Cities = new[] { "Ulm", "Bonn" };
        }

        public static class Own
        {
            public static async Task<T?> FirstOrNullAsync<T>(IEnumerable<T> items, Func<T, Task<bool>> predicate)
            {
                foreach (var item in items)
                {
                    if (await predicate(item))
                        return item;
                }

                return default;
            }
        }

        public class Report(
            ShopContext db, IMemoryCache memory, IDistributedCache distributed, DbConnection connection, Channel<int> channel, ConcurrentQueue<int> queue,
            BlockingCollection<int> blocking, ConcurrentDictionary<int, Customer?> concurrent, UserManager<IdentityUser> users, DbContextOptionsBuilder options)
        {
            private static readonly string[] Cities = ["Ulm", "Bonn"];

            private static IReadOnlyList<string> Capitals { get; } = ["Ulm", "Bonn"];

            public async Task Run(
                List<int> ids, List<Order> orders, List<Customer> customers, List<Customer> all, List<string> scripts, Dictionary<string, List<int>> byCity, DateTime at,
                CancellationToken token)
            {
                await Task.Yield();
                {{statements}}
            }

            private Task<List<Order>> PageAsync(int page) => db.Orders.OrderBy(o => o.Id).Skip(page * 10).Take(10).ToListAsync();

            private Task<List<Order>> AfterAsync(int last) => db.Orders.Where(o => o.Id > last).OrderBy(o => o.Id).Take(10).ToListAsync();

            private Task<List<Order>> ManyAsync(IEnumerable<int> keys) => db.Orders.Where(o => keys.Contains(o.Id)).ToListAsync();

            private Task<bool> IsTakenAsync(string slug) => db.Products.AnyAsync(p => p.Sku == slug);

            private async Task<int> RunAsync(string sql) => await connection.ExecuteScalarAsync<int>(sql);

            private async Task<int> RunScriptAsync(Script script)
            {
                var parameters = new DynamicParameters();
                parameters.Add("now", DateTime.UtcNow);
                var command = new CommandDefinition(script.Text, parameters);
                return await connection.ExecuteScalarAsync<int>(command);
            }

            private static void Use(object? value) { }
        }
        """;
}

using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.DataAccess.BP1001QueryInLoopAnalyzer, BackendPatterns.Analyzers.Tests.Verification.NoFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.DataAccess;

/// <summary>What repeats, and what a read is: every kind of loop, operator and receiver.</summary>
public class BP1001ReachTests
{
    [Theory]
    [InlineData("foreach (var id in ids) _ = [|db.Customers.Find(id)|];")]
    [InlineData("for (var i = ids.Count - 1; i >= 0; i--) _ = [|db.Customers.Find(ids[i])|];")]
    [InlineData("var i = 0; while (i < ids.Count) { _ = [|db.Customers.Find(ids[i])|]; i++; }")]
    [InlineData("var i = 0; do { _ = [|db.Customers.Find(ids[i])|]; i++; } while (i < ids.Count);")]
    [InlineData("await foreach (var id in stream) _ = await [|db.Customers.FindAsync(id)|];")]
    [InlineData("foreach (var order in orders.Where(o => o.Total > 0).OrderBy(o => o.Id)) _ = [|db.Customers.Find(order.CustomerId)|];")]
    [InlineData("foreach (var (id, index) in ids.Index()) _ = [|db.Customers.Find(id)|];")]
    [InlineData("using var each = orders.GetEnumerator(); while (each.MoveNext()) { var order = each.Current; _ = [|db.Customers.Find(order.CustomerId)|]; }")]
    [InlineData("var left = new Stack<int>(ids); while (left.TryPop(out var id)) _ = [|db.Customers.Find(id)|];")]
    [InlineData("foreach (var order in orders) foreach (var line in order.Lines) _ = [|db.Products.Find(line.ProductId)|];")]
    [InlineData("foreach (var pair in byId) _ = [|db.Customers.Find(pair.Key)|];")]
    [InlineData("foreach (var key in byId.Keys) _ = [|db.Customers.Find(key)|];")]
    [InlineData("foreach (var order in orders) { if (order.Id % 2 == 0) Use([|db.Customers.Find(order.CustomerId)|]); }")]
    [InlineData("foreach (var id in ids) { if (id % 2 == 0) Use([|db.Customers.Find(id)|]); }")]
    [InlineData("foreach (var order in orders) { IQueryable<OrderLine> query = db.Lines; if (order.Id > 0) query = query.Where(l => l.OrderId == order.Id); Use([|query.ToList()|]); }")]
    public Task LoopStatement_IsReported(string statements) => Reported(statements);

    [Theory]
    [InlineData("_ = ids.ConvertAll(id => [|db.Customers.Find(id)|]);")]
    [InlineData("_ = Array.ConvertAll(ids.ToArray(), id => [|db.Customers.Find(id)|]);")]
    [InlineData("Array.ForEach(ids.ToArray(), id => Use([|db.Customers.Find(id)|]));")]
    [InlineData("ids.RemoveAll(id => [|db.Customers.Find(id)|] == null);")]
    [InlineData("_ = ids.Where(id => [|db.Customers.Any(c => c.Id == id)|]).ToList();")]
    [InlineData("_ = ids.Count(id => [|db.Customers.Any(c => c.Id == id)|]);")]
    [InlineData("_ = ids.Sum(id => [|db.Orders.Where(o => o.CustomerId == id).Sum(o => o.Total)|]);")]
    [InlineData("_ = ids.SelectMany(id => [|db.Orders.Where(o => o.CustomerId == id).ToList()|]).ToList();")]
    [InlineData("_ = ids.Aggregate(0m, (sum, id) => sum + [|db.Orders.Where(o => o.CustomerId == id).Sum(o => o.Total)|]);")]
    [InlineData("_ = ids.GroupBy(id => [|db.Customers.Find(id)|]!.City).ToList();")]
    [InlineData("_ = ids.OrderBy(id => [|db.Customers.Find(id)|]!.Name).ToList();")]
    [InlineData("_ = ids.ToLookup(id => [|db.Customers.Find(id)|]!.City);")]
    [InlineData("_ = ids.Zip(orders, (id, order) => [|db.Customers.Find(order.CustomerId)|]).ToList();")]
    [InlineData("_ = ids.ToFrozenDictionary(id => id, id => [|db.Customers.Find(id)|]);")]
    [InlineData("_ = ids.ToImmutableDictionary(id => id, id => [|db.Customers.Find(id)|]);")]
    [InlineData("_ = ids.AsParallel().Select(id => [|db.Customers.Find(id)|]).ToList();")]
    [InlineData("ids.AsParallel().ForAll(id => Use([|db.Customers.Find(id)|]));")]
    [InlineData("Parallel.For(0, ids.Count, i => Use([|db.Customers.Find(ids[i])|]));")]
    [InlineData("Parallel.ForEach(orders, order => Use([|db.Customers.Find(order.CustomerId)|]));")]
    [InlineData("await Parallel.ForEachAsync(stream, async (id, token) => Use(await [|db.Customers.FindAsync(id)|]));")]
    [InlineData("_ = await Task.WhenAll(orders.Select(order => [|db.Lines.CountAsync(l => l.OrderId == order.Id)|]));")]
    [InlineData("var tasks = orders.Select(async order => new { order.Id, Lines = await [|db.Lines.CountAsync(l => l.OrderId == order.Id)|] }).ToList(); await Task.WhenAll(tasks);")]
    [InlineData("var tasks = new Dictionary<int, Task<int>>(); foreach (var id in ids) tasks[id] = [|db.Orders.CountAsync(o => o.CustomerId == id)|]; foreach (var pair in tasks) Use(await pair.Value);")]
    [InlineData("_ = await db.Orders.ToDictionaryAsync(o => o.Id, o => [|db.Customers.Find(o.CustomerId)|]);")]
    [InlineData("_ = db.Orders.AsEnumerable().Select(o => [|db.Customers.Find(o.CustomerId)|]).ToList();")]
    [InlineData("_ = db.Orders.ToList().Select(o => new { o.Id, Customer = [|db.Customers.First(c => c.Id == o.CustomerId)|].Name }).ToList();")]
    [InlineData("var names = ids.Select(id => [|db.Customers.Find(id)|]!.Name); foreach (var name in names) Use(name);")]
    [InlineData("_ = await stream.Select(async (int id, CancellationToken token) => await [|db.Customers.FindAsync(id)|]).ToListAsync();")]
    public Task OperatorPerItem_IsReported(string statements) => Reported(statements);

    [Theory]
    [InlineData("_ = (from id in ids let customer = [|db.Customers.Find(id)|] where customer != null select customer.Name).ToList();")]
    [InlineData("_ = (from id in ids where [|db.Customers.Any(c => c.Id == id)|] select id).ToList();")]
    [InlineData("_ = (from order in orders from line in order.Lines select [|db.Products.Find(line.ProductId)|]).ToList();")]
    [InlineData("_ = (from order in orders orderby [|db.Customers.Find(order.CustomerId)|]!.Name select order).ToList();")]
    [InlineData("_ = (from order in orders from line in [|db.Lines.Where(l => l.OrderId == order.Id).ToList()|] select line).ToList();")]
    [InlineData("_ = (from order in orders join id in ids on order.Id equals id select [|db.Customers.Find(order.CustomerId)|]).ToList();")]
    [InlineData("_ = (from order in orders let x = order.Total let customer = [|db.Customers.Find(order.CustomerId)|] select (x, customer)).ToList();")]
    public Task QuerySyntaxOverMemory_IsReported(string statements) => Reported(statements);

    [Theory]
    [InlineData("_ = ids.Select([|Load|]).ToList();")]
    [InlineData("_ = ids.ConvertAll([|Load|]);")]
    [InlineData("ids.ForEach([|Print|]);")]
    [InlineData("Parallel.ForEach(ids, [|Print|]);")]
    [InlineData("_ = await Task.WhenAll(ids.Select([|LoadAsync|]));")]
    [InlineData("await Parallel.ForEachAsync(ids, [|LoadOneAsync|]);")]
    [InlineData("_ = ids.ToDictionary(id => id, [|Load|]);")]
    [InlineData("Func<int, Customer?> load = [|Load|]; _ = ids.Select(load).ToList();")]
    public Task MethodGroupPerItem_IsReported(string statements) => Reported(statements);

    [Theory]
    [InlineData("var load = (int id) => [|db.Customers.Find(id)|]; _ = ids.Select(load).ToList();")]
    [InlineData("Func<int, Task<Customer?>> load = async id => await [|db.Customers.FindAsync(id)|]; _ = await Task.WhenAll(ids.Select(load));")]
    [InlineData("Action<int> print = id => Use([|db.Customers.Find(id)|]); ids.ForEach(print);")]
    [InlineData("Func<int, Customer?> load = delegate (int id) { return [|db.Customers.Find(id)|]; }; _ = ids.ConvertAll(new Converter<int, Customer?>(load));")]
    [InlineData("_ = ids.Select(_find).ToList();")]
    public Task StoredDelegatePerItem_IsReported(string statements) => statements.Contains("_find", StringComparison.Ordinal)
        ? Verify.Reported("""
            public class Report
            {
                private static readonly ShopContext Db = null!;
                private readonly Func<int, Customer?> _find = id => [|Db.Customers.Find(id)|];

                public List<Customer?> Run(List<int> ids) => ids.Select(_find).ToList();
            }
            """)
        : Reported(statements);

    [Theory]
    [InlineData("foreach (var order in orders) { Use([|Customer()|]); Customer? Customer() => db.Customers.Find(order.CustomerId); }")]
    [InlineData("foreach (var order in orders) { Task<int> LinesAsync() => db.Lines.CountAsync(l => l.OrderId == order.Id); Use(await [|LinesAsync()|]); }")]
    [InlineData("var current = 0; foreach (var id in ids) { current = id; Use([|Current()|]); } Customer? Current() => db.Customers.Find(current);")]
    [InlineData("foreach (var order in orders) { var id = order.CustomerId; Use([|Outer()|]); Customer? Outer() => Inner(); Customer? Inner() => db.Customers.Find(id); }")]
    [InlineData("foreach (var order in orders) { Use([|Count(5)|]); int Count(int least) => Many(order.Id, least); } int Many(int id, int least) => db.Lines.Count(l => l.OrderId == id && l.Quantity > least);")]
    [InlineData("foreach (var order in orders) { Use([|Text()|]); string Text() { var id = order.CustomerId; var customer = db.Customers.Find(id); return customer!.Name; } }")]
    [InlineData("_ = orders.Select(order => { return [|Customer()|]; Customer? Customer() => db.Customers.Find(order.CustomerId); }).ToList();")]
    [InlineData("foreach (var order in orders) { Func<Customer?> load = () => db.Customers.Find(order.CustomerId); Use([|load()|]); }")]
    [InlineData("foreach (var order in orders) { Func<Task<Customer?>> load = async () => await db.Customers.FindAsync(order.CustomerId); Use(await [|load()|]); }")]
    [InlineData("var load = (int id) => db.Customers.Find(id); foreach (var order in orders) Use([|load(order.CustomerId)|]);")]
    public Task FunctionThatCapturesTheElement_IsReported(string statements) => Reported(statements);

    [Theory]
    [InlineData("foreach (var order in orders) { Use(All()); int All() => db.Orders.Count(); }")]
    [InlineData("foreach (var order in orders) { Use(Text()); string Text() => order.Number + db.Orders.Count(); }")]
    [InlineData("foreach (var order in orders) { Customer? Customer() => db.Customers.Find(order.CustomerId); }")]
    [InlineData("foreach (var order in orders) { Func<Customer?> load = () => db.Customers.Find(order.CustomerId); later.Add(load); }")]
    [InlineData("var load = (int id) => db.Customers.Find(id); Use(load(1));")]
    [InlineData("var load = (int id) => db.Customers.Find(id); load = id => null; foreach (var id in ids) Use(load(id));")]
    [InlineData("var load = (int id) => db.Customers.Find(id); foreach (var id in ids) Use(load);")]
    public Task FunctionThatDoesNotAskPerElement_IsSilent(string statements) => Silent(statements);

    [Theory]
    [InlineData("await ids.EachAsync(async id => Use(await [|db.Customers.FindAsync(id)|]));")]
    [InlineData("_ = await ids.SelectAsync(id => [|db.Customers.FirstAsync(c => c.Id == id)|]);")]
    [InlineData("_ = await ids.SelectAllAsync(id => [|db.Customers.FirstAsync(c => c.Id == id)|]);")]
    [InlineData("_ = await Own.MapAsync(orders, order => [|db.Customers.FirstAsync(c => c.Id == order.CustomerId)|]);")]
    [InlineData("await ids.ThroughAsync(async id => Use(await [|db.Customers.FindAsync(id)|]));")]
    [InlineData("foreach (var x in ids.Lazily(id => [|db.Customers.Find(id)|])) Use(x);")]
    [InlineData("Own.Indexed(ids, (id, index) => Use([|db.Customers.Find(id)|]));")]
    [InlineData("await Each(ids, async id => Use(await [|db.Customers.FindAsync(id)|]));")]
    [InlineData("await ids.EachAsync([|PrintAsync|]);")]
    [InlineData("Own.There(ids, id => Use([|db.Customers.Find(id)|]));")]
    [InlineData("Own.AndBack(ids, id => Use([|db.Customers.Find(id)|]));")]
    public Task OwnOperatorThatLoopsOverItsArgument_IsReported(string statements) => Reported(statements);

    [Theory]
    [InlineData("_ = await Own.RetryAsync(() => db.Customers.FirstAsync(c => c.Id == ids[0]));")]
    [InlineData("_ = await Own.OnceAsync(ids, found => db.Customers.Where(c => found.Contains(c.Id)).ToListAsync());")]
    [InlineData("await ids.InChunksAsync(100, async chunk => Use(await db.Customers.Where(c => chunk.Contains(c.Id)).ToListAsync()));")]
    [InlineData("Own.Later(ids, id => db.Customers.Find(id));")]
    [InlineData("Own.Recursive(ids, id => Use(db.Customers.Find(id)));")]
    [InlineData("Own.Callback(ids, () => Use(db.Customers.Find(ids[0])));")]
    public Task OtherFunctionThatTakesADelegate_IsSilent(string statements) => Silent(statements);

    [Theory]
    [InlineData("foreach (var id in ids) { await using var own = await factory.CreateDbContextAsync(); Use(await [|own.Customers.FindAsync(id)|]); }")]
    [InlineData("await using var own = await factory.CreateDbContextAsync(); foreach (var id in ids) Use(await [|own.Customers.FirstAsync(c => c.Id == id)|]);")]
    [InlineData("foreach (var id in ids) { using var scope = scopes.CreateScope(); var own = scope.ServiceProvider.GetRequiredService<ShopContext>(); Use([|own.Customers.Find(id)|]); }")]
    [InlineData("foreach (var id in ids) Use([|set.Find(id)|]);")]
    [InlineData("foreach (var id in ids) Use([|db.Set<Customer>().Where(c => c.Id == id).Single()|]);")]
    [InlineData("foreach (var id in ids) Use([|queryable.Count(o => o.CustomerId == id)|]);")]
    [InlineData("foreach (var id in ids) Use(await [|repository.Orders().Where(o => o.CustomerId == id).ToListAsync()|]);")]
    [InlineData("foreach (var id in ids) Use([|repository.Numbers().Count(n => n.Customer == id)|]);")]
    [InlineData("foreach (var id in ids) Use([|repository.All.Any(n => n.Customer == id)|]);")]
    [InlineData("foreach (var id in ids) Use(await [|repository.OfCustomer(id).ToListAsync()|]);")]
    [InlineData("foreach (var id in ids) { IQueryable<Order> q = db.Orders; if (id > 5) q = q.Where(o => o.CustomerId == id); Use(await [|q.ToListAsync()|]); }")]
    [InlineData("foreach (var id in ids) { var q = db.Orders.Where(o => o.CustomerId == id); q = id > 5 ? q.OrderBy(o => o.Id) : q.OrderByDescending(o => o.Id); Use([|q.First()|]); }")]
    [InlineData("foreach (var id in ids) { var q = id > 5 ? db.Orders.Where(o => o.CustomerId == id) : db.Orders.Where(o => o.CouponId == id); Use([|q.Select(o => o.Number).ToArray()|]); }")]
    [InlineData("foreach (var id in ids) Use(await [|ById(db, id)|]);")]
    [InlineData("foreach (var id in ids) Use([|Compiled(db, id)|]);")]
    [InlineData("var local = EF.CompileQuery((ShopContext context, int key) => context.Customers.Count(c => c.Id == key)); foreach (var id in ids) Use([|local(db, id)|]);")]
    [InlineData("foreach (var id in ids) Use([|db.Database.SqlQuery<int>($\"select count(*) as Value from Orders where CustomerId = {id}\").Single()|]);")]
    [InlineData("foreach (var id in ids) Use(await [|db.Orders.FromSql($\"select * from Orders where CustomerId = {id}\").ToListAsync()|]);")]
    [InlineData("foreach (var order in orders) Use(await [|db.Orders.ContainsAsync(order)|]);")]
    [InlineData("foreach (var id in ids) Use(await [|db.Orders.OrderBy(o => o.Id).ElementAtAsync(id)|]);")]
    [InlineData("foreach (var order in orders) await [|db.Entry(order).Reference(o => o.Customer).LoadAsync()|];")]
    [InlineData("foreach (var order in orders) { var entry = db.Entry(order); [|entry.Collection(o => o.Lines).Load()|]; }")]
    [InlineData("foreach (var order in orders) Use([|db.Entry(order).Collection(o => o.Lines).Query().Count()|]);")]
    [InlineData("foreach (var id in ids) [|db.Orders.Where(o => o.CustomerId == id).Load()|];")]
    [InlineData("foreach (var id in ids) { foreach (var order in [|db.Orders.Where(o => o.CustomerId == id)|]) Use(order); }")]
    [InlineData("foreach (var id in ids) { await foreach (var order in [|db.Orders.Where(o => o.CustomerId == id).AsAsyncEnumerable()|]) Use(order); }")]
    [InlineData("foreach (var id in ids) { using var multi = await [|connection.QueryMultipleAsync(\"select 1; select 2 where 1 = @id\", new { id })|]; Use(multi); }")]
    [InlineData("foreach (var id in ids) Use([|connection.QuerySingleOrDefault<string>(\"select Name from Customers where Id = @id\", new { id })|]);")]
    [InlineData("foreach (var id in ids) Use(await [|connection.QueryAsync<string>(new CommandDefinition(\"select Name from Customers where Id = @id\", new { id }))|]);")]
    [InlineData("foreach (var id in ids) { using var command = connection.CreateCommand(); command.CommandText = \"select Name from Customers where Id = \" + id; using var reader = await [|command.ExecuteReaderAsync()|]; }")]
    [InlineData("foreach (var order in orders) Use(await [|users.Users.FirstOrDefaultAsync(u => u.UserName == order.Number)|]);")]
    [InlineData("foreach (var order in orders) Use([|users.Users.FirstOrDefault(u => u.UserName == order.Number)|]);")]
    [InlineData("foreach (var user in people) Use(await [|users.IsInRoleAsync(user, \"Admin\")|]);")]
    [InlineData("foreach (var order in orders) Use(await [|roles.RoleExistsAsync(order.Number)|]);")]
    [InlineData("Use(await Task.WhenAll(people.Select([|users.GetRolesAsync|])));")]
    public Task Receiver_IsReported(string statements) => Verify.Reported(Receivers(statements));

    [Theory]
    [InlineData("foreach (var id in ids) { using var own = tenants.Open(id); Use(own.Customers.Count(c => c.Points > id)); }")]
    [InlineData("foreach (var id in ids) Use(db.Orders.Local.FirstOrDefault(o => o.Id == id));")]
    [InlineData("foreach (var id in ids) Use(repository.Fake().Count(n => n.Customer == id));")]
    [InlineData("foreach (var id in ids) Use(repository.Foreign.Count(n => n.Length == id));")]
    [InlineData("foreach (var id in ids) Use(db.Orders.Where(o => o.CustomerId == id));")]
    [InlineData("foreach (var id in ids) db.Database.ExecuteSql($\"delete from Orders where Id = {id}\");")]
    [InlineData("foreach (var id in ids) await connection.ExecuteAsync(\"delete from Orders where Id = @id\", new { id });")]
    [InlineData("using var multi = await connection.QueryMultipleAsync(\"select 1\"); foreach (var id in ids) Use(multi.Read<int>());")]
    [InlineData("foreach (var order in orders) Use(db.Entry(order).State);")]
    [InlineData("foreach (var order in orders) db.Entry(order).Reference(o => o.Customer).IsLoaded = true;")]
    [InlineData("foreach (var order in orders) { var reference = db.Entry(order).Reference(o => o.Customer); if (!reference.IsLoaded) await reference.LoadAsync(); }")]
    public Task OtherReceiver_IsSilent(string statements) => Verify.Silent(Receivers(statements));

    private static string Receivers(string statements) => $$"""
        using Dapper;
        using Microsoft.AspNetCore.Identity;
        using System.Data.Common;

        public record Number(int Customer, string Text);

        public interface ITenants
        {
            ShopContext Open(int tenant);
        }

        public class OrderRepository(ShopContext db, IQueryable<string> foreign)
        {
            public IQueryable<Number> All => db.Orders.Select(o => new Number(o.CustomerId, o.Number));

            public IQueryable<string> Foreign => foreign;

            public IQueryable<Order> Orders() => db.Orders.AsNoTracking();

            public IQueryable<Number> Numbers()
            {
                var query = db.Orders.Where(o => o.Total > 0);
                return query.Select(o => new Number(o.CustomerId, o.Number));
            }

            public IQueryable<Order> OfCustomer(int id) => db.Orders.Where(o => o.CustomerId == id);

            public IQueryable<Number> Fake() => new List<Number>().AsQueryable();
        }

        public class Report(
            ShopContext db, IDbContextFactory<ShopContext> factory, IServiceScopeFactory scopes, OrderRepository repository, DbConnection connection,
            UserManager<IdentityUser> users, RoleManager<IdentityRole> roles, ITenants tenants)
        {
            private static readonly Func<ShopContext, int, Task<Customer?>> ById =
                EF.CompileAsyncQuery((ShopContext context, int id) => context.Customers.FirstOrDefault(c => c.Id == id));

            private static Func<ShopContext, int, Customer?> Compiled { get; } =
                EF.CompileQuery((ShopContext context, int id) => context.Customers.FirstOrDefault(c => c.Id == id));

            public async Task Run(List<int> ids, List<Order> orders, DbSet<Customer> set, IQueryable<Order> queryable, List<IdentityUser> people)
            {
                await Task.Yield();
                {{statements}}
            }

            private static void Use(object? value) { }
        }
        """;

    private static Task Reported(string statements) => Verify.Reported(Source(statements));

    private static Task Silent(string statements) => Verify.Silent(Source(statements));

    private static string Source(string statements) => $$"""
        using System.Collections.Frozen;
        using System.Collections.Immutable;

        #pragma warning disable CS0219, CS8321, CS1998, CS8602

        public static class Own
        {
            public static async Task EachAsync<T>(this IEnumerable<T> items, Func<T, Task> body)
            {
                foreach (var item in items)
                    await body(item);
            }

            public static async Task<List<TResult>> SelectAsync<T, TResult>(this IEnumerable<T> items, Func<T, Task<TResult>> selector)
            {
                var results = new List<TResult>();
                foreach (var item in items)
                    results.Add(await selector.Invoke(item));
                return results;
            }

            public static Task<TResult[]> SelectAllAsync<T, TResult>(this IEnumerable<T> items, Func<T, Task<TResult>> selector) => Task.WhenAll(items.Select(selector));

            public static async Task<TResult[]> MapAsync<T, TResult>(IReadOnlyList<T> items, Func<T, Task<TResult>> selector)
            {
                if (items is null)
                    throw new ArgumentNullException(nameof(items));
                var results = new TResult[items.Count];
                for (var i = 0; i < items.Count; i++)
                    results[i] = await selector(items[i]).ConfigureAwait(false);
                return results;
            }

            public static Task ThroughAsync<T>(this IEnumerable<T> items, Func<T, Task> body) => EachAsync(items, body);

            public static IEnumerable<TResult> Lazily<T, TResult>(this IEnumerable<T> items, Func<T, TResult> selector)
            {
                foreach (var item in items)
                    yield return selector(item);
            }

            public static void Indexed<T>(IEnumerable<T> items, Action<T, int> body)
            {
                var index = 0;
                var list = items.ToList();
                list.ForEach(item => body(item, index++));
            }

            public static async Task<T> RetryAsync<T>(Func<Task<T>> action)
            {
                for (var attempt = 0; ; attempt++)
                {
                    try
                    {
                        return await action();
                    }
                    catch (TimeoutException) when (attempt < 3)
                    {
                    }
                }
            }

            public static Task<TResult> OnceAsync<T, TResult>(List<T> items, Func<List<T>, Task<TResult>> body) => body(items);

            public static async Task InChunksAsync<T>(this IEnumerable<T> items, int size, Func<T[], Task> body)
            {
                foreach (var chunk in items.Chunk(size))
                    await body(chunk);
            }

            public static Func<T, TResult> Later<T, TResult>(IEnumerable<T> items, Func<T, TResult> body) => body;

            public static void Recursive<T>(IEnumerable<T> items, Action<T> body) => Recursive(items, body);

            public static void There<T>(IEnumerable<T> items, Action<T> body)
            {
                AndBack(items, body);
                foreach (var item in items)
                    body(item);
            }

            public static void AndBack<T>(IEnumerable<T> items, Action<T> body) => There(items, item => body(item));

            public static void Callback<T>(IEnumerable<T> items, Action done)
            {
                foreach (var item in items)
                {
                }

                done();
            }
        }

        public class Report(ShopContext db)
        {
            public async Task Run(List<int> ids, List<Order> orders, IAsyncEnumerable<int> stream, Dictionary<int, string> byId, List<Func<Customer?>> later)
            {
                await Task.Yield();
                {{statements}}
            }

            private Customer? Load(int id) => db.Customers.Find(id);

            private void Print(int id) => Use(db.Customers.Find(id));

            private async Task PrintAsync(int id) => Use(await db.Customers.FindAsync(id));

            private async Task<Customer?> LoadAsync(int id) => await db.Customers.FindAsync(id);

            private async ValueTask LoadOneAsync(int id, CancellationToken token) => Use(await db.Customers.FirstAsync(c => c.Id == id, token));

            private static async Task Each<T>(IEnumerable<T> items, Func<T, Task> body)
            {
                var tasks = new List<Task>();
                foreach (var item in items)
                    tasks.Add(body(item));
                await Task.WhenAll(tasks);
            }

            private static void Use(object? value) { }
        }
        """;
}

using BackendPatterns.Analyzers.Rules.DataAccess;
using Microsoft.CodeAnalysis.Testing;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.DataAccess.BP1001QueryInLoopAnalyzer, BackendPatterns.Analyzers.Tests.Verification.NoFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.DataAccess;

/// <summary>Reads behind calls: how far they are followed, and where they stay silent although they are followed.</summary>
public class BP1001CallChainTests
{
    private const string Store = """
        public interface IStore { Task<Customer?> FindAsync(int id); Task<List<Customer>> AllAsync(); Task<List<Customer>> ManyAsync(List<int> ids); Task<List<Customer>> PageAsync(int page); }
        public class Store(ShopContext db) : IStore
        {
            public Task<Customer?> FindAsync(int id) => db.Customers.FirstOrDefaultAsync(c => c.Id == id);
            public Task<List<Customer>> AllAsync() => db.Customers.ToListAsync();
            public Task<List<Customer>> ManyAsync(List<int> ids) => db.Customers.Where(c => ids.Contains(c.Id)).ToListAsync();
            public Task<List<Customer>> PageAsync(int page) => db.Customers.OrderBy(c => c.Id).Skip(page * 50).Take(50).ToListAsync();
            public async Task<int> EachPageAsync(int id)
            {
                var all = 0;
                for (var page = 0; ; page++)
                {
                    var rows = await db.Orders.Where(o => o.CustomerId == id).OrderBy(o => o.Id).Skip(page * 50).Take(50).ToListAsync();
                    all += rows.Count;
                    if (rows.Count < 50)
                        return all;
                }
            }
        }

        public class CachedStore(ShopContext db)
        {
            private readonly Dictionary<int, Customer?> _known = new();
            private Customer? _first;

            public async Task<Customer?> FindAsync(int id)
            {
                if (_known.TryGetValue(id, out var known))
                    return known;
                return _known[id] = await db.Customers.FindAsync(id);
            }

            public async Task<Customer?> FirstAsync(int id) => _first ??= await db.Customers.FindAsync(id);
        }

        public class Loader(IStore store)
        {
            public async Task<string> NameAsync(Order order) => (await RowAsync(order.CustomerId))?.Name ?? "";
            private Task<Customer?> RowAsync(int id) => store.FindAsync(id);
        }

        public class OrderView(ShopContext db, Order order)
        {
            public int Lines => db.Lines.Count(l => l.OrderId == order.Id);
            public int Id => order.Id;
            public Order? this[int id] => db.Orders.Find(id);
        }

        public class LoadedOrder
        {
            public LoadedOrder(ShopContext db, int id) => Order = db.Orders.Find(id);
            public LoadedOrder(Order order) => Order = order;
            public Order? Order { get; }
        }

        public static class Loads
        {
            public static Task<int> LinesAsync(this Order order, ShopContext db) => db.Lines.CountAsync(l => l.OrderId == order.Id);
            public static int Size(this Order order) => order.Lines.Count;
        }

        public interface IRequest<T>;
        public interface INotification;
        public interface IRequestHandler<TRequest, TResponse> { Task<TResponse> Handle(TRequest request, CancellationToken token); }
        public interface INotificationHandler<T> { Task Handle(T notification, CancellationToken token); }
        public interface IMediator { Task<T> Send<T>(IRequest<T> request, CancellationToken token = default); Task Publish(INotification notification, CancellationToken token = default); }
        public record GetCustomer(int Id) : IRequest<Customer?>;
        public record Touched(int Id) : INotification;
        public class GetCustomerHandler(IStore store) : IRequestHandler<GetCustomer, Customer?> { public Task<Customer?> Handle(GetCustomer request, CancellationToken token) => store.FindAsync(request.Id); }
        public class TouchedHandler : INotificationHandler<Touched> { public Task Handle(Touched notification, CancellationToken token) => Task.CompletedTask; }
        """;

    [Theory]
    [InlineData("await store.FindAsync(order.CustomerId)", "Store.FindAsync → IQueryable.FirstOrDefaultAsync")]
    [InlineData("await concrete.FindAsync(order.CustomerId)", "Store.FindAsync → IQueryable.FirstOrDefaultAsync")]
    [InlineData("await loader.NameAsync(order)", "Loader.NameAsync → RowAsync → Store.FindAsync → IQueryable.FirstOrDefaultAsync")]
    [InlineData("await order.LinesAsync(db)", "Loads.LinesAsync → IQueryable.CountAsync")]
    [InlineData("view[order.Id]", "OrderView.this[] → DbSet.Find")]
    [InlineData("new LoadedOrder(db, order.Id)", "new LoadedOrder → DbSet.Find")]
    [InlineData("await mediator.Send(new GetCustomer(order.CustomerId))", "GetCustomerHandler.Handle → Store.FindAsync → IQueryable.FirstOrDefaultAsync")]
    [InlineData("await _find(order.CustomerId)", "_find → IQueryable.FirstOrDefaultAsync")]
    [InlineData("await _group(order.CustomerId)", "Store.FindAsync → IQueryable.FirstOrDefaultAsync")]
    [InlineData("await find(order.CustomerId)", "find → IQueryable.FirstOrDefaultAsync")]
    [InlineData("await captured()", "captured → DbSet.FindAsync")]
    [InlineData("Own(order)", "Own → DbSet.Find")]
    public Task ReadBehindCall_IsReported(string call, string chain) => Verify.Reported(
        Program($"_ = {{|#0:{(call.StartsWith("await ", StringComparison.Ordinal) ? call["await ".Length..] : call)}|}};", awaits: call.StartsWith("await ", StringComparison.Ordinal)),
        expected: new DiagnosticResult(BP1001QueryInLoopAnalyzer.Id, Microsoft.CodeAnalysis.DiagnosticSeverity.Warning).WithLocation(0).WithArguments(chain)
            .WithOptions(DiagnosticOptions.IgnoreAdditionalLocations));

    [Theory]
    // The argument is not what is asked for, or nothing of the element is.
    [InlineData("await store.FindAsync(1);")]
    [InlineData("await store.AllAsync();")]
    [InlineData("_ = new LoadedOrder(order);")]
    [InlineData("_ = order.Size();")]
    [InlineData("_ = view.Id;")]
    // Behind a cache guard, or in a loop of the callee.
    [InlineData("await cached.FindAsync(order.CustomerId);")]
    [InlineData("await cached.FirstAsync(order.CustomerId);")]
    [InlineData("await concrete.EachPageAsync(order.CustomerId);")]
    // Not known what runs.
    [InlineData("await mediator.Publish(new Touched(order.Id));")]
    [InlineData("await unknown.FindAsync(order.CustomerId);")]
    [InlineData("await given(order.CustomerId);")]
    [InlineData("await changed(order.CustomerId);")]
    public Task FollowedButHarmless_IsSilent(string statement) => Verify.Silent(Program(statement, awaits: false));

    [Fact]
    public Task PropertyOfTheElementThatReads_IsReported() => Verify.Reported(Store + """

        public class Report
        {
            public int Run(List<OrderView> views)
            {
                var all = 0;
                foreach (var view in views)
                    all += [|view.Lines|];
                return all;
            }
        }
        """);

    [Fact]
    public Task ObjectMadeForTheElement_IsFollowedWithIt_IsReported() => Verify.Reported(Store + """

        public class Row(ShopContext db, int id) { private readonly int _id = id; public Customer? Load() => db.Customers.Find(_id); }

        public class Report(ShopContext db)
        {
            public void Run(List<int> ids)
            {
                foreach (var id in ids)
                {
                    var row = new Row(db, id);
                    [|row.Load()|];
                }
            }
        }
        """);

    [Fact]
    public Task ServiceOfTheElement_IsNoKey_IsSilent() => Verify.Silent(Store + """

        public interface IRule { string Name { get; } Task<bool> AppliesAsync(int customer); }
        public class OpenOrders(ShopContext db) : IRule { public string Name => "open"; public Task<bool> AppliesAsync(int customer) => db.Orders.AnyAsync(o => o.CustomerId == customer && o.Number == Name); }

        public class Report(IEnumerable<IRule> rules)
        {
            public async Task Run(int customer)
            {
                foreach (var rule in rules)
                    await rule.AppliesAsync(customer);
            }
        }
        """);

    [Fact]
    public Task MethodGroupOfAnotherClass_IsReported() => Verify.Reported(Store + """

        public class Report(IStore store)
        {
            public Task Run(List<int> ids) => Task.WhenAll(ids.Select([|store.FindAsync|]));
        }
        """);

    [Fact]
    public Task PageByPageThroughARepository_IsSilent() => Verify.Silent(Store + """

        public class Report(IStore store)
        {
            public async Task Run(int pages)
            {
                for (var page = 0; page < pages; page++)
                    await store.PageAsync(page);
            }
        }
        """);

    [Fact]
    public Task BatchThroughARepository_IsSilent() => Verify.Silent(Store + """

        public class Report(IStore store)
        {
            public async Task Run(List<int> ids)
            {
                foreach (var some in ids.Chunk(100))
                    await store.ManyAsync(some.ToList());
            }
        }
        """);

    [Fact]
    public Task CalleeThatWrites_IsAnotherFinding_IsSilent() => Verify.Silent("""
        public class Store(ShopContext db)
        {
            public async Task TouchAsync(int id) { var row = await db.Customers.FindAsync(id); row!.Points++; await db.SaveChangesAsync(); }
        }

        public class Report(Store store)
        {
            public async Task Run(List<int> ids)
            {
                foreach (var id in ids)
                    await store.TouchAsync(id);
            }
        }
        """);

    [Fact]
    public Task TooManyImplementations_AreSilent() => Verify.Silent($$"""
        public interface IStep { Task<Customer?> RunAsync(int id); }
        {{string.Concat(Enumerable.Range(0, 6).Select(i => $"public class Step{i}(ShopContext db) : IStep {{ public Task<Customer?> RunAsync(int id) => db.Customers.FirstOrDefaultAsync(c => c.Id == id + {i}); }}\n"))}}
        public class Report(IStep step)
        {
            public async Task Run(List<int> ids)
            {
                foreach (var id in ids)
                    await step.RunAsync(id);
            }
        }
        """);

    [Fact]
    public Task EveryLink_IsAnAdditionalPlace() => Verify.Reported("""
        public class Store(ShopContext db)
        {
            public Customer? Find(int id) => {|#3:db.Customers.Find(id)|};
        }

        public class Loader(Store store)
        {
            public Customer? Row(int id) => {|#2:store.Find(id)|};
        }

        public class Report(Loader loader)
        {
            public void Run(List<int> ids)
            {
                {|#1:foreach|} (var id in ids)
                    {|#0:loader.Row(id)|};
            }
        }
        """,
        expected: new DiagnosticResult(BP1001QueryInLoopAnalyzer.Id, Microsoft.CodeAnalysis.DiagnosticSeverity.Warning)
            .WithLocation(0).WithLocation(1).WithLocation(2).WithLocation(3).WithArguments("Loader.Row → Store.Find → DbSet.Find"));

    private static string Program(string statement, bool awaits) => Store + $$"""

        public interface IUnknown { Task<Customer?> FindAsync(int id); }

        public class Report
        {
            private readonly Func<int, Task<Customer?>> _find;
            private readonly Func<int, Task<Customer?>> _group;
            private readonly ShopContext db;

            public Report(ShopContext db, Store concrete)
            {
                this.db = db;
                _find = id => db.Customers.FirstOrDefaultAsync(c => c.Id == id);
                _group = concrete.FindAsync;
            }

            public async Task Run(
                List<Order> orders, IStore store, Store concrete, Loader loader, CachedStore cached, OrderView view, IMediator mediator, IUnknown unknown, Func<int, Task<Customer?>> given)
            {
                await Task.Yield();
                Func<int, Task<Customer?>> find = id => db.Customers.FirstOrDefaultAsync(c => c.Id == id);
                Func<int, Task<Customer?>> changed = id => db.Customers.FirstOrDefaultAsync(c => c.Id == id);
                changed = id => Task.FromResult<Customer?>(null);
                _ = (find, changed);
                foreach (var order in orders)
                {
                    async Task<Customer?> captured() => await db.Customers.FindAsync(order.CustomerId);
                    _ = (Func<Task<Customer?>>)captured;
                    {{(awaits ? statement.Replace("_ = ", "_ = await ", StringComparison.Ordinal) : statement)}}
                }
            }

            private Customer? Own(Order order) => db.Customers.Find(order.CustomerId);
        }
        """;
}

using BackendPatterns.Analyzers.CodeFixes.Architecture;
using BackendPatterns.Analyzers.Rules.Architecture;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.Architecture.BP2003QueryableLeakAnalyzer,
    BackendPatterns.Analyzers.CodeFixes.Architecture.BP2003QueryableLeakFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.Architecture;

public class BP2003QueryableLeakFixTests
{
    [Fact]
    public Task InterfaceImplementationAndCalls_AreFixedTogether() => Verify.Fixed(
        """
        public interface IOrderRepository
        {
            /// <summary>The orders of a customer.</summary>
            IQueryable<Order> [|OfCustomer|](int customerId);
        }

        public class OrderRepository(ShopContext db) : IOrderRepository
        {
            // Newest first.
            public IQueryable<Order> OfCustomer(int customerId) => db.Orders
                .Where(o => o.CustomerId == customerId)
                .OrderByDescending(o => o.PlacedAt);
        }

        public class OrderService(IOrderRepository orders)
        {
            public async Task<int> CountLinesAsync(int customerId, CancellationToken cancellationToken)
            {
                var count = 0;
                foreach (var order in orders.OfCustomer(customerId))
                    count += order.Lines.Count;
                return count;
            }

            public async Task<IEnumerable<Order>> ListAsync(int customerId, CancellationToken cancellationToken) =>
                await orders.OfCustomer(customerId)
                    .ToListAsync(cancellationToken);
        }
        """,
        """
        public interface IOrderRepository
        {
            /// <summary>The orders of a customer.</summary>
            Task<IReadOnlyList<Order>> OfCustomerAsync(int customerId, CancellationToken cancellationToken = default);
        }

        public class OrderRepository(ShopContext db) : IOrderRepository
        {
            // Newest first.
            public async Task<IReadOnlyList<Order>> OfCustomerAsync(int customerId, CancellationToken cancellationToken = default) => await db.Orders
                .Where(o => o.CustomerId == customerId)
                .OrderByDescending(o => o.PlacedAt)
                .ToListAsync(cancellationToken);
        }

        public class OrderService(IOrderRepository orders)
        {
            public async Task<int> CountLinesAsync(int customerId, CancellationToken cancellationToken)
            {
                var count = 0;
                foreach (var order in await orders.OfCustomerAsync(customerId, cancellationToken))
                    count += order.Lines.Count;
                return count;
            }

            public async Task<IEnumerable<Order>> ListAsync(int customerId, CancellationToken cancellationToken) =>
                await orders.OfCustomerAsync(customerId, cancellationToken);
        }
        """);

    [Theory]
    [InlineData("var rows = orders.Open().ToList(); return rows.Count + rows[0].Id;", "var rows = await orders.OpenAsync(token); return rows.Count + rows[0].Id;")]
    [InlineData("var rows = orders.Open().ToList(); rows.Add(new Order()); return rows.Count;", "var rows = (await orders.OpenAsync(token)).ToList(); rows.Add(new Order()); return rows.Count;")]
    [InlineData("List<Order> rows = await orders.Open().ToListAsync(); return rows.Count;", "List<Order> rows = (await orders.OpenAsync()).ToList(); return rows.Count;")]
    [InlineData("IReadOnlyList<Order> rows = await orders.Open().ToListAsync(token); return rows.Count;", "IReadOnlyList<Order> rows = await orders.OpenAsync(token); return rows.Count;")]
    [InlineData("var rows = await orders.Open().ToListAsync(token).ConfigureAwait(false); return rows.Sum(o => o.Total);", "var rows = await orders.OpenAsync(token).ConfigureAwait(false); return rows.Sum(o => o.Total);")]
    [InlineData("var rows = await orders.Open().ToArrayAsync(token); return rows.Length;", "var rows = (await orders.OpenAsync(token)).ToArray(); return rows.Length;")]
    [InlineData("return orders.Open().ToArray().Length;", "return (await orders.OpenAsync(token)).ToArray().Length;")]
    [InlineData("return orders.Open().ToList().Select(o => o.Id);", "return (await orders.OpenAsync(token)).Select(o => o.Id);")]
    [InlineData("return (await orders.Open().ToListAsync(token)).Count;", "return (await orders.OpenAsync(token)).Count;")]
    [InlineData("foreach (var order in (await orders.Open().ToListAsync(token))) order.Total = 0; return 0;", "foreach (var order in (await orders.OpenAsync(token))) order.Total = 0; return 0;")]
    public Task EachWayToEnumerate_IsFixed(string before, string after) => Verify.Fixed(
        Scenario("public IQueryable<Order> [|Open|]() => db.Orders.Where(o => o.Total > 1);", before),
        Scenario("public async Task<IReadOnlyList<Order>> OpenAsync(CancellationToken cancellationToken = default) => await db.Orders.Where(o => o.Total > 1).ToListAsync(cancellationToken);", after));

    [Theory]
    [InlineData("return orders.Open().Where(o => o.Id > 1).ToList();")]
    [InlineData("return orders.Open().Count();")]
    [InlineData("return await orders.Open().FirstOrDefaultAsync();")]
    [InlineData("var query = orders.Open(); return query.ToList();")]
    [InlineData("return orders.Open().ToList<object>();")]
    [InlineData("Func<IQueryable<Order>> open = orders.Open; return open().ToList();")]
    [InlineData("return orders.Open();")]
    [InlineData("return orders?.Open().ToList();")]
    [InlineData("var task = orders.Open().ToListAsync(); return await task;")]
    [InlineData("lock (this) { return orders.Open().ToList(); }")]
    [InlineData("return new[] { 1 }.Select(_ => orders.Open().ToList().Count);")]
    [InlineData("return await orders.Open() /* all */ .ToListAsync();")]
    [InlineData("foreach (var order in orders.Open()) { await other.Orders.Where(o => o.Id == order.Id).ExecuteDeleteAsync(); } return 0;")]
    [InlineData("foreach (var order in orders.Open()) { order.Total = 0; other.SaveChanges(); } return 0;")]
    [InlineData("return nameof(orders.Open) + orders.Open().ToList().Count;")]
    public Task CallThatDoesMoreThanEnumerate_IsNotFixed(string statements) =>
        Verify.NotFixed(Scenario("public IQueryable<Order> [|Open|]() => db.Orders.Where(o => o.Total > 1);", statements));

    private static string Scenario(string member, string statements) => $$"""
        public class OrderRepository(ShopContext db)
        {
            {{member}}
        }

        public class OrderService(OrderRepository orders, ShopContext other)
        {
            public async Task<object?> Run(CancellationToken token)
            {
                await other.SaveChangesAsync(token);
                {{statements}}
            }
        }
        """;

    [Theory]
    [InlineData("public IQueryable<Order> [|Open|](params int[] ids) => db.Orders.Where(o => ids.Contains(o.Id));")]
    [InlineData("public IQueryable<T> [|Open|]<T>() where T : class => db.Set<T>();", "<Order>")]
    [InlineData("public IQueryable<Order> [|Open|]() { try { return db.Orders; } finally { Console.WriteLine(); } }")]
    [InlineData("public IQueryable<Order> [|Open|]() { lock (this) { return db.Orders; } }")]
    [InlineData("public IQueryable<Order> [|Open|]() => throw new NotSupportedException();")]
    [InlineData("[Obsolete] public IQueryable<Order> [|Open|]() => db.Orders;")]
    [InlineData("public IQueryable<Order> [|Open|]() => db.Orders; public int OpenAsync => 1;")]
    [InlineData("public Task<IQueryable<Order>> [|Open|]() => Task.FromResult<IQueryable<Order>>(db.Orders);", "", "(await orders.Open())")]
    [InlineData("public IQueryable<Order> [|Open|]() { var cancellationToken = 1; return db.Orders.Where(o => o.Id > cancellationToken); }")]
    public Task MemberThatCannotSimplyLoad_IsNotFixed(string member, string arguments = "", string? call = null) => Verify.NotFixed($$"""
        #pragma warning disable CS0612
        public class OrderRepository(ShopContext db)
        {
            public object Db => db;
            {{member}}
        }

        public class OrderService(OrderRepository orders)
        {
            public async Task<int> Run() => (await {{call ?? $"orders.Open{arguments}()"}}.ToListAsync()).Count;
        }
        """);

    [Fact]
    public Task PropertyAndMemberWithoutCalls_AreNotFixed() => Verify.NotFixed("""
        public class OrderRepository(ShopContext db)
        {
            public IQueryable<Order> [|Orders|] => db.Orders;
            public IQueryable<Order> [|Open|]() => db.Orders.Where(o => o.Total > 1);
        }

        public class OrderService(OrderRepository orders)
        {
            public Task<List<Order>> Run() => orders.Orders.ToListAsync();
        }
        """);

    [Fact]
    public Task ConventionAndOptionalParameter_AreKept() => Verify.Fixed(
        """
        public class OrderRepository(ShopContext db)
        {
            public Task<int> Count() => db.Orders.CountAsync();

            public IQueryable<Order> [|Open|](int least = 0)
            {
                if (least == 0)
                    return db.Orders;
                return
                    from order in db.Orders
                    where order.Id > least
                    select order;
            }
        }

        public class OrderService(OrderRepository orders)
        {
            public async Task<IReadOnlyList<Order>> Run(CancellationToken token) => orders.Open().ToList();
        }
        """,
        """
        public class OrderRepository(ShopContext db)
        {
            public Task<int> Count() => db.Orders.CountAsync();

            public async Task<IReadOnlyList<Order>> Open(int least = 0, CancellationToken cancellationToken = default)
            {
                if (least == 0)
                    return await db.Orders.ToListAsync(cancellationToken);
                return
                    await (from order in db.Orders
                    where order.Id > least
                    select order).ToListAsync(cancellationToken);
            }
        }

        public class OrderService(OrderRepository orders)
        {
            public async Task<IReadOnlyList<Order>> Run(CancellationToken token) => await orders.Open(cancellationToken: token);
        }
        """);

    [Fact]
    public Task SynchronousAction_BecomesAsynchronous() => Verify.Fixed(
        """
        using Microsoft.AspNetCore.Mvc;

        public class OrderRepository(ShopContext db)
        {
            public IQueryable<Order> [|Open|]() => db.Orders.Where(o => o.Total > 1);
        }

        public class OrdersController(OrderRepository orders) : ControllerBase
        {
            [HttpGet]
            public IActionResult Get() => Ok(orders.Open().ToList());
        }
        """,
        """
        using Microsoft.AspNetCore.Mvc;

        public class OrderRepository(ShopContext db)
        {
            public async Task<IReadOnlyList<Order>> OpenAsync(CancellationToken cancellationToken = default) => await db.Orders.Where(o => o.Total > 1).ToListAsync(cancellationToken);
        }

        public class OrdersController(OrderRepository orders) : ControllerBase
        {
            [HttpGet]
            public async Task<IActionResult> Get() => Ok(await orders.OpenAsync());
        }
        """);

    [Fact]
    public Task TwoMembers_AreFixedByFixAll() => Verify.Fixed(
        """
        public interface IRepository<T> where T : class
        {
            IQueryable<T> [|All|]();

            IQueryable<T> [|Some|](int count);
        }

        public class Repository<T>(ShopContext db) : IRepository<T> where T : class
        {
            public IQueryable<T> All() => db.Set<T>();

            IQueryable<T> IRepository<T>.Some(int count) => db.Set<T>().Take(count);
        }

        public class OrderService(IRepository<Order> orders)
        {
            public async Task<object> Run() => new object[] { await orders.All().ToListAsync(), await orders.Some(3).ToArrayAsync() };
        }
        """,
        """
        public interface IRepository<T> where T : class
        {
            Task<IReadOnlyList<T>> AllAsync(CancellationToken cancellationToken = default);

            Task<IReadOnlyList<T>> SomeAsync(int count, CancellationToken cancellationToken = default);
        }

        public class Repository<T>(ShopContext db) : IRepository<T> where T : class
        {
            public async Task<IReadOnlyList<T>> AllAsync(CancellationToken cancellationToken = default) => await db.Set<T>().ToListAsync(cancellationToken);

            async Task<IReadOnlyList<T>> IRepository<T>.SomeAsync(int count, CancellationToken cancellationToken) => await db.Set<T>().Take(count).ToListAsync(cancellationToken);
        }

        public class OrderService(IRepository<Order> orders)
        {
            public async Task<object> Run() => new object[] { await orders.AllAsync(), (await orders.SomeAsync(3)).ToArray() };
        }
        """);

    [Fact]
    public Task DeclarationsAndCallsInSeveralFiles_GetTheirUsings() => Verify.Run(
        "",
        "",
        options: null,
        OutputKind.DynamicallyLinkedLibrary,
        test =>
        {
            test.TestState.Sources.Clear();
            test.FixedState.Sources.Clear();
            foreach (var (file, text) in new[]
            {
                ("Order.cs", Order),
                ("IOrderRepository.cs", "using System.Linq;\n\nnamespace Shop;\n\npublic interface IOrderRepository\n{\n    IQueryable<Order> [|Open|]();\n}\n"),
                ("OrderRepository.cs", "using System.Linq;\n\nnamespace Shop;\n\npublic class OrderRepository(Context db) : IOrderRepository\n{\n    public IQueryable<Order> Open() => db.Orders;\n}\n"),
                ("OrderService.cs", "using System.Threading.Tasks;\nusing Microsoft.EntityFrameworkCore;\n\nnamespace Shop;\n\npublic class OrderService(IOrderRepository orders)\n{\n    public async Task<int> Count() => (await orders.Open().ToArrayAsync()).Length;\n}\n"),
            })
            {
                test.TestState.Sources.Add((file, text));
            }

            foreach (var (file, text) in new[]
            {
                ("Order.cs", Order),
                ("IOrderRepository.cs", "using System.Collections.Generic;\nusing System.Linq;\nusing System.Threading;\nusing System.Threading.Tasks;\n\nnamespace Shop;\n\npublic interface IOrderRepository\n{\n    Task<IReadOnlyList<Order>> OpenAsync(CancellationToken cancellationToken = default);\n}\n"),
                ("OrderRepository.cs", "using System.Collections.Generic;\nusing System.Linq;\nusing System.Threading;\nusing System.Threading.Tasks;\nusing Microsoft.EntityFrameworkCore;\n\nnamespace Shop;\n\npublic class OrderRepository(Context db) : IOrderRepository\n{\n    public async Task<IReadOnlyList<Order>> OpenAsync(CancellationToken cancellationToken = default) => await db.Orders.ToListAsync(cancellationToken);\n}\n"),
                ("OrderService.cs", "using System.Linq;\nusing System.Threading.Tasks;\nusing Microsoft.EntityFrameworkCore;\n\nnamespace Shop;\n\npublic class OrderService(IOrderRepository orders)\n{\n    public async Task<int> Count() => (await orders.OpenAsync()).ToArray().Length;\n}\n"),
            })
            {
                test.FixedState.Sources.Add((file, text));
            }
        });

    private const string Order = "using Microsoft.EntityFrameworkCore;\n\nnamespace Shop;\n\npublic class Order\n{\n    public int Id { get; set; }\n}\n\npublic class Context : DbContext\n{\n    public DbSet<Order> Orders => Set<Order>();\n}\n";

    [Fact]
    public Task MockOfTheInterface_IsNotFixed() => Verify.NotFixed("""
        public interface IOrderRepository { IQueryable<Order> [|Open|](); }
        public class OrderRepository(ShopContext db) : IOrderRepository { public IQueryable<Order> Open() => db.Orders; }
        public class OrderService(IOrderRepository orders) { public async Task<int> Run() => (await orders.Open().ToListAsync()).Count; }
        public class Mock<T> { public Mock<T> Setup(System.Linq.Expressions.Expression<Func<T, object>> call) => this; }
        public class Checks { public object Orders() => new Mock<IOrderRepository>().Setup(o => o.Open()); }
        """);

    [Fact]
    public Task InterfaceOfAnotherProject_IsFixedWithThisOne() => Verify.Run(
        """
        public class OrderRepository(ShopContext db) : Core.IOrderRepository
        {
            public IQueryable<string> Numbers() => db.Orders.Select(o => o.Number);
        }

        public class OrderService(Core.IOrderRepository orders)
        {
            public async Task<int> Run() => (await orders.Numbers().ToListAsync()).Count;
        }
        """,
        """
        public class OrderRepository(ShopContext db) : Core.IOrderRepository
        {
            public async Task<IReadOnlyList<string>> NumbersAsync(CancellationToken cancellationToken = default) => await db.Orders.Select(o => o.Number).ToListAsync(cancellationToken);
        }

        public class OrderService(Core.IOrderRepository orders)
        {
            public async Task<int> Run() => (await orders.NumbersAsync()).Count;
        }
        """,
        options: null,
        OutputKind.DynamicallyLinkedLibrary,
        test =>
        {
            foreach (SolutionState state in new[] { test.TestState, test.FixedState })
            {
                var core = state.AdditionalProjects["Core"];
                core.AdditionalReferences.AddRange(TestReferences.All);
                core.Sources.Add(("IOrderRepository.cs", state == test.TestState
                    ? "using System.Linq;\n\nnamespace Core;\n\npublic interface IOrderRepository\n{\n    IQueryable<string> [|Numbers|]();\n}\n"
                    : "using System.Collections.Generic;\nusing System.Linq;\nusing System.Threading;\nusing System.Threading.Tasks;\n\nnamespace Core;\n\npublic interface IOrderRepository\n{\n    Task<IReadOnlyList<string>> NumbersAsync(CancellationToken cancellationToken = default);\n}\n"));
                state.AdditionalProjectReferences.Add("Core");
            }
        });
}

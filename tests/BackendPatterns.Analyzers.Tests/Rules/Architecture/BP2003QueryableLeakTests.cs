using Microsoft.CodeAnalysis;
using BackendPatterns.Analyzers.Rules.Architecture;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis.Testing;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.Architecture.BP2003QueryableLeakAnalyzer,
    BackendPatterns.Analyzers.Tests.Verification.NoFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.Architecture;

public class BP2003QueryableLeakTests
{
    private static Task InApplication(string source, bool isReported) => isReported
        ? Verify.Reported(source + Start, output: OutputKind.ConsoleApplication)
        : Verify.Silent(source + Start, output: OutputKind.ConsoleApplication);

    private const string Start = "\npublic static class Start { public static void Main() { } }\n";

    [Theory]
    [InlineData("IQueryable<Order>", "db.Orders.Where(o => o.Total > 1)")]
    [InlineData("IOrderedQueryable<Order>", "db.Orders.OrderBy(o => o.Id)")]
    [InlineData("DbSet<Order>", "db.Orders")]
    [InlineData("IQueryable", "db.Orders")]
    [InlineData("Task<IQueryable<Order>>", "Task.FromResult<IQueryable<Order>>(db.Orders)")]
    [InlineData("ValueTask<IQueryable<string>>", "new(db.Orders.Select(o => o.Number))")]
    public Task QueryOfARepository_IsReported(string type, string value) => Verify.Reported($$"""
        public class OrderRepository(ShopContext db) { public {{type}} [|Open|]() => {{value}}; }
        """);

    [Theory]
    [InlineData("OrderRepository")]
    [InlineData("OrderStore")]
    [InlineData("OrderDao")]
    [InlineData("OrderRepositoryBase")]
    [InlineData("OrderService")]
    public Task EachKindOfName_IsReported(string name) => Verify.Reported($$"""
        public class {{name}}(ShopContext db) { public IQueryable<Order> [|Orders|] => db.Orders; }
        """);

    [Theory]
    [InlineData("Func<IQueryable<Order>, IOrderedQueryable<Order>>? shape = null")]
    [InlineData("Func<IQueryable<Order>, IQueryable<Order>> shape")]
    [InlineData("Action<IQueryable<Order>> shape")]
    [InlineData("System.Linq.Expressions.Expression<Func<IQueryable<Order>, int>> shape")]
    [InlineData("params Func<IQueryable<Order>, IQueryable<Order>>[] shape")]
    [InlineData("IEnumerable<Func<IQueryable<Order>, IQueryable<Order>>> shape")]
    public Task QueryComposedByCallers_IsReported(string parameter) => Verify.Reported($$"""
        public interface IOrderRepository { Task<List<Order>> [|ListAsync|](System.Linq.Expressions.Expression<Func<Order, bool>> filter, {{parameter}}); }
        """);

    [Fact]
    public Task InterfaceAndImplementation_AreReportedOnceAtTheInterface() => Verify.Reported(
        """
        public interface IRepository<T> where T : class { IQueryable<T> {|#0:Query|}(); }
        public class Repository<T>(ShopContext db) : IRepository<T> where T : class { public IQueryable<T> {|#1:Query|}() => db.Set<T>(); }
        public class OrderService(IRepository<Order> orders) { public Task<List<Order>> OpenAsync() => orders.Query().Where(o => o.Total > 1).ToListAsync(); }
        """,
        expected: new DiagnosticResult("BP2003", DiagnosticSeverity.Warning).WithLocation(0).WithLocation(1)
            .WithArguments("IRepository.Query", "returns a query", "return loaded rows"));

    [Fact]
    public Task CallersPartOfTheQuery_IsNamed() => Verify.Reported(
        "public interface IOrderRepository { Task<int> {|#0:CountAsync|}(Func<IQueryable<Order>, IQueryable<Order>> shape); }",
        expected: new DiagnosticResult("BP2003", DiagnosticSeverity.Warning).WithLocation(0)
            .WithArguments("IOrderRepository.CountAsync", "takes a part of its query as 'shape'", "take plain values or a predicate"));

    [Theory]
    [InlineData("public class OrdersController(OrderRepository orders) : Microsoft.AspNetCore.Mvc.ControllerBase { public object Get() => orders.Open().ToList(); }")]
    [InlineData("public class OrderService(OrderRepository orders) { public int Count() => orders.Open().Count(); }")]
    [InlineData("public class OrderWorker { public OrderRepository? Orders { get; set; } public object? Get() => Orders?.Open(); }")]
    [InlineData("public static class Api { public static void Map(WebApplication app) => app.MapGet(\"/\", (OrderRepository orders) => orders.Open().ToList()); }")]
    [InlineData("public class Reports { public Func<IQueryable<Order>> Of(OrderRepository orders) => orders.Open; }")]
    public Task CallerOutside_IsReportedInAnApplication(string caller) =>
        InApplication("public class OrderRepository(ShopContext db) { public IQueryable<Order> [|Open|]() => db.Orders.Where(o => o.Total > 1); }\n" + caller, isReported: true);

    [Theory]
    [InlineData("")]
    [InlineData("public class Text { public string Name => nameof(OrderRepository.Open); public void Open() { } public void Use() => this.Open(); }")]
    [InlineData("public class AuditedOrderRepository(ShopContext db) : OrderRepository(db) { public int Count() => Open().Count() + base.Open().Count() + this.Open().Count(); }")]
    [InlineData("public class CustomerRepository(OrderRepository orders) { public int Count() => orders.Open().Count(); }")]
    [InlineData("public class OrderSeeder(OrderRepository orders) { public int Count() => orders.Open().Count(); }")]
    [InlineData("namespace App.Data { public class OrderQueries(OrderRepository orders) { public int Count() => orders.Open().Count(); } }")]
    [InlineData("public class OtherContext(OrderRepository orders) : DbContext { public int Count() => orders.Open().Count(); }")]
    [InlineData("public class UnitOfWork(OrderRepository orders) { public int Count() => orders.Open().Count(); }")]
    public Task CallerInTheDataLayerOrNone_IsSilentInAnApplication(string caller) =>
        InApplication("public class OrderRepository(ShopContext db) { public IQueryable<Order> Open() => db.Orders.Where(o => o.Total > 1); }\n" + caller, isReported: false);

    [Fact]
    public Task CallersInTheDataLayerOnly_AreSilentInALibrary() => Verify.Silent("""
        public class OrderRepository(ShopContext db) { public IQueryable<Order> Open() => db.Orders.Where(o => o.Total > 1); }
        public class CustomerRepository(OrderRepository orders) { public int Count() => orders.Open().Count(); }
        """);

    [Theory]
    [InlineData("orders.ListAsync(o => o.Total > 1)")]
    [InlineData("orders.ListAsync(o => o.Total > 1, null)")]
    [InlineData("orders.ListAsync(o => o.Total > 1, shape: default)")]
    public Task PartOfTheQueryThatNobodyBrings_IsSilent(string call) => Verify.Silent(Composable("ListAsync", call));

    [Theory]
    [InlineData("orders.ListAsync(o => o.Total > 1, query => query.OrderBy(o => o.Id))")]
    [InlineData("orders.ListAsync(shape: query => query.OrderBy(o => o.Id), filter: o => o.Total > 1)")]
    public Task PartOfTheQueryThatSomeoneBrings_IsReported(string call) => Verify.Reported(Composable("[|ListAsync|]", call));

    private static string Composable(string name, string call) => $$"""
        public class OrderRepository(ShopContext db)
        {
            public Task<List<Order>> {{name}}(System.Linq.Expressions.Expression<Func<Order, bool>> filter, Func<IQueryable<Order>, IQueryable<Order>>? shape = null) =>
                (shape is null ? db.Orders.Where(filter) : shape(db.Orders.Where(filter))).ToListAsync();
        }

        public class OrderService(OrderRepository orders) { public Task<List<Order>> OpenAsync() => {{call}}; }
        """;

    [Theory]
    [InlineData("public class OrderRepository(ShopContext db) { internal IQueryable<Order> A() => db.Orders; protected IQueryable<Order> B() => db.Orders; private IQueryable<Order> C() => db.Orders; }")]
    [InlineData("internal class OrderRepository(ShopContext db) { public IQueryable<Order> A() => db.Orders; }")]
    [InlineData("internal static class Outer { public class OrderRepository(ShopContext db) { public IQueryable<Order> A() => db.Orders; } }")]
    [InlineData("internal interface IOrderRepository { IQueryable<Order> A(); }")]
    public Task InternalMember_IsSilent(string source) => Verify.Silent(source);

    [Theory]
    [InlineData("public class OrderContext : DbContext { public IQueryable<Order> Open => Set<Order>(); }")]
    [InlineData("public class OrderStore : DbContext { public DbSet<Order> Orders => Set<Order>(); }")]
    [InlineData("public interface IOrderStore { DbSet<Order> Orders { get; } } public class Context : DbContext, IOrderStore { public DbSet<Order> Orders { get; set; } = null!; }")]
    [InlineData("public interface IShopContext { DbSet<Order> Orders { get; } }")]
    public Task ContextAndInterfaceOfOne_AreSilent(string source) => Verify.Silent(source);

    [Theory]
    [InlineData("public class OrderRepository(ShopContext db) { public Task<List<Order>> A(System.Linq.Expressions.Expression<Func<Order, bool>> filter) => db.Orders.Where(filter).ToListAsync(); }")]
    [InlineData("public class OrderRepository(ShopContext db) { public IAsyncEnumerable<Order> A() => db.Orders.AsAsyncEnumerable(); public IEnumerable<Order> B() => db.Orders.ToList(); }")]
    [InlineData("public class OrderRepository(ShopContext db) { public Task<int> A(Func<Order, bool> filter, Func<IEnumerable<Order>, int> fold) => Task.FromResult(fold(db.Orders.ToList().Where(filter))); }")]
    public Task LoadedRowsAndPredicates_AreSilent(string source) => Verify.Silent(source);

    [Theory]
    [InlineData("public static class OrderQueryExtensions { public static IQueryable<Order> Open(this IQueryable<Order> orders) => orders.Where(o => o.Total > 1); }")]
    [InlineData("public class PagingService { public IQueryable<T> Page<T>(IQueryable<T> query, int page) => query.Skip(page * 10).Take(10); }")]
    [InlineData("public class OrderService { public IQueryable<Order> Open(ShopContext db) => db.Orders.Where(o => o.Total > 1); }")]
    [InlineData("public class OpenOrdersQuery(ShopContext db) { public IQueryable<Order> Run() => db.Orders.Where(o => o.Total > 1); }")]
    [InlineData("public class OrderRepositoryQuery(ShopContext db) { public IQueryable<Order> Run() => db.Orders; }")]
    [InlineData("public static class OrderService { public static IQueryable<Order> Open(ShopContext db) => db.Orders; }")]
    public Task QueryComposition_IsSilent(string source) => Verify.Silent(source);

    [Theory]
    [InlineData("public interface ISpecification<T> { } public class OrderRepository(ShopContext db) { public IQueryable<Order> Apply(ISpecification<Order> specification) => db.Orders; }")]
    [InlineData("public interface ISpecification<T> { } public class SpecificationEvaluator { public IQueryable<T> GetQuery<T>(IQueryable<T> input, ISpecification<T> specification) => input; }")]
    [InlineData("public class OrderSpecificationEvaluator(ShopContext db) { public IQueryable<Order> GetQuery() => db.Orders; }")]
    public Task SpecificationLibrary_IsSilent(string source) => Verify.Silent(source);

    [Fact]
    public Task ContractOfALibrary_IsSilent() => Verify.Silent("""
        using Microsoft.AspNetCore.Identity;

        public class UserStore(ShopContext db) : IQueryableUserStore<Customer>
        {
            public IQueryable<Customer> Users => db.Customers;
            public Task<IdentityResult> CreateAsync(Customer user, CancellationToken token) => throw new NotSupportedException();
            public Task<IdentityResult> DeleteAsync(Customer user, CancellationToken token) => throw new NotSupportedException();
            public Task<Customer?> FindByIdAsync(string userId, CancellationToken token) => throw new NotSupportedException();
            public Task<Customer?> FindByNameAsync(string name, CancellationToken token) => throw new NotSupportedException();
            public Task<string?> GetNormalizedUserNameAsync(Customer user, CancellationToken token) => throw new NotSupportedException();
            public Task<string> GetUserIdAsync(Customer user, CancellationToken token) => throw new NotSupportedException();
            public Task<string?> GetUserNameAsync(Customer user, CancellationToken token) => throw new NotSupportedException();
            public Task SetNormalizedUserNameAsync(Customer user, string? name, CancellationToken token) => throw new NotSupportedException();
            public Task SetUserNameAsync(Customer user, string? name, CancellationToken token) => throw new NotSupportedException();
            public Task<IdentityResult> UpdateAsync(Customer user, CancellationToken token) => throw new NotSupportedException();
            public void Dispose() { }
        }
        """);

    [Fact]
    public Task OverrideOfAReportedMember_IsNotReportedAgain() => Verify.Reported("""
        public abstract class RepositoryBase { public abstract IQueryable<Order> [|Open|](); }
        public class OrderRepository(ShopContext db) : RepositoryBase { public override IQueryable<Order> Open() => db.Orders; }
        """);

    [Theory]
    [InlineData("private readonly List<Order> _orders = new(); public IQueryable<Order> Open() => _orders.AsQueryable();")]
    [InlineData("public IQueryable<int> Numbers() { var numbers = new[] { 1, 2 }; return numbers.AsQueryable().Where(n => n > 1); }")]
    public Task RowsInMemory_AreSilent(string member) => Verify.Silent($$"""public class OrderRepository { {{member}} }""");

    [Theory]
    [InlineData("public interface IMenuService { IQueryable<string> Items(); }")]
    [InlineData("public class MenuService(Func<IQueryable<string>> items) { public IQueryable<string> Items() => items(); }")]
    [InlineData("public interface IShapeService { string Of(Func<IQueryable<string>, IQueryable<string>> shape); }")]
    public Task ServiceThatNothingShowsToReadADatabase_IsSilent(string source) => Verify.Silent(source);

    [Fact]
    public Task QueryOfARepositoryHandedOnByAService_IsReported() => Verify.Reported("""
        public interface IRepository { IQueryable<string> [|Names|](); }
        public class NameService(IRepository names) { public IQueryable<string> [|Short|]() => names.Names().Where(n => n.Length < 3); }
        """);

    [Theory]
    [InlineData("Microsoft.AspNetCore.OData", "namespace Microsoft.AspNetCore.OData.Query { public class EnableQueryAttribute : System.Attribute { } }", "[Microsoft.AspNetCore.OData.Query.EnableQuery]")]
    [InlineData("HotChocolate.Data", "namespace HotChocolate.Data { public class UseProjectionAttribute : System.Attribute { } }", "[HotChocolate.Data.UseProjection]")]
    [InlineData("HotChocolate.Types", "namespace HotChocolate { public class Resolver { } }", "")]
    public Task EndpointWhoseLibraryTranslatesTheRequest_IsSilent(string library, string types, string attribute) => Verify.Run(
        $$"""
        public class OrderRepository(ShopContext db) { public IQueryable<Order> Open() => db.Orders.Where(o => o.Total > 1); }
        public class Orders(OrderRepository orders) { {{attribute}} public IQueryable<Order> Get() => orders.Open(); }
        """,
        fixedSource: null, options: null, OutputKind.DynamicallyLinkedLibrary, test => AddLibrary(test, library, types));

    [Fact]
    public Task OtherCallerBesideAQueryLibrary_IsReported() => Verify.Run(
        """
        public class OrderRepository(ShopContext db) { public IQueryable<Order> [|Open|]() => db.Orders.Where(o => o.Total > 1); }
        public class Orders(OrderRepository orders) { public int Count() => orders.Open().Count(); }
        """,
        fixedSource: null, options: null, OutputKind.DynamicallyLinkedLibrary,
        test => AddLibrary(test, "HotChocolate.Data", "namespace HotChocolate.Data { public class UseProjectionAttribute : System.Attribute { } }"));

    [Fact]
    public Task InterfaceOfAnotherProject_IsReportedThereOnly() => Verify.Run(
        "public class OrderRepository(ShopContext db) : Core.IOrderRepository { public IQueryable<string> Open() => db.Orders.Select(o => o.Number); }",
        fixedSource: null, options: null, OutputKind.DynamicallyLinkedLibrary,
        test => AddLibrary(test, "Core", "using System.Linq; namespace Core { public interface IOrderRepository { IQueryable<string> [|Open|](); } }"));

    private static void AddLibrary(RuleTest<BP2003QueryableLeakAnalyzer, NoFix> test, string name, string source)
    {
        var library = new ProjectState(name, LanguageNames.CSharp, "/" + name + "/Test", "cs") { Sources = { source } };
        library.AdditionalReferences.AddRange(TestReferences.All);
        test.TestState.AdditionalProjects.Add(name, library);
        test.TestState.AdditionalProjectReferences.Add(name);
    }
}

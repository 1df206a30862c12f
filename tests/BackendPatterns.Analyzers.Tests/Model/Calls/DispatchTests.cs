using System.Globalization;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Tests.Model.Calls;

public class DispatchTests
{
    [Theory]
    // Interfaces and overrides.
    [InlineData("interface IStore { Customer? Load(int id); } class Store(ShopContext db) : IStore { public Customer? Load(int id) => db.Customers.Find(id); }", "void Run(IStore store, int id) => store.Load(id);", "Store.Load → DbSet.Find")]
    [InlineData("interface IStore { Customer? Load(int id); } class Store(ShopContext db) : IStore { Customer? IStore.Load(int id) => db.Customers.Find(id); }", "void Run(IStore store, int id) => store.Load(id);", "Store.Load → DbSet.Find")]
    [InlineData("interface IStore { Customer? Load(int id); }", "void Run(IStore store, int id) => store.Load(id);", null)]
    [InlineData("interface IStore { Customer? Load(int id) => Inner(id); Customer? Inner(int id); } class Store(ShopContext db) : IStore { public Customer? Inner(int id) => db.Customers.Find(id); }", "void Run(IStore store, int id) => store.Load(id);", "IStore.Load → Store.Inner → DbSet.Find")]
    [InlineData("abstract class Store { public abstract Customer? Load(int id); } class DbStore(ShopContext db) : Store { public override Customer? Load(int id) => db.Customers.Find(id); }", "void Run(Store store, int id) => store.Load(id);", "DbStore.Load → DbSet.Find")]
    [InlineData("class Store { public virtual Customer? Load(int id) => null; } class DbStore(ShopContext db) : Store { public override Customer? Load(int id) => db.Customers.Find(id); }", "void Run(Store store, int id) => store.Load(id);", "DbStore.Load → DbSet.Find")]
    [InlineData("class Store(ShopContext db) { public virtual Customer? Load(int id) => db.Customers.Find(id); } class Empty(ShopContext db) : Store(db) { public override Customer? Load(int id) => null; }", "void Run(Empty store, int id) => store.Load(id);", null)]
    [InlineData("class Store(ShopContext db) { public virtual Customer? Load(int id) => db.Customers.Find(id); } class Same(ShopContext db) : Store(db);", "void Run(Same store, int id) => store.Load(id);", "Store.Load → DbSet.Find")]
    [InlineData("class Store(ShopContext db) { public virtual Customer? Load(int id) => db.Customers.Find(id); } class Empty(ShopContext db) : Store(db) { public override Customer? Load(int id) => null; public Customer? Two(int id) => base.Load(id); }", "void Run(Empty store, int id) => store.Two(id);", "Empty.Two → Store.Load → DbSet.Find")]
    // Of several implementations at least half must ask; what does nothing and what stands in for the real thing are not counted.
    [InlineData("interface IFiles { string Read(int id); } class DbFiles(ShopContext db) : IFiles { public string Read(int id) => db.Customers.Find(id)!.Name; } class LocalFiles : IFiles { public string Read(int id) => File.ReadAllText(id.ToString()); }", "void Run(IFiles files, int id) => files.Read(id);", null)]
    [InlineData("interface IFiles { string Read(int id); } class DbFiles(ShopContext db) : IFiles { public string Read(int id) => db.Customers.Find(id)!.Name; } class InMemoryFiles : IFiles { public string Read(int id) => File.ReadAllText(id.ToString()); }", "void Run(IFiles files, int id) => files.Read(id);", "DbFiles.Read → DbSet.Find")]
    [InlineData("interface IFiles { string Read(int id); } class DbFiles(ShopContext db) : IFiles { public string Read(int id) => db.Customers.Find(id)!.Name; } class NoFiles : IFiles { public string Read(int id) => throw new NotSupportedException(); }", "void Run(IFiles files, int id) => files.Read(id);", "DbFiles.Read → DbSet.Find")]
    [InlineData("interface IFiles { string Read(int id); } class DbFiles(ShopContext db) : IFiles { public string Read(int id) => db.Customers.Find(id)!.Name; } class OldFiles(ShopContext db) : IFiles { public string Read(int id) => db.Orders.Find(id)!.Customer.Name; } class LocalFiles : IFiles { public string Read(int id) => File.ReadAllText(id.ToString()); }", "void Run(IFiles files, int id) => files.Read(id);", "DbFiles.Read → DbSet.Find")]
    [InlineData("interface IFiles { string Read(int id); } class DbFiles(ShopContext db) : IFiles { public string Read(int id) => db.Customers.Find(id)!.Name; } class LocalFiles : IFiles { public string Read(int id) => File.ReadAllText(id.ToString()); } class Page(IFiles files) { public string Show(int id) => files.Read(id); }", "void Run(Page page, int id) => page.Show(id);", null)]
    // The object is made here, so it is known what it is.
    [InlineData("interface IStore { Customer? Load(int id); } class Store(ShopContext db) : IStore { public Customer? Load(int id) => db.Customers.Find(id); } class Empty : IStore { public Customer? Load(int id) => null; }", "void Run(IStore _, int id) { IStore store = new Empty(); store.Load(id); }", null)]
    [InlineData("interface IStore { Customer? Load(int id); } class Store(ShopContext db) : IStore { public Customer? Load(int id) => db.Customers.Find(id); } class Empty : IStore { public Customer? Load(int id) => null; }", "private readonly IStore _store = new Empty(); void Run(int id) { _store.Load(id); }", null)]
    [InlineData("interface IStore { Customer? Load(int id); } class Store(ShopContext db) : IStore { public Customer? Load(int id) => db.Customers.Find(id); } class Empty : IStore { public Customer? Load(int id) => null; }", "private readonly IStore _store; public Test(ShopContext db) { _store = new Store(db); } void Run(int id) { _store.Load(id); }", "Store.Load → DbSet.Find")]
    // Generic repositories.
    [InlineData("interface IRepository<T> { T? Load(int id); } class Repository<T>(ShopContext db) : IRepository<T> where T : class { public T? Load(int id) => db.Set<T>().Find(id); }", "void Run(IRepository<Order> orders, int id) => orders.Load(id);", "Repository.Load → DbSet.Find")]
    [InlineData("interface IRepository<T> { T? Load(int id); } interface IOrders : IRepository<Order>; class Repository<T>(ShopContext db) : IRepository<T> where T : class { public T? Load(int id) => db.Set<T>().Find(id); } class Orders(ShopContext db) : Repository<Order>(db), IOrders;", "void Run(IOrders orders, int id) => orders.Load(id);", "Repository.Load → DbSet.Find")]
    [InlineData("interface IRepository<T> { T? Load(int id); } class Orders(ShopContext db) : IRepository<Order> { public Order? Load(int id) => db.Orders.Find(id); } class Customers : IRepository<Customer> { public Customer? Load(int id) => null; }", "void Run(IRepository<Customer> customers, int id) => customers.Load(id);", null)]
    [InlineData("class Repository<T>(ShopContext db) where T : class { public virtual T? Load(int id) => db.Set<T>().Find(id); } class Orders(ShopContext db) : Repository<Order>(db);", "void Run(Orders orders, int id) => orders.Load(id);", "Repository.Load → DbSet.Find")]
    // A class in front of another one that implements the same interface.
    [InlineData("interface IStore { Customer? Load(int id); } class Store(ShopContext db) : IStore { public Customer? Load(int id) => db.Customers.Find(id); } class Cached(IStore inner) : IStore { private readonly Dictionary<int, Customer?> known = new(); public Customer? Load(int id) { if (!known.TryGetValue(id, out var row)) known[id] = row = inner.Load(id); return row; } }", "void Run(IStore store, int id) => store.Load(id);", null)]
    [InlineData("interface IStore { Customer? Load(int id); } class Store(ShopContext db) : IStore { public Customer? Load(int id) => db.Customers.Find(id); } class Logged(IStore inner) : IStore { public Customer? Load(int id) { Console.WriteLine(id); return inner.Load(id); } }", "void Run(IStore store, int id) => store.Load(id);", "Logged.Load → Store.Load → DbSet.Find")]
    // Static, extension and partial methods, properties, indexers, constructors.
    [InlineData("static class Store { public static Customer? Load(ShopContext db, int id) => db.Customers.Find(id); }", "void Run(ShopContext db, int id) => Store.Load(db, id);", "Store.Load → DbSet.Find")]
    [InlineData("static class Store { public static Customer? Load(this ShopContext db, int id) => db.Customers.Find(id); }", "void Run(ShopContext db, int id) => db.Load(id);", "Store.Load → DbSet.Find")]
    [InlineData("partial class Store { public partial Customer? Load(int id); } partial class Store(ShopContext db) { public partial Customer? Load(int id) => db.Customers.Find(id); }", "void Run(Store store, int id) => store.Load(id);", "Store.Load → DbSet.Find")]
    [InlineData("class Store(ShopContext db) { public Customer? this[int id] => db.Customers.Find(id); }", "object? Run(Store store, int id) => store[id];", "Store.this[] → DbSet.Find")]
    [InlineData("class Row(ShopContext db, int key) { public int Key => key; public Customer? Owner => db.Customers.Find(Key); }", "object? Run(Row id) => id.Owner;", "Row.Owner → DbSet.Find")]
    [InlineData("class Row { public Row(ShopContext db, int id) { Owner = db.Customers.Find(id); } public Customer? Owner { get; } }", "object? Run(ShopContext db, int id) => new Row(db, id);", "new Row → DbSet.Find")]
    [InlineData("class Row { public int Key { get; set; } public Customer? Load(ShopContext db) => db.Customers.Find(Key); }", "object? Run(ShopContext db, Row id) => id.Load(db);", "Row.Load → DbSet.Find")]
    [InlineData("class Store(ShopContext db) { private readonly int _tenant = 1; public Customer? Load(int id) => Inner(id.ToString().Length); private Customer? Inner(int _) => db.Customers.Find(_tenant); }", "object? Run(Store store, int id) => store.Load(id);", null)]
    // Delegates.
    [InlineData("", "object? Run(ShopContext db, int id) { Func<int, Customer?> load = key => db.Customers.Find(key); return load(id); }", "load → DbSet.Find")]
    [InlineData("", "object? Run(ShopContext db, int id) { Func<int, Customer?> load = Inner; return load?.Invoke(id); Customer? Inner(int key) => db.Customers.Find(key); }", "Inner → DbSet.Find")]
    [InlineData("", "private readonly Func<int, Customer?> _load; public Test(ShopContext db) { _load = key => db.Customers.Find(key); } object? Run(int id) => _load(id);", "_load → DbSet.Find")]
    [InlineData("class Store(ShopContext db) { public Customer? Find(int id) => db.Customers.Find(id); }", "object? Run(Store store, int id) { Func<int, Customer?> load = store.Find; return load(id); }", "Store.Find → DbSet.Find")]
    [InlineData("", "object? Run(ShopContext db, int id) { Func<int, Customer?> load = key => db.Customers.Find(key); load = key => null; return load(id); }", null)]
    [InlineData("", "object? Run(Func<int, Customer?> load, int id) => load(id);", null)]
    // Requests and their handlers, home-made.
    [InlineData("interface IQuery<T>; interface IQueryHandler<TQuery, T> { T Handle(TQuery query); } interface IBus { T Ask<T>(IQuery<T> query); } record GetCustomer(int Id) : IQuery<Customer?>; class GetCustomerHandler(ShopContext db) : IQueryHandler<GetCustomer, Customer?> { public Customer? Handle(GetCustomer query) => db.Customers.Find(query.Id); }", "object? Run(IBus bus, int id) => bus.Ask(new GetCustomer(id));", "GetCustomerHandler.Handle → DbSet.Find")]
    [InlineData("interface ICommand; interface ICommandHandler<T> { void Handle(T command); } class Bus(IServiceProvider services) { public void Send(ICommand command) { dynamic handler = services.GetService(typeof(ICommandHandler<>).MakeGenericType(command.GetType()))!; handler.Handle((dynamic)command); } } record Load(int Id) : ICommand; class LoadHandler(Store store) : ICommandHandler<Load> { public void Handle(Load command) => store.Load(command.Id); } class Store(ShopContext db) { public Customer? Load(int id) => db.Customers.Find(id); }", "void Run(Bus bus, int id) => bus.Send(new Load(id));", "LoadHandler.Handle → Store.Load → DbSet.Find")]
    [InlineData("interface IQuery<T>; interface IBus { T Ask<T>(IQuery<T> query); } record GetCustomer(int Id) : IQuery<Customer?>;", "object? Run(IBus bus, int id) => bus.Ask(new GetCustomer(id));", null)]
    [InlineData("interface IQuery<T>; interface IQueryHandler<TQuery, T> { T Handle(TQuery query); } interface IBus { T Ask<T>(IQuery<T> query); } record GetCustomer(int Id) : IQuery<Customer?>; record Other(int Id) : IQuery<Customer?>; class OtherHandler(ShopContext db) : IQueryHandler<Other, Customer?> { public Customer? Handle(Other query) => db.Customers.Find(query.Id); }", "object? Run(IBus bus, int id) => bus.Ask(new GetCustomer(id));", null)]
    // What only chooses the page is a way through the pages, told apart by End.IsNextPage.
    [InlineData("class Store(ShopContext db) { public List<Customer> Page(int page) => db.Customers.OrderBy(c => c.Id).Skip(page * 10).Take(10).ToList(); }", "object? Run(Store store, int id) => store.Page(id);", "Store.Page → IQueryable.ToList (next page)")]
    public void CallLeads_WhereItRuns(string types, string member, string? expected)
    {
        var test = ModelTest.Compile($$"""
            #pragma warning disable CS9113, CS8321, CS0219, CS0649, CS9124
            {{types.Replace("\n", " ", StringComparison.Ordinal)}}
            partial class Test { {{member}} }
            """);
        var run = test.Tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().Last(method => method.Identifier.ValueText == "Run");
        var semantics = test.Model.SemanticModelOf(test.Tree)!;
        var found = run.DescendantNodes().OfType<ExpressionSyntax>().Where(node => node is not BaseObjectCreationExpressionSyntax || expected?.StartsWith("new ", StringComparison.Ordinal) == true)
            .Select(node => semantics.GetOperation(node))
            .Where(operation => operation is IInvocationOperation or IPropertyReferenceOperation or IObjectCreationOperation)
            .Select(operation => test.Model.Calls.RoundTripBehind(operation!, RoundTripKind.DatabaseRead, value => value.Syntax.DescendantNodesAndSelf().Any(node => node.ToString() == "id")))
            .FirstOrDefault(chain => chain is not null);
        Assert.Equal(expected, found is null ? null : found.Text + (found.End.IsNextPage ? " (next page)" : ""));
    }

    [Theory]
    [InlineData(4, 4)]
    [InlineData(5, 0)]
    public void FewImplementations_AreAnAnswer_ManyAreNone(int count, int expected)
    {
        var implementations = string.Concat(Enumerable.Range(0, count).Select(i =>
            string.Create(CultureInfo.InvariantCulture, $"class Store{i}(ShopContext db) : IStore {{ public Customer? Load(int id) => db.Customers.Find(id); }}\n")));
        var test = ModelTest.Compile($$"""
            interface IStore { Customer? Load(int id); }
            {{implementations}}
            class Test(IStore store) { void Run(int id) => store.Load(id); }
            """);
        var call = (IInvocationOperation)test.Call("store.Load");
        Assert.Equal(expected, test.Model.Calls.BodiesOf(call.TargetMethod).Length);
        Assert.Equal(expected > 0, test.Model.Calls.Reaches(call.TargetMethod, RoundTripKind.DatabaseRead));
    }

    [Fact]
    public void Bodies_AreTheMethodItselfAndItsOverrides()
    {
        var test = ModelTest.Compile("""
            class Base { public virtual void Virtual() { } public void Plain() { } }
            class Derived : Base { public override void Virtual() { } }
            class Test { void Run(Base target) { target.Virtual(); target.Plain(); target.ToString(); } }
            """);
        Assert.Equal(["Base.Virtual()", "Derived.Virtual()"], Bodies("target.Virtual"));
        Assert.Equal(["Base.Plain()"], Bodies("target.Plain"));
        Assert.Empty(Bodies("target.ToString"));

        IEnumerable<string> Bodies(string call) => test.Model.Calls.BodiesOf(((IInvocationOperation)test.Call(call)).TargetMethod).Select(method => method.ToDisplayString()).Order(StringComparer.Ordinal);
    }

    [Fact]
    public void CallersThatCallEachOther_ComeToAnEnd()
    {
        var test = ModelTest.Compile("""
            interface INode { int Sum(int id); }
            class Left(INode other) : INode { public int Sum(int id) => id == 0 ? 0 : other.Sum(id - 1) + Again(id); private int Again(int id) => Sum(id); }
            class Right(ShopContext db) : INode { public int Sum(int id) => new Left(this).Sum(id) + db.Orders.Count(o => o.Id == id); }
            class Test(INode node) { void Run(int id) => node.Sum(id); }
            """);
        Assert.Equal("Left.Sum → Right.Sum → IQueryable.Count", test.Model.Calls.RoundTripBehind(test.Call("node.Sum"), RoundTripKind.DatabaseRead, _ => true)?.Text);
    }
}

using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Calls;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BackendPatterns.Analyzers.Tests.Model.Calls;

public class NameReachabilityTests
{
    private static readonly RoundTripKind[] Kinds = [RoundTripKind.DatabaseRead, RoundTripKind.DatabaseWrite, RoundTripKind.Remote, RoundTripKind.Cache];

    [Theory]
    [InlineData("public void Run() { Other.Step(); } private static class Other { public static void Step() { Done(); } static void Done() { } }", "Run", RoundTripKind.DatabaseRead, false)]
    [InlineData("public void Run() { Step(); } private void Step() { db.Customers.Find(1); }", "Run", RoundTripKind.DatabaseRead, true)]
    [InlineData("public void Run() { Step(); } private void Step() { db.Customers.Find(1); }", "Run", RoundTripKind.DatabaseWrite, false)]
    [InlineData("public void Run() { Step(); } private void Step() { db.SaveChanges(); }", "Run", RoundTripKind.DatabaseWrite, true)]
    [InlineData("public int Run(List<int> ids) { return ids.Count(); }", "Run", RoundTripKind.DatabaseRead, false)]
    [InlineData("public int Run() { return db.Customers.Count(); }", "Run", RoundTripKind.DatabaseRead, true)]
    [InlineData("public int Run(IQueryable<Customer> rows) { return rows.Count(); }", "Run", RoundTripKind.DatabaseRead, true)]
    [InlineData("public void Run(List<int> ids) { foreach (var id in ids) { } }", "Run", RoundTripKind.DatabaseRead, false)]
    [InlineData("public void Run() { foreach (var row in Rows) { } } private IQueryable<Order> Rows => db.Orders;", "Run", RoundTripKind.DatabaseRead, true)]
    [InlineData("public Func<int, Customer?> Load { get; } = id => new ShopContext(null!).Customers.Find(id); public void Run() { Load(1); }", "Run", RoundTripKind.DatabaseRead, true)]
    [InlineData("public void Run(HttpClient http) { http.GetStringAsync(\"/\").Wait(); }", "Run", RoundTripKind.Remote, true)]
    [InlineData("public void Run(HttpClient http) { http.GetStringAsync(\"/\").Wait(); }", "Run", RoundTripKind.DatabaseWrite, false)]
    [InlineData("public void Run(StackExchange.Redis.IDatabase redis) { redis.StringSet(\"a\", \"b\"); }", "Run", RoundTripKind.Cache, true)]
    [InlineData("public void Run(Microsoft.Extensions.Caching.Distributed.IDistributedCache cache) { cache.Refresh(\"a\"); }", "Run", RoundTripKind.Cache, true)]
    [InlineData("public void Run(Dictionary<string, string> cache) { cache.Remove(\"a\"); }", "Run", RoundTripKind.Cache, false)]
    [InlineData("public Func<int, Customer?> Load { get; private set; } public void Fill() { Load = id => db.Customers.Find(id); } public Test(int x, ShopContext other) : this(other) { Load = id => other.Customers.Find(id); } public void Run() { Load(1); }", "Run", RoundTripKind.DatabaseRead, true)]
    [InlineData("public string Title { get; } = \"\"; public Test(int id, ShopContext other) : this(other) { Title = other.Customers.Find(id)!.Name; } public int Run() { return Title.Length; }", "Run", RoundTripKind.DatabaseRead, false)]
    public void Names_TellKinds(string members, string member, RoundTripKind kind, bool expected)
    {
        var test = ModelTest.Compile($$"""
            #pragma warning disable CS8618
            public class Test(ShopContext db) { {{members}} }
            """);
        var symbol = test.Compilation.GetTypeByMetadataName("Test")!.GetMembers(member).Single();
        Assert.Equal(expected, (test.Model.Calls.Names.KindsBehind(symbol, CancellationToken.None) & RoundTripNames.Of(kind)) != 0);
    }

    /// <summary>What the second stage takes for a round trip, the first one knows by name.</summary>
    [Fact]
    public void EveryRoundTripOfTheLibraries_IsKnownByName()
    {
        var compilation = ModelTest.Compile("class Test;").Compilation;
        var methods = new RoundTripMethods(BackendModel.For(compilation).Libraries);
        var checkedRoles = 0;
        foreach (var type in compilation.SourceModule.ReferencedAssemblySymbols.SelectMany(assembly => TypesOf(assembly.GlobalNamespace)))
        {
            foreach (var method in type.GetMembers().OfType<IMethodSymbol>())
            {
                if (method.DeclaredAccessibility is not Accessibility.Public || methods.RoleOf(method) is not { } role)
                    continue;
                var traits = RoundTripNames.Of(method.Name);
                // Methods of stores and generated clients go by the type of what they are called on, operators of queries by that of the query.
                var isKnown = role.Library is DataLibrary.Redis or DataLibrary.DistributedCache or DataLibrary.HybridCache or DataLibrary.MongoDb or DataLibrary.Grpc
                    || (traits & RoundTripNames.Of(role.Kind)) != 0
                    || (role.IfReceiverIsEntityQuery && (traits & NameTraits.EndsQuery) != 0);
                Assert.True(isKnown, method.ToDisplayString());
                checkedRoles++;
            }
        }

        Assert.InRange(checkedRoles, 300, int.MaxValue);
    }

    /// <summary>Everything that the second stage finds when it is asked about every method, the first one lets through.</summary>
    [Theory]
    [InlineData("samples/Markets.Api")]
    [InlineData("samples/Markets.Api.Fixed")]
    [InlineData("tests/ValidCode")]
    public void WhatBindingFinds_NamesDoNotHide(string folder)
    {
        var options = new CSharpParseOptions(LanguageVersion.Latest);
        var trees = Directory.EnumerateFiles(Path.Combine(TestReferences.RepositoryRoot, folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), options, file))
            .Append(CSharpSyntaxTree.ParseText(Shop.GlobalUsings.Replace("global using Shop;", "", StringComparison.Ordinal), options));
        AssertNothingHidden(CSharpCompilation.Create("Test", trees, TestReferences.All, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)));
    }

    [Fact]
    public void WhatBindingFindsInEveryShape_NamesDoNotHide() => AssertNothingHidden(ModelTest.Compile("""
        using Dapper;
        using System.Data.Common;

        public interface IStore { Customer? Get(int id); Customer? Twice(int id) => Get(id); }
        public class Store(ShopContext db) : IStore { Customer? IStore.Get(int id) => db.Customers.Find(id); }
        public abstract class Loader { public abstract int Size(int id); public virtual int Other(int id) => Size(id); }
        public class OrderLoader(ShopContext db) : Loader { public override int Size(int id) => db.Lines.Count(l => l.OrderId == id); }
        public class Repository<T>(ShopContext db) where T : class { protected IQueryable<T> Rows => db.Set<T>(); public T? this[int id] => db.Set<T>().Find(id); public List<T> All() => Rows.ToList(); }
        public class Products(ShopContext db) : Repository<Product>(db) { public bool Any() => Rows.Any(); }
        public class Lazy(ShopContext db, int id) { public Customer? Row { get; } = db.Customers.Find(id); public string Name => Read().Name; private Customer Read() { foreach (var c in db.Customers) return c; throw new TimeoutException(); } }
        public class Eager { public Eager(ShopContext db, int id) { Row = db.Customers.Find(id); } public Customer? Row; }
        public class Maker(ShopContext db) { public Eager Make(int id) { Eager made = new(db, id); return made; } public Eager Next(int id) => Make(id); }
        public class Delegates
        {
            private readonly Func<int, Customer?> _field; private readonly Func<int, Customer?> _group; private static readonly Func<ShopContext, int, Customer?> ById = EF.CompileQuery((ShopContext db, int id) => db.Customers.First(c => c.Id == id));
            public Delegates(ShopContext db) { _field = id => db.Customers.Find(id); _group = new Store(db).Find; }
            public Customer? First(int id) => _field(id);
            public Customer? Second(int id) => _group(id);
            public Customer? Third(ShopContext db, int id) { Func<int, Customer?> load = key => Compiled(db, key); return load.Invoke(id); }
            private static Customer? Compiled(ShopContext db, int id) => ById(db, id);
            public Customer? Fourth(ShopContext db, int id) { return Inner(id); Customer? Inner(int key) => db.Find<Customer>(key); }
        }
        public static class Extensions { public static Customer? Find(this IStore store, int id) => store.Get(id); public static int Lines(this Order order, ShopContext db) => db.Lines.Where(l => l.OrderId == order.Id).Sum(l => l.Quantity); }
        public interface IRequest<T>; public interface IRequestHandler<TRequest, TResponse> { TResponse Handle(TRequest request); } public interface ISender { T Send<T>(IRequest<T> request); }
        public record GetCustomer(int Id) : IRequest<Customer?>;
        public class GetCustomerHandler(ShopContext db) : IRequestHandler<GetCustomer, Customer?> { public Customer? Handle(GetCustomer request) => db.Customers.Find(request.Id); }
        public class Page(ISender sender) { public Customer? Load(int id) => sender.Send(new GetCustomer(id)); public Customer? Outer(int id) => Load(id); }
        public class Sql(DbConnection connection) { public int Count(int id) => connection.ExecuteScalar<int>("select 1", new { id }); public int Write(int id) => connection.Execute("delete from x", new { id }); }
        public class Http(HttpClient http) { public Task<string> Load(int id) => http.GetStringAsync("/" + id); public Task<string> Again(int id) => Load(id); }
        public partial class Parts(ShopContext db) { public partial int Read(int id); public int Call(int id) => Read(id); }
        public partial class Parts { public partial int Read(int id) => db.Orders.Count(o => o.CustomerId == id); }
        public class Saves(ShopContext db) { public void Save(int id) { db.Remove(id); Commit(); } private void Commit() => db.SaveChanges(); }
        """).Compilation);

    private static void AssertNothingHidden(Compilation compilation)
    {
        var trusting = BackendModel.For(compilation);
        // The same trees in another compilation: another model, whose names are not asked.
        var binding = BackendModel.For(compilation.Clone());
        binding.Calls.Names.AreTrusted = false;
        var reached = 0;
        foreach (var type in TypesOf(binding.Compilation.Assembly.GlobalNamespace))
        {
            foreach (var method in type.GetMembers().OfType<IMethodSymbol>())
            {
                foreach (var kind in Kinds)
                {
                    if (!binding.Calls.Reaches(method, kind))
                        continue;
                    reached++;
                    var same = (IMethodSymbol)SymbolIn(trusting.Compilation, method);
                    Assert.True(trusting.Calls.Reaches(same, kind), method.ToDisplayString() + " " + kind);
                    foreach (var bit in method.Parameters.Select(parameter => parameter.Ordinal))
                        Assert.Equal(Depends(binding, method, kind, bit), Depends(trusting, same, kind, bit));
                }
            }
        }

        Assert.NotEqual(0, reached);
    }

    private static bool Depends(BackendModel model, IMethodSymbol method, RoundTripKind kind, int ordinal) =>
        model.Calls.FactsOf(method).Any(fact => fact.Kind == kind && (fact.Sources & (1UL << ordinal)) != 0);

    private static ISymbol SymbolIn(Compilation compilation, IMethodSymbol method)
    {
        var place = method.Locations[0];
        return TypesOf(compilation.Assembly.GlobalNamespace).SelectMany(type => type.GetMembers())
            .Single(member => member.Locations[0].Equals(place) && member.Name == method.Name && member.Kind == method.Kind && ((IMethodSymbol)member).MethodKind == method.MethodKind);
    }

    private static IEnumerable<INamedTypeSymbol> TypesOf(INamespaceSymbol space)
    {
        foreach (var member in space.GetMembers())
        {
            if (member is INamespaceSymbol child)
            {
                foreach (var type in TypesOf(child))
                    yield return type;
            }
            else if (member is INamedTypeSymbol type)
            {
                yield return type;
                foreach (var nested in type.GetTypeMembers())
                    yield return nested;
            }
        }
    }
}

using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Calls.Facts;
using BackendPatterns.Analyzers.Model.DataAccess;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.Tests.Model.Calls.Facts;

/// <summary>What a project knows of calls into the projects below it: as reference assemblies in a build, as project references in an editor. Both have to know the same.</summary>
public class AcrossProjectsTests
{
    private const string Domain = """
        namespace Domain;

        public interface IStoreRepository { Order? Read(int id); }
        """;

    private const string Application = """
        namespace App;

        public interface IOrders { Order? Find(int id); int Count { get; } Order? this[int id] { get; } void Save(Order order); List<Order> Page(int number, int customer); }
        public interface IStore<TItem> { TItem? Get(int id); }
        public interface IHandler<TCommand> { void Handle(TCommand command); }
        public interface IPrices { decimal Of(int id); }
        public abstract class Loader { public abstract object? Load(int id); }

        public interface IService { Order? Look(int id); }
        public class Service(IOrders orders, IPrices prices, Domain.IStoreRepository store, IStore<Order> generic) : IService
        {
            public Order? Look(int id) => orders.Find(id);
            public Order? LookBeside(string unused, int id) => Check(id);
            private Order? Check(int key) => orders.Find(key);
            public int Total(int unused) => orders.Count + unused;
            public decimal Price(int id) => prices.Of(id);
            public Order? Stored(int id) => store.Read(id);
            public Order? Generic(int id) => generic.Get(id);
            public void Change(Order order) => orders.Save(order);
        }
        public class Crud<TItem>(IStore<TItem> store) { public TItem? Get(int id) => store.Get(id); }
        """;

    private const string Infrastructure = """
        namespace Infra;

        internal class Orders(ShopContext db) : App.IOrders
        {
            public Order? Find(int id) => db.Orders.Find(id);
            public int Count => db.Orders.Count();
            public Order? this[int id] => db.Orders.Find(id);
            public void Save(Order order) { db.Add(order); db.SaveChanges(); }
            public List<Order> Page(int number, int customer) => db.Orders.Where(o => o.CustomerId == customer).OrderBy(o => o.Id).Skip(number * 10).Take(10).ToList();
        }
        public class Store<TItem>(ShopContext db) : App.IStore<TItem> where TItem : class
        {
            public TItem? Get(int id) => db.Set<TItem>().Find(id);
        }
        internal class StoreRepository(ShopContext db) : Domain.IStoreRepository { public Order? Read(int id) => Ask(id); private Order? Ask(int key) => db.Orders.Find(key); }
        internal class PlaceHandler(ShopContext db) : App.IHandler<string> { public void Handle(string command) => db.SaveChanges(); }
        internal class PrintHandler : App.IHandler<int> { public void Handle(int command) { } }
        internal class OrderLoader(ShopContext db) : App.Loader { public override object? Load(int id) => db.Orders.Find(id); }
        public static class Extensions { public static object? LoadOrder(this ShopContext db, int id) => db.Orders.Find(id); }
        public class Eager { public Eager(ShopContext db, int id) => db.Orders.Find(id); }
        public class Facade(App.Service service) { public Order? Look(int id) => service.Look(id); }
        internal class CachedPrices(ShopContext db) : App.IPrices
        {
            private readonly Dictionary<int, decimal> _known = new();
            public decimal Of(int id) { if (!_known.TryGetValue(id, out var price)) _known[id] = price = db.Products.First(p => p.Id == id).Price; return price; }
        }
        """;

    [Theory]
    [InlineData("orders.Find(id)", "Orders.Find → DbSet.Find")]
    [InlineData("orders[id]", "Orders.this[] → DbSet.Find")]
    [InlineData("orders.Count", null)]
    [InlineData("store.Get(id)", "Store.Get → DbSet.Find")]
    [InlineData("concrete.Get(id)", "Store.Get → DbSet.Find")]
    [InlineData("loader.Load(id)", "OrderLoader.Load → DbSet.Find")]
    [InlineData("db.LoadOrder(id)", "Extensions.LoadOrder → DbSet.Find")]
    [InlineData("Infra.Extensions.LoadOrder(db, id)", "Extensions.LoadOrder → DbSet.Find")]
    [InlineData("new Infra.Eager(db, id)", "new Eager → DbSet.Find")]
    [InlineData("service.Look(id)", "Service.Look → Orders.Find → DbSet.Find")]
    [InlineData("contract.Look(id)", "Service.Look → Orders.Find → DbSet.Find")]
    [InlineData("service.LookBeside(\"\", id)", "Service.LookBeside → Check → Orders.Find → DbSet.Find")]
    [InlineData("service.Stored(id)", "Service.Stored → StoreRepository.Read → Ask → DbSet.Find")]
    [InlineData("service.Generic(id)", "Service.Generic → Store.Get → DbSet.Find")]
    [InlineData("crud.Get(id)", "Crud.Get → Store.Get → DbSet.Find")]
    [InlineData("facade.Look(id)", "Facade.Look → Service.Look → Orders.Find → DbSet.Find")]
    [InlineData("service.Total(id)", null)]
    [InlineData("service.Price(id)", null)]
    [InlineData("prices.Of(id)", null)]
    [InlineData("prints.Handle(id)", null)]
    [InlineData("id.ToString()", null)]
    public void Reads_AreFoundTheSameInABuildAndInAnEditor(string call, string? expected)
    {
        foreach (var web in Webs(call))
        {
            var operation = Operation(web);
            Assert.Equal(expected, BackendModel.For(web).Calls.RoundTripBehind(operation, RoundTripKind.DatabaseRead, IsId)?.Text);
        }

        static bool IsId(IOperation value) => value.Syntax.ToString() == "id";
    }

    [Theory]
    [InlineData("orders.Page(id, 0)", true)]
    [InlineData("orders.Page(0, id)", false)]
    [InlineData("orders.Page(id, id)", false)]
    public void NextPage_IsKnownAsOne(string call, bool isNextPage)
    {
        foreach (var web in Webs(call))
        {
            var chain = BackendModel.For(web).Calls.RoundTripBehind(Operation(web), RoundTripKind.DatabaseRead, value => value.Syntax.ToString() == "id");
            Assert.Equal(isNextPage, chain!.End.IsNextPage);
        }
    }

    [Theory]
    [InlineData("places.Handle(\"\")", "PlaceHandler.Handle → DbContext.SaveChanges")]
    [InlineData("orders.Save(null!)", "Orders.Save → DbContext.SaveChanges")]
    [InlineData("service.Change(null!)", "Service.Change → Orders.Save → DbContext.SaveChanges")]
    [InlineData("prints.Handle(id)", null)]
    [InlineData("service.Look(id)", null)]
    public void Writes_AreFoundTheSameInABuildAndInAnEditor(string call, string? expected)
    {
        foreach (var web in Webs(call))
            Assert.Equal(expected, BackendModel.For(web).Calls.RoundTripBehind(Operation(web), RoundTripKind.DatabaseWrite)?.Text);
    }

    /// <summary>The interface is of a project below, and implemented in the project that asks.</summary>
    [Fact]
    public void PortImplementedAbove_IsFollowedIntoItsSource()
    {
        var domain = FactProject.Compile("Domain", [Domain]);
        var application = FactProject.Compile("App", ["namespace App; public class Service(Domain.IStoreRepository store) { public Order? Stored(int id) => store.Read(id); }"], [domain.AsReferenceAssembly()]);
        var web = FactProject.Compile(
            "Web",
            [
                "class Page { object? Run(App.Service service, int id) => service.Stored(id); }",
                "class Rows(ShopContext db) : Domain.IStoreRepository { public Order? Read(int id) => db.Orders.Find(id); }",
            ],
            [domain.AsReferenceAssembly(), application.AsReferenceAssembly()]).Compilation;
        var chain = BackendModel.For(web).Calls.RoundTripBehind(Operation(web), RoundTripKind.DatabaseRead, _ => true);
        Assert.Equal("Service.Stored → Rows.Read → DbSet.Find", chain?.Text);
        Assert.Equal("/Web/File1.cs", Assert.Single(chain!.Locations).SourceTree?.FilePath);
    }

    [Theory]
    [InlineData("store.Find(id, Lib.Part.Lines)", "Store.Find → Load → DbSet.Find")]
    [InlineData("store.Find(id, part)", "Store.Find → Load → DbSet.Find")]
    [InlineData("store.Find(id, Lib.Part.None)", null)]
    [InlineData("store.Pick(id, Lib.Part.None)", "Store.Pick → Load → DbSet.Find")]
    [InlineData("store.Pick(id, Lib.Part.Lines)", null)]
    [InlineData("store.Read(id, Lib.Ways.None)", "Store.Read → Load → DbSet.Find")]
    public void WhatACallChooses_CountsInOtherProjectsToo(string call, string? expected)
    {
        const string Store = """
            namespace Lib;
            public enum Part { None, Notes, Lines }
            [Flags] public enum Ways { None, Fast = 1, Slow = 2 }
            public class Store(ShopContext db)
            {
                public object? Find(int id, Part part) { if (part == Part.Lines) return Load(id); return null; }
                public object? Pick(int id, Part part) => part switch { Part.Lines => null, _ => Load(id) };
                public object? Read(int id, Ways ways) => ways == (Ways.Fast | Ways.Slow) ? Load(id) : null;
                private object? Load(int id) => db.Orders.Find(id);
            }
            """;
        var library = FactProject.Compile("Lib", [Store]);
        foreach (var reference in new[] { library.AsReferenceAssembly(), library.Compilation.ToMetadataReference() })
        {
            var web = FactProject.Compile("Web", [$"class Page {{ object? Run(Lib.Store store, int id, Lib.Part part) => {call}; }}"], [reference]).Compilation;
            var isFlags = call.Contains("Ways", StringComparison.Ordinal) && reference is CompilationReference;
            Assert.Equal(isFlags ? null : expected, BackendModel.For(web).Calls.RoundTripBehind(Operation(web), RoundTripKind.DatabaseRead, _ => true)?.Text);
        }
    }

    [Fact]
    public void MemberNames_AreThoseOfCalls()
    {
        var names = new ReferencedFacts(Webs("id.ToString()").First()).MemberNames.Select(known => known.Name).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(
            ["Change", "Count", "Eager", "Find", "Generic", "Get", "Handle", "Load", "LoadOrder", "Look", "LookBeside", "Page", "Price", "Read", "Save", "Stored", "Total", "this[]"], names);
    }

    [Fact]
    public void OtherVersionsAndDamagedAttributes_AreIgnored()
    {
        const string Attributes = """
            [assembly: System.Reflection.AssemblyMetadata("BackendPatterns.RoundTrip", "2|M:Lib.Load(System.Int32)||DatabaseRead|EntityFrameworkCore|1|0|0|0|||DbSet.Find")]
            [assembly: System.Reflection.AssemblyMetadata("BackendPatterns.RoundTrip", "1|M:Lib.Load(System.Int32)||Database")]
            [assembly: System.Reflection.AssemblyMetadata("BackendPatterns.RoundTrip", null)]
            [assembly: System.Reflection.AssemblyMetadata("BackendPatterns.Call", "1|M:Lib.Load(System.Int32)||M:Lib.Gone||1|Lib.Load")]
            [assembly: System.Reflection.AssemblyMetadata("BackendPatterns.Call", "1|M:Lib.Load(System.Int32)||M:Lib.Load(System.Int32)||1|Lib.Load")]
            [assembly: System.Reflection.AssemblyMetadata(null!, "1|M:Lib.Load(System.Int32)||DatabaseRead|EntityFrameworkCore|1|0|0|0|||DbSet.Find")]
            [assembly: System.Reflection.AssemblyMetadata("Other", "1|M:Lib.Load(System.Int32)||DatabaseRead|EntityFrameworkCore|1|0|0|0|||DbSet.Find")]
            [assembly: Own.AssemblyMetadata("BackendPatterns.RoundTrip", "1|M:Lib.Load(System.Int32)||DatabaseRead|EntityFrameworkCore|1|0|0|0|||DbSet.Find")]
            [assembly: System.Reflection.AssemblyMetadata("BackendPatterns.RoundTrip", "1|M:Lib.Store(System.Int32)||DatabaseRead||1|0|0|0|||understood")]
            public static class Lib { public static int Load(int id) => id; public static int Store(int id) => id; }
            namespace Own { [AttributeUsage(AttributeTargets.Assembly)] public class AssemblyMetadataAttribute(string key, string value) : Attribute { public string All => key + value; } }
            """;
        var library = FactProject.Compile("Lib", [Attributes]).AsReferenceAssembly();
        string? Chain(string call)
        {
            var web = FactProject.Compile("Web", [$"class Page {{ int Run(int id) => {call}; }}"], [library]).Compilation;
            return BackendModel.For(web).Calls.RoundTripBehind(Operation(web), RoundTripKind.DatabaseRead, _ => true)?.Text;
        }

        Assert.Null(Chain("Lib.Load(id)"));
        Assert.Equal("Lib.Store → understood", Chain("Lib.Store(id)"));
    }

    [Fact]
    public void ImplementationsInSeveralAssemblies_AreAddedUp()
    {
        var application = FactProject.Compile("App", [Application.Replace("Domain.IStoreRepository store, ", "").Replace("store.Read(id)", "null")]).AsReferenceAssembly();
        MetadataReference Implementing(string name, string body) =>
            FactProject.Compile(name, [$$"""public class {{name}}(ShopContext db) : App.Loader { public override object? Load(int id) => {{body}}; public object All => db; }"""], [application]).AsReferenceAssembly();
        string[] Facts(params MetadataReference[] implementations)
        {
            var web = FactProject.Compile("Web", ["class Page { object? Run(App.Loader loader, int id) => loader.Load(id); }"], [application, .. implementations]).Compilation;
            return [.. new ReferencedFacts(web).Of(Called(Operation(web))).Select(fact => $"{fact.Implementation} {fact.Chain}")];
        }

        MetadataReference[] few = [Implementing("A", "db.Orders.Find(id)"), Implementing("B", "db.Orders.First(o => o.Id == id)"), Implementing("C", "null"), Implementing("D", "db.Customers.Find(id)")];
        Assert.Equal(["A.Load DbSet.Find", "D.Load DbSet.Find", "B.Load IQueryable.First"], Facts(few));
        Assert.Empty(Facts([.. few, Implementing("E", "db.Orders.Find(id)"), Implementing("F", "db.Orders.Find(id)")]));
    }

    [Fact]
    public void Attributes_AreReadOncePerAssembly()
    {
        var first = Webs("orders.Find(id)").First();
        var second = first.AddSyntaxTrees(CSharpSyntaxTree.ParseText("class Added;", (CSharpParseOptions)first.SyntaxTrees[0].Options));
        var facts = AssemblyFacts.Of((IAssemblySymbol)first.GetAssemblyOrModuleSymbol(first.References.Last())!);
        Assert.Same(facts, AssemblyFacts.Of((IAssemblySymbol)second.GetAssemblyOrModuleSymbol(second.References.Last())!));
        Assert.NotEmpty(facts.Ids);
    }

    /// <summary>The project on top with a call in it: over reference assemblies, then over project references.</summary>
    private static IEnumerable<CSharpCompilation> Webs(string call)
    {
        yield return Web(call, project => project.AsReferenceAssembly());
        yield return Web(call, project => project.AsProjectReference());
    }

    private static CSharpCompilation Web(string call, Func<FactProject, MetadataReference> reference)
    {
        var domain = reference(FactProject.Compile("Domain", [Domain]));
        var application = reference(FactProject.Compile("App", [Application], [domain]));
        var infrastructure = reference(FactProject.Compile("Infra", [Infrastructure], [domain, application]));
        return FactProject.Compile(
            "Web",
            [
                $$"""
                using Infra;

                public class Page
                {
                    public object? Run(
                        int id, ShopContext db, App.IOrders orders, App.IStore<Order> store, Infra.Store<Order> concrete, App.Loader loader, App.IHandler<string> places,
                        App.IHandler<int> prints, App.IPrices prices, App.Service service, App.IService contract, App.Crud<Order> crud, Facade facade)
                    {
                        {{(call.Contains("Handle") || call.Contains("Save") || call.Contains("Change") ? call + "; return null;" : $"return {call};")}}
                    }
                }
                """,
            ],
            [domain, application, infrastructure]).Compilation;
    }

    /// <summary>What the body of <c>Run</c> does.</summary>
    private static IOperation Operation(CSharpCompilation compilation)
    {
        var tree = compilation.SyntaxTrees[0];
        var run = tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().First(method => method.Identifier.Text == "Run");
        var call = run.DescendantNodes().OfType<ExpressionSyntax>()
            .First(node => node is InvocationExpressionSyntax or ObjectCreationExpressionSyntax or ElementAccessExpressionSyntax or MemberAccessExpressionSyntax { Name.Identifier.Text: "Count" });
        return compilation.GetSemanticModel(tree).GetOperation(call)!;
    }

    private static IMethodSymbol Called(IOperation operation) => ((Microsoft.CodeAnalysis.Operations.IInvocationOperation)operation).TargetMethod;
}

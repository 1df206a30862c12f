using BackendPatterns.Analyzers.Model.Calls;
using BackendPatterns.Analyzers.Model.Calls.Facts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.Tests.Model.Calls.Facts;

/// <summary>What a project sees of the projects below it: as reference assemblies, and as project references.</summary>
public class ReferencedFactsTests
{
    private const string Application = """
        namespace App;

        public interface IOrders { Order? Find(int id); int Count { get; } Order? this[int id] { get; } }
        public interface IStore<TItem> { TItem? Get(int id); }
        public interface IHandler<TCommand> { void Handle(TCommand command); }
        public abstract class Loader { public abstract object? Load(int id); }
        """;

    private const string Infrastructure = """
        namespace Infra;

        internal class Orders(ShopContext db) : App.IOrders
        {
            public Order? Find(int id) => db.Orders.Find(id);
            public int Count => db.Orders.Count();
            public Order? this[int id] => db.Orders.Find(id);
        }
        public class Store<TItem>(ShopContext db) : App.IStore<TItem> where TItem : class
        {
            public TItem? Get(int id) => db.Set<TItem>().Find(id);
        }
        internal class PlaceHandler(ShopContext db) : App.IHandler<string> { public void Handle(string command) => db.SaveChanges(); }
        internal class PrintHandler : App.IHandler<int> { public void Handle(int command) { } }
        internal class OrderLoader(ShopContext db) : App.Loader { public override object? Load(int id) => db.Orders.Find(id); }
        public static class Extensions { public static object? LoadOrder(this ShopContext db, int id) => db.Orders.Find(id); }
        public class Eager { public Eager(ShopContext db, int id) => db.Orders.Find(id); }
        """;

    [Theory]
    [InlineData("orders.Find(id)", "DatabaseRead 1 DbSet.Find")]
    [InlineData("orders.Count", "DatabaseRead 0 IQueryable.Count")]
    [InlineData("orders[id]", "DatabaseRead 1 DbSet.Find")]
    [InlineData("store.Get(id)", "DatabaseRead 1 DbSet.Find")]
    [InlineData("concrete.Get(id)", "DatabaseRead 1 DbSet.Find")]
    [InlineData("loader.Load(id)", "DatabaseRead 1 DbSet.Find")]
    [InlineData("db.LoadOrder(id)", "DatabaseRead 2 DbSet.Find")]
    [InlineData("Infra.Extensions.LoadOrder(db, id)", "DatabaseRead 2 DbSet.Find")]
    [InlineData("new Infra.Eager(db, id)", "DatabaseRead 2 DbSet.Find")]
    [InlineData("places.Handle(\"\")", "DatabaseWrite 0 DbContext.SaveChanges")]
    [InlineData("prints.Handle(id)")]
    [InlineData("others.Handle(id)")]
    [InlineData("id.ToString()")]
    [InlineData("db.Orders.Find(id)")]
    public void Facts_AreThoseOfTheImplementation(string call, params string[] expected)
    {
        var (asBuilt, asEdited) = Solution();
        foreach (var references in new[] { asBuilt, asEdited })
        {
            var web = FactProject.Compile(
                "Web",
                [
                    $$"""
                    using Infra;

                    public class Page<TAny>
                    {
                        public object? Run(
                            int id, ShopContext db, App.IOrders orders, App.IStore<Order> store, Infra.Store<Order> concrete, App.Loader loader,
                            App.IHandler<string> places, App.IHandler<int> prints, App.IHandler<TAny> others)
                        {
                            {{(call.Contains("Handle") ? call + "; return null;" : $"return {call};")}}
                        }
                    }
                    """.Replace("others.Handle(id)", "others.Handle(default!)"),
                ],
                references);
            Assert.Equal(expected, new ReferencedFacts(web.Compilation).Of(Called(web.Compilation)).Select(Text));
        }
    }

    [Fact]
    public void MemberNames_AreThoseOfCalls()
    {
        var (asBuilt, _) = Solution();
        var names = new ReferencedFacts(FactProject.Compile("Web", [], asBuilt).Compilation).MemberNames;
        Assert.Equal(["Count", "Eager", "Find", "Get", "Handle", "Item", "Load", "LoadOrder"], names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void OtherVersionsAndDamagedAttributes_AreIgnored()
    {
        const string Attributes = """
            [assembly: System.Reflection.AssemblyMetadata("BackendPatterns.RoundTrip", "2|M:Lib.Load(System.Int32)||DatabaseRead|EntityFrameworkCore|1|DbSet.Find")]
            [assembly: System.Reflection.AssemblyMetadata("BackendPatterns.RoundTrip", "1|M:Lib.Load(System.Int32)||Database")]
            [assembly: System.Reflection.AssemblyMetadata("BackendPatterns.RoundTrip", null)]
            [assembly: System.Reflection.AssemblyMetadata(null!, "1|M:Lib.Load(System.Int32)||DatabaseRead|EntityFrameworkCore|1|DbSet.Find")]
            [assembly: System.Reflection.AssemblyMetadata("Other", "1|M:Lib.Load(System.Int32)||DatabaseRead|EntityFrameworkCore|1|DbSet.Find")]
            [assembly: Own.AssemblyMetadata("BackendPatterns.RoundTrip", "1|M:Lib.Load(System.Int32)||DatabaseRead|EntityFrameworkCore|1|DbSet.Find")]
            [assembly: System.Reflection.AssemblyMetadata("BackendPatterns.RoundTrip", "1|M:Lib.Store(System.Int32)||DatabaseWrite||1|understood")]
            public static class Lib { public static int Load(int id) => id; public static int Store(int id) => id; }
            namespace Own { [AttributeUsage(AttributeTargets.Assembly)] public class AssemblyMetadataAttribute(string key, string value) : Attribute { public string All => key + value; } }
            """;
        var library = FactProject.Compile("Lib", [Attributes]).AsReferenceAssembly();
        var web = FactProject.Compile("Web", ["class Page { int Run(int id) => Lib.Load(id); int Store(int id) => Lib.Store(id); }"], [library]).Compilation;
        var facts = new ReferencedFacts(web);
        Assert.Empty(facts.Of(Called(web)));
        Assert.Equal(["Store"], facts.MemberNames);
    }

    [Fact]
    public void ImplementationsInSeveralAssemblies_AreAddedUp()
    {
        var application = FactProject.Compile("App", [Application]).AsReferenceAssembly();
        MetadataReference Implementing(string name, string body) =>
            FactProject.Compile(name, [$$"""public class {{name}}(ShopContext db) : App.Loader { public override object? Load(int id) => {{body}}; }"""], [application]).AsReferenceAssembly();
        MetadataReference[] references =
        [
            application, Implementing("A", "db.Orders.Find(id)"), Implementing("B", "db.Orders.First(o => o.Id == id)"), Implementing("C", "db.Orders.Find(id)"),
            Implementing("D", "null"), Implementing("E", "db.Customers.Find(id)"),
        ];
        const string Page = "class Page { object? Run(App.Loader loader, int id) => loader.Load(id); }";
        var web = FactProject.Compile("Web", [Page], references).Compilation;
        Assert.Equal(["DatabaseRead 1 DbSet.Find", "DatabaseRead 1 IQueryable.First"], new ReferencedFacts(web).Of(Called(web)).Select(Text));

        web = FactProject.Compile("Web", [Page], [.. references, Implementing("F", "db.Orders.Find(id)"), Implementing("G", "db.Orders.Find(id)")]).Compilation;
        Assert.Empty(new ReferencedFacts(web).Of(Called(web)));
    }

    [Fact]
    public void References_AreReadOnce()
    {
        var (asBuilt, _) = Solution();
        var first = FactProject.Compile("Web", ["class Page { object? Run(App.IOrders orders, int id) => orders.Find(id); }"], asBuilt).Compilation;
        var second = first.AddSyntaxTrees(CSharpSyntaxTree.ParseText("class Added;", (CSharpParseOptions)first.SyntaxTrees[0].Options));
        var assembly = (IAssemblySymbol)first.GetAssemblyOrModuleSymbol(first.References.Last())!;
        Assert.Same(assembly, second.GetAssemblyOrModuleSymbol(second.References.Last()));
        Assert.Same(AssemblyFacts.Of(assembly), AssemblyFacts.Of((IAssemblySymbol)second.GetAssemblyOrModuleSymbol(second.References.Last())!));
        Assert.NotEmpty(AssemblyFacts.Of(assembly).Ids);
    }

    /// <summary>The two lower projects as a build sees them, and as an editor does.</summary>
    private static (MetadataReference[] AsBuilt, MetadataReference[] AsEdited) Solution()
    {
        var application = FactProject.Compile("App", [Application]);
        Assert.Null(application.Generated);
        var built = application.AsReferenceAssembly();
        var edited = application.AsProjectReference();
        return
        (
            [built, FactProject.Compile("Infra", [Infrastructure], [built]).AsReferenceAssembly()],
            [edited, FactProject.Compile("Infra", [Infrastructure], [edited]).AsProjectReference()]
        );
    }

    private static string Text(RoundTripFact fact) => $"{fact.Kind} {fact.Sources:x} {fact.Chain}";

    /// <summary>The method that the body of <c>Run</c> calls last.</summary>
    private static IMethodSymbol Called(Compilation compilation)
    {
        var tree = compilation.SyntaxTrees.First();
        var semantics = compilation.GetSemanticModel(tree);
        var run = tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().First(method => method.Identifier.Text == "Run");
        var call = run.DescendantNodes().OfType<ExpressionSyntax>()
            .First(node => node is InvocationExpressionSyntax or ObjectCreationExpressionSyntax or ElementAccessExpressionSyntax || node is MemberAccessExpressionSyntax { Name.Identifier.Text: "Count" });
        return semantics.GetSymbolInfo(call).Symbol switch
        {
            IMethodSymbol method => method,
            IPropertySymbol { GetMethod: { } getter } => getter,
            var other => throw new InvalidOperationException($"{call} is {other}"),
        };
    }
}

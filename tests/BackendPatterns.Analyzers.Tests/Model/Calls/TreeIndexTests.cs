using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Calls;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace BackendPatterns.Analyzers.Tests.Model.Calls;

public class TreeIndexTests
{
    [Fact]
    public void Members_AreListedWithWhatTheyMention()
    {
        var index = IndexOf("""
            namespace Shop;

            public class Orders(IClock clock) : Repository<Order>(clock), IOrders
            {
                private readonly Func<int, Order> _load = id => Fetch(id), _other = null!;

                public Orders() : this(Clock.Default) { Prepare(); }

                public int Total => Sum();

                public Order this[int id] { get => Fetch(id); set { Store(value); } }

                // Mentions Nothing
                public async Task<Order> Find(int id)
                {
                    return await Local() ?? new(id);
                    Task<Order> Local() => Reach($"{Inner(id)}")[0];
                }

                private class Nested { void Deep() => Down(); }

                partial void Hook();
            }
            """);
        Assert.Equal(
            ["clock", "Orders", "_load", "_other", "Orders", "Total", "this[]", "Find", "Deep", "Hook"],
            index.Members.Select(member => index.Names[member.Name]));
        Assert.Equal(["Fetch", "id"], Body("_load"));
        Assert.Equal(["Clock", "Default", "new()", "Prepare", "this"], index.Members.Where(member => member.IsConstructor).Skip(1).SelectMany(member => Names(member.Body)).Order(StringComparer.OrdinalIgnoreCase));
        Assert.Equal(["Sum"], Body("Total"));
        Assert.Equal(["Fetch", "Store", "get", "id", "set", "value"], Body("this[]"));
        Assert.Equal(["Inner", "Local", "Order", "Reach", "Task", "await", "id", "new", "new()", "return", "this[]"], Body("Find"));
        Assert.Equal(["Down"], Body("Deep"));
        Assert.Equal(["Orders", "Nested"], index.Types.Select(type => index.Names[type.Name]));
        Assert.Equal(["IOrders", "Repository"], Names(index.Types[0].DirectBases));

        IEnumerable<string> Body(string member) => Names(index.Members.First(entry => index.Names[entry.Name] == member).Body);
        IEnumerable<string> Names(TextSpan range) => index.Mentions.Skip(range.Start).Take(range.Length).Select(id => index.Names[id]).Order(StringComparer.Ordinal);
    }

    [Fact]
    public void MemberAt_IsTheOneWhoseTextContainsThePlace()
    {
        const string Source = "class A { void First() { Inner(); } class B { void Second() { } } int field = 1; } class C;";
        var index = IndexOf(Source);
        Assert.Equal("First", NameAt("Inner"));
        Assert.Equal("Second", NameAt("Second"));
        Assert.Equal("field", NameAt("= 1"));
        Assert.Equal(-1, index.MemberAt(Source.IndexOf("class B", StringComparison.Ordinal)));
        Assert.Equal(-1, index.MemberAt(Source.Length + 10));

        string NameAt(string text) => index.Names[index.Members[index.MemberAt(Source.IndexOf(text, StringComparison.Ordinal))].Name];
    }

    [Theory]
    [InlineData("")]
    [InlineData("class")]
    [InlineData("class A { void M( { Find(")]
    [InlineData("class A { public this[ }")]
    [InlineData("class A { int a = new( }")]
    [InlineData("namespace { } } class @class { void @event() => ünïcode_1(); }")]
    [InlineData("Find(1); void Local() { } record R(int Id) : Base(Id); delegate int D(int x); enum E { A }")]
    public void OddSources_AreIndexed(string source) => Assert.NotNull(IndexOf(source));

    [Fact]
    public void OneEditedLine_IndexesOneTree()
    {
        var options = new CSharpParseOptions(LanguageVersion.Latest);
        var trees = new[]
        {
            CSharpSyntaxTree.ParseText(Shop.GlobalUsings, options), CSharpSyntaxTree.ParseText(Shop.Domain, options),
            CSharpSyntaxTree.ParseText("public class Store(ShopContext db) { public Customer? Load(int id) => db.Customers.Find(id); }", options),
            CSharpSyntaxTree.ParseText("public class Report(Store store) { public void Run(int id) { store.Load(id); } }", options),
        };
        var first = CSharpCompilation.Create("Test", trees, TestReferences.All, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        Assert.Equal("Store.Load → DbSet.Find", ChainIn(first, trees[3]));
        var before = trees.Select(tree => TreeIndex.Of(tree, CancellationToken.None)).ToList();

        var edited = trees[3].WithChangedText(SourceText.From(trees[3].ToString().Replace("store.Load(id);", "store.Load(id + 1);", StringComparison.Ordinal)));
        var second = first.ReplaceSyntaxTree(trees[3], edited);
        Assert.Equal([true, true, true, false], second.SyntaxTrees.Select(TreeIndex.IsKnown));
        Assert.Equal("Store.Load → DbSet.Find", ChainIn(second, edited));
        for (var i = 0; i < 3; i++)
            Assert.Same(before[i], TreeIndex.Of(second.SyntaxTrees[i], CancellationToken.None));
        Assert.NotSame(before[3], TreeIndex.Of(edited, CancellationToken.None));
    }

    private static string? ChainIn(Compilation compilation, SyntaxTree tree)
    {
        var model = BackendModel.For(compilation);
        var call = tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>().Single();
        return model.Calls.RoundTripBehind(model.SemanticModelOf(tree)!.GetOperation(call)!, RoundTripKind.DatabaseRead, _ => true)?.Text;
    }

    private static TreeIndex IndexOf(string source) => TreeIndex.Of(CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Latest)), CancellationToken.None);
}

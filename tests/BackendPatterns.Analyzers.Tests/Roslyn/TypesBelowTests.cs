using BackendPatterns.Analyzers.Roslyn;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.Tests.Roslyn;

public class TypesBelowTests
{
    private const string Source = """
        public class Own : ShopContext { public Own() : base(null!) { } }
        public class Rows<T> : List<T>;
        public class Test<TContext, TAny> where TContext : Own
        {
            public Own? Derived; public ShopContext? Itself; public TContext? Constrained; public TAny? Open; public string? Text;
            public IQueryable<Order>? Query; public IOrderedQueryable<Order>? Ordered; public DbSet<Order>? Set; public Order[]? Array; public Rows<int>? Constructed; public Rows<string>? Again;
        }
        """;

    [Theory]
    [InlineData("Microsoft.EntityFrameworkCore.DbContext", "Derived", "Itself", "Constrained")]
    [InlineData("Microsoft.EntityFrameworkCore.DbSet`1", "Set")]
    [InlineData("System.Linq.IQueryable", "Query", "Ordered", "Set")]
    [InlineData("System.Collections.Generic.List`1", "Constructed", "Again")]
    [InlineData("System.Collections.IList", "Array", "Constructed", "Again")]
    public void Types_AreThoseThatInheritOrImplement(string metadataName, params string[] expected)
    {
        var compilation = ModelTest.Compile(Source).Compilation;
        var below = new TypesBelow(compilation.GetTypeByMetadataName(metadataName));
        var fields = compilation.GetTypeByMetadataName("Test`2")!.GetMembers().OfType<IFieldSymbol>().ToList();
        // The second time from memory.
        Assert.Equal(expected.Order(), fields.Where(field => below.Contain(field.Type)).Select(field => field.Name).Order());
        Assert.Equal(expected.Order(), fields.Where(field => below.Contain(field.Type)).Select(field => field.Name).Order());
    }

    /// <summary>Those with properties of one name have one hash code: as keys each would be compared with all others, down to the innermost.</summary>
    [Fact]
    public void AnonymousTypes_AreBelowNothing()
    {
        var compilation = ModelTest.Compile(Source + " public static class Holder { public static object Of() => new { A = new { A = 1 } }; }").Compilation;
        var tree = compilation.SyntaxTrees.Single(tree => tree.ToString().Contains("Holder", StringComparison.Ordinal));
        var types = tree.GetRoot().DescendantNodes().OfType<AnonymousObjectCreationExpressionSyntax>().Select(node => compilation.GetSemanticModel(tree).GetTypeInfo(node).Type).ToList();
        var below = new TypesBelow(compilation.GetTypeByMetadataName("System.Linq.IQueryable"));
        Assert.Equal(2, types.Count);
        Assert.DoesNotContain(types, below.Contain);
    }

    [Fact]
    public void MissingType_HasNothingBelowIt()
    {
        var compilation = ModelTest.Compile(Source).Compilation;
        Assert.False(new TypesBelow(null).Contain(compilation.GetTypeByMetadataName("Own")));
        Assert.False(new TypesBelow(compilation.GetTypeByMetadataName("Own")).Contain(null));
    }
}

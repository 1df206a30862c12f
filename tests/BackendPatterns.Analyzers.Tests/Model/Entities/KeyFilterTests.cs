using BackendPatterns.Analyzers.Model.Entities;
using BackendPatterns.Analyzers.Roslyn;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Tests.Model.Entities;

public class KeyFilterTests
{
    [Theory]
    [InlineData("db.Orders.SingleOrDefault(o => o.Id == id);", true)]
    [InlineData("db.Orders.Where(o => id == o.Id && o.Total > 5).SingleOrDefault();", true)]
    [InlineData("db.Orders.Where(o => o.Id.Equals(id)).Select(o => o.Number).SingleOrDefault();", true)]
    [InlineData("db.Codes.SingleOrDefault(c => c.Text == \"x\");", true)]
    [InlineData("db.Stocks.Where(s => s.A == id).SingleOrDefault(s => s.B == id);", true)]
    [InlineData("db.Orders.SingleOrDefault();", false)]
    [InlineData("db.Orders.SingleOrDefault(o => o.Number == \"x\");", false)]
    [InlineData("db.Orders.SingleOrDefault(o => o.Id == id || o.Total > 5);", false)]
    [InlineData("db.Orders.SingleOrDefault(o => o.Id > id);", false)]
    [InlineData("db.Orders.SingleOrDefault(o => o.Id == o.CustomerId);", false)]
    [InlineData("db.Orders.SingleOrDefault(o => o.Customer!.Id == id);", false)]
    [InlineData("db.Stocks.SingleOrDefault(s => s.A == id);", false)]
    [InlineData("db.Orders.Select(o => new { Id = o.CustomerId }).SingleOrDefault(o => o.Id == id);", false)]
    [InlineData("db.Customers.Where(c => c.Id == id).SelectMany(c => c.Orders).SingleOrDefault();", false)]
    [InlineData("db.Orders.Where(o => o.Id == id).Concat(db.Orders.Where(o => o.Total > 5)).SingleOrDefault();", false)]
    public void Query_HasOneRowOrMore(string statement, bool isOne)
    {
        var (call, test) = Compile(statement);
        var query = test.Model.DataAccess.ReadBy(call)!;
        Assert.Equal(isOne, KeyFilter.SelectsOne(call, query, test.Model));
    }

    [Fact]
    public void PredicateOfProjectedRows_MayMeanTheKey()
    {
        var (call, test) = Compile("db.Orders.Select(o => new { o.Id, o.Number }).SingleOrDefault(o => o.Id == id);");
        var query = test.Model.DataAccess.ReadBy(call)!;
        var orders = test.Model.Entities.Describe(test.Compilation.GetTypeByMetadataName("Shop.Order")!);
        Assert.True(KeyFilter.SelectsOne(orders, call, query.Operators));
        Assert.False(KeyFilter.SelectsOne(call, query, test.Model));
    }

    private static (IInvocationOperation Call, ModelTest Test) Compile(string statement)
    {
        var test = ModelTest.Compile($$"""
            using System.ComponentModel.DataAnnotations;

            [Index(nameof(Text), IsUnique = true)]
            public class Code { public int Id { get; set; } public string Text { get; set; } = ""; }

            [PrimaryKey(nameof(A), nameof(B))]
            public class Stock { public int A { get; set; } public int B { get; set; } }

            public class Store(DbContextOptions<ShopContext> options) : ShopContext(options)
            {
                public DbSet<Code> Codes => Set<Code>();
                public DbSet<Stock> Stocks => Set<Stock>();
            }

            public class Service(Store db)
            {
                public void Run(int id)
                {
                    {{statement}}
                }
            }
            """);
        var run = test.Operation<MethodDeclarationSyntax>("public void Run");
        return (run.Descendants().OfType<IInvocationOperation>().First(call => call.TargetMethod.Name == "SingleOrDefault"), test);
    }
}

using BackendPatterns.Analyzers.Model.Entities;
using BackendPatterns.Analyzers.Roslyn;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Tests.Model.Entities;

public class LoadedCollectionTests
{
    [Theory]
    [InlineData("db.Customers.Include(c => c.Orders).ToList();", "Orders")]
    [InlineData("db.Customers.Include(c => c.Orders).ThenInclude(o => o.Lines).ToList();", "Orders,Orders.Lines")]
    [InlineData("db.Customers.Include(\"Orders.Lines\").ToList();", "Orders,Orders.Lines")]
    [InlineData("db.Orders.Include(o => o.Customer).ToList();", "")]
    [InlineData("db.Orders.Include(o => o.Customer!.Orders).Include(o => o.Lines).ToList();", "Customer.Orders,Lines")]
    [InlineData("db.Orders.Include(o => o.Lines.Take(3)).ToList();", "")]
    [InlineData("db.Orders.Include(o => o.Lines.Take(30)).ToList();", "Lines")]
    [InlineData("db.Orders.Include(o => o.Lines.Where(l => l.Quantity > 1)).ToList();", "Lines")]
    [InlineData("IQueryable<Order> q = db.Orders; if (flag) q = q.Include(o => o.Lines); q.ToList();", "")]
    [InlineData("IQueryable<Order> q = db.Orders.Include(o => o.Lines); if (flag) q = q.Where(o => o.Id > 1); q.ToList();", "Lines")]
    public void Includes_LoadTheirCollections(string statements, string paths)
    {
        var (call, test) = Compile(statements);
        var source = call.Receiver()!;
        var found = LoadedCollection.IncludedBy(EagerLoading.Of(source, test.Model)!, test.Model.DataAccess.ReadBy(call)!, source.Unwrap().Type.ElementTypeOfSequence()!);
        Assert.Equal(paths, string.Join(",", found.Select(collection => collection.Path)));
    }

    [Theory]
    [InlineData("db.Orders.Select(o => new { o.Id, o.Lines }).ToList();", "Lines")]
    [InlineData("db.Orders.Select(o => new { Lines = o.Lines.Where(l => l.Quantity > 1).Select(l => l.Id).ToList(), o.Customer!.Orders }).ToList();", "Lines,Orders")]
    [InlineData("db.Customers.Select(c => c.Orders.Select(o => new { o.Id, o.Lines })).ToList();", "Orders,Lines")]
    [InlineData("db.Orders.Select(o => new { Count = o.Lines.Count, Any = o.Lines.Any(), Sum = o.Lines.Sum(l => l.Quantity) }).ToList();", "")]
    [InlineData("db.Orders.Select(o => new { First = o.Lines.Take(2).ToList() }).ToList();", "")]
    [InlineData("db.Orders.Select(o => new { Known = o.Lines != null }).ToList();", "")]
    [InlineData("db.Orders.Select(o => new { o.Number, Chars = o.Number.ToCharArray() }).ToList();", "")]
    public void Projections_LoadWhatTheyMaterialise(string statements, string names)
    {
        var (call, test) = Compile(statements);
        var projection = call.Descendants().OfType<IAnonymousFunctionOperation>().First();
        Assert.Equal(names, string.Join(",", LoadedCollection.ProjectedBy(projection, test.Model).Select(collection => collection.Path)));
    }

    [Theory]
    [InlineData("db.Customers.Include(c => c.Orders).ThenInclude(o => o.Lines).ToList();", true)]
    [InlineData("db.Orders.Include(o => o.Customer!.Orders).Include(o => o.Lines).ToList();", false)]
    public void Nesting_IsKnown(string statements, bool isAbove)
    {
        var (call, test) = Compile(statements);
        var found = LoadedCollection.IncludedBy(EagerLoading.Of(call.Receiver()!, test.Model)!, test.Model.DataAccess.ReadBy(call)!, call.Receiver()!.Unwrap().Type.ElementTypeOfSequence()!);
        Assert.Equal((isAbove, false), (found[0].IsAbove(found[1]), found[1].IsAbove(found[0])));
    }

    [Fact]
    public void NestedProjection_IsBelowItsOuterCollection()
    {
        var (call, test) = Compile("db.Customers.Select(c => c.Orders.Select(o => new { o.Id, o.Lines })).ToList();");
        var found = LoadedCollection.ProjectedBy(call.Descendants().OfType<IAnonymousFunctionOperation>().First(), test.Model);
        Assert.True(found[0].IsAbove(found[1]));
        Assert.False(found[1].IsAbove(found[0]));
    }

    private static (IInvocationOperation Call, ModelTest Test) Compile(string statements)
    {
        var test = ModelTest.Compile($$"""
            public class Service(ShopContext db)
            {
                public void Run(bool flag)
                {
                    {{statements}}
                }
            }
            """);
        var run = test.Operation<MethodDeclarationSyntax>("public void Run");
        return (run.Descendants().OfType<IInvocationOperation>().First(call => call.TargetMethod.Name == "ToList"), test);
    }
}

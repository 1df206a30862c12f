using System.Collections.Immutable;
using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Tests.Flow;

public class MemberTripsTests
{
    private const string Source = """
        public class Test(ShopContext db)
        {
            private readonly List<Customer> _first = new ShopContext(null!).Customers.ToList();
            public List<string> Both(List<int> ids)
            {
                var names = db.Customers.Where(c => ids.Contains(c.Id)).Select(c => c.Name).ToList();
                foreach (var order in db.Orders) names.Add(order.ToString()!);
                Action later = () => db.Products.First();
                return names.Where(n => n.Length > 1).ToList();
            }
            public List<int> Nothing(List<int> ids) { foreach (var id in ids) Console.WriteLine(id); return ids.Select(id => id + 1).ToList(); }
            public void Writes() { db.SaveChanges(); }
            public async Task Loop(List<int> ids) { foreach (var id in ids) await db.Customers.FirstAsync(c => c.Id == id); }
            public int Count => db.Orders.Count();
        }
        """;

    [Theory]
    [InlineData("Both", "db.Customers.Where(c => ids.Contains(c.Id)).Select(c => c.Name).ToList()", "foreach", "db.Products.First()")]
    [InlineData("Nothing")]
    [InlineData("Writes")]
    [InlineData("Loop", "db.Customers.FirstAsync(c => c.Id == id)")]
    [InlineData("Count", "db.Orders.Count()")]
    [InlineData("_first", "new ShopContext(null!).Customers.ToList()")]
    public void Reads_AreThoseThatEntityFrameworkExecutes(string member, params string[] expected)
    {
        var (test, blocks) = BlocksOf(member);
        var reads = MemberTrips.Of(blocks, test.Model, CancellationToken.None).SelectMany(trips => trips.Reads(CancellationToken.None)).ToList();
        Assert.Equal(expected.Length, reads.Count);
        Assert.All(expected.Zip(reads), pair => Assert.StartsWith(pair.First, pair.Second.Syntax.ToString(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Loop", 1)]
    [InlineData("Nothing", 0)]
    [InlineData("Count", 0)]
    public void RepeatedCalls_StandInLoops(string member, int expected)
    {
        var (test, blocks) = BlocksOf(member);
        Assert.Equal(expected, MemberTrips.Of(blocks, test.Model, CancellationToken.None).Sum(trips => trips.Repeated(CancellationToken.None).Length));
    }

    [Fact]
    public void Answer_IsTheSameObjectForEveryRule()
    {
        var (test, blocks) = BlocksOf("Both");
        var once = Assert.Single(MemberTrips.Of(blocks, test.Model, CancellationToken.None));
        Assert.Same(once, Assert.Single(MemberTrips.Of(blocks, test.Model, CancellationToken.None)));
        Assert.Equal(once.Reads(CancellationToken.None), once.Reads(CancellationToken.None));
    }

    [Fact]
    public void InitializerAndBodyOfConstructor_AreOneMember()
    {
        var test = ModelTest.Compile("public class Test { public Test(int a) { } public Test(ShopContext db) : this(db.Orders.Count()) { db.Customers.ToList(); } }");
        var body = (IConstructorBodyOperation)test.Operation<ConstructorDeclarationSyntax>("public Test(ShopContext");
        var trips = Assert.Single(MemberTrips.Of([body.Initializer!, body.BlockBody!], test.Model, CancellationToken.None));
        Assert.Equal(2, trips.Reads(CancellationToken.None).Length);
    }

    [Fact]
    public void CancelledSearch_IsNotKept()
    {
        var (test, blocks) = BlocksOf("Both");
        var trips = Assert.Single(MemberTrips.Of(blocks, test.Model, CancellationToken.None));
        Assert.Throws<OperationCanceledException>(() => trips.Reads(new CancellationToken(canceled: true)));
        Assert.Equal(3, trips.Reads(CancellationToken.None).Length);
    }

    private static (ModelTest Test, ImmutableArray<IOperation> Blocks) BlocksOf(string member)
    {
        var test = ModelTest.Compile(Source);
        var declaration = test.Tree.GetRoot().DescendantNodes().OfType<MemberDeclarationSyntax>().First(node => node switch
        {
            MethodDeclarationSyntax method => method.Identifier.ValueText == member,
            PropertyDeclarationSyntax property => property.Identifier.ValueText == member,
            FieldDeclarationSyntax field => field.Declaration.Variables[0].Identifier.ValueText == member,
            _ => false,
        });
        SyntaxNode body = declaration switch
        {
            MethodDeclarationSyntax method => method.Body!,
            PropertyDeclarationSyntax property => property.ExpressionBody!,
            _ => ((FieldDeclarationSyntax)declaration).Declaration.Variables[0].Initializer!,
        };
        return (test, [test.Model.SemanticModelOf(test.Tree)!.GetOperation(body)!]);
    }
}

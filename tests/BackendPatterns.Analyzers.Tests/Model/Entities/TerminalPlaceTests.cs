using BackendPatterns.Analyzers.Model.Entities;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.Tests.Model.Entities;

public class TerminalPlaceTests
{
    private static readonly ModelTest Test = ModelTest.Compile("""
        public class Service(ShopContext db)
        {
            public async Task Run()
            {
                await db.Orders
                    .Where(o => o.Id > 1)
                    .ToListAsync();
                Queryable.First(db.Lines);
                foreach (var order in db.Orders.Where(o => o.Id > 2)) { }
            }
        }
        """);

    [Theory]
    [InlineData("db.Orders\n", "ToListAsync", "ToListAsync")]
    [InlineData("Queryable.First", "First", "First")]
    public void Call_IsItsName(string text, string name, string place) => AssertPlace(TerminalPlace.Of(Test.Call(text)), name, place);

    [Fact]
    public void Loop_IsItsCollection() => AssertPlace(TerminalPlace.Of(Test.Operation<ForEachStatementSyntax>("foreach")), "foreach", "db.Orders.Where(o => o.Id > 2)");

    private static void AssertPlace(TerminalPlace found, string name, string place)
    {
        Assert.Equal(name, found.Name);
        Assert.Equal(place, Test.Tree.GetText().ToString(found.Location.SourceSpan));
    }
}

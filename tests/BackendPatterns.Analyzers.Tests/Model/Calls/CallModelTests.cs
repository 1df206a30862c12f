using BackendPatterns.Analyzers.Model.Calls;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Tests.Model.Calls;

public class CallModelTests
{
    [Theory]
    [InlineData("private Customer? Load(int id) => db.Customers.Find(id);", "Load → DbSet.Find")]
    [InlineData("private Customer? Load(int id) { var key = id + 1; return Inner(key); } private Customer? Inner(int key) => db.Customers.Find(key);", "Load → Inner → DbSet.Find")]
    [InlineData("private Customer? Load(int id) => Inner(x => x.Id == id); private Customer? Inner(System.Linq.Expressions.Expression<Func<Customer, bool>> test) => db.Customers.FirstOrDefault(test);", "Load → Inner → IQueryable.FirstOrDefault")]
    [InlineData("private void Load(int id) { if (id > 0) Load(id - 1); else db.Customers.Find(id); }", "Load → DbSet.Find")]
    [InlineData("private void Load(int id) { foreach (var row in db.Lines.Where(l => l.OrderId == id)) { } }", "Load → foreach")]
    [InlineData("private object Load(int id) => new[] { id }.Select(x => db.Customers.Find(x)).ToList();", "Load → DbSet.Find")]
    [InlineData("private object? Load(int id) { return Inner(); Customer? Inner2(int x) => db.Customers.Find(x); object? Inner() => Inner2(id); }", null)]
    [InlineData("private object? Load(int id) { return Inner(id); Customer? Inner(int x) => db.Customers.Find(x); }", "Load → Inner → DbSet.Find")]
    [InlineData("private Task Load(int id) { for (var n = 0; n < 3; n++) { try { db.Customers.Find(id); return Task.CompletedTask; } catch (TimeoutException) { } } return Task.CompletedTask; }", "Load → DbSet.Find")]
    [InlineData("private int Load(int id) => db.Customers.Count();", null)]
    [InlineData("private Customer? Load(int id) => db.Customers.Find(1);", null)]
    [InlineData("private object Load(int id) => db.Customers.Where(c => c.Id == id);", null)]
    [InlineData("private object Load(int id) => new Lazy<Customer?>(() => db.Customers.Find(id));", null)]
    [InlineData("private void Load(int id) { Load(id); }", null)]
    [InlineData("private void Load(int id) => Other(id); private void Other(int id) => Load(id);", null)]
    [InlineData("private Dictionary<int, Customer?> known = new(); private Customer? Load(int id) { if (!known.TryGetValue(id, out var row)) known[id] = row = db.Customers.Find(id); return row; }", null)]
    [InlineData("private async Task Load(int id) { while (true) { _ = await db.Customers.FindAsync(id); await Task.Delay(1); } }", null)]
    [InlineData("private void Load(int id) => new Other().Load(id); private class Other { public void Load(int id) { } }", null)]
    public void Chain_EndsAtAReadThatDependsOnTheArgument(string members, string? expected)
    {
        var test = ModelTest.Compile($$"""
            #pragma warning disable CS8321
            public class Test(ShopContext db)
            {
                public void Run(int id) => Load(id);

                {{members}}
            }
            """);
        var call = (IInvocationOperation)test.Call("Load(id)");
        Assert.Equal(expected, test.Model.Calls.RoundTripBehind(call, RoundTripKind.DatabaseRead, _ => true)?.Text);
    }

    [Fact]
    public void OnlyTheArgumentThatCarriesTheElement_Counts()
    {
        var test = ModelTest.Compile("""
            public class Test(ShopContext db)
            {
                public void Run(int id, int page) => Load(id, page);

                private object? Load(int key, int unused) => db.Customers.Find(key) ?? (object)unused;
            }
            """);
        var call = (IInvocationOperation)test.Call("Load(id");
        CallChain? Behind(string argument) => test.Model.Calls.RoundTripBehind(call, RoundTripKind.DatabaseRead, value => value.Syntax.ToString() == argument);
        Assert.NotNull(Behind("id"));
        Assert.Null(Behind("page"));
    }

    [Fact]
    public void WritesAreFoundWhateverTheyDependOn()
    {
        var test = ModelTest.Compile("""
            public class Test(ShopContext db)
            {
                public void Run(int id) => Delete(id);

                private void Delete(int id) { db.Remove(db.Customers.Find(id)!); Save(); }

                private void Save() => db.SaveChanges();
            }
            """);
        var call = (IInvocationOperation)test.Call("Delete(id)");
        Assert.True(test.Model.Calls.Reaches(call.TargetMethod, RoundTripKind.DatabaseWrite));
        Assert.False(test.Model.Calls.Reaches(call.TargetMethod, RoundTripKind.Remote));
    }

    [Fact]
    public void LongChain_IsCutOff()
    {
        var members = string.Concat(Enumerable.Range(0, 30).Select(i => $"private void M{i}(int id) => M{i + 1}(id);\n"));
        var test = ModelTest.Compile($$"""
            public class Test(ShopContext db)
            {
                public void Run(int id) => M0(id);

                {{members}}
                private void M30(int id) => db.Customers.Find(id);
            }
            """);
        Assert.Null(test.Model.Calls.RoundTripBehind((IInvocationOperation)test.Call("M0(id)"), RoundTripKind.DatabaseRead, _ => true));
        Assert.NotNull(test.Model.Calls.RoundTripBehind((IInvocationOperation)test.Call("M25(id)"), RoundTripKind.DatabaseRead, _ => true));
    }
}

using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Roslyn;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Tests.Flow;

public class TrackedValuesTests
{
    [Theory]
    [InlineData("var x = _db.Orders.First(); Use(x);", "_db.Orders.First()")]
    [InlineData("var x = await _db.Orders.FirstOrDefaultAsync() ?? throw new Exception(); Use(x);", "_db.Orders.FirstOrDefaultAsync()")]
    [InlineData("var x = await _db.Orders.FindAsync(1); Use(x);", "_db.Orders.FindAsync(1)")]
    [InlineData("var x = await LoadAsync(); Use(x);", "LoadAsync()")]
    [InlineData("var x = new Order(); _db.Add(x); Use(x);", "_db.Add(x)")]
    [InlineData("foreach (var x in _db.Orders.ToList()) Use(x);", "_db.Orders.ToList()")]
    [InlineData("var all = await _db.Orders.ToListAsync(); foreach (var x in all) Use(x);", "_db.Orders.ToListAsync()")]
    [InlineData("Order? x = null; if (flag) x = _db.Orders.First(); else x = _db.Orders.Single(); Use(x);", "_db.Orders.First()")]
    [InlineData("var x = _db.Orders.AsNoTracking().First(); Use(x);", null)]
    [InlineData("var x = other.Orders.First(); Use(x);", null)]
    [InlineData("var x = new Order(); Use(x);", null)]
    [InlineData("var x = new Order(); Use(x); _db.Add(x);", null)]
    [InlineData("var x = new Order(); other.Add(x); Use(x);", null)]
    [InlineData("var x = new Order(); if (flag) { _db.Add(x); } Use(x);", null)]
    [InlineData("var x = _db.Orders.First(); if (flag) x = new Order(); Use(x);", null)]
    [InlineData("var x = given; Use(x);", null)]
    [InlineData("var x = await MaybeAsync(flag); Use(x);", null)]
    public void Value_IsTrackedByTheContext(string statements, string? origin)
    {
        var (place, tracked) = Compile(statements);
        Assert.Equal(origin, tracked.OriginOf(place)?.Syntax.ToString());
    }

    [Theory]
    [InlineData("var x = _db.Orders.First(); Use(x);", false)]
    [InlineData("var x = _db.Orders.First(); _db.ChangeTracker.Clear(); Use(x);", true)]
    [InlineData("var x = _db.Orders.First(); _db.Entry(x).State = EntityState.Detached; Use(x);", true)]
    [InlineData("var x = _db.Orders.First(); _db.Entry(x).State = EntityState.Modified; Use(x);", false)]
    public void Context_MayForget(string statements, bool mayForget)
    {
        var (place, tracked) = Compile(statements);
        Assert.Equal(mayForget, tracked.MayForget(place));
    }

    private static (ILocalReferenceOperation Place, TrackedValues Tracked) Compile(string statements)
    {
        var test = ModelTest.Compile($$"""
            public class AppContext : ShopContext
            {
                public AppContext() : base(new DbContextOptions<ShopContext>()) { }

                protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite("");
            }

            public class Service
            {
                private readonly AppContext _db = new();

                public async Task Run(AppContext other, Order given, bool flag)
                {
                    await Task.Yield();
                    {{statements}}
                }

                private static void Use(Order? order) { }

                private Task<Order> LoadAsync() => _db.Orders.FirstAsync();

                private async Task<Order> MaybeAsync(bool flag) => flag ? await _db.Orders.FirstAsync() : new Order();

                private AppContext Context() => _db;
            }
            """);
        var run = test.Operation<MethodDeclarationSyntax>("public async Task Run");
        var use = run.Descendants().OfType<IInvocationOperation>().Single(call => call.TargetMethod.Name == "Use");
        var context = test.Operation<ArrowExpressionClauseSyntax>("=> _db").Descendants().OfType<IFieldReferenceOperation>().First(reference => reference.Field.Name == "_db");
        return ((ILocalReferenceOperation)use.Arguments[0].Value.Unwrap(), new TrackedValues(context, test.Model, CancellationToken.None));
    }
}

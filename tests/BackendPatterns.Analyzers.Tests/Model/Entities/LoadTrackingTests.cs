using BackendPatterns.Analyzers.Model.Entities;
using BackendPatterns.Analyzers.Roslyn;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Tests.Model.Entities;

public class LoadTrackingTests
{
    [Theory]
    [InlineData("db.Orders.First();", ContextAnswer.Yes)]
    [InlineData("db.Orders.AsNoTracking().First();", ContextAnswer.No)]
    [InlineData("db.Orders.AsNoTracking().Where(o => o.Id > 1).AsTracking().First();", ContextAnswer.Yes)]
    [InlineData("db.Orders.AsTracking().AsNoTrackingWithIdentityResolution().First();", ContextAnswer.No)]
    [InlineData("var q = db.Orders.AsNoTracking(); q.First();", ContextAnswer.No)]
    [InlineData("var q = db.Orders.AsQueryable(); if (flag) q = q.AsNoTracking(); q.First();", ContextAnswer.Unknown)]
    [InlineData("var q = db.Orders.AsNoTracking(); if (flag) q = q.Where(o => o.Id > 1); q.First();", ContextAnswer.No)]
    [InlineData("Untracked().First();", ContextAnswer.No)]
    [InlineData("given.First();", ContextAnswer.Unknown)]
    [InlineData("unknown.Orders.First();", ContextAnswer.Unknown)]
    [InlineData("using var own = new AppContext(); own.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking; own.Orders.First();", ContextAnswer.No)]
    [InlineData("using var own = new AppContext(); if (flag) own.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking; own.Orders.First();", ContextAnswer.Unknown)]
    public void Load_IsTrackedOrNot(string statements, ContextAnswer answer)
    {
        var test = ModelTest.Compile($$"""
            public class AppContext : ShopContext
            {
                public AppContext() : base(new DbContextOptions<ShopContext>()) { }

                protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite("");
            }

            public class Service(AppContext db, ShopContext unknown)
            {
                public void Run(IQueryable<Order> given, bool flag)
                {
                    {{statements}}
                }

                private IQueryable<Order> Untracked() => db.Orders.AsNoTracking();

                private ShopContext Use() => unknown;
            }
            """);
        var first = test.Operation<Microsoft.CodeAnalysis.CSharp.Syntax.MethodDeclarationSyntax>("public void Run").Descendants().OfType<IInvocationOperation>().Single(call => call.TargetMethod.Name == "First");
        Assert.Equal(answer, LoadTracking.Of(EntityLoad.Of(first, test.Model)!, test.Model).IsTracked);
    }
}

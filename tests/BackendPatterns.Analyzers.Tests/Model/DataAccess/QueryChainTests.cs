using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.Tests.Model.DataAccess;

public class QueryChainTests
{
    [Theory]
    [InlineData("Use(db.Orders);", QueryProvider.EntityFrameworkCore, "")]
    [InlineData("Use(db.Orders.Where(o => o.Id > 1).Include(o => o.Lines).OrderBy(o => o.Id));", QueryProvider.EntityFrameworkCore, "Where Include OrderBy")]
    [InlineData("Use(db.Set<Order>().AsNoTracking());", QueryProvider.EntityFrameworkCore, "AsNoTracking")]
    [InlineData("Use(factory.CreateDbContext().Orders.Take(3));", QueryProvider.EntityFrameworkCore, "Take")]
    [InlineData("Use(from o in db.Orders where o.Id > 1 orderby o.Id select o);", QueryProvider.EntityFrameworkCore, "Where OrderBy")]
    [InlineData("var q = db.Orders.Where(o => o.Id > 1); Use(q.Take(2));", QueryProvider.EntityFrameworkCore, "Where Take")]
    [InlineData("Use(set.Take(1));", QueryProvider.EntityFrameworkCore, "Take")]
    [InlineData("Use(db.Database.SqlQuery<int>($\"select 1\").Take(1));", QueryProvider.EntityFrameworkCore, "Take")]
    [InlineData("Use(db.Orders.ToList().Where(o => o.Id > 1));", QueryProvider.Memory, "Where")]
    [InlineData("Use(list.AsQueryable().Where(o => o.Id > 1));", QueryProvider.Memory, "AsQueryable Where")]
    [InlineData("Use(names.Take(1));", QueryProvider.Unknown, "Take")]
    [InlineData("Use(repository.Query().Take(1));", QueryProvider.EntityFrameworkCore, "Take")]
    [InlineData("Use(Rows().Take(1));", QueryProvider.EntityFrameworkCore, "Take")]
    [InlineData("Use(Recent.Take(1));", QueryProvider.EntityFrameworkCore, "Take")]
    [InlineData("Use(Through(3).Take(1));", QueryProvider.EntityFrameworkCore, "Take")]
    [InlineData("Use(InMemory().Take(1));", QueryProvider.Memory, "Take")]
    [InlineData("Use(Endless().Take(1));", QueryProvider.Unknown, "Take")]
    [InlineData("Use(Mixed(true).Take(1));", QueryProvider.Unknown, "Take")]
    [InlineData("Use(Open().Take(1));", QueryProvider.Unknown, "Take")]
    [InlineData("Use((list.Count > 1 ? Rows() : Recent).Take(1));", QueryProvider.EntityFrameworkCore, "Take")]
    [InlineData("Use((list.Count switch { 1 => Rows(), 2 => Recent, _ => throw new InvalidOperationException() }).Take(1));", QueryProvider.EntityFrameworkCore, "Take")]
    [InlineData("Use((list.Count > 1 ? Rows() : InMemory()).Take(1));", QueryProvider.Unknown, "Take")]
    [InlineData("IQueryable<string> q; if (list.Count > 1) q = Rows(); else q = Recent.Take(2); q = q.Skip(1); Use(q);", QueryProvider.EntityFrameworkCore, "")]
    [InlineData("Use(users.Users.Take(1));", QueryProvider.EntityFrameworkCore, "Take")]
    public void Chain_HasProviderAndOperators(string statements, QueryProvider provider, string operators)
    {
        var chain = ChainOf(statements);
        Assert.NotNull(chain);
        Assert.Equal(provider, chain.Provider);
        Assert.Equal(operators, string.Join(' ', chain.Operators.Select(call => call.TargetMethod.Name)));
    }

    [Theory]
    [InlineData("Use(db.Orders.Where(o => o.Id > 1));", true)]
    [InlineData("var q = db.Orders.Where(o => o.Id > 1); Use(q);", true)]
    [InlineData("IQueryable<Order> q = db.Orders; if (list.Count > 1) q = q.Where(o => o.Id > 1); Use(q);", false)]
    [InlineData("Use(db.Orders.Recent());", false)]
    [InlineData("Use(Rows());", false)]
    [InlineData("Use(Recent);", false)]
    [InlineData("Use(list.Count > 1 ? db.Orders : db.Orders.Where(o => o.Id > 1));", false)]
    [InlineData("Use(repository.Query());", false)]
    [InlineData("Use(db.Orders.AsEnumerable().Where(o => o.Id > 1));", false)]
    public void Chain_IsCompleteOnlyWhereEveryOperatorIsSeen(string statements, bool expected) =>
        Assert.Equal(expected, ChainOf(statements)!.IsComplete);

    [Fact]
    public void LocalGivenTwoSources_IsNotFollowed() =>
        Assert.Equal(QueryProvider.Unknown, ChainOf("IQueryable<string> q = names; q = db.Orders.Select(o => o.Number); Use(q.Take(1));")!.Provider);

    [Fact]
    public void Number_IsNoQuery() => Assert.Null(ChainOf("Use(1);"));

    [Fact]
    public void ChainOfAThousandOperators_IsCutOff() =>
        Assert.NotNull(ChainOf("Use(db.Orders" + string.Concat(Enumerable.Repeat(".Take(1)", 500)) + ");"));

    [Theory]
    // One expression.
    [InlineData("Use(db.Orders.OrderBy(o => o.Id).Skip(1));", "OrderBy", Presence.Always)]
    [InlineData("Use(db.Orders.Skip(1));", "OrderBy", Presence.Never)]
    [InlineData("Use(from o in db.Orders orderby o.Id select o);", "OrderBy", Presence.Always)]
    [InlineData("Use(db.Set<Order>().AsNoTracking());", "AsNoTracking", Presence.Always)]
    [InlineData("Use(db.Orders.FromSqlRaw(\"select 1\").Where(o => o.Id > 1));", "FromSqlRaw", Presence.Always)]
    [InlineData("Use(db.Database.SqlQuery<int>($\"select 1\").Where(i => i > 1));", "OrderBy", Presence.Never)]
    [InlineData("Use(users.Users.Skip(1));", "OrderBy", Presence.Never)]
    [InlineData("Use(names.Skip(1));", "OrderBy", Presence.Unknown)]
    [InlineData("Use(names.OrderBy(n => n).Skip(1));", "OrderBy", Presence.Always)]
    // Locals.
    [InlineData("var q = db.Orders.OrderBy(o => o.Id); Use(q.Skip(1));", "OrderBy", Presence.Always)]
    [InlineData("IQueryable<Order> q = db.Orders; q = q.OrderBy(o => o.Id); Use(q.Skip(1));", "OrderBy", Presence.Always)]
    [InlineData("IQueryable<Order> q = db.Orders; if (list.Count > 1) q = q.OrderBy(o => o.Id); Use(q.Skip(1));", "OrderBy", Presence.Sometimes)]
    [InlineData("IQueryable<Order> q = db.Orders; if (list.Count > 1) q = q.OrderBy(o => o.Id); else q = q.OrderByDescending(o => o.Id); Use(q.Skip(1));", "OrderBy OrderByDescending", Presence.Always)]
    [InlineData("IQueryable<Order> q; if (list.Count > 1) q = db.Orders.OrderBy(o => o.Id); else throw new InvalidOperationException(); Use(q.Skip(1));", "OrderBy", Presence.Always)]
    [InlineData("IQueryable<Order> q = db.Orders; switch (list.Count) { case 1: q = q.OrderBy(o => o.Id); break; default: q = q.OrderBy(o => o.Number); break; } Use(q);", "OrderBy", Presence.Always)]
    [InlineData("IQueryable<Order> q = db.Orders; switch (list.Count) { case 1: q = q.OrderBy(o => o.Id); break; case 2: q = q.OrderBy(o => o.Number); break; } Use(q);", "OrderBy", Presence.Sometimes)]
    [InlineData("IQueryable<Order> q = db.Orders; if (list.Count > 1) { q = q.OrderBy(o => o.Id); Keep(q); return; } Use(q.Skip(1));", "OrderBy", Presence.Never)]
    [InlineData("IQueryable<Order> q = db.Orders; if (list.Count > 1) { q = q.OrderBy(o => o.Id); } else { Use(q.Skip(1)); }", "OrderBy", Presence.Never)]
    [InlineData("IQueryable<Order> q = db.Orders; foreach (var o in list) q = q.Where(x => x.Id != o.Id); Use(q);", "Where", Presence.Sometimes)]
    [InlineData("IQueryable<Order> q = db.Orders; foreach (var o in list) { Use(q); q = q.Where(x => x.Id != o.Id); }", "Where", Presence.Sometimes)]
    [InlineData("IQueryable<Order> q = db.Orders; foreach (var o in list) q = q.Where(x => x.Id != o.Id); Use(q);", "OrderBy", Presence.Never)]
    [InlineData("IQueryable<Order> q = db.Orders; try { q = q.Where(o => o.Id > 1); } finally { q = q.OrderBy(o => o.Id); } Use(q);", "OrderBy", Presence.Always)]
    [InlineData("IQueryable<Order> q = db.Orders; try { q = q.Where(o => o.Id > 1); } finally { q = q.OrderBy(o => o.Id); } Use(q);", "Where", Presence.Sometimes)]
    [InlineData("IQueryable<Order> q = db.Orders; Fill(out q); Use(q.Skip(1));", "OrderBy", Presence.Unknown)]
    [InlineData("IQueryable<Order> q = db.Orders; Action sort = () => q = q.OrderBy(o => o.Id); sort(); Use(q.Skip(1));", "OrderBy", Presence.Sometimes)]
    [InlineData("Use((list.Count > 1 ? db.Orders.OrderBy(o => o.Id) : db.Orders.Where(o => o.Id > 1)).Skip(1));", "OrderBy", Presence.Sometimes)]
    [InlineData("var q = list.Count switch { 1 => db.Orders.OrderBy(o => o.Id), 2 => db.Orders.OrderBy(o => o.Number), _ => throw new InvalidOperationException() }; Use(q);", "OrderBy", Presence.Always)]
    // Methods and properties in source.
    [InlineData("Use(db.Orders.OnlyNew().Skip(1));", "Where", Presence.Always)]
    [InlineData("Use(db.Orders.OnlyNew().Skip(1));", "OrderBy", Presence.Never)]
    [InlineData("Use(db.Orders.Sorted(true).Page(2));", "OrderBy OrderByDescending", Presence.Always)]
    [InlineData("Use(db.Orders.Page(2));", "OrderBy", Presence.Never)]
    [InlineData("Use(db.Orders.Page(2));", "Skip", Presence.Always)]
    [InlineData("Use(db.Orders.OrderBy(o => o.Id).Narrowed(true));", "Where", Presence.Sometimes)]
    [InlineData("Use(db.Orders.OrderBy(o => o.Id).Narrowed(true));", "OrderBy", Presence.Always)]
    [InlineData("Use(ByNumber().Skip(1));", "OrderBy", Presence.Always)]
    [InlineData("Use((await LaterAsync()).Skip(1));", "OrderBy", Presence.Always)]
    [InlineData("Use(Numbers.Skip(1));", "OrderBy", Presence.Always)]
    [InlineData("Use(Endless().Skip(1));", "OrderBy", Presence.Unknown)]
    [InlineData("Use(repository.Query().Skip(1));", "OrderBy", Presence.Unknown)]
    [InlineData("Use(store.Query().Skip(1));", "OrderBy", Presence.Always)]
    [InlineData("Use(Local(db.Orders.OrderBy(o => o.Id))); IQueryable<Order> Local(IQueryable<Order> orders) => orders.Where(o => o.Id > 1);", "OrderBy", Presence.Always)]
    public void Ways_KnowWhetherAnOperatorIsApplied(string statements, string operators, Presence expected) =>
        Assert.Equal(expected, ChainOf(statements)!.Ways.PresenceOf(operators.Split(' ')));

    [Theory]
    [InlineData("Run(db.Orders.OrderBy(o => o.Id));", Presence.Always)]
    [InlineData("Run(db.Orders.OrderBy(o => o.Id)); Run(db.Orders);", Presence.Sometimes)]
    [InlineData("Run(db.Orders); Run(db.Orders.Where(o => o.Id > 1));", Presence.Never)]
    [InlineData("Run(db.Orders); Func<IQueryable<Order>, int> later = Run;", Presence.Unknown)]
    [InlineData("", Presence.Unknown)]
    public void Parameter_OfAPrivateMethod_IsWhatItsCallersGive(string callers, Presence expected)
    {
        var test = ModelTest.Compile($$"""
            public class Test(ShopContext db)
            {
                public void Call() { {{callers}} }

                private int Run(IQueryable<Order> orders)
                {
                    Use(orders.Skip(1));
                    return 1;
                }

                private static void Use(object value) { }
            }
            """);
        Assert.Equal(expected, Used(test)!.Ways.PresenceOf("OrderBy"));
    }

    [Fact]
    public void Parameter_OfAPublicMethod_IsNotKnown()
    {
        var test = ModelTest.Compile("""
            public class Test(ShopContext db)
            {
                public void Call() => Run(db.Orders);
                public void Run(IQueryable<Order> orders) => Use(orders.Skip(1));
                private static void Use(object value) { }
            }
            """);
        Assert.Equal(Presence.Unknown, Used(test)!.Ways.PresenceOf("OrderBy"));
        Assert.False(Used(test)!.Ways.AreKnown);
        Assert.True(Used(test)!.Ways.Has("Skip"));
    }

    [Theory]
    [InlineData("Use(db.Orders.OrderBy(o => o.Id).Where(o => o.Id > 1).Distinct());", "Distinct")]
    [InlineData("IQueryable<Order> q = db.Orders.Distinct(); if (list.Count > 1) q = q.OrderBy(o => o.Id); Use(q.Skip(1));", "OrderBy Distinct")]
    [InlineData("Use(db.Orders.Distinct().Sorted(list.Count > 1));", "OrderBy OrderByDescending")]
    public void Stops_AreTheNearestOperatorsOfEachWay(string statements, string expected)
    {
        var stops = ChainOf(statements)!.Ways.StopsAt(call => call.TargetMethod.Name is "OrderBy" or "OrderByDescending" or "Distinct");
        Assert.True(stops.AreKnown);
        Assert.Empty(stops.Sources);
        Assert.Equal(expected, string.Join(' ', stops.Operators.Select(call => call.TargetMethod.Name)));
    }

    [Fact]
    public void Operators_OfAllWays_AreListed()
    {
        var ways = ChainOf("IQueryable<Order> q = db.Orders.AsNoTracking(); if (list.Count > 1) q = q.Include(o => o.Lines); Use(q.OnlyNew().Take(3));")!.Ways;
        Assert.Equal("Take Where Include AsNoTracking", string.Join(' ', ways.Operators.Select(call => call.TargetMethod.Name)));
        Assert.True(ways.AreKnown);
        Assert.True(ways.Has("Include"));
        Assert.True(ways.Lacks("AsSplitQuery", "AsSingleQuery"));
    }

    [Fact]
    public void WaysOfAThousandOperators_AreNotKnown() =>
        Assert.Equal(Presence.Unknown, ChainOf("Use(db.Orders" + string.Concat(Enumerable.Repeat(".Take(1)", 500)) + ");")!.Ways.PresenceOf("OrderBy"));

    private static QueryChain? ChainOf(string statements)
    {
        var test = ModelTest.Compile($$"""
            public static class Own
            {
                public static IQueryable<Order> Recent(this IQueryable<Order> orders) => orders.Where(o => o.Id > 10);

                public static IQueryable<Order> OnlyNew(this IQueryable<Order> orders) => orders.Where(o => o.Id > 10);

                public static IQueryable<Order> Sorted(this IQueryable<Order> orders, bool up)
                {
                    if (up)
                        return orders.OrderBy(o => o.Id);
                    return orders.OrderByDescending(o => o.Id);
                }

                public static IQueryable<T> Page<T>(this IQueryable<T> query, int page) => query.Skip(page * 10).Take(10);

                public static IQueryable<Order> Narrowed(this IQueryable<Order> orders, bool narrow)
                {
                    if (narrow)
                        orders = orders.Where(o => o.Id > 10);
                    return orders;
                }
            }

            public interface IOrders
            {
                IQueryable<Order> Query();
            }

            public class Store(ShopContext db) : IStore
            {
                public IQueryable<Order> Query() => db.Orders.OrderBy(o => o.Number);
            }

            public interface IStore
            {
                IQueryable<Order> Query();
            }

            public class Test(
                ShopContext db, IStore store, DbSet<Order> set, IQueryable<string> names, IDbContextFactory<ShopContext> factory, IOrders repository,
                Microsoft.AspNetCore.Identity.UserManager<Microsoft.AspNetCore.Identity.IdentityUser> users)
            {
                private IQueryable<string> Recent => db.Orders.Where(o => o.Id > 10).Select(o => o.Number);

                private IQueryable<string> Rows()
                {
                    if (names is null)
                        return db.Customers.Select(c => c.Name);
                    var numbers = db.Orders.AsNoTracking().Select(o => o.Number);
                    return numbers.Distinct();
                }

                private IQueryable<string> Through(int least) => Rows().Where(name => name.Length > least);

                private IQueryable<string> InMemory() => new[] { "a" }.AsQueryable();

                private IQueryable<string> Endless() => Endless();

                private IQueryable<string> Mixed(bool flag)
                {
                    if (flag)
                        return InMemory();
                    return Rows();
                }

                private IQueryable<string> Open() => names;

                private IQueryable<string> Numbers => db.Orders.OrderBy(o => o.Id).Select(o => o.Number);

                private IQueryable<Order> ByNumber() => db.Orders.OrderBy(o => o.Number);

                private async Task<IQueryable<Order>> LaterAsync()
                {
                    await Task.Yield();
                    return db.Orders.OrderBy(o => o.Number);
                }

                private static void Fill(out IQueryable<Order> orders) => orders = null!;

                private static void Keep(object value) { }

                public async Task Run(List<Order> list)
                {
                    await Task.Yield();
                    {{statements}}
                }

                private static void Use(object value) { }
            }
            """);
        return Used(test);
    }

    private static QueryChain? Used(ModelTest test)
    {
        var argument = test.Tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>()
            .Single(call => call.Expression is IdentifierNameSyntax { Identifier.ValueText: "Use" }).ArgumentList.Arguments[0].Expression;
        return test.Model.DataAccess.QueryOf(test.Model.SemanticModelOf(test.Tree)!.GetOperation(argument)!);
    }
}

using BackendPatterns.Analyzers.Model.Entities;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Tests.Model.Entities;

public class EagerLoadingTests
{
    [Theory]
    [InlineData("db.Orders", "")]
    [InlineData("db.Set<Order>().Where(o => o.Id > 1)", "")]
    [InlineData("db.Orders.Include(o => o.Customer)", "Customer")]
    [InlineData("db.Orders.Include(\"Customer.Orders\")", "Customer, Customer.Orders")]
    [InlineData("db.Orders.Include(o => o.Customer).ThenInclude(c => c!.Orders).Include(o => o.Lines.Where(l => l.Price > 1))", "Customer, Customer.Orders, Lines")]
    [InlineData("db.Orders.Include(o => o.Customer!.Orders).OrderBy(o => o.Id).Skip(3).AsNoTracking()", "Customer, Customer.Orders")]
    [InlineData("from o in db.Orders.Include(o => o.Lines) where o.Id > 1 select o", "Lines")]
    [InlineData("flag ? db.Orders.Include(o => o.Lines).AsQueryable() : db.Orders", "Lines")]
    [InlineData("Conditional(Conditional(db.Orders.Include(o => o.Lines), flag), flag)", "Customer, Lines")]
    [InlineData("narrowed", "Lines")]
    [InlineData("Conditional(db.Orders, flag)", "Customer")]
    [InlineData("WithLines", "Lines")]
    [InlineData("Nested(db.Orders.Include(o => o.Customer))", "Customer, Lines")]
    public void Query_LoadsThePathsOfItsIncludes(string query, string paths)
    {
        var loading = Of(query);
        Assert.NotNull(loading);
        Assert.Equal(paths, string.Join(", ", loading.Paths.OrderBy(path => path, StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("given")]
    [InlineData("source.Orders()")]
    [InlineData("Overridable()")]
    [InlineData("db.Orders.Include(Name())")]
    [InlineData("db.Orders.Concat(db.Orders.Include(o => o.Lines))")]
    [InlineData("db.Customers.SelectMany(c => c.Orders)")]
    [InlineData("new List<Order>().AsQueryable()")]
    [InlineData("Endless(db.Orders)")]
    public void Query_ThatCannotBeRead_IsNotKnown(string query) => Assert.Null(Of(query));

    [Fact]
    public void Context_AndTracking_AreThoseOfTheSource()
    {
        var loading = Of("db.Orders.AsNoTracking()")!;
        Assert.Equal("ShopContext", loading.Context!.Name);
        Assert.True(loading.IsNoTracking);
        Assert.False(Of("db.Orders")!.IsNoTracking);
    }

    private static EagerLoading? Of(string query)
    {
        var test = ModelTest.Compile($$"""
            public interface ISource { IQueryable<Order> Orders(); }

            public class Queries(ShopContext db, ISource source)
            {
                public async Task RunAsync(bool flag, IQueryable<Order> given)
                {
                    IQueryable<Order> narrowed = db.Orders;
                    if (flag)
                        narrowed = narrowed.Include(o => o.Lines);
                    var rows = await ({{query}}).ToListAsync();
                    Console.WriteLine((rows, given, narrowed, source));
                }

                protected virtual IQueryable<Order> Overridable() => db.Orders;

                private IQueryable<Order> WithLines => db.Orders.Include(o => o.Lines);

                private static string Name() => "Lines";

                private static IQueryable<Order> Nested(IQueryable<Order> orders) => Conditional(orders.Include(o => o.Lines), false);

                private static IQueryable<Order> Endless(IQueryable<Order> orders) => Endless(orders.Where(o => o.Id > 1));

                private static IQueryable<Order> Conditional(IQueryable<Order> orders, bool flag)
                {
                    if (flag)
                        orders = orders.Include(o => o.Customer);
                    return orders;
                }
            }
            """);
        var load = (IInvocationOperation)test.Call($"({query}).ToListAsync");
        return EagerLoading.Of(load.Arguments[0].Value, test.Model);
    }
}

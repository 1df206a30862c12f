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

    private static QueryChain? ChainOf(string statements)
    {
        var test = ModelTest.Compile($$"""
            public static class Own
            {
                public static IQueryable<Order> Recent(this IQueryable<Order> orders) => orders.Where(o => o.Id > 10);
            }

            public interface IOrders
            {
                IQueryable<Order> Query();
            }

            public class Test(
                ShopContext db, DbSet<Order> set, IQueryable<string> names, IDbContextFactory<ShopContext> factory, IOrders repository,
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

                public void Run(List<Order> list)
                {
                    {{statements}}
                }

                private static void Use(object value) { }
            }
            """);
        var argument = test.Tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>()
            .Single(call => call.Expression is IdentifierNameSyntax { Identifier.ValueText: "Use" }).ArgumentList.Arguments[0].Expression;
        return test.Model.DataAccess.QueryOf(test.Model.SemanticModelOf(test.Tree)!.GetOperation(argument)!);
    }
}

using BackendPatterns.Analyzers.CodeFixes.DataAccess;
using BackendPatterns.Analyzers.Rules.DataAccess;
using BackendPatterns.Behaviour.Tests.Framework;

namespace BackendPatterns.Behaviour.Tests.DataAccess;

/// <summary>The fix of BP1013 gives the same answer from EXISTS.</summary>
public class BP1013ExistenceBehaviourTests
{
    [Theory]
    [InlineData("return await db.Customers.FirstOrDefaultAsync(c => c.Id == 3) != null;", 9)]
    [InlineData("return await db.Customers.FirstOrDefaultAsync(c => c.Id == 77) != null;", 9)]
    [InlineData("return db.Customers.FirstOrDefault(c => c.Id == 77) is null;", 9)]
    [InlineData("return await db.Customers.OrderBy(c => c.Points).LastOrDefaultAsync(c => c.IsActive) is not null;", 9)]
    [InlineData("return await db.Customers.SingleOrDefaultAsync(c => c.Id == 3) is { };", 9)]
    [InlineData("var customer = await db.Customers.AsNoTracking().FirstOrDefaultAsync(c => c.City == \"Ulm\"); if (customer == null) return 1; return 2;", 9)]
    [InlineData("var order = await db.Orders.Include(o => o.Lines).FirstOrDefaultAsync(o => o.CustomerId == 77); return order != null ? 1 : 2;", 7)]
    [InlineData("_ = await db.Customers.FirstOrDefaultAsync(c => c.Id == 77) ?? throw new InvalidOperationException(); return 1;", 9)]
    [InlineData("_ = await db.Customers.FirstOrDefaultAsync(c => c.Id == 3) ?? throw new InvalidOperationException(); return 1;", 9)]
    public async Task Row(string statements, int columns)
    {
        var run = await Same(statements);
        Assert.Equal((columns, 1), (SelectedColumns.Of(run.Before.Commands[0]), SelectedColumns.Of(run.After.Commands[0])));
    }

    [Theory]
    [InlineData("return await db.Orders.CountAsync(o => o.CustomerId == 1) > 0;")]
    [InlineData("return await db.Orders.CountAsync(o => o.CustomerId == 77) > 0;")]
    [InlineData("return db.Orders.Count() == 0;")]
    [InlineData("return await db.Orders.Where(o => o.CouponId == null).LongCountAsync() is 0;")]
    [InlineData("var count = await db.Customers.CountAsync(c => c.IsActive); return count >= 1 ? \"some\" : \"none\";")]
    [InlineData("return 1 > db.Orders.Select(o => o.CustomerId).Distinct().Count();")]
    [InlineData("return await db.Orders.GroupBy(o => o.CustomerId).CountAsync() != 0;")]
    public async Task Count(string statements)
    {
        var run = await Same(statements);
        Assert.Contains("COUNT(", run.Before.Commands[0], StringComparison.Ordinal);
        Assert.DoesNotContain("COUNT(", run.After.Commands[0], StringComparison.Ordinal);
    }

    private static async Task<BeforeAndAfter> Same(string statements)
    {
        var source = SelectedColumns.Scenario(statements);
        var run = await BeforeAndAfter.Of<BP1013ExistenceByLoadingAnalyzer, BP1013ExistenceByLoadingFix>(source);
        Assert.NotEqual(source, run.FixedSource);
        Assert.Equal(run.Before.Answer, run.After.Answer);
        Assert.Equal(run.Before.Rows, run.After.Rows);
        Assert.Single(run.Before.Commands);
        Assert.StartsWith("SELECT EXISTS (", Assert.Single(run.After.Commands), StringComparison.Ordinal);
        return run;
    }
}

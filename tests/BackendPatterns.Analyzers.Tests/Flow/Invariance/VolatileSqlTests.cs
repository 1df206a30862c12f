using BackendPatterns.Analyzers.Flow;

namespace BackendPatterns.Analyzers.Tests.Flow.Invariance;

public class VolatileSqlTests
{
    [Theory]
    [InlineData("select * from Orders", false)]
    [InlineData("  WITH recent AS (select 1) select * from recent", false)]
    [InlineData("select * from Orders order by random()", true)]
    [InlineData("select * from Orders where PlacedAt < NOW()", true)]
    [InlineData("select * from Orders limit 1 for update skip locked", true)]
    [InlineData("select nextval('numbers')", true)]
    [InlineData("exec TakeOrder", true)]
    [InlineData("TakeOrder", true)]
    [InlineData(null, true)]
    public void Text_ThatMayAnswerDifferently(string? text, bool expected) => Assert.Equal(expected, VolatileSql.Is(text));
}

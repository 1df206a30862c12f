using BackendPatterns.Analyzers.Model.Entities;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Tests.Model.Entities;

public class NarrowFilterTests
{
    [Theory]
    [InlineData("o.Id == id", true)]
    [InlineData("id == o.CustomerId", true)]
    [InlineData("o.Customer!.Email == text", true)]
    [InlineData("o.Customer == who", true)]
    [InlineData("o.Number.Equals(text)", true)]
    [InlineData("o.Number == text", true)]
    [InlineData("ids.Contains(o.Id)", true)]
    [InlineData("o.Lines.Any(l => l.ProductId == id)", true)]
    [InlineData("o.PlacedAt >= since", true)]
    [InlineData("o.Id > id", true)]
    [InlineData("o.Total > 5 && o.CustomerId == id", true)]
    [InlineData("o.CustomerId == id || o.Id == id", true)]
    [InlineData("day == DayOfWeek.Monday && o.CouponId == null", true)]
    [InlineData("o.Total > 5", false)]
    [InlineData("o.Total == 5", false)]
    [InlineData("o.CustomerId == id || o.Total > 5", true)]
    [InlineData("o.Total == 3 || o.Total > 5", false)]
    [InlineData("o.CustomerId != id", false)]
    [InlineData("!(o.CustomerId == id)", false)]
    [InlineData("o.Number.Contains(text)", false)]
    [InlineData("EF.Functions.Like(o.Number, text)", false)]
    [InlineData("o.Customer!.IsActive", false)]
    [InlineData("o.Customer!.IsActive == true", false)]
    [InlineData("text == \"x\"", false)]
    public void Condition_LeavesAPartOrNot(string condition, bool isNarrow) => AssertNarrow($"db.Orders.Where(o => {condition})", isNarrow);

    [Theory]
    [InlineData("s.State == State.Open", true)]
    [InlineData("s.State == State.Open || s.State == State.InWork", true)]
    [InlineData("s.State == State.Completed", false)]
    [InlineData("s.State == State.Open || s.State == State.Completed", false)]
    [InlineData("s.State == State.InWork || s.State == State.Open || s.Id == id", true)]
    [InlineData("s.State == State.Open || s.Kind.Length > 3", false)]
    [InlineData("s.Kind == \"pending\"", true)]
    [InlineData("s.Kind == \"closed\"", false)]
    [InlineData("s.State == state", false)]
    public void State_IsWorkOrTheEndOfIt(string condition, bool isNarrow) => AssertNarrow($"db.Steps.Where(s => {condition})", isNarrow);

    [Theory]
    [InlineData("db.Orders.Where(given)")]
    [InlineData("db.Orders.Where(o => Unknown(o))")]
    public void UnreadableFilter_MayLeaveOne(string query) => AssertNarrow(query, isNarrow: true);

    [Fact]
    public void DeepCondition_EndsWithoutRecursion() => AssertNarrow($"db.Orders.Where(o => {string.Join(" && ", Enumerable.Repeat("o.Total > 5", 500))})", isNarrow: true);

    private static void AssertNarrow(string query, bool isNarrow)
    {
        var test = ModelTest.Compile($$"""
            public enum State { Open, InWork, Completed }

            public class Step { public int Id { get; set; } public State State { get; set; } public string Kind { get; set; } = ""; }

            public class Store(DbContextOptions<ShopContext> options) : ShopContext(options) { public DbSet<Step> Steps => Set<Step>(); }

            public class Service(Store db)
            {
                public object Run(int id, string text, Customer who, int[] ids, DateTime since, State state, DayOfWeek day, System.Linq.Expressions.Expression<Func<Order, bool>> given) => {{query}};

                private static bool Unknown(Order order) => true;
            }
            """);
        Assert.Equal(isNarrow, NarrowFilter.Is((IInvocationOperation)test.Call("db."), test.Model));
    }
}

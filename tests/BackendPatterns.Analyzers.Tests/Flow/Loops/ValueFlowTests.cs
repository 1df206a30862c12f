using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Tests.Verification;

namespace BackendPatterns.Analyzers.Tests.Flow;

public class ValueFlowTests
{
    [Theory]
    [InlineData("foreach (var order in orders) Mark(order.Id);")]
    [InlineData("foreach (var order in orders) { var id = order.Id; var next = id + 1; Mark(next); }")]
    [InlineData("foreach (var order in orders) { int id; if (order.Total > 1) id = order.Id; else id = 0; Mark(id); }")]
    [InlineData("foreach (var order in orders) { if (order.CouponId is { } coupon) Mark(coupon); }")]
    [InlineData("foreach (var order in orders) { if (order is Order { Id: var id }) Mark(id); }")]
    [InlineData("foreach (var order in orders) foreach (var line in order.Lines) Mark(line.Id);")]
    [InlineData("foreach (var order in orders) { int.TryParse(order.Number, out var number); Mark(number); }")]
    [InlineData("foreach (var order in orders) { var (a, b) = (order.Id, 1); Mark(a); }")]
    [InlineData("foreach (var order in orders) { var values = new List<int>(); values.Add(order.Id); Mark(values); }")]
    [InlineData("foreach (var order in orders) { var copy = new Order(); copy.Id = order.Id; Mark(copy); }")]
    [InlineData("foreach (var order in orders) _ = order.Lines.Select(line => Mark(line.Id)).ToList();")]
    [InlineData("for (var i = 0; i < orders.Count; i++) Mark(orders[i]);")]
    [InlineData("var n = 0; foreach (var order in orders) { n++; Mark(n); }")]
    [InlineData("var n = 0; while (n < 9) { n += 1; Mark(n); }")]
    [InlineData("var queue = new Queue<int>(); while (queue.Count > 0) { var id = queue.Dequeue(); Mark(id); }")]
    [InlineData("using var each = orders.GetEnumerator(); while (each.MoveNext()) Mark(each.Current);")]
    [InlineData("while (reader.Read()) Mark(reader.GetInt32(0));")]
    [InlineData("_ = orders.Select(order => Mark(order.Id)).ToList();")]
    [InlineData("_ = (from order in orders let id = order.Id where id > 1 select Mark(id)).ToList();")]
    public void ValueThatDependsOnTheElement_IsReached(string statements) => Assert.True(Reaches(statements));

    [Theory]
    [InlineData("foreach (var order in orders) Mark(1);")]
    [InlineData("foreach (var order in orders) Mark(other);")]
    [InlineData("foreach (var order in orders) { var id = other; Mark(id); }")]
    [InlineData("foreach (var order in orders) Mark(nameof(order));")]
    [InlineData("foreach (var order in orders) Mark(db.Orders);")]
    [InlineData("foreach (var order in orders) { db.Orders.Add(order); Mark(db.Orders); }")]
    [InlineData("foreach (var order in orders) { using var own = Open(order.Id); Mark(own.Orders); }")]
    [InlineData("while (other > 0) Mark(orders.Count);")]
    [InlineData("foreach (var order in orders) { var first = orders.First(o => o.Id == 1); if (first.Number.Equals(order.Number)) Mark(first); }")]
    [InlineData("foreach (var order in orders) { var at = DateTime.Today; if (at.CompareTo(order.PlacedAt) > 0) Mark(at); }")]
    [InlineData("_ = orders.Select(order => Mark(other)).ToList();")]
    public void OtherValue_IsNotReached(string statements) => Assert.False(Reaches(statements));

    private static bool Reaches(string statements)
    {
        var test = ModelTest.Compile($$"""
            using System.Data.Common;

            #pragma warning disable CS0219
            public class Test(ShopContext db, DbDataReader reader)
            {
                public void Run(List<Order> orders, int other)
                {
                    {{statements}}
                }

                private static bool Mark(object value) => value is null;

                private static ShopContext Open(int tenant) => throw new NotSupportedException(tenant.ToString());
            }
            """);
        var call = (Microsoft.CodeAnalysis.Operations.IInvocationOperation)test.Call("Mark(");
        return ValueFlow.OfElement(Loops.Enclosing(call)[^1], test.Model.Libraries).Reaches(call.Arguments[0].Value);
    }
}

using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.Tests.Flow.Invariance;

public class SameEachTurnTests
{
    [Theory]
    [InlineData("limit", true)]
    [InlineData("limit + ids.Count", true)]
    // An object that the loop changes counts as changed altogether.
    [InlineData("limit + filter.Points", false)]
    [InlineData("ids.Contains(limit)", true)]
    [InlineData("order.Id", false)]
    [InlineData("copy", false)]
    [InlineData("counter", false)]
    [InlineData("grown.Contains(limit)", false)]
    [InlineData("filter.City.Length", false)]
    [InlineData("DateTime.Now.Year", false)]
    [InlineData("Guid.NewGuid().Version", false)]
    [InlineData("GetNextNumber()", false)]
    [InlineData("GetLimit()", true)]
    [InlineData("_position", false)]
    [InlineData("Fixed", true)]
    public void Value_InALoop(string expression, bool expected)
    {
        var test = ModelTest.Compile($$"""
            public class Report
            {
                private const int Fixed = 3;
                private int _position;

                public void Run(List<Order> orders, List<int> ids, Customer filter, int limit)
                {
                    var counter = 0;
                    var grown = new List<int>();
                    foreach (var order in orders)
                    {
                        var copy = order.Id;
                        counter += copy;
                        grown.Add(copy);
                        filter.City = "x";
                        _position++;
                        Print({{expression}});
                    }
                }

                private static void Print(object value) => Console.WriteLine(value);
                private static int GetNextNumber() => 1;
                private static int GetLimit() => 1;
            }
            """);
        var value = test.Operation<ArgumentSyntax>(expression);
        Assert.Equal(expected, SameEachTurn.InLoop(value, test.Operation<ForEachStatementSyntax>("foreach"), test.Model.Libraries));
    }
}

using BackendPatterns.Analyzers.Roslyn;
using BackendPatterns.Analyzers.Rules.DataAccess;
using BackendPatterns.Analyzers.Rules.Resilience;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Tests.Roslyn;

/// <summary>Values of a <c>params</c> parameter are found in an array (C# 12) and in a span (C# 13): which of the two depends on the Roslyn that runs the test.</summary>
public class ParamsArgumentsTests
{
    [Theory]
    [InlineData("Task.WhenAll(one, two)", "one|two")]
    [InlineData("string.Format(\"{0}{1}{2}{3}\", 1, name, 3, 4)", "1|name|3|4")]
    [InlineData("string.Concat(name, name, name, name, \"x\")", "name|name|name|name|\"x\"")]
    [InlineData("Task.WhenAll(new[] { one, two })", null)]
    [InlineData("Task.WhenAll(tasks)", null)]
    [InlineData("string.Concat(name, name)", null)]
    public void Values_AreThoseThatAreWritten(string text, string? expected)
    {
        var call = (IInvocationOperation)ModelTest.Compile($$"""
            public class C
            {
                public object Run(Task one, Task two, List<Task> tasks, string name) => {{text}};
            }
            """).Call(text);
        var values = call.Arguments[^1].ParamsValues();
        Assert.Equal(expected is not null, call.Arguments[^1].IsParams());
        Assert.Equal(expected, values is null ? null : string.Join("|", values.Select(value => value.Syntax.ToString())));
    }

    [Fact]
    public Task DroppedTasks_AreReported() => RuleVerifier<BP5012DetachedRequestWorkAnalyzer, NoFix>.Reported(
        """
        using Microsoft.AspNetCore.Mvc;

        public class OrdersController(ShopContext db) : ControllerBase
        {
            [HttpPost]
            public IActionResult Post()
            {
                _ = Task.WhenAll([|SaveAsync|](), Task.CompletedTask);
                return Ok();
            }

            private async Task SaveAsync()
            {
                await Task.Yield();
                await db.SaveChangesAsync();
            }
        }
        """);

    [Theory]
    [InlineData("db.Database.[|ExecuteSqlRaw|](string.Format(\"DELETE FROM Customers WHERE Id > {0} AND Id < {1} AND Points > {2} AND Name = '{3}'\", id, id, id, name));")]
    [InlineData("db.Database.[|ExecuteSqlRaw|](string.Concat(\"DELETE FROM Customers WHERE \", \"Name\", \" = '\", name, \"'\"));")]
    [InlineData("var sb = new StringBuilder(\"DELETE FROM Customers\"); sb.AppendFormat(\" WHERE Id > {0} AND Id < {1} AND Points > {2} AND Name = '{3}'\", id, id, id, name); db.Database.[|ExecuteSqlRaw|](sb.ToString());")]
    [InlineData("var sb = new StringBuilder(\"DELETE FROM Customers WHERE Name = '\"); sb.AppendJoin(\"','\", name, \"x\"); db.Database.[|ExecuteSqlRaw|](sb.Append(\"'\").ToString());")]
    public Task TextInSql_IsReported(string statement) => RuleVerifier<BP1028SqlInjectionAnalyzer, NoFix>.Reported(Endpoint(statement));

    [Theory]
    [InlineData("db.Database.ExecuteSqlRaw(string.Format(\"DELETE FROM Customers WHERE Id = {1} AND Points = {2} AND Id < {3}\", name, id, id, id));")]
    [InlineData("db.Database.ExecuteSqlRaw(string.Concat(\"DELETE FROM Customers WHERE \", \"Id\", \" = \", id.ToString(), \" \"));")]
    public Task NumbersInSql_AreSilent(string statement) => RuleVerifier<BP1028SqlInjectionAnalyzer, NoFix>.Silent(Endpoint(statement));

    [Fact]
    public Task FewValues_AreSilent() => RuleVerifier<BP1001QueryInLoopAnalyzer, NoFix>.Silent(
        """
        using System.Collections.Immutable;

        public class C(ShopContext db)
        {
            public async Task Run()
            {
                foreach (var city in ImmutableArray.Create("Ulm", "Bonn", "Kiel", "Trier", "Hof"))
                    Console.WriteLine(await db.Customers.CountAsync(c => c.City == city));
            }
        }
        """);

    private static string Endpoint(string statement) => $$"""
        using System.Text;
        using Microsoft.AspNetCore.Mvc;

        public class CustomersController(ShopContext db) : ControllerBase
        {
            [HttpPost]
            public IActionResult Post(int id, string name)
            {
                {{statement}}
                return Ok();
            }
        }
        """;
}

using BackendPatterns.Analyzers.CodeFixes.DataAccess;
using BackendPatterns.Analyzers.Rules.DataAccess;
using BackendPatterns.Behaviour.Tests.Framework;

namespace BackendPatterns.Behaviour.Tests.DataAccess;

/// <summary>The fix of BP1014 gives short lists as they were, and long ones page by page: all pages together are the rows of before, each once, one command per page.</summary>
public class BP1014PageTests
{
    [Theory]
    [InlineData("return await db.Customers.OrderBy(c => c.Id).ToListAsync();")]
    [InlineData("return await db.Customers.OrderBy(c => c.City).ThenBy(c => c.Id).ToListAsync();")]
    [InlineData("return await db.Customers.Where(c => c.Points >= 0).ToListAsync();")]
    // SQLite gives rows of equal cities in the order of the key; the fix asks for it.
    [InlineData("return await db.Customers.OrderByDescending(c => c.City).ToListAsync();")]
    [InlineData("return await db.Customers.OrderBy(c => c.IsActive).Where(c => c.Points >= 0).Select(c => new Customer { Id = c.Id, Name = c.Name }).ToListAsync();")]
    [InlineData("var query = db.Customers.AsNoTracking(); return await query.ToListAsync();")]
    public async Task AllPages_AreTheRowsOfBefore(string statements)
    {
        var before = await BeforeAndAfter.Of<BP1014UnboundedResultAnalyzer, BP1014UnboundedResultFix>(Source(statements, "await Get()"));
        // The fixed endpoint alone takes pages: the scenario that asks for them is written against it.
        var endpoint = Source("", "").Replace(Source("", "").Split("public static class Scenario")[0], before.FixedSource.Split("public static class Scenario")[0], StringComparison.Ordinal);
        var pages = await BeforeAndAfter.Of<BP1014UnboundedResultAnalyzer, BP1014UnboundedResultFix>(
            endpoint.Replace("var all = ;", "var all = new List<Customer>(); for (var page = 1; page <= 5; page++) all.AddRange(await Get(page, 50));", StringComparison.Ordinal));
        Assert.NotEqual(before.Before.Answer, before.After.Answer);
        Assert.Equal(before.Before.Answer, pages.Before.Answer);
        Assert.Equal(before.Before.Commands.Count, before.After.Commands.Count);
        Assert.Equal(before.Before.Commands.Count + 4, pages.Before.Commands.Count);
        Assert.All(pages.Before.Commands.TakeLast(5), command => Assert.Matches(@"ORDER BY .*""Id""(\r?\n|\s)+LIMIT", command));
    }

    [Theory]
    [InlineData("await Get()", "50 from 1")]
    [InlineData("await Get(2)", "50 from 51")]
    [InlineData("await Get(-7, 0)", "1 from 1")]
    [InlineData("await Get(1, int.MaxValue)", "100 from 1")]
    [InlineData("await Get(99, 50)", "0 from 0")]
    public async Task Page_IsWithinLimits(string call, string expected)
    {
        var fixedRun = await BeforeAndAfter.Of<BP1014UnboundedResultAnalyzer, BP1014UnboundedResultFix>(Source("return await db.Customers.ToListAsync();", "await Get()"));
        var run = await BeforeAndAfter.Of<BP1014UnboundedResultAnalyzer, BP1014UnboundedResultFix>(
            fixedRun.FixedSource.Replace("var all = await Get();", $"var all = {call};", StringComparison.Ordinal)
                .Replace("string.Join(\",\", all.Select(c => c.Id))", "all.Count + \" from \" + (all.Count == 0 ? 0 : all[0].Id)", StringComparison.Ordinal));
        Assert.Equal($"\"{expected}\"", run.Before.Answer);
    }

    [Fact]
    public async Task ShortList_StaysAsItIs()
    {
        var run = await BeforeAndAfter.Of<BP1014UnboundedResultAnalyzer, BP1014UnboundedResultFix>(
            Source("return await db.Customers.Where(c => c.Points >= 0).ToListAsync();", "await Get()").Replace("i <= 200", "i <= 40", StringComparison.Ordinal));
        Assert.Contains("int page = 1, int pageSize = 50", run.FixedSource, StringComparison.Ordinal);
        Assert.Equal(run.Before.Answer, run.After.Answer);
    }

    private static string Source(string statements, string all) => $$"""
        public class CustomersController(ShopContext db)
        {
            // A controller by its name: the run has no ASP.NET Core to load attributes from.
            public async Task<List<Customer>> Get()
            {
                {{statements}}
            }
        }

        public static class Scenario
        {
            public static async Task<object?> Run(ShopContext db)
            {
                // By its name, as a request does: code that called it would have to say which page it wants.
                Task<List<Customer>> Get(params object[] sent)
                {
                    var endpoint = typeof(CustomersController).GetMethod("Get")!;
                    var arguments = endpoint.GetParameters().Select((parameter, i) => i < sent.Length ? sent[i] : parameter.DefaultValue).ToArray();
                    return (Task<List<Customer>>)endpoint.Invoke(new CustomersController(db), arguments)!;
                }

                for (var i = 5; i <= 200; i++)
                    db.Add(new Customer { Id = i, Name = "Customer " + i, Email = i + "@shop", City = i % 3 == 0 ? "Ulm" : "Bonn" });
                await db.SaveChangesAsync();
                var all = {{all}};
                return string.Join(",", all.Select(c => c.Id));
            }
        }
        """;
}

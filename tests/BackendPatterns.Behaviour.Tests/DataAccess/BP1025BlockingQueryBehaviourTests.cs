using BackendPatterns.Analyzers.CodeFixes.DataAccess;
using BackendPatterns.Analyzers.Rules.DataAccess;
using BackendPatterns.Behaviour.Tests.Framework;

namespace BackendPatterns.Behaviour.Tests.DataAccess;

/// <summary>The fix of BP1025 gives the same answer with the same commands, and leaves nothing that blocks.</summary>
public class BP1025BlockingQueryBehaviourTests
{
    [Theory]
    [InlineData("return db.Customers.OrderBy(c => c.Id).ToList();", 1)]
    [InlineData("return db.Customers.Where(c => c.IsActive).ToList().Count;", 1)]
    [InlineData("return db.Customers.FirstOrDefault(c => c.Id == 77)?.Name ?? \"nobody\";", 1)]
    [InlineData("return db.Customers.Single(c => c.City == \"Ulm\").Name;", 1)]
    [InlineData("var customer = db.Customers.Find(2)!; customer.Points = 7; return db.SaveChanges();", 2)]
    [InlineData("return db.Stocks.Find(7L, 2)!.Quantity;", 1)]
    [InlineData("return db.Orders.Sum(o => o.Total) + db.Orders.Max(o => o.Id) + db.Lines.Count();", 3)]
    [InlineData("return db.Orders.ToDictionary(o => o.Id, o => o.Number);", 1)]
    [InlineData("return !db.Orders.Any(o => o.Id == 3) ? 1 : db.Orders.First(o => o.Id == 3).Total;", 2)]
    [InlineData("var sum = 0; foreach (var order in db.Orders.OrderBy(o => o.Id).ToArray()) sum = sum * 3 + order.Total; return sum;", 1)]
    [InlineData("return db.Notes.Where(n => n.Id == 1).ExecuteDelete() + db.Notes.Count();", 2)]
    [InlineData("return db.Database.ExecuteSqlRaw(\"DELETE FROM Notes WHERE Id = {0}\", 2);", 1)]
    [InlineData("using var transaction = db.Database.BeginTransaction(); db.Add(new Note { Id = 9, Text = \"new\" }); db.SaveChanges(); transaction.Rollback(); return db.Notes.Count();", 2)]
    [InlineData("return db.Customers.OrderBy(c => c.Id).ToListAsync().Result.Count;", 1)]
    [InlineData("db.Add(new Note { Id = 9, Text = \"new\" }); db.SaveChangesAsync().Wait(); return db.Notes.CountAsync().GetAwaiter().GetResult();", 2)]
    [InlineData("var sum = 0; foreach (var order in db.Orders.OrderBy(o => o.Id)) sum = sum * 3 + order.Total; return sum;", 1)]
    [InlineData("var query = db.Orders.Where(o => o.Total > 1).OrderByDescending(o => o.Id); var ids = new List<int>(); foreach (var order in query) { if (order.Id == 2) break; ids.Add(order.Id); } return ids;", 1)]
    [InlineData("foreach (var note in db.Notes) note.Text += \"!\"; return db.SaveChanges();", 4)]
    public async Task AwaitedCall_GivesTheSameAnswerWithTheSameCommands(string statements, int commands)
    {
        await BeforeAndAfter.SameAnswer<BP1025BlockingQueryAnalyzer, BP1025BlockingQueryFix>(Source(statements), commands, commands);
        var run = await BeforeAndAfter.Of<BP1025BlockingQueryAnalyzer, BP1025BlockingQueryFix>(Source(statements));
        Assert.DoesNotMatch(@"\.(Result|Wait|GetResult|SaveChanges|ToList|ToArray|Count|Find|First|Single)\b(?!\s*;?$)\(", run.FixedSource);
    }

    [Theory]
    [InlineData("public List<Customer> Get() => db.Customers.OrderBy(c => c.Id).ToList();", 1)]
    [InlineData("public int Get() { var sum = 0; foreach (var order in db.Orders.OrderBy(o => o.Id)) sum = sum * 3 + order.Total; return sum + db.Orders.Count(); }", 2)]
    [InlineData("public void Get() { db.Add(new Note { Id = 9, Text = \"new\" }); db.SaveChanges(); }", 1)]
    public async Task FixedEndpoint_AnswersTheSame(string action, int commands)
    {
        // A controller by its name, called as a request does: the run has no ASP.NET Core, and code that called the action would keep it from becoming asynchronous.
        var source = $$"""
            public class CustomersController(ShopContext db)
            {
                {{action}}
            }

            public static class Scenario
            {
                public static async Task<object?> Run(ShopContext db)
                {
                    var action = typeof(CustomersController).GetMethod("Get")!;
                    var answer = action.Invoke(new CustomersController(db), []);
                    if (answer is not Task task)
                        return answer;
                    await task;
                    return action.ReturnType.IsGenericType ? task.GetType().GetProperty("Result")!.GetValue(task) : null;
                }
            }
            """;
        await BeforeAndAfter.SameAnswer<BP1025BlockingQueryAnalyzer, BP1025BlockingQueryFix>(source, commands, commands);
        Assert.Contains("public async Task", (await BeforeAndAfter.Of<BP1025BlockingQueryAnalyzer, BP1025BlockingQueryFix>(source)).FixedSource, StringComparison.Ordinal);
    }

    private static string Source(string statements) => $$"""
        public static class Scenario
        {
            public static async Task<object?> Run(ShopContext db)
            {
                await Task.Yield();
                {{statements}}
            }
        }
        """;
}

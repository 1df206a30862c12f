using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Tests.Verification;

namespace BackendPatterns.Analyzers.Tests.Flow.Writes;

public class SideEffectsTests
{
    [Theory]
    [InlineData("order.Total++;", false)]
    [InlineData("Console.WriteLine(order);", false)]
    [InlineData("await db.AddAsync(order);", false)]
    [InlineData("await repository.TouchAsync(order);", false)]
    [InlineData("new Queue<Order>().Enqueue(order);", false)]
    [InlineData("await http.GetAsync(order.Number);", true)]
    [InlineData("await repository.CallAsync(order);", true)]
    [InlineData("File.Delete(order.Number);", true)]
    [InlineData("unknown.SendReminder(order);", true)]
    [InlineData("await unknown.HandleAsync(order);", true)]
    [InlineData("unknown.Describe(order);", false)]
    public void Turn(string statement, bool expected)
    {
        var test = ModelTest.Compile($$"""
            public interface IUnknown
            {
                Task HandleAsync(Order order);
                void SendReminder(Order order);
                void Describe(Order order);
            }

            public interface IRepository
            {
                Task TouchAsync(Order order);
                Task CallAsync(Order order);
            }

            public class Repository(HttpClient http) : IRepository
            {
                public Task TouchAsync(Order order) { order.Total = 0; return Task.CompletedTask; }
                public Task CallAsync(Order order) => http.GetAsync(order.Number);
            }

            public class Import(ShopContext db, IUnknown unknown, IRepository repository, HttpClient http)
            {
                public async Task Run(List<Order> orders)
                {
                    foreach (var order in orders)
                    {
                        {{statement}}
                        await db.SaveChangesAsync();
                    }

                    Console.WriteLine(unknown.ToString() + repository + http);
                }
            }
            """);
        var save = test.Call("db.SaveChangesAsync");
        Assert.Equal(expected, SideEffects.In(Loops.Enclosing(save)[0].Body, save, test.Model));
    }
}

using BackendPatterns.Analyzers.CodeFixes.DataAccess;
using BackendPatterns.Analyzers.Rules.DataAccess;
using BackendPatterns.Behaviour.Tests.Framework;

namespace BackendPatterns.Behaviour.Tests.DataAccess;

/// <summary>
/// The fix through a repository gives the same answers: six orders, of customers 1, 2, 1, 3, 99 (missing), 2, loaded by one query.
/// </summary>
public class BP1001BulkBehaviourTests
{
    private const string NameOfCustomer = """
        var customer = await repository.FindAsync(order.CustomerId);
        answers.Add(customer?.Name);
        """;

    [Theory]
    [InlineData("await db.Customers.FirstOrDefaultAsync(c => c.Id == id)", 7)]
    [InlineData("await db.Customers.AsNoTracking().Where(c => c.Points > 5).SingleOrDefaultAsync(c => c.IsActive && id == c.Id).ConfigureAwait(false)", 7)]
    [InlineData("await db.Customers.FindAsync(id)", 5)]
    [InlineData("await db.FindAsync<Customer>([id])", 5)]
    [InlineData("await db.Set<Customer>().SingleOrDefaultAsync(c => c.Id == id)", 7)]
    public Task OneRow_OrNull(string query, int commandsBefore) =>
        Same(commandsBefore, 2, NameOfCustomer, "Task<Customer?> FindAsync(int id)", query);

    [Fact]
    public Task OneRow_OrTheSameException() => Same(
        6, 2, "answers.Add((await repository.GetCustomerAsync(order.CustomerId)).Name);", "Task<Customer> GetCustomerAsync(int id)", "await db.Customers.FirstAsync(c => c.Id == id)",
        answer: "throws System.InvalidOperationException");

    [Theory]
    [InlineData("Guid? id")]
    [InlineData("Nullable<Guid> id")]
    public Task KeyThatMayBeNull(string parameter) => Same(
        7, 2, "var coupon = await repository.CouponAsync(order.CouponId);\nanswers.Add(coupon == null ? \"-\" : coupon.Code);",
        $"Task<Coupon?> CouponAsync({parameter})", "await db.Coupons.AsNoTracking().FirstOrDefaultAsync(c => c.Id == id)");

    [Theory]
    [InlineData("Task<List<OrderLine>>", "ToListAsync()")]
    [InlineData("Task<OrderLine[]>", "ToArrayAsync()")]
    public Task RowsOfOneKey(string type, string execution) => Same(
        7, 2, "var lines = await repository.GetLinesAsync(order.Id, 0);\nanswers.Add(string.Join(\",\", lines.Select(l => l.Quantity)));",
        type + " GetLinesAsync(int orderId, int least)", "await db.Lines.Where(l => l.OrderId == orderId && l.Quantity > least).OrderByDescending(l => l.Id)." + execution);

    [Fact]
    public Task RowsByAColumnThatMayBeNull() => Same(
        7, 2, "foreach (var note in await repository.GetNotesAsync(order.Id))\n    answers.Add(note.Text);",
        "Task<IReadOnlyList<Note>> GetNotesAsync(int orderId)", "await db.Notes.AsNoTracking().Where(n => n.OrderId == orderId).OrderBy(n => n.Id).ToListAsync()");

    [Fact]
    public Task Projection() => Same(
        7, 2, "answers.Add(await repository.GetNameAsync(order.CustomerId, default) ?? \"nobody\");",
        "Task<string?> GetNameAsync(int id, CancellationToken token)", "await db.Customers.Where(c => c.Id == id).Select(c => c.Name + c.City).FirstOrDefaultAsync(token)");

    [Fact]
    public Task ProjectionToRows() => Same(
        7, 2, "answers.AddRange(await repository.PricesAsync(order.Id));",
        "Task<List<int>> PricesAsync(int orderId)", "await db.Lines.Where(l => l.OrderId == orderId).OrderBy(l => l.Price).ThenBy(l => l.Id).Select(l => l.Price * l.Quantity).ToListAsync()",
        answers: "List<int>");

    [Theory]
    [InlineData("Task<bool> HasLinesAsync(int orderId, int least)", "await db.Lines.AnyAsync(l => l.Quantity > least && l.OrderId == orderId)")]
    [InlineData("Task<bool> HasLinesAsync(int id, int points)", "await db.Customers.AnyAsync(c => c.Id == id && c.Points == points + 10)")]
    [InlineData("Task<bool> HasLinesAsync(int orderId, int least)", "await db.Notes.AnyAsync(n => n.OrderId == orderId && n.Id > least)")]
    [InlineData("Task<int> HasLinesAsync(int orderId, int least)", "await db.Lines.CountAsync(l => l.OrderId == orderId && l.Quantity > least)")]
    [InlineData("Task<long> HasLinesAsync(int orderId, int least)", "await db.Notes.LongCountAsync(n => n.OrderId == orderId && n.Id > least)")]
    public Task AnyAndCount(string method, string query) => Same(
        7, 2, "answers.Add((await repository.HasLinesAsync(order.Id, 0)).ToString());", method, query);

    [Fact]
    public Task FindByAKeyOfTwoColumns() => Same(
        7, 2, "answers.Add((await repository.StockAsync(7, order.Id))?.Quantity.ToString());",
        "Task<Stock?> StockAsync(long warehouseId, int productId)", "await db.Stocks.FindAsync(warehouseId, productId)");

    [Fact]
    public Task Synchronous() => Same(
        7, 2, "answers.Add(repository.Find(order.CustomerId)?.City);", "Customer? Find(int id)", "db.Customers.FirstOrDefault(c => c.Id == id)");

    [Fact]
    public Task SiblingThatIsThere() => Same(
        7, 2, NameOfCustomer, "Task<Customer?> FindAsync(int id)", "await db.Customers.FirstOrDefaultAsync(c => c.Id == id && c.IsActive)",
        contract: "Task<List<Customer>> ActiveAsync(IEnumerable<int> keys);",
        members: "public Task<List<Customer>> ActiveAsync(IEnumerable<int> keys) => db.Customers.OrderBy(c => c.Name).Where(c => c.IsActive).Where(c => keys.Contains(c.Id)).ToListAsync();");

    [Fact]
    public Task TwoCallsInOneLoop_ShareTheNewMethod() => Same(
        13, 3, NameOfCustomer + "\nvar other = await repository.FindAsync(order.Id);\nanswers.Add(other?.City);",
        "Task<Customer?> FindAsync(int id)", "await db.Customers.FirstOrDefaultAsync(c => c.Id == id)");

    [Fact]
    public Task NoOrders() => Same(
        1, 2, NameOfCustomer, "Task<Customer?> FindAsync(int id)", "await db.Customers.FirstOrDefaultAsync(c => c.Id == id)", orders: "db.Orders.Where(o => o.Id < 0)");

    private static async Task Same(
        int commandsBefore, int commandsAfter, string loop, string method, string query, string? answer = null, string answers = "List<string?>", string contract = "",
        string members = "", string orders = "db.Orders")
    {
        var source = $$"""
            public interface IShopRepository
            {
                {{method}};
                {{contract}}
            }

            public class ShopRepository(ShopContext db) : IShopRepository
            {
                public {{(query.StartsWith("await", StringComparison.Ordinal) ? "async " : "")}}{{method}} => {{query}};
                {{members}}
            }

            public class Service(IShopRepository repository)
            {
                public async Task<{{answers}}> AnswerAsync(List<Order> orders)
                {
                    await Task.Yield();
                    var answers = new {{answers}}();
                    foreach (var order in orders)
                    {
                        {{loop}}
                    }

                    return answers;
                }
            }

            public static class Scenario
            {
                public static async Task<object?> Run(ShopContext db)
                {
                    var orders = await {{orders}}.AsNoTracking().OrderBy(o => o.Id).ToListAsync();
                    return await new Service(new ShopRepository(db)).AnswerAsync(orders);
                }
            }
            """;
        if (answer is not null)
            Assert.Equal(answer, (await BeforeAndAfter.Of<BP1001QueryInLoopAnalyzer, BP1001QueryInLoopFix>(source)).Before.Answer);
        await BeforeAndAfter.SameAnswer<BP1001QueryInLoopAnalyzer, BP1001QueryInLoopFix>(source, commandsBefore, commandsAfter);
    }
}

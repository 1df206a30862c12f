using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.DataAccess.BP1006LoopInvariantQueryAnalyzer, BackendPatterns.Analyzers.CodeFixes.DataAccess.BP1006LoopInvariantQueryFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.DataAccess;

public class BP1006LoopInvariantQueryFixTests
{
    [Fact]
    public Task Declaration_MovesBeforeTheLoop_IsFixed() => Fixed(
        """
        Console.WriteLine();

        // One by one.
        foreach (var order in orders)
        {
            var rate = await [|db.Products.FirstOrDefaultAsync(p => p.Sku == "RATE", cancellation)|];

            order.Total += rate?.Price ?? 1;
        }
        """,
        """
        Console.WriteLine();

        var rate = await db.Products.FirstOrDefaultAsync(p => p.Sku == "RATE", cancellation);
        // One by one.
        foreach (var order in orders)
        {
            order.Total += rate?.Price ?? 1;
        }
        """);

    [Fact]
    public Task LongQuery_KeepsItsLines_IsFixed() => Fixed(
        """
        foreach (var order in orders)
        {
            var products = await [|db.Products
                .Where(p => p.Price > limit)
                .ToListAsync(cancellation)|].ConfigureAwait(false);
            order.Total += products.Count;
        }
        """,
        """
        var products = await db.Products
            .Where(p => p.Price > limit)
            .ToListAsync(cancellation).ConfigureAwait(false);
        foreach (var order in orders)
        {
            order.Total += products.Count;
        }
        """);

    [Theory]
    [InlineData("order.Total += [|db.Customers.Count()|];", "var customerCount = db.Customers.Count();", "order.Total += customerCount;")]
    [InlineData("order.Total += await [|db.Products.SumAsync(p => p.Price)|];", "var sumOfProducts = await db.Products.SumAsync(p => p.Price);", "order.Total += sumOfProducts;")]
    [InlineData("if (order.Total > 0 && [|db.Customers.Any(c => c.Points < 0)|]) total++;", "var hasCustomers = db.Customers.Any(c => c.Points < 0);", "if (order.Total > 0 && hasCustomers) total++;")]
    [InlineData("order.Customer = await [|db.Customers.FirstOrDefaultAsync(c => c.City == filter.City)|];", "var customer = await db.Customers.FirstOrDefaultAsync(c => c.City == filter.City);", "order.Customer = customer;")]
    [InlineData("order.Total += await [|CountAsync()|];", "var count = await CountAsync();", "order.Total += count;")]
    [InlineData("foreach (var product in [|db.Products.ToList()|]) total += product.Price;", "var products = db.Products.ToList();", "foreach (var product in products) total += product.Price;")]
    [InlineData("var n = [|db.Customers.Count()|]; n++; order.Total += n;", "var customerCount = db.Customers.Count();", "var n = customerCount; n++; order.Total += n;")]
    public Task Expression_BecomesAVariable_IsFixed(string before, string declaration, string after) => Fixed(
        $$"""
        foreach (var order in orders)
        {
            {{before}}
        }
        """,
        $$"""
        {{declaration}}
        foreach (var order in orders)
        {
            {{after}}
        }
        """);

    [Fact]
    public Task ConditionOfFor_IsFixed() => Fixed(
        """
        for (var i = 0; i < [|db.Orders.Count()|]; i++)
            total += i;
        """,
        """
        var orderCount = db.Orders.Count();
        for (var i = 0; i < orderCount; i++)
            total += i;
        """);

    [Fact]
    public Task NameThatIsTaken_IsFixed() => Fixed(
        """
        var customerCount = 1;
        foreach (var order in orders)
        {
            order.Total += [|db.Customers.Count()|] + customerCount;
        }
        """,
        """
        var customerCount = 1;
        var customerCount2 = db.Customers.Count();
        foreach (var order in orders)
        {
            order.Total += customerCount2 + customerCount;
        }
        """);

    [Fact]
    public Task TwoLoopsWithTheSameName_IsFixed() => Fixed(
        """
        foreach (var order in orders)
        {
            var n = [|db.Customers.Count()|];
            order.Total += n;
        }

        foreach (var id in ids)
        {
            var n = [|db.Products.Count()|];
            total += n + id;
        }
        """,
        """
        var customerCount = db.Customers.Count();
        foreach (var order in orders)
        {
            var n = customerCount;
            order.Total += n;
        }

        var productCount = db.Products.Count();
        foreach (var id in ids)
        {
            var n = productCount;
            total += n + id;
        }
        """);

    [Theory]
    // It may throw where the loop has no element, or where the condition is false.
    [InlineData("foreach (var order in orders) { var rate = await [|db.Products.FirstAsync(p => p.Sku == \"RATE\")|]; order.Total += rate.Price; }")]
    [InlineData("foreach (var order in orders) { if (order.Total > 0) order.Total += await [|db.Products.MaxAsync(p => p.Price)|]; }")]
    [InlineData("foreach (var order in orders) order.Customer = [|db.Customers.SingleOrDefault(c => c.Points == 1)|];")]
    // One answer would be shared and changed.
    [InlineData("foreach (var order in orders) { var products = [|db.Products.ToList()|]; products.RemoveAll(p => p.Id == order.Id); total += products.Count; }")]
    [InlineData("foreach (var order in orders) { var products = [|db.Products.ToList()|]; lists.Add(products); }")]
    [InlineData("foreach (var order in orders) { var rate = [|db.Products.AsNoTracking().FirstOrDefault()|]; if (rate != null) rate.Price++; }")]
    [InlineData("foreach (var order in orders) { var rate = [|db.Products.AsNoTracking().FirstOrDefault()|]; if (rate != null) kept.Add(rate); }")]
    [InlineData("foreach (var order in orders) { order.Lines = [|db.Lines.AsNoTracking().ToList()|]; }")]
    // An exception is handled per element.
    [InlineData("foreach (var order in orders) { try { order.Total += [|db.Customers.Count()|]; } catch (TimeoutException) { total++; } }")]
    // A variable of the loop is in it.
    [InlineData("foreach (var order in orders) { var city = filter.City; order.Total += [|db.Customers.Count(c => c.City == city)|]; }")]
    // The sequence would be computed later.
    [InlineData("foreach (var order in Numbered(orders)) order.Total += [|db.Customers.Count()|];")]
    // Code that is not known.
    [InlineData("foreach (var order in orders) { db.ChangeTracker.Clear(); order.Customer = [|db.Customers.FirstOrDefault()|]; }")]
    [InlineData("foreach (var order in orders) { await mail.SendMailAsync(order.Number); total += [|db.Customers.Count()|]; }")]
    // Other shapes.
    [InlineData("var totals = orders.Select(o => o.Total + [|db.Customers.Count()|]).ToList();")]
    [InlineData("foreach (var order in orders) foreach (var product in [|db.Products|]) order.Total += product.Price;")]
    [InlineData("if (total > 0) foreach (var order in orders) total += [|db.Customers.Count()|];")]
    [InlineData("foreach (var order in orders) order.Total += await [|TwiceAsync()|];")]
    public Task WhereTheAnswersAreNotProvablyTheSame_NoFixIsOffered(string statements) => Verify.NotFixed(Report(statements));

    private static Task Fixed(string before, string after) => Verify.Fixed(Report(before), Report(after));

    private static string Report(string statements) => $$"""
        public interface IMail { Task SendMailAsync(string to); }

        public class Report(ShopContext db, IMail mail)
        {
            public async Task Run(
                List<Order> orders, List<int> ids, List<List<Product>> lists, List<Product> kept, Customer filter, decimal limit, decimal total, CancellationToken cancellation)
            {
                await mail.SendMailAsync("start");
        {{string.Join('\n', statements.Split('\n').Select(line => line.Length == 0 ? line : "        " + line))}}
            }

            private Task<int> CountAsync() => db.Customers.CountAsync();

            private async Task<int> TwiceAsync()
            {
                Console.WriteLine();
                return await db.Customers.CountAsync();
            }

            private static List<Order> Numbered(List<Order> orders)
            {
                orders[0].Total++;
                return orders;
            }
        }
        """;
}

using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.Resilience.BP5008TransactionOutsideExecutionStrategyAnalyzer,
    BackendPatterns.Analyzers.CodeFixes.Resilience.BP5008TransactionOutsideExecutionStrategyFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.Resilience;

/// <summary>What the fix writes. That it does the same work once is run in Behaviour.Tests.</summary>
public class BP5008FixTests
{
    private const string Retrying = """
        public static class Registration
        {
            public static void Add(IServiceCollection services) =>
                services.AddDbContext<ShopContext>(o => o.UseSqlite("", n => n.ExecutionStrategy(d => new OutageStrategy(d))));
        }

        public class OutageStrategy(Microsoft.EntityFrameworkCore.Storage.ExecutionStrategyDependencies d) : Microsoft.EntityFrameworkCore.Storage.ExecutionStrategy(d, 3, TimeSpan.FromSeconds(1))
        {
            protected override bool ShouldRetryOn(Exception e) => true;
        }

        """;

    [Fact]
    public Task TwoMethods_AreFixedWithTheirCommentsAndTokens() => Verify.Fixed(Retrying + """
        public class Service(ShopContext db)
        {
            public async Task<int> PlaceAsync(string number, CancellationToken ct)
            {
                // The order and its number belong together.
                await using var transaction = await db.Database.[|BeginTransactionAsync|](ct);
                var order = new Order { Number = number };
                // Gets its key.
                db.Orders.Add(order);
                await db.SaveChangesAsync(ct);

                await transaction.CommitAsync(ct); // done
                return order.Id;
            }

            public void Clean()
            {
                using (var transaction = db.Database.[|BeginTransaction|]())
                {
                    db.Orders.ExecuteDelete();
                    transaction.Commit();
                }
            }
        }
        """, Retrying + """
        public class Service(ShopContext db)
        {
            public async Task<int> PlaceAsync(string number, CancellationToken ct)
            {
                // The order and its number belong together.
                var strategy = db.Database.CreateExecutionStrategy();
                var attempts = 0;
                return await strategy.ExecuteAsync(async ct =>
                {
                    if (attempts++ > 0)
                        db.ChangeTracker.Clear();
                    await using var transaction = await db.Database.BeginTransactionAsync(ct);
                    var order = new Order { Number = number };
                    // Gets its key.
                    db.Orders.Add(order);
                    await db.SaveChangesAsync(ct);

                    await transaction.CommitAsync(ct); // done
                    return order.Id;
                }, ct);
            }

            public void Clean()
            {
                var strategy = db.Database.CreateExecutionStrategy();
                strategy.Execute(() =>
                {
                    using (var transaction = db.Database.BeginTransaction())
                    {
                        db.Orders.ExecuteDelete();
                        transaction.Commit();
                    }
                });
            }
        }
        """);

    [Fact]
    public Task ValueUsedBehind_IsReturned() => Verify.Fixed(Retrying + """
        public class Service(ShopContext db, ILogger<Service> logger)
        {
            public async Task DeleteAsync()
            {
                var strategy = "hard";
                await using var transaction = await db.Database.[|BeginTransactionAsync|]();
                var rows = await db.Orders.ExecuteDeleteAsync();
                await transaction.CommitAsync();
                logger.LogInformation("{Rows} {How}", rows, strategy);
            }
        }
        """, Retrying + """
        public class Service(ShopContext db, ILogger<Service> logger)
        {
            public async Task DeleteAsync()
            {
                var strategy = "hard";
                var executionStrategy = db.Database.CreateExecutionStrategy();
                var rows = await executionStrategy.ExecuteAsync(async () =>
                {
                    await using var transaction = await db.Database.BeginTransactionAsync();
                    var rows = await db.Orders.ExecuteDeleteAsync();
                    await transaction.CommitAsync();
                    return rows;
                });
                logger.LogInformation("{Rows} {How}", rows, strategy);
            }
        }
        """);

    [Fact]
    public Task TextOverSeveralLines_StaysAsItIs() => Verify.Fixed(Retrying + "public class Service(ShopContext db)\n{\n    public async Task A()\n    {\n        await using var t = await db.Database.[|BeginTransactionAsync|]();\n"
        + "        await db.Database.ExecuteSqlRawAsync(@\"delete\n  from Orders\");\n        await db.Orders.ExecuteDeleteAsync();\n        await t.CommitAsync();\n    }\n}\n",
        Retrying + "public class Service(ShopContext db)\n{\n    public async Task A()\n    {\n        var strategy = db.Database.CreateExecutionStrategy();\n        await strategy.ExecuteAsync(async () =>\n        {\n"
        + "            await using var t = await db.Database.BeginTransactionAsync();\n            await db.Database.ExecuteSqlRawAsync(@\"delete\n  from Orders\");\n            await db.Orders.ExecuteDeleteAsync();\n"
        + "            await t.CommitAsync();\n        });\n    }\n}\n");

    [Theory]
    [InlineData("public async Task A(Order order) { await using var t = await db.Database.[|BeginTransactionAsync|](); db.Orders.Add(order); await db.SaveChangesAsync(); await t.CommitAsync(); }")]
    [InlineData("public void A(ref int n) { using var t = db.Database.[|BeginTransaction|](); db.Orders.Where(o => o.Id > 0).ExecuteDelete(); n = 3; t.Commit(); }")]
    [InlineData("public void A(ref int n) { using var t = db.Database.[|BeginTransaction|](); var m = n; db.Orders.Where(o => o.Id > m).ExecuteDelete(); t.Commit(); }")]
    [InlineData("public async Task A(HttpClient http) { await using var t = await db.Database.[|BeginTransactionAsync|](); await db.Orders.ExecuteDeleteAsync(); await http.GetAsync(\"x\"); await t.CommitAsync(); }")]
    [InlineData("public async Task A(IMail mail) { await using var t = await db.Database.[|BeginTransactionAsync|](); await db.Orders.ExecuteDeleteAsync(); await mail.SendAsync(); await t.CommitAsync(); }")]
    [InlineData("public async Task A(Stream body) { await using var t = await db.Database.[|BeginTransactionAsync|](); db.Products.Add(new Product { Name = new StreamReader(body).ReadToEnd() }); await db.SaveChangesAsync(); await t.CommitAsync(); }")]
    [InlineData("public int Made { get; private set; } public async Task A() { await using var t = await db.Database.[|BeginTransactionAsync|](); Made += await db.Orders.ExecuteDeleteAsync(); await t.CommitAsync(); }")]
    [InlineData("public async Task A(List<int> done) { await using var t = await db.Database.[|BeginTransactionAsync|](); done.Add(await db.Orders.ExecuteDeleteAsync()); await t.CommitAsync(); }")]
    public Task WorkThatCannotRunTwice_IsNotFixed(string members) => Verify.NotFixed(Retrying + $$"""
        public interface IMail { Task SendAsync(); }
        public class Service(ShopContext db) { {{members}} }
        """);
}

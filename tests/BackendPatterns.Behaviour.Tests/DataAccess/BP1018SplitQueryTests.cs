using BackendPatterns.Analyzers.CodeFixes.DataAccess;
using BackendPatterns.Analyzers.Rules.DataAccess;
using BackendPatterns.Behaviour.Tests.Framework;

namespace BackendPatterns.Behaviour.Tests.DataAccess;

/// <summary>The fix of BP1018 gives the same answer from fewer rows, with one command per collection.</summary>
public class BP1018SplitQueryTests
{
    [Theory]
    [InlineData("var carts = await db.Carts.Include(c => c.Items).Include(c => c.Payments).ToListAsync();", 1, 3)]
    [InlineData("var carts = await db.Carts.AsNoTracking().Include(c => c.Items).Include(c => c.Payments).Where(c => c.Owner != \"\").ToListAsync();", 1, 3)]
    [InlineData("var carts = new List<Cart>(); foreach (var c in db.Carts.Include(c => c.Items).Include(c => c.Payments)) carts.Add(c);", 1, 3)]
    [InlineData("var carts = new List<Cart>(); await foreach (var c in db.Carts.Include(c => c.Items).Include(c => c.Payments).AsAsyncEnumerable()) carts.Add(c);", 1, 3)]
    [InlineData("var carts = await db.Carts.Include(c => c.Items).Include(c => c.Payments).OrderBy(c => c.Owner).ThenBy(c => c.Id).Skip(1).Take(1).ToListAsync();", 1, 3)]
    [InlineData("var carts = new[] { await db.Carts.Include(c => c.Items).Include(c => c.Payments).SingleOrDefaultAsync(c => c.Owner == \"b\") };", 1, 3)]
    [InlineData("var carts = new[] { await db.Carts.Include(c => c.Items).Include(c => c.Payments).OrderByDescending(c => c.Id).FirstOrDefaultAsync(c => c.Owner == \"a\") };", 1, 3)]
    public async Task SplitQuery_GivesTheSameAnswer(string load, int before, int after)
    {
        await BeforeAndAfter.SameAnswer<BP1018CartesianIncludeAnalyzer, BP1018CartesianIncludeFix>(
            Source(load + " return carts.Select(c => c == null ? null : new { c.Id, Items = c.Items.OrderBy(i => i.Id).Select(i => i.Quantity).ToList(), Paid = c.Payments.Sum(p => p.Amount) }).ToList();"),
            before, after);
    }

    [Fact]
    public async Task ProjectedCollections_GiveTheSameAnswer() => await BeforeAndAfter.SameAnswer<BP1018CartesianIncludeAnalyzer, BP1018CartesianIncludeFix>(
        Source("return await db.Carts.OrderBy(c => c.Id).Select(c => new { c.Id, Items = c.Items.OrderBy(i => i.Id).Select(i => i.Quantity).ToList(), Payments = c.Payments.OrderBy(p => p.Id).ToList() }).ToListAsync();"),
        1, 3);

    /// <summary>The numbers on the page of the rule.</summary>
    [Fact]
    public async Task Rows_OfOneCart()
    {
        var run = await BeforeAndAfter.Of<BP1018CartesianIncludeAnalyzer, BP1018CartesianIncludeFix>(
            Source("var carts = db.Carts.Include(c => c.Items).Include(c => c.Payments).Where(c => c.Owner == \"b\").ToList(); return carts[0].Items.Count + carts[0].Payments.Count;"));
        Assert.Equal("11", run.Before.Answer);
        Assert.Equal("11", run.After.Answer);
        Assert.Equal(30, await RowsOf(run.Before.Commands.Last(command => command.StartsWith("SELECT", StringComparison.Ordinal))));
        var after = await Task.WhenAll(run.After.Commands.Where(command => command.StartsWith("SELECT", StringComparison.Ordinal)).TakeLast(3).Select(RowsOf));
        Assert.Equal([1, 6, 5], after);
    }

    private static async Task<int> RowsOf(string command)
    {
        await using var connection = new Microsoft.Data.Sqlite.SqliteConnection("Data Source=:memory:");
        await connection.OpenAsync();
        await using var db = connection.CreateCommand();
        db.CommandText = Tables + "SELECT COUNT(*) FROM (" + command.TrimEnd(';') + ")";
        return Convert.ToInt32(await db.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }

    private const string Tables = """
        CREATE TABLE "Carts" ("Id" INTEGER, "Owner" TEXT);
        CREATE TABLE "CartItem" ("Id" INTEGER, "CartId" INTEGER, "Quantity" INTEGER);
        CREATE TABLE "CartPayment" ("Id" INTEGER, "CartId" INTEGER, "Amount" INTEGER);
        INSERT INTO "Carts" VALUES (2, 'b');
        INSERT INTO "CartItem" VALUES (1, 2, 1), (2, 2, 1), (3, 2, 1), (4, 2, 1), (5, 2, 1), (6, 2, 1);
        INSERT INTO "CartPayment" VALUES (1, 2, 1), (2, 2, 1), (3, 2, 1), (4, 2, 1), (5, 2, 1);

        """;

    private static string Source(string statements) => $$"""
        using System.Data.Common;
        using Microsoft.EntityFrameworkCore.Diagnostics;
        using Microsoft.EntityFrameworkCore.Infrastructure;

        public class Cart
        {
            public int Id { get; set; }
            public string Owner { get; set; } = "";
            public List<CartItem> Items { get; set; } = new();
            public List<CartPayment> Payments { get; set; } = new();
        }

        public class CartItem { public int Id { get; set; } public int CartId { get; set; } public int Quantity { get; set; } }

        public class CartPayment { public int Id { get; set; } public int CartId { get; set; } public int Amount { get; set; } }

        public class CartContext(DbConnection connection, IEnumerable<IInterceptor> interceptors) : DbContext
        {
            public DbSet<Cart> Carts => Set<Cart>();

            protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite(connection).AddInterceptors(interceptors);
        }

        public static class Scenario
        {
            public static async Task<object?> Run(ShopContext shop)
            {
                using (var setup = new CartContext(shop.Database.GetDbConnection(), []))
                {
                    setup.Database.ExecuteSqlRaw(setup.Database.GenerateCreateScript());
                    for (var i = 1; i <= 3; i++)
                    {
                        setup.Add(new Cart
                        {
                            Id = i, Owner = i == 2 ? "b" : "a",
                            Items = Enumerable.Range(1, i * 3).Select(n => new CartItem { Quantity = n }).ToList(),
                            Payments = Enumerable.Range(1, i == 3 ? 0 : 3 + i).Select(n => new CartPayment { Amount = n }).ToList(),
                        });
                    }

                    setup.SaveChanges();
                }

                using var db = new CartContext(shop.Database.GetDbConnection(), shop.GetService<IDbContextOptions>().FindExtension<CoreOptionsExtension>()!.Interceptors!);
                {{statements}}
            }
        }
        """;
}

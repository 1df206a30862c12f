using BackendPatterns.Analyzers.Rules.DataAccess;
using Microsoft.CodeAnalysis.Testing;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.DataAccess.BP1015PagingWithoutOrderAnalyzer,
    BackendPatterns.Analyzers.CodeFixes.DataAccess.BP1015PagingWithoutOrderFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.DataAccess;

public class BP1015PagingWithoutOrderTests
{
    [Fact]
    public Task Report_SaysWhatHappens() => Verify.Reported(
        Source("return await db.Orders.{|#0:Skip|}(20).Take(10).ToListAsync();"),
        expected: DiagnosticResult.CompilerWarning(BP1015PagingWithoutOrderAnalyzer.Id).WithLocation(0)
            .WithMessage("'Skip' skips rows that have no order, so pages repeat and miss rows; order the query by its key first"));

    [Theory]
    [InlineData("return await db.Orders.Where(o => o.Total > 5).[|Skip|](page * size).Take(size).ToListAsync();")]
    [InlineData("return await db.Set<Order>().AsNoTracking().[|Skip|](page).ToListAsync();")]
    [InlineData("return await db.Orders.Include(o => o.Lines).[|Skip|](page).Take(size).ToListAsync();")]
    [InlineData("return await (from o in db.Orders where o.Id > 1 select o).[|Skip|](page).ToListAsync();")]
    [InlineData("return await db.Orders.Select(o => new Row { Id = o.Id }).[|Skip|](page).ToListAsync();")]
    [InlineData("var query = db.Orders.Where(o => o.Total > 5); return await query.[|Skip|](page).ToListAsync();")]
    [InlineData("IQueryable<Order> query = db.Orders; if (size > 1) query = query.Where(o => o.Total > 5); query = query.[|Skip|](page).Take(size); return await query.ToListAsync();")]
    [InlineData("IQueryable<Order> query = db.Orders; if (size > 1) query = query.Where(o => o.Id > 1); else query = query.Where(o => o.Id < 1); return await query.[|Skip|](page).ToListAsync();")]
    // The order comes too late, or is lost.
    [InlineData("return await db.Orders.[|Skip|](page).Take(size).OrderBy(o => o.Id).ToListAsync();")]
    [InlineData("return await db.Orders.OrderBy(o => o.Id).Select(o => o.Number).Distinct().[|Skip|](page).ToListAsync();")]
    [InlineData("return await db.Orders.OrderBy(o => o.Id).Union(db.Orders.Where(o => o.Id > 3)).[|Skip|](page).ToListAsync();")]
    [InlineData("return await db.Orders.OrderBy(o => o.Id).GroupBy(o => o.Number).Select(g => new { g.Key, Count = g.Count() }).[|Skip|](page).ToListAsync();")]
    // Through methods in source.
    [InlineData("return await Active().[|Skip|](page).ToListAsync();")]
    [InlineData("return await db.Orders.OnlyNew().[|Skip|](page).ToListAsync();")]
    [InlineData("return await db.Orders.[|Paged|](page, size).ToListAsync();")]
    [InlineData("return await db.Orders.Where(o => o.Total > 5).[|ToPageAsync|](page, size);")]
    [InlineData("return await PageOf(db.Orders, size); async Task<object> PageOf(IQueryable<Order> orders, int n) => await orders.[|Skip|](n).ToListAsync();")]
    [InlineData("return await db.Orders.[|Skip|](1).FirstOrDefaultAsync();")]
    public Task SkipWithoutOrder_IsReported(string statements) => Verify.Reported(Source(statements));

    [Theory]
    [InlineData("return await db.Orders.Take(10).ToListAsync();")]
    [InlineData("return await db.Orders.Skip(0).Take(10).ToListAsync();")]
    [InlineData("return await db.Orders.OrderBy(o => o.PlacedAt).Skip(page).ToListAsync();")]
    [InlineData("return await db.Orders.OrderBy(o => o.PlacedAt).Where(o => o.Id > 3).Include(o => o.Lines).Select(o => o.Number).Skip(page).ToListAsync();")]
    [InlineData("return await db.Orders.Select(o => o.Number).Distinct().OrderBy(n => n).Skip(page).ToListAsync();")]
    [InlineData("return await db.Orders.Select(o => o.Number).Order().Skip(page).ToListAsync();")]
    [InlineData("return await (from o in db.Orders orderby o.Number descending select o).Skip(page).ToListAsync();")]
    // A random row.
    [InlineData("return await db.Orders.Skip(Random.Shared.Next(page)).FirstOrDefaultAsync();")]
    [InlineData("var index = new Random().Next(0, page); return await db.Orders.Skip(index).Take(1).FirstOrDefaultAsync();")]
    // Keyset paging needs no Skip.
    [InlineData("return await db.Orders.Where(o => o.Id > page).OrderBy(o => o.Id).Take(size).ToListAsync();")]
    // Ordered further up.
    [InlineData("var query = db.Orders.OrderBy(o => o.Id).AsNoTracking(); return await query.Skip(page).ToListAsync();")]
    [InlineData("IQueryable<Order> query = db.Orders; query = size switch { 1 => query.OrderBy(o => o.Id), _ => query.OrderBy(o => o.Number) }; return await query.Skip(page).ToListAsync();")]
    [InlineData("IQueryable<Order> query = db.Orders; if (size > 1) query = query.OrderBy(o => o.Number); return await query.Skip(page).ToListAsync();")]
    [InlineData("return await Sorted().Skip(page).ToListAsync();")]
    [InlineData("return await db.Orders.SortedBy(size > 1).Skip(page).ToListAsync();")]
    [InlineData("return await db.Orders.OrderBy(o => o.Id).Paged(page, size).ToListAsync();")]
    [InlineData("return await db.Orders.OrderBy(o => o.Id).ToPageAsync(page, size);")]
    [InlineData("return await db.Orders.OrderedPage(page).ToListAsync();")]
    [InlineData("return await PageOf(db.Orders.OrderBy(o => o.Id), size); async Task<object> PageOf(IQueryable<Order> orders, int n) => await orders.Skip(n).ToListAsync();")]
    // Nothing is known about the order.
    [InlineData("return await given.Skip(page).ToListAsync();")]
    [InlineData("return await repository.Query().Skip(page).ToListAsync();")]
    [InlineData("return await db.Orders.FromSqlRaw(\"select * from Orders order by Id\").Skip(page).ToListAsync();")]
    [InlineData("return await db.Database.SqlQuery<int>($\"select 1\").Skip(page).ToListAsync();")]
    [InlineData("Func<IQueryable<Order>, IQueryable<Order>> sort = q => q.OrderBy(o => o.Id); return await sort(db.Orders).Skip(page).ToListAsync();")]
    // Not a query of EF Core.
    [InlineData("return new List<Order>().Skip(page).ToList();")]
    [InlineData("return new List<Order>().AsQueryable().Skip(page).ToList();")]
    [InlineData("return (await db.Orders.ToListAsync()).Skip(page).ToList();")]
    [InlineData("return db.Orders.AsEnumerable().Skip(page).ToList();")]
    [InlineData("return new[] { 1, 2 }.AsQueryable().Paged(page, size).ToList();")]
    // Translated as part of another query.
    [InlineData("return await db.Customers.Select(c => db.Orders.Where(o => o.CustomerId == c.Id).Skip(1).Count()).ToListAsync();")]
    public Task OrderedOrUnknown_IsSilent(string statements) => Verify.Silent(Source(statements));

    [Fact]
    public Task OtherSkip_IsSilent() => Verify.Silent("""
        public static class Own
        {
            public static IQueryable<T> Skip<T>(this IQueryable<T> query, string reason) => query;
        }

        public class Test(ShopContext db)
        {
            public Task<List<Order>> Run() => db.Orders.Skip("why").ToListAsync();
        }
        """);

    [Theory]
    [InlineData(
        "return await db.Orders.Where(o => o.Total > 5).[|Skip|](page * size).Take(size).ToListAsync();",
        "return await db.Orders.Where(o => o.Total > 5).OrderBy(o => o.Id).Skip(page * size).Take(size).ToListAsync();")]
    [InlineData("return await db.Orders.[|Skip|](page).ToListAsync();", "return await db.Orders.OrderBy(o => o.Id).Skip(page).ToListAsync();")]
    [InlineData(
        "var o = 1; return await db.Orders.[|Skip|](page + o).ToListAsync();",
        "var o = 1; return await db.Orders.OrderBy(x => x.Id).Skip(page + o).ToListAsync();")]
    [InlineData(
        "return await (from o in db.Orders where o.Id > 1 select o).[|Skip|](page).ToListAsync();",
        "return await (from o in db.Orders where o.Id > 1 select o).OrderBy(x => x.Id).Skip(page).ToListAsync();")]
    [InlineData(
        "return await db.Orders.Select(o => new Row { Id = o.Id }).[|Skip|](page).ToListAsync();",
        "return await db.Orders.OrderBy(o => o.Id).Select(o => new Row { Id = o.Id }).Skip(page).ToListAsync();")]
    [InlineData(
        "return await db.Orders.Select(o => o.Number).Distinct().[|Skip|](page).ToListAsync();",
        "return await db.Orders.Select(o => o.Number).Distinct().OrderBy(x => x).Skip(page).ToListAsync();")]
    [InlineData(
        "IQueryable<Order> query = db.Orders; if (size > 1) query = query.Where(o => o.Total > 5); query = query.[|Skip|](page).Take(size); return await query.ToListAsync();",
        "IQueryable<Order> query = db.Orders; if (size > 1) query = query.Where(o => o.Total > 5); query = query.OrderBy(o => o.Id).Skip(page).Take(size); return await query.ToListAsync();")]
    [InlineData("return await db.Orders.[|ToPageAsync|](page, size);", "return await db.Orders.OrderBy(o => o.Id).ToPageAsync(page, size);")]
    [InlineData(
        "return await db.Members.[|Skip|](page).ToListAsync();",
        "return await db.Members.OrderBy(m => m.TeamId).ThenBy(m => m.UserId).Skip(page).ToListAsync();")]
    [InlineData(
        "var a = db.Orders.[|Skip|](1); var b = db.Orders.[|Skip|](2); return await a.Union(b).ToListAsync();",
        "var a = db.Orders.OrderBy(o => o.Id).Skip(1); var b = db.Orders.OrderBy(o => o.Id).Skip(2); return await a.Union(b).ToListAsync();")]
    public Task Order_IsAdded(string before, string after) => Verify.Fixed(Source(before), Source(after));

    [Fact]
    public Task LinesAndComments_AreKept() => Verify.Fixed(
        Source("""
            // All orders.
            return await db.Orders
                .Where(o => o.Total > 5) // large ones
                // the page
                .[|Skip|](page)
                .Take(size)
                .ToListAsync();
            """),
        Source("""
            // All orders.
            return await db.Orders
                .Where(o => o.Total > 5) // large ones
                .OrderBy(o => o.Id)
                // the page
                .Skip(page)
                .Take(size)
                .ToListAsync();
            """));

    [Theory]
    // The key of these rows is not known, or there is none.
    [InlineData("return await db.Orders.Select(o => new Row { Id = o.Id }).Distinct().[|Skip|](page).ToListAsync();")]
    [InlineData("return await db.Views.[|Skip|](page).ToListAsync();")]
    [InlineData("return await Queryable.[|Skip|](db.Orders.Select(o => new { o.Id }).Distinct(), page).ToListAsync();")]
    public Task WithoutAKey_NoFixIsOffered(string statements) => Verify.NotFixed(Source(statements));

    private static string Source(string statements) => $$"""
        public class Row { public int Id { get; set; } }

        [PrimaryKey(nameof(TeamId), nameof(UserId))]
        public class Member { public int TeamId { get; set; } public int UserId { get; set; } }

        [Keyless]
        public class View { public string Name { get; set; } = ""; }

        public class TeamContext(DbContextOptions<ShopContext> options) : ShopContext(options)
        {
            public DbSet<Member> Members => Set<Member>();
            public DbSet<View> Views => Set<View>();
        }

        public interface IOrders { IQueryable<Order> Query(); }

        public static class Queries
        {
            public static IQueryable<Order> OnlyNew(this IQueryable<Order> orders) => orders.Where(o => o.Id > 10);

            public static IQueryable<Order> SortedBy(this IQueryable<Order> orders, bool up) => up ? orders.OrderBy(o => o.Id) : orders.OrderByDescending(o => o.Id);

            public static IQueryable<T> Paged<T>(this IQueryable<T> query, int page, int size) => query.Skip(page * size).Take(size);

            public static IQueryable<Order> OrderedPage(this IQueryable<Order> query, int page) => query.OrderBy(o => o.Id).Skip(page);

            public static async Task<List<T>> ToPageAsync<T>(this IQueryable<T> query, int page, int size)
            {
                var count = await query.CountAsync();
                return count == 0 ? [] : await query.Skip(page * size).Take(size).ToListAsync();
            }
        }

        public class Test(TeamContext db, IOrders repository)
        {
            private IQueryable<Order> Active() => db.Orders.Where(o => o.Total > 5);

            private IQueryable<Order> Sorted() => db.Orders.OrderBy(o => o.Total);

            public async Task<object?> Run(IQueryable<Order> given, int page, int size)
            {
                {{statements}}
            }
        }
        """;
}

using BackendPatterns.Analyzers.Rules.DataAccess;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.DataAccess.BP1016PagingWithoutTiebreakerAnalyzer,
    BackendPatterns.Analyzers.CodeFixes.DataAccess.BP1016PagingWithoutTiebreakerFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.DataAccess;

public class BP1016PagingWithoutTiebreakerTests
{
    [Fact]
    public Task Report_NamesTheKey() => Verify.Reported(
        Source("return await db.Orders.{|#1:OrderBy|}(o => o.PlacedAt).{|#0:Skip|}(20).Take(10).ToListAsync();"),
        expected: new DiagnosticResult(BP1016PagingWithoutTiebreakerAnalyzer.Id, DiagnosticSeverity.Info).WithLocation(0).WithLocation(1)
            .WithMessage("'Skip' skips rows of 'Order' in an order that is not unique, so rows that are equal in it may come on two pages or on none; order by 'Id' last"));

    [Theory]
    [InlineData("return await db.Orders.OrderByDescending(o => o.Total).ThenBy(o => o.PlacedAt).[|Skip|](page).ToListAsync();")]
    [InlineData("return await db.Orders.OrderBy(o => o.Number).Where(o => o.Total > 5).Select(o => o.Number).[|Skip|](page).ToListAsync();")]
    [InlineData("return await db.Orders.OrderBy(o => o.CouponId!.Value).[|Skip|](page).ToListAsync();")]
    [InlineData("return await db.Orders.OrderBy(o => o.Lines.Count).[|Skip|](page).ToListAsync();")]
    [InlineData("return await db.Orders.OrderBy(o => o.Lines.Sum(l => l.Price)).[|Skip|](page).ToListAsync();")]
    [InlineData("return await db.Orders.OrderBy(o => o.Total > 5).[|Skip|](page).ToListAsync();")]
    [InlineData("return await db.Orders.OrderBy(o => o.Customer!.CreatedAt).[|Skip|](page).ToListAsync();")]
    [InlineData("return await (from o in db.Orders orderby o.PlacedAt select o).[|Skip|](page).ToListAsync();")]
    [InlineData("var query = db.Orders.OrderBy(o => o.PlacedAt); return await query.[|Skip|](page).ToListAsync();")]
    [InlineData("IQueryable<Order> query = db.Orders; query = page > 1 ? query.OrderBy(o => o.PlacedAt) : query.OrderBy(o => o.Id); return await query.[|Skip|](page).ToListAsync();")]
    [InlineData("return await db.Orders.OrderBy(o => o.PlacedAt).[|Paged|](page).ToListAsync();")]
    [InlineData("return await db.Seats.Where(s => s.Row == page).OrderBy(s => s.Price).[|Skip|](page).ToListAsync();")]
    public Task OrderThatLeavesTies_IsReported(string statements) => Verify.Reported(Source(statements));

    [Theory]
    [InlineData("return await db.Orders.OrderBy(o => o.Id).Skip(page).ToListAsync();")]
    [InlineData("return await db.Orders.OrderBy(o => o.PlacedAt).ThenBy(o => o.Id).Skip(page).ToListAsync();")]
    [InlineData("return await db.Orders.OrderBy(o => o.Id).ThenBy(o => o.PlacedAt).Skip(page).ToListAsync();")]
    [InlineData("var query = db.Orders.OrderBy(o => o.PlacedAt); query = query.ThenBy(o => o.Id); return await query.Skip(page).ToListAsync();")]
    [InlineData("return await db.Orders.OrderBy(o => o.PlacedAt).Take(10).ToListAsync();")]
    [InlineData("return await db.Orders.OrderBy(o => o.PlacedAt).ToListAsync();")]
    // Unique indexes, alternate keys, composite keys.
    [InlineData("return await db.Seats.OrderBy(s => s.Code).Skip(page).ToListAsync();")]
    [InlineData("return await db.Seats.OrderBy(s => s.Row).ThenBy(s => s.Place).Skip(page).ToListAsync();")]
    [InlineData("return await db.Seats.Where(s => s.Row == page).OrderBy(s => s.Place).Skip(page).ToListAsync();")]
    [InlineData("return await db.Members.OrderBy(m => m.TeamId).ThenBy(m => m.UserId).Skip(page).ToListAsync();")]
    [InlineData("return await db.Members.Where(m => m.TeamId == page).OrderBy(m => m.UserId).Skip(page).ToListAsync();")]
    [InlineData("return await users.Users.OrderBy(u => u.UserName).Skip(page).ToListAsync();")]
    // What it is ordered by cannot be read.
    [InlineData("return await db.Orders.OrderBy(o => EF.Property<object>(o, \"Number\")).Skip(page).ToListAsync();")]
    [InlineData("return await db.Orders.OrderBy(key).Skip(page).ToListAsync();")]
    [InlineData("return await db.Orders.OrderBy(o => o.Number + o.Id).Skip(page).ToListAsync();")]
    [InlineData("return await db.Orders.OrderBy(o => o.Number.ToLower()).Skip(page).ToListAsync();")]
    [InlineData("return await db.Orders.Select(o => o.Number).Distinct().OrderBy(n => n).Skip(page).ToListAsync();")]
    [InlineData("return await db.Orders.Select(o => new Row { Id = o.Id }).OrderBy(r => r.Id).Skip(page).ToListAsync();")]
    [InlineData("return await given.OrderBy(r => r.Id).Skip(page).ToListAsync();")]
    [InlineData("return await db.Orders.Skip(page).ToListAsync();")]
    [InlineData("return new List<Order>().AsQueryable().OrderBy(o => o.PlacedAt).Skip(page).ToList();")]
    public Task UniqueOrUnknownOrder_IsSilent(string statements) => Verify.Silent(Source(statements));

    [Theory]
    [InlineData(
        "return await db.Orders.OrderBy(o => o.PlacedAt).[|Skip|](page).ToListAsync();",
        "return await db.Orders.OrderBy(o => o.PlacedAt).ThenBy(o => o.Id).Skip(page).ToListAsync();")]
    [InlineData(
        "return await db.Orders.OrderByDescending(o => o.Total).ThenBy(o => o.PlacedAt).Where(o => o.Total > 5).[|Skip|](page).ToListAsync();",
        "return await db.Orders.OrderByDescending(o => o.Total).ThenBy(o => o.PlacedAt).ThenBy(o => o.Id).Where(o => o.Total > 5).Skip(page).ToListAsync();")]
    [InlineData(
        "return await db.Members.OrderBy(m => m.UserId).[|Skip|](page).ToListAsync();",
        "return await db.Members.OrderBy(m => m.UserId).ThenBy(m => m.TeamId).Skip(page).ToListAsync();")]
    [InlineData(
        "IQueryable<Order> query = db.Orders; query = page switch { 1 => query.OrderBy(o => o.PlacedAt), 2 => query.OrderBy(o => o.Total), _ => query.OrderBy(o => o.Id) }; return await query.[|Skip|](page).ToListAsync();",
        "IQueryable<Order> query = db.Orders; query = page switch { 1 => query.OrderBy(o => o.PlacedAt).ThenBy(o => o.Id), 2 => query.OrderBy(o => o.Total).ThenBy(o => o.Id), _ => query.OrderBy(o => o.Id) }; return await query.Skip(page).ToListAsync();")]
    [InlineData(
        "var query = db.Orders.OrderBy(o => o.PlacedAt); var a = query.[|Skip|](1); var b = query.[|Skip|](2); return await a.Union(b).ToListAsync();",
        "var query = db.Orders.OrderBy(o => o.PlacedAt).ThenBy(o => o.Id); var a = query.Skip(1); var b = query.Skip(2); return await a.Union(b).ToListAsync();")]
    public Task Key_IsAdded(string before, string after) => Verify.Fixed(Source(before), Source(after));

    [Fact]
    public Task KeyInALineOfItsOwn() => Verify.Fixed(
        Source("""
            return await db.Orders
                .OrderBy(o => o.PlacedAt) // oldest first
                .[|Skip|](page)
                .ToListAsync();
            """),
        Source("""
            return await db.Orders
                .OrderBy(o => o.PlacedAt) // oldest first
                .ThenBy(o => o.Id)
                .Skip(page)
                .ToListAsync();
            """));

    [Theory]
    [InlineData("return await (from o in db.Orders orderby o.PlacedAt select o).[|Skip|](page).ToListAsync();")]
    public Task QuerySyntax_GetsNoFix(string statements) => Verify.NotFixed(Source(statements));

    private static string Source(string statements) => $$"""
        public class Row { public int Id { get; set; } }

        [PrimaryKey(nameof(TeamId), nameof(UserId))]
        public class Member { public int TeamId { get; set; } public int UserId { get; set; } }

        [Index(nameof(Code), IsUnique = true), Index(nameof(Row), nameof(Place), IsUnique = true)]
        public class Seat
        {
            public int Id { get; set; }
            public string Code { get; set; } = "";
            public int Row { get; set; }
            public int Place { get; set; }
            public decimal Price { get; set; }
        }

        public class User : Microsoft.AspNetCore.Identity.IdentityUser<int> { }

        public class TeamContext(DbContextOptions<ShopContext> options) : ShopContext(options)
        {
            public DbSet<Member> Members => Set<Member>();
            public DbSet<Seat> Seats => Set<Seat>();
            public DbSet<User> Users => Set<User>();
        }

        public static class Queries
        {
            public static IQueryable<T> Paged<T>(this IQueryable<T> query, int page) => query.Skip(page * 10).Take(10);
        }

        public class Test(TeamContext db, Microsoft.AspNetCore.Identity.UserManager<User> users)
        {
            public async Task<object?> Run(IQueryable<Row> given, System.Linq.Expressions.Expression<Func<Order, int>> key, int page)
            {
                {{statements}}
            }
        }
        """;
}

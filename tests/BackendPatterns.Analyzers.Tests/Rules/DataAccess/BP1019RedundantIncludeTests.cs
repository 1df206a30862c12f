using BackendPatterns.Analyzers.Rules.DataAccess;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.DataAccess.BP1019RedundantIncludeAnalyzer,
    BackendPatterns.Analyzers.CodeFixes.DataAccess.BP1019RedundantIncludeFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.DataAccess;

public class BP1019RedundantIncludeTests
{
    [Fact]
    public Task Report_OfADroppedInclude() => Verify.Reported(
        Source("Use(await {|#1:db.Orders.Include(o => o.Customer)|}.Select(o => o.Number).{|#0:ToListAsync|}());"),
        expected: new DiagnosticResult(BP1019RedundantIncludeAnalyzer.Id, DiagnosticSeverity.Info).WithLocation(0).WithLocation(1)
            .WithMessage("'ToListAsync' returns no entities, so EF Core ignores the 'Include' of 'Customer'; remove it"));

    [Fact]
    public Task Report_OfACountedInclude() => Verify.Reported(
        Source("foreach (var o in await {|#1:db.Orders.Include(o => o.Lines)|}.{|#0:ToListAsync|}()) Use(o.Id, o.CustomerId, o.CouponId, o.Number, o.Total, o.Lines.Count);"),
        expected: new DiagnosticResult(BP1019RedundantIncludeAnalyzer.Id, DiagnosticSeverity.Info).WithLocation(0).WithLocation(1)
            .WithMessage("'ToListAsync' loads all rows of 'Lines'; only their number is read, project it with 'Select'"));

    [Theory]
    [InlineData("Use(await db.Orders.Include(o => o.Customer).Select(o => new { o.Id, o.Customer!.Name }).[|ToListAsync|]());")]
    [InlineData("Use(await db.Orders.Include(o => o.Lines).Where(o => o.Total > 3).OrderBy(o => o.Id).Select(o => new Row(o.Id, o.Lines.Count)).[|FirstOrDefaultAsync|]());")]
    [InlineData("Use(await db.Orders.Include(o => o.Lines).Select(o => o.Lines.Where(l => l.Quantity > 1).Select(l => l.Price).ToList()).[|ToListAsync|]());")]
    [InlineData("Use(await db.Orders.Include(o => o.Lines).Select(o => o.Lines.Select(l => new { l.Id, Order = o.Number })).[|ToListAsync|]());")]
    [InlineData("Use(await db.Orders.Include(o => o.Customer).Select(o => o.Customer == null ? null : o.Customer.Name).[|ToListAsync|]());")]
    [InlineData("Use(await db.Orders.Include(o => o.Customer).ThenInclude(c => c!.Orders).[|CountAsync|](o => o.Total > 3));")]
    [InlineData("Use(db.Orders.Include(o => o.Lines).[|Any|](o => o.Id == id));")]
    [InlineData("Use(db.Orders.Include(\"Lines\").[|Sum|](o => o.Total));")]
    [InlineData("foreach (var n in [|db.Orders.Include(o => o.Customer).Select(o => o.Number)|]) Use(n);")]
    [InlineData("Use(await (from o in db.Orders.Include(o => o.Customer) where o.Id > id select o.Number).[|ToListAsync|]());")]
    [InlineData("var query = db.Orders.Include(o => o.Customer); Use(await query.Select(o => o.Total).[|ToListAsync|]());")]
    // Loaded to be counted.
    [InlineData("var o = await db.Orders.Include(x => x.Lines).[|FirstAsync|](x => x.Id == id); Use(o.Id, o.CustomerId, o.CouponId, o.Number, o.Total, o.Lines.Any());")]
    public Task IncludeWithoutUse_IsReported(string statements) => Verify.Reported(Source(statements));

    [Theory]
    // Entities are returned.
    [InlineData("Use(await db.Orders.Include(o => o.Customer).ToListAsync());")]
    [InlineData("Use(await db.Orders.Include(o => o.Customer).Select(o => o).ToListAsync());")]
    [InlineData("Use(await db.Orders.Include(o => o.Customer).Select(o => new { Order = o, o.Lines.Count }).ToListAsync());")]
    [InlineData("Use(await db.Orders.Include(o => o.Customer!.Orders).Select(o => o.Customer).ToListAsync());")]
    [InlineData("Use(await db.Orders.Include(o => o.Lines).Select(o => new { o.Id, Lines = o.Lines.ToList() }).ToListAsync());")]
    [InlineData("Use(await db.Orders.Include(o => o.Lines).Select(o => new { o.Id, First = o.Lines.OrderBy(l => l.Id).FirstOrDefault() }).ToListAsync());")]
    // The mapping runs on the client, with the whole row.
    [InlineData("Use(await db.Orders.Include(o => o.Customer).Select(o => Map(o)).ToListAsync());")]
    [InlineData("Use(await db.Orders.Include(o => o.Lines).Select(o => new { Lines = o.Lines.Select(l => MapLine(l)) }).ToListAsync());")]
    // In memory.
    [InlineData("Use((await db.Orders.Include(o => o.Customer).ToListAsync()).Select(o => o.Customer!.Name).Count());")]
    [InlineData("Use(db.Orders.Include(o => o.Customer).AsEnumerable().Select(o => o.Customer!.Name).ToList());")]
    // The rows are read.
    [InlineData("foreach (var o in await db.Orders.Include(o => o.Lines).ToListAsync()) Use(o.Id, o.CustomerId, o.CouponId, o.Number, o.Lines.Count, o.Lines.Sum(l => l.Price));")]
    [InlineData("foreach (var o in await db.Orders.Include(o => o.Lines).ToListAsync()) Use(o.Id, o.CustomerId, o.CouponId, o.Number, o.Lines.Count(l => l.Price > 1));")]
    // A branch below it is needed.
    [InlineData("foreach (var o in await db.Orders.Include(o => o.Customer).ThenInclude(c => c!.Orders).ToListAsync()) Use(o.Id, o.CustomerId, o.CouponId, o.Number, o.Customer!.Orders.Count);")]
    // BP1010 advises a projection, which drops it.
    [InlineData("foreach (var o in await db.Orders.Include(o => o.Lines).ToListAsync()) Use(o.Number, o.Lines.Count);")]
    // The row goes elsewhere.
    [InlineData("var o = await db.Orders.Include(x => x.Lines).FirstAsync(x => x.Id == id); Use(o.Id, o.Number, o.Lines.Count); Keep(o);")]
    // No include.
    [InlineData("Use(await db.Orders.Select(o => o.Customer!.Name).ToListAsync());")]
    [InlineData("var query = db.Orders.Include(o => o.Customer); Use(await query.CountAsync()); Use(await query.ToListAsync());")]
    [InlineData("var query = db.Orders.Include(o => o.Customer).Where(o => o.Total > 3); Use(await query.LongCountAsync()); foreach (var order in query) Use(order);")]
    [InlineData("IQueryable<Order> query = db.Orders.Include(o => o.Customer); query = query.Where(o => o.Total > 3); Use(await query.AnyAsync()); Use(await query.ToListAsync());")]
    public Task NeededInclude_IsSilent(string statements) => Verify.Silent(Source(statements));

    [Theory]
    [InlineData(
        "Use(await db.Orders.Include(o => o.Customer).Where(o => o.Total > 3).Select(o => new { o.Id, o.Customer!.Name }).[|ToListAsync|]());",
        "Use(await db.Orders.Where(o => o.Total > 3).Select(o => new { o.Id, o.Customer!.Name }).ToListAsync());")]
    [InlineData(
        "Use(await db.Orders.Include(o => o.Customer).ThenInclude(c => c!.Orders).Include(o => o.Lines).[|CountAsync|]());",
        "Use(await db.Orders.CountAsync());")]
    [InlineData(
        "foreach (var n in [|db.Orders.Include(o => o.Customer).Select(o => o.Number)|]) Use(n, db.Orders.Include(o => o.Lines).[|Any|]());",
        "foreach (var n in db.Orders.Select(o => o.Number)) Use(n, db.Orders.Any());")]
    public Task Include_IsRemoved(string statements, string after) => Verify.Fixed(Source(statements), Source(after));

    [Theory]
    [InlineData(
        "foreach (var o in await db.Orders.Include(o => o.Lines).OrderBy(o => o.Id).[|ToListAsync|]()) Use(o.Id, o.CustomerId, o.CouponId, o.Number, o.Total, o.Lines.Count);",
        "foreach (var o in await db.Orders.OrderBy(o => o.Id).Select(x => new { x.Id, x.CustomerId, x.CouponId, x.Number, x.Total, LinesCount = x.Lines.Count }).ToListAsync()) Use(o.Id, o.CustomerId, o.CouponId, o.Number, o.Total, o.LinesCount);")]
    [InlineData(
        "Order? order = await db.Orders.Include(x => x.Lines).[|FirstOrDefaultAsync|](x => x.Number != \"\"); if (order != null && order.Lines.Any()) Use(order.Id, order.CustomerId, order.CouponId, order.Number, order.Total, order.Lines.Count());",
        "var order = await db.Orders.Where(x => x.Number != \"\").Select(o => new { o.Id, o.CustomerId, o.CouponId, o.Number, o.Total, LinesCount = o.Lines.Count, HasLines = o.Lines.Any() }).FirstOrDefaultAsync(); if (order != null && order.HasLines) Use(order.Id, order.CustomerId, order.CouponId, order.Number, order.Total, order.LinesCount);")]
    public Task Count_IsProjected(string statements, string after) => Verify.Fixed(Source(statements), Source(after));

    [Theory]
    [InlineData("var query = db.Orders.Include(o => o.Customer); Use(await query.Select(o => o.Total).[|ToListAsync|]());")]
    [InlineData("foreach (Order o in await db.Orders.Include(o => o.Lines).[|ToListAsync|]()) Use(o.Id, o.CustomerId, o.CouponId, o.Number, o.Total, o.Lines.Count);")]
    [InlineData("foreach (var o in await db.Orders.AsTracking().Include(o => o.Lines).[|ToListAsync|]()) Use(o.Id, o.CustomerId, o.CouponId, o.Number, o.Total, o.Lines.Count);")]
    [InlineData("foreach (var o in await db.Orders.Include(o => o.Lines.Where(l => l.Price > 1)).[|ToListAsync|]()) Use(o.Id, o.CustomerId, o.CouponId, o.Number, o.Total, o.Lines.Count);")]
    [InlineData("var query = db.Orders.Include(o => o.Lines); foreach (var o in await query.[|ToListAsync|]()) Use(o.Id, o.CustomerId, o.CouponId, o.Number, o.Total, o.Lines.Count);")]
    [InlineData("Use(await db.Orders.Include(o => o.Customer /* for the name */).Select(o => o.Number).[|ToListAsync|]());")]
    public Task IncludeElsewhereOrCounted_IsNotFixed(string statements) => Verify.NotFixed(Source(statements));

    private static string Source(string statements) => $$"""
        public record Row(int Id, int Lines);

        public class Service(ShopContext db)
        {
            private Order? kept;

            public async Task Run(int id)
            {
                await Task.Yield();
                {{statements}}
            }

            private static string Map(Order order) => order.Customer!.Name;
            private static string MapLine(OrderLine line) => line.ToString()!;
            private void Keep(Order order) => kept = order;
            private void Use(params object?[] values) => Console.WriteLine(values.Length + kept?.Number);
        }
        """;
}

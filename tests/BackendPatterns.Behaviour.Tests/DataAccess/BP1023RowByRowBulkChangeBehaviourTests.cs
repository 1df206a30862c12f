using BackendPatterns.Analyzers.CodeFixes.DataAccess;
using BackendPatterns.Analyzers.Rules.DataAccess;
using BackendPatterns.Behaviour.Tests.Framework;

namespace BackendPatterns.Behaviour.Tests.DataAccess;

/// <summary>The fix of BP1023 leaves the same rows behind with one command.</summary>
public class BP1023RowByRowBulkChangeBehaviourTests
{
    [Theory]
    [InlineData("var rows = await db.Customers.Where(c => c.City == \"Ulm\").ToListAsync(); foreach (var row in rows) { row.IsActive = false; row.Points = points; } await db.SaveChangesAsync();", 3)]
    [InlineData("foreach (var row in db.Customers.Where(c => c.Id > 1)) { row.Phone = null; row.Region = Region.East; } db.SaveChanges();", 3)]
    [InlineData("foreach (var row in await db.Orders.OrderBy(o => o.Id).ToListAsync()) { row.WarehouseId = points; row.CouponId = null; } await db.SaveChangesAsync();", 5)]
    [InlineData("db.RemoveRange(await db.Lines.Where(l => l.OrderId == 5).ToListAsync()); await db.SaveChangesAsync();", 5)]
    [InlineData("db.Notes.RemoveRange(db.Notes.Where(n => n.OrderId == 1)); await db.SaveChangesAsync();", 3)]
    [InlineData("foreach (var row in await db.Notes.Where(n => n.Id == 77).ToListAsync()) row.Text = \"none\"; await db.SaveChangesAsync();", 1)]
    public Task SameRowsWithOneCommand(string statements, int commands) =>
        BeforeAndAfter.SameAnswer<BP1023RowByRowBulkChangeAnalyzer, BP1023RowByRowBulkChangeFix>(
            $$"""
            public static class Scenario
            {
                public static async Task<object?> Run(ShopContext db)
                {
                    await Task.Yield();
                    var points = 7;
                    {{statements}}
                    return 1;
                }
            }
            """,
            commands,
            1);
}

using System.Text.RegularExpressions;
using BackendPatterns.Analyzers.CodeFixes.DataAccess;
using BackendPatterns.Analyzers.Rules.DataAccess;
using BackendPatterns.Behaviour.Tests.Framework;

namespace BackendPatterns.Behaviour.Tests.DataAccess;

/// <summary>The fix of BP1010 gives the same answer from fewer columns.</summary>
public class BP1010ColumnsTests
{
    private static readonly Regex Columns = new("\"[a-z0-9]+\"\\.\"[A-Za-z]+\"", RegexOptions.CultureInvariant);

    [Theory]
    // The mapping in the query.
    [InlineData("return (await db.Customers.OrderBy(c => c.Id).ToListAsync()).Select(c => new Dto { Id = c.Id, Name = c.Name }).ToList();", 9, 2)]
    [InlineData("var all = await db.Customers.Where(c => c.IsActive).OrderBy(c => c.Id).ToListAsync(); return all.Select(c => new { c.Id, Contact = c.Phone ?? c.Email }).ToList();", 9, 3)]
    [InlineData("return (await db.Customers.OrderBy(c => c.Id).ToListAsync()).Select(c => new { Label = c.Name + \" \" + c.Phone, Rich = c.Points * 2 - 1 > 40 }).ToList();", 9, 3)]
    [InlineData("return (await db.Customers.OrderBy(c => c.Id).ToListAsync()).Select(c => new { Label = $\"{c.Name}/{c.Phone}/{c.CreatedAt}\" }).ToList();", 9, 3)]
    [InlineData("return (await db.Customers.OrderByDescending(c => c.Points).Take(2).ToListAsync()).Select(c => new Dto(c.Id, c.IsActive ? c.Name : \"-\")).ToArray();", 9, 3)]
    [InlineData("var bonus = 5; return (await db.Customers.OrderBy(c => c.Id).ToListAsync()).Select(c => new { Points = c.Points + bonus, c.Region, NoPhone = c.Phone == null }).ToList();", 9, 3)]
    [InlineData("return db.Orders.Include(o => o.Lines).OrderBy(o => o.Id).ToList().Select(o => new { o.Id, o.CouponId, o.WarehouseId }).ToList();", 7, 3)]
    // A mapping method, in the query and beside it.
    [InlineData("return (await db.Customers.OrderBy(c => c.Id).ToListAsync()).Select(Dto.From).ToList();", 9, 2)]
    [InlineData("return (await db.Customers.OrderBy(c => c.Id).ToListAsync()).Select(c => c.ToDto()).ToList();", 9, 2)]
    [InlineData("var c = await db.Customers.FirstOrDefaultAsync(c => c.Id == 3); return c == null ? null : c.ToDto();", 9, 2)]
    [InlineData("var c = await db.Customers.FirstOrDefaultAsync(c => c.Id == 77); return c is null ? null : Dto.From(c);", 9, 2)]
    // The columns that are read.
    [InlineData("var names = new List<string>(); foreach (var c in await db.Customers.OrderBy(c => c.Id).ToListAsync()) names.Add(c.Name + c.Phone?.Length); return names;", 9, 2)]
    [InlineData("var c = await db.Customers.FirstOrDefaultAsync(c => c.Id == 3); return c == null ? null : c.Name + c.IsActive;", 9, 2)]
    [InlineData("var c = await db.Customers.FirstOrDefaultAsync(c => c.Id == 77); return c?.Name ?? \"nobody\";", 9, 1)]
    [InlineData("var c = await db.Customers.SingleAsync(c => c.City == \"Ulm\"); return c.Name;", 9, 1)]
    [InlineData("var c = await db.Customers.FirstAsync(c => c.Id == 77); return c.Name;", 9, 1)]
    [InlineData("var c = await db.Customers.OrderBy(c => c.Points).LastAsync(); return c.Name;", 9, 1)]
    [InlineData("var byId = await db.Customers.ToDictionaryAsync(c => c.Id, c => c.Name); return byId.OrderBy(p => p.Key).ToList();", 9, 2)]
    [InlineData("var byId = await db.Customers.ToDictionaryAsync(c => c.City); return byId.Count;", 9, 1)]
    [InlineData("var byCity = (await db.Customers.OrderBy(c => c.Id).ToListAsync()).ToLookup(c => c.City); return byCity[\"Ulm\"].Select(c => c.Name).ToList();", 9, 2)]
    [InlineData("var names = new List<string>(); foreach (var o in db.Orders.AsNoTracking().OrderBy(o => o.Id)) names.Add(o.Number + o.CouponId + o.WarehouseId); return names;", 7, 3)]
    [InlineData("var names = new List<string>(); await foreach (var c in db.Customers.OrderBy(c => c.Id).AsAsyncEnumerable()) names.Add(c.Name); return names;", 9, 1)]
    [InlineData("var q = db.Customers.AsQueryable(); if (db != null) q = q.Where(c => c.IsActive); var all = await q.OrderBy(c => c.Id).ToListAsync(); return new { all.Count, First = all[0].Name };", 9, 1)]
    public async Task FixedQuery_GivesTheSameAnswerFromFewerColumns(string statements, int before, int after)
    {
        var run = await BeforeAndAfter.Of<BP1010UnprojectedQueryAnalyzer, BP1010UnprojectedQueryFix>(Source(statements));
        Assert.Equal(before != after, run.FixedSource != Source(statements));
        Assert.Equal(run.Before.Answer, run.After.Answer);
        Assert.Equal(run.Before.Rows, run.After.Rows);
        Assert.Equal((1, 1), (run.Before.Commands.Count, run.After.Commands.Count));
        Assert.Equal((before, after), (CountColumns(run.Before.Commands[0], statements), CountColumns(run.After.Commands[0], statements)));
    }

    /// <summary>The distinct columns between the first SELECT and its FROM; of an Include only those of the first table.</summary>
    private static int CountColumns(string sql, string statements)
    {
        var list = sql[..sql.IndexOf("FROM", StringComparison.Ordinal)];
        var names = Columns.Matches(list).Select(match => match.Value).ToHashSet();
        var table = statements.Contains("db.Orders", StringComparison.Ordinal) ? "\"o\"." : "\"c\".";
        var ofTable = names.Count(name => name.StartsWith(table, StringComparison.Ordinal));
        return ofTable > 0 ? ofTable : names.Count;
    }

    private static string Source(string statements) => $$"""
        public class Dto
        {
            public Dto() { }
            public Dto(int id, string name) { Id = id; Name = name; }
            public int Id { get; set; }
            public string Name { get; set; } = "";
            public static Dto From(Customer customer) => new() { Id = customer.Id, Name = customer.Name };
        }

        public static class Mapping
        {
            public static Dto ToDto(this Customer customer) => new Dto(customer.Id, $"{customer.Name}");
        }

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

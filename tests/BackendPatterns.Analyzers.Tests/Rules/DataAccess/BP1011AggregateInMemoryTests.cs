using BackendPatterns.Analyzers.Rules.DataAccess;
using Microsoft.CodeAnalysis.Testing;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.DataAccess.BP1011AggregateInMemoryAnalyzer,
    BackendPatterns.Analyzers.CodeFixes.DataAccess.BP1011AggregateInMemoryFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.DataAccess;

public class BP1011AggregateInMemoryTests
{
    [Fact]
    public Task Report_NamesTheOperatorsAndTheRemedy() => Verify.Reported(
        Source("return (await db.Customers.{|#0:ToListAsync|}()).{|#1:Sum|}(c => c.Points);"),
        expected: DiagnosticResult.CompilerWarning(BP1011AggregateInMemoryAnalyzer.Id).WithLocation(0).WithLocation(1)
            .WithMessage("'ToListAsync' loads every row only for 'Sum' in memory; let the query end with 'SumAsync'"));

    [Theory]
    // In place.
    [InlineData("return (await db.Customers.[|ToListAsync|]()).Count;", "return await db.Customers.CountAsync();")]
    [InlineData("return (await db.Customers.Where(c => c.IsActive).[|ToListAsync|](token)).Count();", "return await db.Customers.Where(c => c.IsActive).CountAsync(token);")]
    [InlineData("return db.Customers.[|ToArray|]().Length;", "return db.Customers.Count();")]
    [InlineData("return (await db.Customers.[|ToListAsync|]()).Count > 0;", "return await db.Customers.AnyAsync();")]
    [InlineData("return (await db.Customers.[|ToListAsync|]()).Count(c => c.IsActive) == 0;", "return !await db.Customers.AnyAsync(c => c.IsActive);")]
    [InlineData("return (await db.Customers.[|ToListAsync|](token)).Any(c => c.Id == id);", "return await db.Customers.AnyAsync(c => c.Id == id, token);")]
    [InlineData("return db.Customers.[|ToList|]().All(c => c.Points > id && c.Name == name);", "return db.Customers.All(c => c.Points > id && c.Name == name);")]
    [InlineData("return db.Customers.Include(c => c.Orders).AsNoTracking().[|ToList|]().Sum(c => c.Points);", "return db.Customers.Sum(c => c.Points);")]
    [InlineData("return (await db.Customers.[|ToListAsync|]()).Max(c => c.CreatedAt);", "return await db.Customers.MaxAsync(c => c.CreatedAt);")]
    [InlineData("return (await db.Customers.[|ToListAsync|]()).Min(c => (int?)c.Points);", "return await db.Customers.MinAsync(c => (int?)c.Points);")]
    [InlineData("return (await db.Customers.[|ToListAsync|]()).First(c => c.Id == id).Name;", "return (await db.Customers.FirstAsync(c => c.Id == id)).Name;")]
    [InlineData("return (await db.Customers.Include(c => c.Orders).[|ToListAsync|]()).FirstOrDefault(c => ids.Contains(c.Id));", "return await db.Customers.Include(c => c.Orders).FirstOrDefaultAsync(c => ids.Contains(c.Id));")]
    [InlineData("return (await db.Customers.[|ToListAsync|]()).Find(c => c.Email.Contains(name));", "return await db.Customers.FirstOrDefaultAsync(c => c.Email.Contains(name));")]
    [InlineData("return (await db.Customers.[|ToListAsync|]()).Exists(c => c.Phone == null);", "return await db.Customers.AnyAsync(c => c.Phone == null);")]
    [InlineData("return (await db.Customers.[|ToListAsync|]()).Single();", "return await db.Customers.SingleAsync();")]
    [InlineData("return db.Customers.OrderBy(c => c.Id).[|ToList|]().Last();", "return db.Customers.OrderBy(c => c.Id).Last();")]
    [InlineData("return (await db.Customers.Select(c => c.Id).[|ToListAsync|]()).Contains(id);", "return await db.Customers.Select(c => c.Id).ContainsAsync(id);")]
    [InlineData("return (await db.Customers.Select(c => c.Points).[|ToListAsync|]()).Sum();", "return await db.Customers.Select(c => c.Points).SumAsync();")]
    [InlineData("return (await db.Customers.Select(c => new { c.Name, Year = c.CreatedAt.Year }).[|ToListAsync|]()).Any(x => x.Year == id);", "return await db.Customers.Select(c => new { c.Name, Year = c.CreatedAt.Year }).AnyAsync(x => x.Year == id);")]
    [InlineData("return (await db.Customers.[|ToListAsync|]().ConfigureAwait(false)).Count.ToString();", "return (await db.Customers.CountAsync().ConfigureAwait(false)).ToString();")]
    [InlineData("return (await db.Customers.GroupBy(c => c.City).[|ToListAsync|]()).Count;", "return await db.Customers.GroupBy(c => c.City).CountAsync();")]
    // Through a local.
    [InlineData("var customers = await db.Customers.[|ToListAsync|](); return customers.Count;", "var customersCount = await db.Customers.CountAsync(); return customersCount;")]
    [InlineData("List<Customer> customers = await db.Customers.[|ToListAsync|](); if (customers.Count == 0) return null;", "var anyCustomers = await db.Customers.AnyAsync(); if (!anyCustomers) return null;")]
    [InlineData("var customers = await db.Customers.[|ToListAsync|](); return flag ? customers.Any(c => c.Id == id) : false;", "var anyCustomers = await db.Customers.AnyAsync(c => c.Id == id); return flag ? anyCustomers : false;")]
    [InlineData("var customers = await db.Customers.[|ToListAsync|](); var first = customers.FirstOrDefault(c => c.Id == id); return first?.Name;", "var customer = await db.Customers.FirstOrDefaultAsync(c => c.Id == id); var first = customer; return first?.Name;")]
    [InlineData("var customers = await db.Customers.[|ToListAsync|](); return customers.Sum(c => c.Points);", "var customersSum = await db.Customers.SumAsync(c => c.Points); return customersSum;")]
    [InlineData("foreach (var i in ids) { var customers = await db.Customers.Where(c => c.Points == i).[|ToListAsync|](); Use(customers.Count); }", "foreach (var i in ids) { var customersCount = await db.Customers.Where(c => c.Points == i).CountAsync(); Use(customersCount); }")]
    public Task OnlyUse_IsFixed(string statements, string fixedStatements) => Verify.Fixed(Source(statements), Source(fixedStatements));

    [Theory]
    // Several queries in place of one.
    [InlineData("var customers = await db.Customers.[|ToListAsync|](); Use(customers.Count, customers.Sum(c => c.Points));")]
    [InlineData("var customers = await db.Customers.[|ToListAsync|](); if (customers.Any()) Use(customers.Max(c => c.Points));")]
    // Another answer in SQL: culture, rounding, order of text, null, the clock.
    [InlineData("return (await db.Customers.[|ToListAsync|]()).Any(c => c.Name.StartsWith(name));")]
    [InlineData("return (await db.Customers.[|ToListAsync|]()).Average(c => c.Points);")]
    [InlineData("return (await db.Customers.[|ToListAsync|]()).Max(c => c.Name);")]
    [InlineData("return (await db.Orders.[|ToListAsync|]()).Any(o => !(o.CouponId > id));")]
    [InlineData("return (await db.Customers.[|ToListAsync|]()).Count(c => c.CreatedAt < DateTime.UtcNow);")]
    [InlineData("return (await other.Secrets.[|ToListAsync|]()).Sum(s => s.Weight);")]
    [InlineData("return (await db.Orders.Include(o => o.Customer).[|ToListAsync|]()).Any(o => o.Customer!.Name == name);")]
    [InlineData("return (await db.Customers.Include(c => c.Orders).[|ToListAsync|]()).Any(c => c.Orders.Any(o => o.Id == id));")]
    // It would throw before, or read a value before, what stands between.
    [InlineData("var customers = await db.Customers.[|ToListAsync|](); if (flag) return 1; return customers.Sum(c => c.Points);")]
    [InlineData("var customers = await db.Customers.[|ToListAsync|](); field = 3; return customers.Any(c => c.Id == field);")]
    // Comments.
    [InlineData("return (await db.Customers.[|ToListAsync|]()) /* all of them */ .Count;")]
    public Task AnswerMayDiffer_IsNotFixed(string statements) => Verify.NotFixed(Source(statements));

    [Theory]
    // The local is used for anything else.
    [InlineData("var customers = await db.Customers.ToListAsync(); Use(customers.Count); return customers;")]
    [InlineData("var customers = await db.Customers.ToListAsync(); Use(customers.Count); foreach (var c in customers) Use(c.Name);")]
    [InlineData("var customers = await db.Customers.ToListAsync(); Use(customers.Count, customers[0].Name);")]
    [InlineData("var customers = await db.Customers.ToListAsync(); if (customers.Count == 0) customers = new(); Use(customers.Count);")]
    [InlineData("var customers = await db.Customers.ToListAsync(); Use(customers.First(c => c.Id == id), customers.First(c => c.Id == id + 1));")]
    // Loaded once to be searched many times.
    [InlineData("var customers = await db.Customers.ToListAsync(); foreach (var i in ids) Use(customers.First(c => c.Id == i));")]
    [InlineData("var customers = await db.Customers.ToListAsync(); return ids.Select(i => customers.Count(c => c.Id == i));")]
    [InlineData("var known = await db.Customers.Select(c => c.Id).ToListAsync(); return ids.Where(i => !known.Contains(i)).ToList();")]
    [InlineData("var known = await db.Customers.Select(c => c.Id).ToListAsync(); for (var i = 0; i < known.Count; i++) Use(i);")]
    // Not translated, or not known to be.
    [InlineData("return (await db.Customers.ToListAsync()).Any(c => Good(c));")]
    [InlineData("return (await db.Customers.ToListAsync()).Any(Good);")]
    [InlineData("return (await db.Customers.ToListAsync()).Count(c => string.Equals(c.Name, name, StringComparison.OrdinalIgnoreCase));")]
    [InlineData("return (await db.Customers.ToListAsync()).Any(c => c.Name.Equals(name, StringComparison.OrdinalIgnoreCase));")]
    [InlineData("return (await db.Customers.ToListAsync()).Any(c => c.Name[0] == name[0]);")]
    [InlineData("return (await db.Customers.ToListAsync()).Any(c => $\"{c.Name} {c.City}\" == name);")]
    [InlineData("return (await db.Customers.ToListAsync()).Any(c => c.Points.ToString() == name);")]
    [InlineData("return (await db.Customers.ToListAsync()).Contains(list[0]);")]
    [InlineData("return (await db.Customers.ToListAsync()).Last();")]
    [InlineData("return (await db.Customers.ToListAsync()).Aggregate(0, (sum, c) => sum + c.Points);")]
    [InlineData("return (await db.Customers.Select(c => c.Name).ToListAsync()).Contains(name, StringComparer.OrdinalIgnoreCase);")]
    [InlineData("return (await other.Secrets.ToListAsync()).Any(s => s.Text == name);")]
    [InlineData("return (await db.Customers.GroupBy(c => c.City).ToListAsync()).First();")]
    // SQLite neither sums nor compares decimals.
    [InlineData("return (await db.Orders.ToListAsync()).Sum(o => o.Total);")]
    [InlineData("return (await db.Orders.ToListAsync()).Count(o => o.Total > 3);")]
    // A handful; SQL as text; a reason.
    [InlineData("return (await db.Customers.Take(2).ToListAsync()).Count;")]
    [InlineData("return (await db.Customers.FromSqlRaw(\"exec x\").ToListAsync()).Count;")]
    [InlineData("return (await db.Customers.AsTracking().ToListAsync()).Count;")]
    [InlineData("return (await db.Customers /* evaluated on the client: not supported by SQLite */ .ToListAsync()).Count;")]
    // Rows that are linked to each other or to others, or that were changed.
    [InlineData("return (await other.Nodes.ToListAsync()).First(n => n.ParentId == null);")]
    [InlineData("var customers = await db.Customers.ToListAsync(); Use(customers.Count); return (await db.Orders.FirstAsync()).Customer!.Name;")]
    [InlineData("list[0].Points = 3; return (await db.Customers.ToListAsync()).Sum(c => c.Points);")]
    // Not materialised here, in memory, inside an expression tree.
    [InlineData("return list.Count;")]
    [InlineData("return list.ToList().Count;")]
    [InlineData("return list.AsQueryable().ToList().Count;")]
    [InlineData("return await db.Orders.Where(o => db.Customers.ToList().Count > 3).AnyAsync();")]
    [InlineData("return db.Customers.AsEnumerable().Count(c => c.IsActive);")]
    [InlineData("return await db.Customers.CountAsync();")]
    [InlineData("var task = db.Customers.ToListAsync(); return (await task).Count;")]
    public Task RowsAreNeededOrUnknown_IsSilent(string statements) => Verify.Silent(Source(statements));

    [Fact]
    public Task ManyCalls_DoNotOverflow() => Verify.Silent(Source(
        "return (await db.Customers.ToListAsync()).Any(c => " + string.Join(" || ", Enumerable.Range(0, 400).Select(i => $"c.Id == {i}")) + ");"));

    [Fact]
    public Task CodeThatRunsOnce_IsSilent() => Verify.Silent("""
        public class CustomerSeeder(ShopContext db)
        {
            public int Run() => db.Customers.ToList().Count;
        }
        """);

    [Fact]
    public Task CallPerLine_KeepsTheLayout_IsFixed() => Verify.Fixed(
        Source("""
            // All of them.
                    var customers = await db.Customers
                        .AsNoTracking()
                        .Where(c => c.IsActive) // Only these.
                        .[|ToListAsync|](token);
                    return customers.Count(c => c.Points > id); // Rich ones.
            """),
        Source("""
            // All of them.
                    var customersCount = await db.Customers
                        .Where(c => c.IsActive) // Only these.
                        .CountAsync(c => c.Points > id, token);
                    return customersCount; // Rich ones.
            """));

    private static string Source(string statements) => $$"""
        public class Node { public int Id { get; set; } public int? ParentId { get; set; } public string Name { get; set; } = ""; public Node? Parent { get; set; } public List<Node> Children { get; set; } = new(); }
        public class Secret { public int Id { get; set; } public string Text { get; set; } = ""; public double Weight { get; set; } }
        public class OtherContext : DbContext
        {
            public DbSet<Node> Nodes { get; set; } = null!;
            public DbSet<Secret> Secrets { get; set; } = null!;
            protected override void OnModelCreating(ModelBuilder model) => model.Entity<Secret>().Property(s => s.Text).HasConversion(t => t + "!", t => t.TrimEnd('!'));
        }

        public class Test(ShopContext db, OtherContext other, List<Customer> list)
        {
            private int field;

            public async Task<object?> Run(int id, int? maybe, bool flag, string name, int[] ids, CancellationToken token)
            {
                await Task.Yield();
                field = id;
                {{statements}}
                return list;
            }

            private static bool Good(Customer customer) => customer.IsActive;
            private static void Use(params object?[] values) { }
            private object Touch() => (other, field);
        }
        """;
}

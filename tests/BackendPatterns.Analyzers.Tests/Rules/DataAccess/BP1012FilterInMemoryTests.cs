using BackendPatterns.Analyzers.Rules.DataAccess;
using Microsoft.CodeAnalysis.Testing;
using BackendPatterns.Analyzers.Tests.Verification;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.DataAccess.BP1012FilterInMemoryAnalyzer,
    BackendPatterns.Analyzers.CodeFixes.DataAccess.BP1012FilterInMemoryFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.DataAccess;

public class BP1012FilterInMemoryTests
{
    [Fact]
    public Task Report_NamesTheOperators() => Verify.Reported(
        Source("return (await db.Customers.{|#0:ToListAsync|}()).{|#1:FindAll|}(c => c.IsActive);"),
        expected: DiagnosticResult.CompilerWarning(BP1012FilterInMemoryAnalyzer.Id).WithLocation(0).WithLocation(1)
            .WithMessage("'ToListAsync' loads rows that 'FindAll' works on in memory; move 'Where' before 'ToListAsync'"));

    [Theory]
    // In place.
    [InlineData("return (await db.Customers.[|ToListAsync|]()).Where(c => c.IsActive).ToList();", "return await db.Customers.Where(c => c.IsActive).ToListAsync();")]
    [InlineData("return (await db.Customers.[|ToListAsync|](token)).Where(c => c.IsActive && c.Points > id).ToArray();", "return await db.Customers.Where(c => c.IsActive && c.Points > id).ToArrayAsync(token);")]
    [InlineData("return (await db.Customers.[|ToListAsync|]()).Where(c => c.IsActive).Select(c => Good(c)).ToList();", "return (await db.Customers.Where(c => c.IsActive).ToListAsync()).Select(c => Good(c)).ToList();")]
    [InlineData("return db.Customers.[|ToList|]().FindAll(c => c.City == name);", "return db.Customers.Where(c => c.City == name).ToList();")]
    [InlineData("foreach (var c in db.Customers.[|ToList|]().Where(c => c.IsActive)) Use(c);", "foreach (var c in db.Customers.Where(c => c.IsActive).ToList()) Use(c);")]
    [InlineData("return (await db.Customers.[|ToListAsync|]()).OrderByDescending(c => c.Points).ThenBy(c => c.Id).Skip(id).Take(10).ToList();", "return await db.Customers.OrderByDescending(c => c.Points).ThenBy(c => c.Id).Skip(id).Take(10).ToListAsync();")]
    [InlineData("return (await db.Customers.[|ToListAsync|]()).Where(c => c.IsActive).Where(c => Good(c)).ToList();", "return (await db.Customers.Where(c => c.IsActive).ToListAsync()).Where(c => Good(c)).ToList();")]
    [InlineData("return (await db.Customers.Select(c => c.City).[|ToListAsync|]()).Distinct().ToList();", "return await db.Customers.Select(c => c.City).Distinct().ToListAsync();")]
    [InlineData("return (await db.Customers.Select(c => new { c.City, c.Country }).[|ToListAsync|]()).Distinct().Count();", "return (await db.Customers.Select(c => new { c.City, c.Country }).Distinct().ToListAsync()).Count();")]
    [InlineData("return (await db.Customers.Include(c => c.Orders).[|ToListAsync|]()).Where(c => ids.Contains(c.Id)).ToList();", "return await db.Customers.Include(c => c.Orders).Where(c => ids.Contains(c.Id)).ToListAsync();")]
    [InlineData("return (await db.Customers.[|ToListAsync|]()).Where(c => c.CreatedAt.Year == id).Count();", "return (await db.Customers.Where(c => c.CreatedAt.Year == id).ToListAsync()).Count();")]
    // Through a local.
    [InlineData("var all = await db.Customers.[|ToListAsync|](); var active = all.Where(c => c.IsActive).ToList(); return active;", "var all = await db.Customers.Where(c => c.IsActive).ToListAsync(); var active = all; return active;")]
    [InlineData("List<Customer> all = await db.Customers.[|ToListAsync|](); foreach (var c in all.Where(c => c.Points > id)) Use(c.Name);", "var all = await db.Customers.Where(c => c.Points > id).ToListAsync(); foreach (var c in all) Use(c.Name);")]
    // One row per group.
    [InlineData(
        "return (await db.Orders.[|ToListAsync|](token)).GroupBy(o => o.CustomerId).ToDictionary(g => g.Key, g => g.Count());",
        "return await db.Orders.GroupBy(o => o.CustomerId).Select(g => new { g.Key, Value = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Value, token);")]
    [InlineData(
        "return db.Customers.Include(c => c.Orders).[|ToList|]().Where(c => c.IsActive).GroupBy(c => c.City).Select(g => new { City = g.Key, Count = g.Count(c => c.Points > id), Best = g.Max(c => c.Points) }).OrderBy(x => x.City).ToList();",
        "return db.Customers.Where(c => c.IsActive).GroupBy(c => c.City).Select(g => new { City = g.Key, Count = g.Count(c => c.Points > id), Best = g.Max(c => c.Points) }).ToList().OrderBy(x => x.City).ToList();")]
    [InlineData(
        "var all = await db.Customers.[|ToListAsync|](); var sums = all.GroupBy(c => new { c.City, c.Country }).Select(g => new { g.Key.City, g.Key.Country, Points = g.Sum(c => c.Points) }).ToDictionary(x => x.City + x.Country, x => x.Points); return sums;",
        "var all = await db.Customers.GroupBy(c => new { c.City, c.Country }).Select(g => new { g.Key.City, g.Key.Country, Points = g.Sum(c => c.Points) }).ToListAsync(); var sums = all.ToDictionary(x => x.City + x.Country, x => x.Points); return sums;")]
    public Task OnlyUse_IsFixed(string statements, string fixedStatements) => Verify.Fixed(Source(statements), Source(fixedStatements));

    [Theory]
    // Another answer in SQL.
    [InlineData("return (await db.Customers.[|ToListAsync|]()).OrderBy(c => c.Name).ToList();")]
    [InlineData("return (await db.Customers.OrderBy(c => c.City).[|ToListAsync|]()).OrderBy(c => c.Points).ToList();")]
    [InlineData("return (await db.Customers.[|ToListAsync|]()).Where(c => c.Name.ToLower() == name).ToList();")]
    [InlineData("return (await db.Customers.[|ToListAsync|]()).Where(c => c.CreatedAt < DateTime.Now).ToList();")]
    [InlineData("return (await db.Orders.[|ToListAsync|]()).Where(o => o.CouponId!.Value == id).ToList();")]
    // The groups come in the order of their first rows.
    [InlineData("return (await db.Customers.[|ToListAsync|]()).GroupBy(c => c.City).Select(g => new { g.Key, Count = g.Count() }).ToList();")]
    [InlineData("return (await db.Customers.[|ToListAsync|]()).GroupBy(c => c.City).Select(g => new { g.Key, Count = g.Count() }).OrderBy(x => x.Count).ToList();")]
    [InlineData("return (await db.Customers.[|ToListAsync|]()).GroupBy(c => c.City).ToDictionary(g => g.Key, g => g.Average(c => c.Points));")]
    // A value that changes between.
    [InlineData("var all = await db.Customers.[|ToListAsync|](); field = 3; return all.Where(c => c.Points == field).ToList();")]
    [InlineData("var limit = 1; var all = await db.Customers.[|ToListAsync|](); limit = 2; return all.Where(c => c.Points == limit).ToList();")]
    [InlineData("return from c in await db.Customers.[|ToListAsync|]() where c.IsActive select c;")]
    public Task AnswerMayDiffer_IsNotFixed(string statements) => Verify.NotFixed(Source(statements));

    // Npgsql, which orders nulls last, is there beside the newest EF Core only.
    [NewestEfCoreFact]
    public Task PlaceOfNullsMayDiffer_IsNotFixed() => AnswerMayDiffer_IsNotFixed("return (await db.Orders.[|ToListAsync|]()).OrderBy(o => o.CouponId).ToList();");

    [Theory]
    // The local is used elsewhere, or in each turn.
    [InlineData("var all = await db.Customers.ToListAsync(); Use(all.Count); return all.Where(c => c.IsActive).ToList();")]
    [InlineData("var all = await db.Customers.ToListAsync(); Use(all.Where(c => c.IsActive).ToList(), all.Where(c => !c.IsActive).ToList());")]
    [InlineData("var all = await db.Customers.ToListAsync(); foreach (var i in ids) Use(all.Where(c => c.Points == i).ToList());")]
    [InlineData("var all = await db.Customers.ToListAsync(); return ids.Select(i => all.Where(c => c.Points == i));")]
    [InlineData("var all = await db.Customers.ToListAsync(); return all;")]
    // Not translated, or not known to be.
    [InlineData("return (await db.Customers.ToListAsync()).Where(c => Good(c)).ToList();")]
    [InlineData("return (await db.Customers.ToListAsync()).Where(Good).ToList();")]
    [InlineData("return (await db.Customers.ToListAsync()).Where((c, i) => i > 3).ToList();")]
    [InlineData("return (await db.Customers.ToListAsync()).Where(c => c.Name.Contains(name, StringComparison.OrdinalIgnoreCase)).ToList();")]
    [InlineData("return (await db.Customers.ToListAsync()).OrderBy(c => c.Name, StringComparer.Ordinal).ToList();")]
    [InlineData("return (await db.Customers.ToListAsync()).OrderBy(c => Good(c)).ToList();")]
    [InlineData("return (await db.Customers.ToListAsync()).DistinctBy(c => c.City).ToList();")]
    [InlineData("return (await db.Customers.ToListAsync()).Distinct().ToList();")]
    [InlineData("return (await db.Customers.OrderBy(c => c.Name).Select(c => c.City).ToListAsync()).Distinct().ToList();")]
    [InlineData("var cities = await db.Customers.OrderByDescending(c => c.Id).ThenBy(c => c.Name).Select(c => c.City).ToArrayAsync(); return cities.Distinct().ToList();")]
    [InlineData("return (await db.Customers.ToListAsync()).GroupBy(c => c.City).ToList();")]
    [InlineData("return (await db.Customers.ToListAsync()).GroupBy(c => c.City).ToDictionary(g => g.Key, g => g.ToList());")]
    [InlineData("return (await db.Customers.ToListAsync()).GroupBy(c => c.City).Select(g => new { g.Key, First = g.First().Name }).ToList();")]
    [InlineData("return (await db.Customers.ToListAsync()).GroupBy(c => c.City).Select(g => g.Key).ToList();")]
    [InlineData("return (await db.Customers.ToListAsync()).GroupBy(c => c.City).Select(g => new { g.Key, Names = string.Join(\",\", g.Select(c => c.Name)) }).ToList();")]
    [InlineData("return (await db.Customers.ToListAsync()).GroupBy(c => Good(c)).ToDictionary(g => g.Key, g => g.Count());")]
    [InlineData("return (await db.Customers.ToListAsync()).GroupBy(c => c.City, StringComparer.OrdinalIgnoreCase).ToDictionary(g => g.Key, g => g.Count());")]
    [InlineData("return (await db.Customers.ToListAsync()).GroupBy(c => c.City, c => c.Name).ToDictionary(g => g.Key, g => g.Count());")]
    [InlineData("return (await db.Orders.ToListAsync()).GroupBy(o => o.Total).ToDictionary(g => g.Key, g => g.Count());")]
    [InlineData("return (await db.Customers.ToListAsync()).GroupBy(c => c.City).ToDictionary(g => g.Key, g => g.Count(c => Good(c)));")]
    [InlineData("return (await db.Customers.ToListAsync()).GroupBy(c => c.City).ToDictionary(g => g.Key + \"!\", g => g.Count());")]
    [InlineData("return (await db.Customers.ToListAsync()).TakeWhile(c => c.IsActive).ToList();")]
    [InlineData("return (await db.Customers.ToListAsync()).Take(1..3).ToList();")]
    [InlineData("return (await db.Orders.ToListAsync()).OrderBy(o => o.Total).ToList();")]
    [InlineData("return (await other.Secrets.ToListAsync()).Where(s => s.Text == name).ToList();")]
    // Deliberate.
    [InlineData("return db.Customers.AsEnumerable().Where(c => c.IsActive).ToList();")]
    [InlineData("return (await db.Customers.FromSqlRaw(\"exec x\").ToListAsync()).Where(c => c.IsActive).ToList();")]
    [InlineData("return (await db.Customers /* filtered in memory, the provider cannot */ .ToListAsync()).Where(c => c.IsActive).ToList();")]
    // Rows that are linked to each other, or that were changed.
    [InlineData("return (await other.Nodes.ToListAsync()).Where(n => n.ParentId == null).ToList();")]
    [InlineData("list[0].IsActive = false; return (await db.Customers.ToListAsync()).Where(c => c.IsActive).ToList();")]
    // In the query already, in memory, or mapped first.
    [InlineData("return await db.Customers.Where(c => c.IsActive).ToListAsync();")]
    [InlineData("return list.ToList().Where(c => c.IsActive).ToList();")]
    [InlineData("return (await db.Customers.ToListAsync()).Select(c => c.Name).Where(n => n == name).ToList();")]
    [InlineData("return await db.Orders.Where(o => db.Customers.ToList().Where(c => c.IsActive).Any()).ToListAsync();")]
    public Task FilterBelongsInMemoryOrUnknown_IsSilent(string statements) => Verify.Silent(Source(statements));

    [Fact]
    public Task CodeThatRunsOnce_IsSilent() => Verify.Silent("""
        public class CustomerSeeder(ShopContext db)
        {
            public List<Customer> Run() => db.Customers.ToList().Where(c => c.IsActive).ToList();
        }
        """);

    [Fact]
    public Task CallPerLine_KeepsTheLayout_IsFixed() => Verify.Fixed(
        Source("""
            // Rich ones.
                    var all = await db.Customers
                        .AsNoTracking() // Only read.
                        .[|ToListAsync|](token);

                    return all
                        .Where(c => c.Points > id)
                        .OrderBy(c => c.CreatedAt)
                        .Select(c => c.Name)
                        .ToList();
            """),
        Source("""
            // Rich ones.
                    var all = await db.Customers
                        .AsNoTracking() // Only read.
                        .Where(c => c.Points > id)
                        .OrderBy(c => c.CreatedAt)
                        .ToListAsync(token);

                    return all
                        .Select(c => c.Name)
                        .ToList();
            """));

    [Fact]
    public Task CommentBetweenTheOperators_IsNotFixed() => Verify.NotFixed(Source("""
        return (await db.Customers.[|ToListAsync|](token))
                        .Where(c => c.Points > id) // Rich ones.
                        .ToList();
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

using BackendPatterns.Analyzers.Rules.DataAccess;
using Microsoft.CodeAnalysis.Testing;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.DataAccess.BP1013ExistenceByLoadingAnalyzer,
    BackendPatterns.Analyzers.CodeFixes.DataAccess.BP1013ExistenceByLoadingFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.DataAccess;

public class BP1013ExistenceByLoadingTests
{
    [Theory]
    [InlineData("return {|#1:await db.Customers.{|#0:FirstOrDefaultAsync|}(c => c.Id == id) != null|};", "'FirstOrDefaultAsync' loads a row only to compare it with null; ask whether there is a row with 'AnyAsync'")]
    [InlineData("return {|#1:db.Customers.{|#0:Count|}() > 0|};", "'Count' counts every row only to compare the number with zero; ask whether there is a row with 'Any'")]
    public Task Report_NamesTheOperatorAndTheRemedy(string statements, string message) => Verify.Reported(
        Source(statements), expected: DiagnosticResult.CompilerWarning(BP1013ExistenceByLoadingAnalyzer.Id).WithLocation(0).WithLocation(1).WithMessage(message));

    [Theory]
    // A row.
    [InlineData("return await db.Customers.[|FirstOrDefaultAsync|](c => c.Id == id, token) != null;", "return await db.Customers.AnyAsync(c => c.Id == id, token);")]
    [InlineData("return await db.Customers.[|FirstOrDefaultAsync|](c => c.Id == id) == null;", "return !await db.Customers.AnyAsync(c => c.Id == id);")]
    [InlineData("if (null != db.Customers.Where(c => c.IsActive).[|FirstOrDefault|]()) return 1;", "if (db.Customers.Where(c => c.IsActive).Any()) return 1;")]
    [InlineData("if (await db.Customers.[|FirstOrDefaultAsync|](c => c.Id == id) is null) return 1;", "if (!await db.Customers.AnyAsync(c => c.Id == id)) return 1;")]
    [InlineData("if (await db.Customers.[|FirstOrDefaultAsync|](c => c.Id == id) is not null) return 1;", "if (await db.Customers.AnyAsync(c => c.Id == id)) return 1;")]
    [InlineData("if (await db.Customers.[|FirstOrDefaultAsync|](c => c.Id == id) is { }) return 1;", "if (await db.Customers.AnyAsync(c => c.Id == id)) return 1;")]
    [InlineData("if (await db.Customers.[|FirstOrDefaultAsync|](c => c.Id == id) is not { }) return 1;", "if (!await db.Customers.AnyAsync(c => c.Id == id)) return 1;")]
    [InlineData("if (!(await db.Customers.[|FirstOrDefaultAsync|](c => c.Id == id) is null) && flag) return 1;", "if (await db.Customers.AnyAsync(c => c.Id == id) && flag) return 1;")]
    [InlineData("return (await db.Customers.[|LastOrDefaultAsync|](c => c.Id == id).ConfigureAwait(false) != null).ToString();", "return (await db.Customers.AnyAsync(c => c.Id == id).ConfigureAwait(false)).ToString();")]
    [InlineData("return await db.Customers.Select(c => new { c.Name }).[|FirstOrDefaultAsync|]() != null;", "return await db.Customers.Select(c => new { c.Name }).AnyAsync();")]
    [InlineData("return await db.Customers.AsNoTracking().Include(c => c.Orders).[|FirstOrDefaultAsync|](c => c.Id == id) != null;", "return await db.Customers.AnyAsync(c => c.Id == id);")]
    // SingleOrDefault throws at a second row: a unique column has none.
    [InlineData("return await db.Customers.[|SingleOrDefaultAsync|](c => c.IsActive && c.Id == id) != null;", "return await db.Customers.AnyAsync(c => c.IsActive && c.Id == id);")]
    // A local.
    [InlineData("var customer = await db.Customers.[|FirstOrDefaultAsync|](c => c.Id == id); if (customer == null) return null; return id;", "var customerExists = await db.Customers.AnyAsync(c => c.Id == id); if (!customerExists) return null; return id;")]
    [InlineData("var existing = await db.Customers.[|FirstOrDefaultAsync|](c => c.Id == id); if (existing != null) return null; return id;", "var customerExists = await db.Customers.AnyAsync(c => c.Id == id); if (customerExists) return null; return id;")]
    [InlineData("var existingByName = await db.Customers.[|FirstOrDefaultAsync|](c => c.Id == id); if (existingByName != null) return null; return id;", "var customerByNameExists = await db.Customers.AnyAsync(c => c.Id == id); if (customerByNameExists) return null; return id;")]
    [InlineData("Customer? customer = await db.Customers.[|FirstOrDefaultAsync|](c => c.Id == id); if (customer != null) Use(1); return customer is null ? 1 : 2;", "bool customerExists = await db.Customers.AnyAsync(c => c.Id == id); if (customerExists) Use(1); return !customerExists ? 1 : 2;")]
    [InlineData("var count = await db.Customers.[|CountAsync|](c => c.IsActive); if (count > 0) return 1;", "var anyCustomers = await db.Customers.AnyAsync(c => c.IsActive); if (anyCustomers) return 1;")]
    [InlineData("int count = db.Orders.[|Count|](); return count == 0;", "bool anyOrders = db.Orders.Any(); return !anyOrders;")]
    // ?? throw, with a value that nobody wants.
    [InlineData("_ = await db.Customers.[|FirstOrDefaultAsync|](c => c.Id == id) ?? throw new InvalidOperationException();", "if (!await db.Customers.AnyAsync(c => c.Id == id))\n            throw new InvalidOperationException();")]
    [InlineData("var customer = await db.Customers.[|FirstOrDefaultAsync|](c => c.Id == id) ?? throw new InvalidOperationException();", "if (!await db.Customers.AnyAsync(c => c.Id == id))\n            throw new InvalidOperationException();")]
    // A count.
    [InlineData("return (await db.Customers.[|CountAsync|]()) > 0;", "return await db.Customers.AnyAsync();")]
    [InlineData("return await db.Customers.[|CountAsync|](c => c.IsActive, token) == 0;", "return !await db.Customers.AnyAsync(c => c.IsActive, token);")]
    [InlineData("return await db.Customers.[|LongCountAsync|]() >= 1;", "return await db.Customers.AnyAsync();")]
    [InlineData("return 0 < db.Customers.[|Count|]();", "return db.Customers.Any();")]
    [InlineData("return 1 > db.Customers.[|Count|]();", "return !db.Customers.Any();")]
    [InlineData("return db.Customers.[|Count|]() != 0;", "return db.Customers.Any();")]
    [InlineData("return db.Customers.[|Count|]() <= 0;", "return !db.Customers.Any();")]
    [InlineData("return db.Customers.[|Count|]() is > 0;", "return db.Customers.Any();")]
    [InlineData("return db.Customers.[|Count|]() is 0;", "return !db.Customers.Any();")]
    [InlineData("return db.Customers.Select(c => c.City).Distinct().[|Count|]() is not 0;", "return db.Customers.Select(c => c.City).Distinct().Any();")]
    public Task Load_IsFixed(string statements, string fixedStatements) => Verify.Fixed(Source(statements), Source(fixedStatements));

    [Theory]
    // A second row is an exception.
    [InlineData("return await db.Customers.[|SingleOrDefaultAsync|](c => c.Name == \"x\") != null;")]
    // Not written as a call on the query.
    [InlineData("return Queryable.[|Count|](db.Customers) > 0;")]
    [InlineData("var customer = await db.Customers.[|FirstOrDefaultAsync|](c => c.Id == id); if (customer /* found */ == null) return null;")]
    public Task UnsafePlace_IsNotFixed(string statements) => Verify.NotFixed(Source(statements));

    [Theory]
    // The value is used otherwise.
    [InlineData("var customer = await db.Customers.FirstOrDefaultAsync(c => c.Id == id); if (customer == null) return null; return customer.Name;")]
    [InlineData("var customer = await db.Customers.FirstOrDefaultAsync(c => c.Id == id); if (customer != null) db.Remove(customer);")]
    [InlineData("return await db.Customers.FirstOrDefaultAsync(c => c.Id == id) ?? throw new InvalidOperationException();")]
    [InlineData("var customer = await db.Customers.FirstOrDefaultAsync(c => c.Id == id) ?? throw new InvalidOperationException(); return customer.Name;")]
    [InlineData("return await db.Customers.FirstOrDefaultAsync(c => c.Id == id) == other;")]
    [InlineData("if (await db.Customers.FirstOrDefaultAsync(c => c.Id == id) is { IsActive: true }) return 1;")]
    [InlineData("if (await db.Customers.FirstOrDefaultAsync(c => c.Id == id) is { } found) return found.Name;")]
    [InlineData("if (await db.Customers.FirstOrDefaultAsync(c => c.Id == id) is Vip) return 1;")]
    [InlineData("var customer = await db.Customers.FirstOrDefaultAsync(c => c.Id == id); if (customer == null) customer = other; return customer.Name;")]
    [InlineData("var customer = await db.Customers.FirstOrDefaultAsync(c => c.Id == id); customer ??= other; Use(customer);")]
    [InlineData("var task = db.Customers.FirstOrDefaultAsync(c => c.Id == id); return await task != null;")]
    [InlineData("Customer? customer; customer = await db.Customers.FirstOrDefaultAsync(c => c.Id == id); return customer != null;")]
    [InlineData("var count = await db.Customers.CountAsync(); if (count == 0) return null; return count;")]
    [InlineData("var count = await db.Customers.CountAsync(); if (count > 0) Use($\"{count} customers\");")]
    // More than whether there is one.
    [InlineData("return await db.Customers.CountAsync() > 1;")]
    [InlineData("return await db.Customers.CountAsync() == 1;")]
    [InlineData("return await db.Customers.CountAsync() >= 2;")]
    [InlineData("return await db.Customers.CountAsync() < id;")]
    [InlineData("return await db.Customers.CountAsync() is 0 or 1;")]
    // A null may be a value.
    [InlineData("return await db.Customers.Select(c => c.Phone).FirstOrDefaultAsync() != null;")]
    [InlineData("return await db.Orders.Select(o => o.Customer).FirstOrDefaultAsync() != null;")]
    [InlineData("return await db.Orders.Select(o => o.CouponId).FirstOrDefaultAsync() != null;")]
    [InlineData("return await db.Customers.Select(c => c.Id).FirstOrDefaultAsync() != 0;")]
    // May be served from the tracker.
    [InlineData("return await db.Customers.FindAsync(id) != null;")]
    // Locking reads, and SQL that is given as text.
    [InlineData("return await db.Customers.FromSqlRaw(\"SELECT * FROM Customers FOR UPDATE\").FirstOrDefaultAsync() != null;")]
    [InlineData("return await db.Customers.Where(c => c.Id == id).ForUpdate().FirstOrDefaultAsync() != null;")]
    [InlineData("return await db.Customers.TagWith(\"ForUpdate\").FirstOrDefaultAsync(c => c.Id == id) != null;")]
    // The row fills a navigation that is read.
    [InlineData("var customer = await db.Customers.FirstOrDefaultAsync(c => c.Id == id); if (customer == null) return null; return db.Orders.First(o => o.CustomerId == id).Customer!.Name;")]
    // Translated, not executed; in memory; asked already.
    [InlineData("return await db.Customers.Where(c => c.Orders.Count() > 0).ToListAsync();")]
    [InlineData("return await db.Orders.Where(o => db.Customers.FirstOrDefault(c => c.Id == o.CustomerId) != null).ToListAsync();")]
    [InlineData("return list.FirstOrDefault(c => c.Id == id) != null;")]
    [InlineData("return list.AsQueryable().Count() > 0;")]
    [InlineData("return await db.Customers.AnyAsync(c => c.Id == id);")]
    public Task ValueIsNeededOrUnknown_IsSilent(string statements) => Verify.Silent(Source(statements));

    [Fact]
    public Task CodeThatRunsOnce_IsSilent() => Verify.Silent("""
        public class CustomerSeeder(ShopContext db)
        {
            public bool Run() => db.Customers.Count() > 0;
        }
        """);

    [Fact]
    public Task RequiredIncludeUnderAQueryFilter_IsNotFixed() => Verify.NotFixed("""
        public class Owner { public int Id { get; set; } public bool IsDeleted { get; set; } }
        public class Ticket { public int Id { get; set; } public Owner Owner { get; set; } = null!; }
        public class TicketContext : DbContext
        {
            public DbSet<Ticket> Tickets { get; set; } = null!;
            protected override void OnModelCreating(ModelBuilder model) => model.Entity<Owner>().HasQueryFilter(o => !o.IsDeleted);
        }
        public class Tickets(TicketContext db)
        {
            public async Task<bool> Exists(int id) => await db.Tickets.Include(t => t.Owner).[|FirstOrDefaultAsync|](t => t.Id == id) != null;
        }
        """);

    [Fact]
    public Task GenericRepository_IsFixed() => Verify.Fixed(
        """
        public class Repository<T>(ShopContext db) where T : class
        {
            public async Task<bool> Exists() => await db.Set<T>().[|FirstOrDefaultAsync|]() != null;
        }
        """,
        """
        public class Repository<T>(ShopContext db) where T : class
        {
            public async Task<bool> Exists() => await db.Set<T>().AnyAsync();
        }
        """);

    [Fact]
    public Task CallPerLine_KeepsTheLayout_IsFixed() => Verify.Fixed(
        Source("""
            // Only the active ones.
                    var customer = await db.Customers
                        .AsNoTracking()
                        .Where(c => c.IsActive)
                        .[|FirstOrDefaultAsync|](
                            c => c.Id == id,
                            token);
                    if (customer is null) // Nobody.
                        return null;
            """),
        Source("""
            // Only the active ones.
                    var customerExists = await db.Customers
                        .Where(c => c.IsActive)
                        .AnyAsync(
                            c => c.Id == id,
                            token);
                    if (!customerExists) // Nobody.
                        return null;
            """));

    private static string Source(string statements) => $$"""
        public class Vip : Customer { }

        public static class Locks
        {
            public static IQueryable<T> ForUpdate<T>(this IQueryable<T> query) => query;
        }

        public class Test(ShopContext db, List<Customer> list)
        {
            public async Task<object?> Run(int id, bool flag, Customer other, CancellationToken token)
            {
                await Task.Yield();
                {{statements}}
                return list;
            }

            private static void Use(params object?[] values) { }
        }
        """;
}

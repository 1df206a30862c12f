using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.DataAccess.BP1010UnprojectedQueryAnalyzer,
    BackendPatterns.Analyzers.CodeFixes.DataAccess.BP1010UnprojectedQueryFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.DataAccess;

public class BP1010UnprojectedQueryFixTests
{
    [Theory]
    // The mapping moves into the query.
    [InlineData(
        "return (await db.Customers.[|ToListAsync|]()).Select(c => new Dto { Id = c.Id, Name = c.Name }).ToList();",
        "return await db.Customers.Select(c => new Dto { Id = c.Id, Name = c.Name }).ToListAsync();")]
    [InlineData(
        "return (await db.Customers.[|ToListAsync|](token).ConfigureAwait(false)).Select(c => new Dto { Id = c.Id, Name = c.Name }).ToArray();",
        "return await db.Customers.Select(c => new Dto { Id = c.Id, Name = c.Name }).ToArrayAsync(token).ConfigureAwait(false);")]
    [InlineData(
        "return db.Customers.Where(c => c.IsActive).[|ToArray|]().Select(c => new { c.Id, Label = c.Name + \" \" + c.City }).ToList();",
        "return db.Customers.Where(c => c.IsActive).Select(c => new { c.Id, Label = c.Name + \" \" + c.City }).ToList();")]
    [InlineData(
        "return (await db.Customers.[|ToListAsync|]()).Select(c => new Dto { Id = c.Id, Name = c.Name }).ToList().Count;",
        "return (await db.Customers.Select(c => new Dto { Id = c.Id, Name = c.Name }).ToListAsync()).Count;")]
    [InlineData(
        "var all = await db.Customers.AsNoTracking().[|ToListAsync|](); return all.Select(c => new Dto { Id = c.Id, Name = c.Phone ?? c.Name }).ToList();",
        "var all = await db.Customers.Select(c => new Dto { Id = c.Id, Name = c.Phone ?? c.Name }).ToListAsync(); return all;")]
    [InlineData(
        "List<Customer> all = await db.Customers.Include(c => c.Orders).OrderBy(c => c.Name).[|ToListAsync|](); var dtos = all.Select(c => new Dto(c.Id + id, $\"{c.Name} {c.City}\")).ToList(); return dtos;",
        "var all = await db.Customers.OrderBy(c => c.Name).Select(c => new Dto(c.Id + id, $\"{c.Name} {c.City}\")).ToListAsync(); var dtos = all; return dtos;")]
    [InlineData(
        "return (await db.Set<Ticket>().Include(t => t.Owner).[|ToListAsync|]()).Select(t => new { t.A, Owner = t.Owner.B }).ToList();",
        "return await db.Set<Ticket>().Select(t => new { t.A, Owner = t.Owner.B }).ToListAsync();")]
    // A projection of the columns that are read; the mapping stays where it is.
    [InlineData(
        "var all = await db.Customers.[|ToListAsync|](); foreach (var c in all) Use(c.Name, c.Email);",
        "var all = await db.Customers.Select(x => new { x.Name, x.Email }).ToListAsync(); foreach (var c in all) Use(c.Name, c.Email);")]
    [InlineData(
        "List<Customer> all = await db.Customers.AsNoTracking().Where(c => c.IsActive).[|ToListAsync|](); Use(all.Count, all.Select(c => c.Name).ToList());",
        "var all = await db.Customers.Where(c => c.IsActive).Select(c => new { c.Name }).ToListAsync(); Use(all.Count, all.Select(c => c.Name).ToList());")]
    [InlineData(
        "var customer = await db.Customers.[|FirstOrDefaultAsync|](c => c.Id == id, token); if (customer == null) return null; return customer.Name + customer.City;",
        "var customer = await db.Customers.Where(c => c.Id == id).Select(c => new { c.Name, c.City }).FirstOrDefaultAsync(token); if (customer == null) return null; return customer.Name + customer.City;")]
    [InlineData(
        "Customer? customer = db.Customers.Include(c => c.Orders).[|SingleOrDefault|](c => c.Id == id); return customer?.Name;",
        "var customer = db.Customers.Where(c => c.Id == id).Select(c => new { c.Name }).SingleOrDefault(); return customer?.Name;")]
    [InlineData(
        "if (await db.Customers.[|FirstOrDefaultAsync|](c => c.Id == id) is { IsActive: true } customer) Use(customer.Name);",
        "if (await db.Customers.Where(c => c.Id == id).Select(c => new { c.Name, c.IsActive }).FirstOrDefaultAsync() is { IsActive: true } customer) Use(customer.Name);")]
    [InlineData(
        "var names = await db.Customers.[|ToDictionaryAsync|](c => c.Id, c => c.Name); Use(names.Count);",
        "var names = await db.Customers.Select(c => new { c.Id, c.Name }).ToDictionaryAsync(c => c.Id, c => c.Name); Use(names.Count);")]
    [InlineData(
        "foreach (var c in [|db.Customers.AsNoTracking()|]) Use(c.Name);",
        "foreach (var c in db.Customers.Select(x => new { x.Name })) Use(c.Name);")]
    [InlineData(
        "foreach (Customer customer in [|db.Customers|]) Use(customer.Name);",
        "foreach (var customer in db.Customers.Select(c => new { c.Name })) Use(customer.Name);")]
    [InlineData(
        "await foreach (var c in [|db.Customers.Where(x => x.IsActive).AsAsyncEnumerable()|]) Use(c.Name);",
        "await foreach (var c in db.Customers.Where(x => x.IsActive).Select(x => new { x.Name }).AsAsyncEnumerable()) Use(c.Name);")]
    [InlineData(
        "return (await db.Customers.[|ToListAsync|]()).Select(c => (c.Id, c.Name)).ToList();",
        "return (await db.Customers.Select(c => new { c.Id, c.Name }).ToListAsync()).Select(c => (c.Id, c.Name)).ToList();")]
    [InlineData(
        "return (await db.Customers.[|ToListAsync|]()).Select(c => new Dto { Id = c.Id, Name = c.Name.ToUpper() }).ToList();",
        "return (await db.Customers.Select(c => new { c.Id, c.Name }).ToListAsync()).Select(c => new Dto { Id = c.Id, Name = c.Name.ToUpper() }).ToList();")]
    [InlineData(
        "var all = await db.Customers.[|ToListAsync|](); while (flag) { Use(all.Select(c => new Dto { Id = c.Id, Name = c.Name }).ToList()); flag = false; }",
        "var all = await db.Customers.Select(c => new { c.Id, c.Name }).ToListAsync(); while (flag) { Use(all.Select(c => new Dto { Id = c.Id, Name = c.Name }).ToList()); flag = false; }")]
    [InlineData(
        "var suffix = \"a\"; var all = await db.Customers.[|ToListAsync|](); suffix = \"b\"; return all.Select(c => new Dto { Id = c.Id, Name = c.Name + suffix }).ToList();",
        "var suffix = \"a\"; var all = await db.Customers.Select(c => new { c.Id, c.Name }).ToListAsync(); suffix = \"b\"; return all.Select(c => new Dto { Id = c.Id, Name = c.Name + suffix }).ToList();")]
    // A mapping method becomes what it returns.
    [InlineData(
        "var all = await db.Customers.AsNoTracking().[|ToListAsync|](); return all.Select(Dto.From).ToList();",
        "var all = await db.Customers.Select(x => new Dto { Id = x.Id, Name = x.Name }).ToListAsync(); return all;")]
    [InlineData(
        "return (await db.Customers.Include(c => c.Orders).[|ToListAsync|](token)).Select(c => c.ToDto()).ToList();",
        "return await db.Customers.Select(c => new Dto { Id = c.Id, Name = c.Name }).ToListAsync(token);")]
    [InlineData(
        "return (await db.Customers.[|ToListAsync|]()).Select(c => c.ToItem()).ToArray();",
        "return await db.Customers.Select(c => new Item(c.Id, c.Name + c.City)).ToArrayAsync();")]
    [InlineData(
        "return (await db.Customers.[|ToListAsync|]()).Select(c => c.ToUpperItem()).ToList();",
        "return (await db.Customers.Select(c => new { c.Id, c.Name }).ToListAsync()).Select(c => new Item(c.Id, c.Name.ToUpper())).ToList();")]
    [InlineData(
        "var customer = await db.Customers.[|FirstOrDefaultAsync|](c => c.Id == id); return customer == null ? null : customer.ToDto();",
        "var customer = await db.Customers.Where(c => c.Id == id).Select(c => new { c.Id, c.Name }).FirstOrDefaultAsync(); return customer == null ? null : new Dto { Id = customer.Id, Name = customer.Name };")]
    [InlineData(
        "var customer = await db.Customers.[|FirstAsync|](c => c.Id == id); return Dto.From(customer);",
        "var customer = await db.Customers.Where(c => c.Id == id).Select(c => new { c.Id, c.Name }).FirstAsync(); return new Dto { Id = customer.Id, Name = customer.Name };")]
    [InlineData(
        "var list = new List<Dto>(); foreach (var customer in await db.Customers.[|ToListAsync|]()) list.Add(customer.ToDto()); return list;",
        "var list = new List<Dto>(); foreach (var customer in await db.Customers.Select(c => new { c.Id, c.Name }).ToListAsync()) list.Add(new Dto { Id = customer.Id, Name = customer.Name }); return list;")]
    public Task Load_IsFixed(string statements, string fixedStatements) => Verify.Fixed(Source(statements), Source(fixedStatements));

    [Theory]
    // The rows go where their type is needed.
    [InlineData("var all = await db.Customers.[|ToListAsync|](); return all.Select(Dto.Labelled).ToList();")]
    [InlineData("var all = await db.Customers.[|ToListAsync|](); return all.Select(c => new Dto(c)).ToList();")]
    [InlineData("var c = await db.Customers.[|FirstAsync|](x => x.Id == id); return Dto.Labelled(c);")]
    [InlineData("var c = await db.Customers.[|FirstAsync|](x => x.Id == id); return c.ToNestedDto();")]
    [InlineData("List<Customer>? all = null; if (flag) all = await db.Customers.[|ToListAsync|](); foreach (var c in all ?? []) Use(c.Name);")]
    [InlineData("var byId = await db.Customers.[|ToDictionaryAsync|](c => c.Id); if (byId.TryGetValue(id, out Customer? c)) Use(c.Name);")]
    [InlineData("foreach (Customer c in await db.Customers.[|ToListAsync|]()) Use(c.Name);")]
    // A null navigation is an exception in memory and a null in SQL.
    [InlineData("return (await db.Set<Ticket>().Include(t => t.Former).[|ToListAsync|]()).Select(t => new { t.A, Former = t.Former!.B }).ToList();")]
    // The rows that are loaded may not be the rows of the database.
    [InlineData("other.Name = \"x\"; var c = await db.Customers.[|FirstAsync|](x => x.Id == id); return c.Name;")]
    // The getter is more than the column.
    [InlineData("var t = await db.Set<Ticket>().[|FirstAsync|](x => x.Id == id); return t.Code;")]
    // Not written as a call on the query.
    [InlineData("foreach (var c in await EntityFrameworkQueryableExtensions.[|ToListAsync|](db.Customers)) Use(c.Name);")]
    public Task UnsafePlace_IsNotFixed(string statements) => Verify.NotFixed(Source(statements));

    [Fact]
    public Task CallPerLine_KeepsTheLayout_IsFixed() => Verify.Fixed(
        Source("""
            // The newest first.
                    var customer = await db.Customers
                        .Include(c => c.Orders)
                        .Where(c => c.IsActive) // Only these.
                        .OrderByDescending(c => c.CreatedAt)
                        .[|FirstOrDefaultAsync|](
                            c => c.Points > id,
                            token);
                    return customer?.Name;
            """),
        Source("""
            // The newest first.
                    var customer = await db.Customers
                        .Where(c => c.IsActive) // Only these.
                        .OrderByDescending(c => c.CreatedAt)
                        .Where(c => c.Points > id)
                        .Select(c => new { c.Name })
                        .FirstOrDefaultAsync(token);
                    return customer?.Name;
            """));

    [Fact]
    public Task ArgumentsOverSeveralLines_BecomeCallsOverSeveralLines_IsFixed() => Verify.Fixed(
        Source("""
            var customer = await db.Customers.[|FirstOrDefaultAsync|](
                        c => c.Id == id,
                        token
                    );
                    return customer?.Name;
            """),
        Source("""
            var customer = await db.Customers
                        .Where(c => c.Id == id)
                        .Select(c => new { c.Name })
                        .FirstOrDefaultAsync(token);
                    return customer?.Name;
            """));

    [Fact]
    public Task MappingOverSeveralLines_MovesIntoTheQuery_IsFixed() => Verify.Fixed(
        Source("""
            var customers = await db.Customers
                        .Where(c => c.IsActive)
                        .[|ToListAsync|](token);

                    return customers
                        .Select(c => new Dto
                        {
                            Id = c.Id, // The number.
                            Name = c.Name,
                        })
                        .ToList();
            """),
        Source("""
            var customers = await db.Customers
                        .Where(c => c.IsActive)
                        .Select(c => new Dto
                        {
                            Id = c.Id, // The number.
                            Name = c.Name,
                        })
                        .ToListAsync(token);

                    return customers;
            """));

    [Fact]
    public Task SeveralLoadsInOneMember_AreAllFixed() => Verify.Fixed(
        Source("""
            var a = await db.Customers.[|FirstAsync|](c => c.Id == id);
                    var b = await db.Customers.[|FirstAsync|](c => c.Id == a.Points);
                    foreach (var customer in await db.Customers.Where(c => c.City == b.City).[|ToListAsync|]())
                        Use(customer.Name);
            """),
        Source("""
            var a = await db.Customers.Where(c => c.Id == id).Select(c => new { c.Points }).FirstAsync();
                    var b = await db.Customers.Where(c => c.Id == a.Points).Select(c => new { c.City }).FirstAsync();
                    foreach (var customer in await db.Customers.Where(c => c.City == b.City).Select(c => new { c.Name }).ToListAsync())
                        Use(customer.Name);
            """));

    [Fact]
    public Task MissingUsing_IsAdded_IsFixed() => Verify.Run(
        """
        using System.Collections.Generic;
        using System.Threading.Tasks;
        using Microsoft.EntityFrameworkCore;
        using Shop;

        public class Names(ShopContext db)
        {
            public async Task<string> First()
            {
                var customer = await db.Customers.[|FirstAsync|]();
                return customer.Name;
            }
        }
        """,
        """
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;
        using Microsoft.EntityFrameworkCore;
        using Shop;

        public class Names(ShopContext db)
        {
            public async Task<string> First()
            {
                var customer = await db.Customers.Select(c => new { c.Name }).FirstAsync();
                return customer.Name;
            }
        }
        """,
        options: null, Microsoft.CodeAnalysis.OutputKind.DynamicallyLinkedLibrary,
        test =>
        {
            const string Usings = "global using System;";
            test.TestState.Sources[0] = ("GlobalUsings.cs", Microsoft.CodeAnalysis.Text.SourceText.From(Usings));
            test.FixedState.Sources[0] = ("GlobalUsings.cs", Microsoft.CodeAnalysis.Text.SourceText.From(Usings));
            var domain = ("Shop.cs", Microsoft.CodeAnalysis.Text.SourceText.From("using System.Linq; using System.Collections.Generic; using Microsoft.EntityFrameworkCore;\n" + Verification.Shop.Domain));
            test.TestState.Sources[1] = domain;
            test.FixedState.Sources[1] = domain;
        });

    [Fact]
    public Task RequiredIncludeUnderAQueryFilter_IsNotFixed() => Verify.NotFixed("""
        public class Owner { public int Id { get; set; } public bool IsDeleted { get; set; } }
        public class Ticket { public int Id { get; set; } public int A { get; set; } public int B { get; set; } public int C { get; set; } public int D { get; set; } public Owner Owner { get; set; } = null!; }
        public class TicketContext : DbContext
        {
            public DbSet<Ticket> Tickets { get; set; } = null!;
            protected override void OnModelCreating(ModelBuilder model) => model.Entity<Owner>().HasQueryFilter(o => !o.IsDeleted);
        }
        public class Tickets(TicketContext db)
        {
            public async Task<int> Sum()
            {
                var sum = 0;
                foreach (var ticket in await db.Tickets.Include(t => t.Owner).[|ToListAsync|]())
                    sum += ticket.A;
                return sum;
            }
        }
        """);

    private static string Source(string statements) => $$"""
        public class Owner { public int Id { get; set; } public int A { get; set; } public int B { get; set; } }
        public class Ticket
        {
            private string code = "";
            public int Id { get; set; }
            public int A { get; set; }
            public int B { get; set; }
            public int C { get; set; }
            public int D { get; set; }
            public string Code { get => code.Trim(); set => code = value; }
            public int OwnerId { get; set; }
            public Owner Owner { get; set; } = null!;
            public Owner? Former { get; set; }
        }
        public class TicketContext : DbContext { public DbSet<Ticket> Tickets { get; set; } = null!; }

        public class Dto
        {
            public Dto() { }
            public Dto(int id, string name) { Id = id; Name = name; }
            public int Id { get; set; }
            public string Name { get; set; } = "";
            public Dto(Customer customer) : this(customer.Id, customer.Name) { }
            private const string Label = "Customer";
            public static Dto From(Customer customer) => new() { Id = customer.Id, Name = customer.Name };
            public static Dto Labelled(Customer customer) => new() { Id = customer.Id, Name = Label + customer.Name };
        }

        public record Item(int Id, string Name);

        public static class Mapping
        {
            public static Dto ToDto(this Customer customer) { return new Dto { Id = customer.Id, Name = customer.Name }; }
            public static Item ToItem(this Customer customer) => new(customer.Id, customer.Name + customer.City);
            public static Item ToUpperItem(this Customer customer) => new(customer.Id, customer.Name.ToUpper());
            public static Dto ToNestedDto(this Customer customer) => Dto.From(customer);
        }

        public class Test(ShopContext db)
        {
            public async Task<object?> Run(int id, bool flag, Customer other, CancellationToken token)
            {
                await Task.Yield();
                {{statements}}
                return null;
            }

            private static void Use(params object?[] values) { }
        }
        """;
}

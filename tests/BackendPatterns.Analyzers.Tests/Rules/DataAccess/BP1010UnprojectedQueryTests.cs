using BackendPatterns.Analyzers.Rules.DataAccess;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis.Testing;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.DataAccess.BP1010UnprojectedQueryAnalyzer,
    BackendPatterns.Analyzers.Tests.Verification.NoFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.DataAccess;

public class BP1010UnprojectedQueryTests
{
    [Fact]
    public Task Report_NamesTheOperatorTheEntityAndTheColumns() => Verify.Reported(
        Source("var all = await db.Customers.{|#0:ToListAsync|}(); foreach (var c in all) Use({|#1:c.Name|}, {|#2:c.Email|}, c.Name);"),
        expected: DiagnosticResult.CompilerWarning(BP1010UnprojectedQueryAnalyzer.Id).WithLocation(0).WithLocation(1).WithLocation(2)
            .WithMessage("'ToListAsync' loads all 10 columns of 'Customer' to read 2 of them; project what is read with 'Select'"));

    [Theory]
    // Rows of a list.
    [InlineData("var all = await db.Customers.[|ToListAsync|](); foreach (var c in all) Use(c.Name, c.Email);")]
    [InlineData("var all = db.Customers.Where(c => c.IsActive).OrderBy(c => c.Points).[|ToList|](); foreach (var c in all) Use(c.Name);")]
    [InlineData("var all = await db.Customers.[|ToArrayAsync|](); for (var i = 0; i < all.Length; i++) Use(all[i].Name);")]
    [InlineData("List<Customer> all = await db.Customers.[|ToListAsync|](); Use(all[0].Name, all[1].Email);")]
    [InlineData("foreach (var c in [|db.Customers|]) Use(c.Name);")]
    [InlineData("await foreach (var c in [|db.Customers.Where(x => x.IsActive).AsAsyncEnumerable()|]) Use(c.Name);")]
    [InlineData("foreach (var c in await db.Customers.[|ToListAsync|]()) Use($\"{c.Name} ({c.Email})\");")]
    [InlineData("var task = db.Customers.[|ToListAsync|](); var all = await task; foreach (var c in all) Use(c.Name);")]
    [InlineData("(await db.Customers.[|ToListAsync|]().ConfigureAwait(false)).ForEach(c => Use(c.Name));")]
    [InlineData("List<Customer>? all = null; if (flag) all = await db.Customers.[|ToListAsync|](); foreach (var c in all ?? []) Use(c.Name);")]
    // Mapping in memory.
    [InlineData("var dtos = (await db.Customers.[|ToListAsync|]()).Select(c => new Dto { Id = c.Id, Name = c.Name }).ToList(); Use(dtos.Count);")]
    [InlineData("var all = await db.Customers.[|ToListAsync|](); return all.Select(c => new Dto { Id = c.Id, Name = c.Name }).ToList();")]
    [InlineData("var all = await db.Customers.[|ToListAsync|](); return all.Select(c => (c.Id, c.Name)).ToList();")]
    [InlineData("var all = await db.Customers.[|ToListAsync|](); return all.Select(c => new { c.Id, c.Name });")]
    [InlineData("var all = await db.Customers.[|ToListAsync|](); return from c in all let upper = c.Name.ToUpper() select upper + c.Email;")]
    [InlineData("var all = await db.Customers.[|ToListAsync|](); return all.Select(Dto.From).ToList();")]
    [InlineData("var all = await db.Customers.[|ToListAsync|](); return all.Select(c => c.ToDto()).ToList();")]
    [InlineData("var all = await db.Customers.[|ToListAsync|](); return all.Select(c => new Dto(c)).ToList();")]
    [InlineData("var all = await db.Customers.[|ToListAsync|](); return Map(all);")]
    [InlineData("var all = await db.Customers.[|ToListAsync|](); return all.Select(Local); static string Local(Customer c) => c.Name;")]
    [InlineData("var all = await db.Customers.[|ToListAsync|](); var names = all.Select(c => new { c, Upper = c.Name.ToUpper() }); foreach (var n in names) Use(n.Upper, n.c.Email);")]
    // Several uses, the in-memory filter among them.
    [InlineData("var all = await db.Customers.[|ToListAsync|](); Use(all.Count); foreach (var c in all.Where(x => x.IsActive)) Use(c.Name);")]
    [InlineData("var all = await db.Customers.[|ToListAsync|](); foreach (var g in all.GroupBy(c => c.City)) Use(g.Key, g.Count()); Use(all.Sum(c => c.Points));")]
    // Dictionaries and lookups.
    [InlineData("var byId = await db.Customers.[|ToDictionaryAsync|](c => c.Id, c => c.Name); Use(byId[1]);")]
    [InlineData("var byId = await db.Customers.[|ToDictionaryAsync|](c => c.Id); Use(byId[1].Name); if (byId.TryGetValue(2, out var other)) Use(other.Email);")]
    [InlineData("var byId = (await db.Customers.[|ToListAsync|]()).ToDictionary(c => c.Id); foreach (var (key, c) in byId) Use(key, c.Name);")]
    [InlineData("var byId = await db.Customers.[|ToDictionaryAsync|](c => c.Id); foreach (var pair in byId) Use(pair.Key, pair.Value.Name);")]
    [InlineData("var byCity = (await db.Customers.[|ToListAsync|]()).ToLookup(c => c.City); Use(byCity[\"Rome\"].First().Name);")]
    [InlineData("var byId = await db.Customers.[|ToDictionaryAsync|](c => c.Id); Use(byId.GetValueOrDefault(1)?.Name);")]
    // Single rows.
    [InlineData("var c = await db.Customers.[|FirstOrDefaultAsync|](x => x.Id == id); if (c == null) return null; Use(c.Name);")]
    [InlineData("var c = await db.Customers.[|SingleAsync|](x => x.Id == id); return new Dto { Id = c.Id, Name = c.Name };")]
    [InlineData("var c = await db.Customers.[|FirstOrDefaultAsync|](x => x.Id == id); return c is null ? null : new Dto { Id = c.Id, Name = c.Name };")]
    [InlineData("return (await db.Customers.[|FirstOrDefaultAsync|](x => x.Id == id))?.Name;")]
    [InlineData("var c = await db.Customers.[|FirstOrDefaultAsync|](x => x.Id == id) ?? throw new InvalidOperationException(); Use(c.Name);")]
    [InlineData("if (await db.Customers.[|FirstOrDefaultAsync|](x => x.Id == id) is { } c) Use(c.Name);")]
    [InlineData("if (await db.Customers.[|FirstOrDefaultAsync|](x => x.Id == id) is { IsActive: true, Name: var name }) Use(name);")]
    [InlineData("var c = await db.Customers.[|FirstAsync|](x => x.Id == id); var orders = await db.Products.Where(o => o.Id == c.Points).AnyAsync(); Use(orders);")]
    [InlineData("var c = await db.Customers.[|FirstAsync|](x => x.Id == id); ArgumentNullException.ThrowIfNull(c); Use(c.Name);")]
    [InlineData("var c = flag ? await db.Customers.[|FirstAsync|](x => x.Id == id) : null; Use(c?.Name, c?.Email);")]
    [InlineData("var c = db.Customers.[|First|](x => x.Id == id); Func<string> name = () => c.Name; Use(name());")]
    // The query in other shapes.
    [InlineData("var q = db.Customers.AsQueryable(); if (flag) q = q.Where(c => c.IsActive); foreach (var c in await q.[|ToListAsync|]()) Use(c.Name);")]
    [InlineData("var all = await (from c in db.Customers where c.IsActive select c).[|ToListAsync|](); foreach (var c in all) Use(c.Name);")]
    [InlineData("var all = await db.Set<Customer>().AsNoTracking().[|ToListAsync|](); foreach (var c in all) Use(c.Name);")]
    [InlineData("var all = await db.Orders.Select(o => o.Customer).[|ToListAsync|](); foreach (var c in all) Use(c!.Name);")]
    [InlineData("var all = await Active().[|ToListAsync|](); foreach (var c in all) Use(c.Name);")]
    [InlineData("foreach (var c in await EntityFrameworkQueryableExtensions.[|ToListAsync|](db.Customers)) Use(c.Name);")]
    // Included navigations are other rows.
    [InlineData("var all = await db.Customers.Include(c => c.Orders).[|ToListAsync|](); foreach (var c in all) Use(c.Name, c.Orders.Count);")]
    [InlineData("var all = await db.Customers.Include(c => c.Orders).[|ToListAsync|](); foreach (var c in all) foreach (var o in c.Orders) Use(o.Number);")]
    [InlineData("var all = await db.Customers.Include(c => c.Orders).ThenInclude(o => o.Lines).[|ToListAsync|](); foreach (var c in all) foreach (var o in c.Orders) Use(c.Name, o.Lines.Sum(l => l.Price));")]
    [InlineData("var all = await db.Customers.Include(\"Orders\").AsNoTracking().[|ToListAsync|](); return all.Select(c => new { c.Name, Numbers = c.Orders.Select(o => o.Number) }).ToList();")]
    public Task FewColumnsRead_IsReported(string statements) => Verify.Reported(Source(statements));

    [Theory]
    // Enough columns, or few to begin with.
    [InlineData("var all = await db.Customers.ToListAsync(); foreach (var c in all) Use(c.Id, c.Name, c.Email, c.Phone, c.Street, c.City);")]
    [InlineData("var all = await db.Products.ToListAsync(); foreach (var p in all) Use(p.Name);")]
    [InlineData("var all = await db.Lines.ToListAsync(); foreach (var l in all) Use(l.Id, l.Price, l.Quantity);")]
    // Projected already.
    [InlineData("var all = await db.Customers.Select(c => new { c.Id, c.Name }).ToListAsync(); foreach (var c in all) Use(c.Name);")]
    [InlineData("var all = await db.Customers.Select(c => new Customer { Id = c.Id, Name = c.Name }).ToListAsync(); foreach (var c in all) Use(c.Name);")]
    [InlineData("var names = await db.Customers.Select(c => c.Name).ToListAsync(); Use(names.Count);")]
    // The entity escapes.
    [InlineData("var all = await db.Customers.ToListAsync(); Use(all[0].Name); return all;")]
    [InlineData("return await db.Customers.FirstOrDefaultAsync(c => c.Id == id);")]
    [InlineData("var c = await db.Customers.FirstAsync(x => x.Id == id); kept = c; Use(c.Name);")]
    [InlineData("var c = await db.Customers.FirstAsync(x => x.Id == id); keptList.Add(c); Use(c.Name);")]
    [InlineData("var c = await db.Customers.FirstAsync(x => x.Id == id); var order = new Order { Customer = c }; Use(order.Number);")]
    [InlineData("var c = await db.Customers.FirstAsync(x => x.Id == id); Use(c); Use(c.Name);")]
    [InlineData("var c = await db.Customers.FirstAsync(x => x.Id == id); mapper.Map(c); Use(c.Name);")]
    [InlineData("var c = await db.Customers.FirstAsync(x => x.Id == id); return new { Customer = c, c.Name };")]
    [InlineData("var c = await db.Customers.FirstAsync(x => x.Id == id); return (c, c.Name);")]
    [InlineData("var c = await db.Customers.FirstAsync(x => x.Id == id); return new[] { c };")]
    [InlineData("var c = await db.Customers.FirstAsync(x => x.Id == id); Func<Customer> get = () => c; Use(c.Name, get);")]
    [InlineData("var all = await db.Customers.ToListAsync(); Use(all[0].Name); return all.Where(c => c.IsActive).ToList();")]
    [InlineData("var byId = await db.Customers.ToDictionaryAsync(c => c.Id); return byId;")]
    [InlineData("var all = await db.Customers.ToListAsync(); return all.Select(Keep).ToList();")]
    [InlineData("var all = await db.Customers.ToListAsync(); return all.Select(c => Same(c).Name).ToList();")]
    [InlineData("var all = await db.Customers.ToListAsync(); return all.Select(convert).ToList();")]
    [InlineData("var c = await db.Customers.FirstAsync(x => x.Id == id); object boxed = c; Use(c.Name, boxed);")]
    [InlineData("var c = await db.Customers.FirstAsync(x => x.Id == id); Use($\"{c} {c.Name}\");")]
    [InlineData("var task = db.Customers.FirstAsync(x => x.Id == id); await Task.WhenAll(task); Use(task.Result.Name);")]
    // It is changed, attached, removed, compared, serialised, type-tested.
    [InlineData("var c = await db.Customers.FirstAsync(x => x.Id == id); c.Points += 1; await db.SaveChangesAsync();")]
    [InlineData("var c = await db.Customers.FirstAsync(x => x.Id == id); c.Name = \"x\"; await db.SaveChangesAsync();")]
    [InlineData("var all = await db.Customers.ToListAsync(); foreach (var c in all) c.IsActive = false; await db.SaveChangesAsync();")]
    [InlineData("var c = await db.Customers.FirstAsync(x => x.Id == id); c.Points++; Use(c.Name);")]
    [InlineData("var c = await db.Customers.FirstAsync(x => x.Id == id); Set(c); Use(c.Name);")]
    [InlineData("var c = await db.Customers.FirstAsync(x => x.Id == id); db.Customers.Remove(c); Use(c.Name);")]
    [InlineData("var c = await db.Customers.AsNoTracking().FirstAsync(x => x.Id == id); db.Attach(c); Use(c.Name);")]
    [InlineData("var c = await db.Customers.FirstAsync(x => x.Id == id); db.Entry(c).Collection(x => x.Orders).Load(); Use(c.Name);")]
    [InlineData("var c = await db.Customers.FirstAsync(x => x.Id == id); if (c == kept) Use(c.Name);")]
    [InlineData("var c = await db.Customers.FirstAsync(x => x.Id == id); if (c.Equals(kept)) Use(c.Name);")]
    [InlineData("var all = await db.Customers.ToListAsync(); Use(all.Contains(kept), all[0].Name);")]
    [InlineData("var all = await db.Customers.ToListAsync(); Use(all.Distinct().Count(), all[0].Name);")]
    [InlineData("var all = await db.Customers.ToListAsync(); Use(all.GroupBy(c => c).Count(), all[0].Name);")]
    [InlineData("var c = await db.Customers.FirstAsync(x => x.Id == id); Use(System.Text.Json.JsonSerializer.Serialize(c), c.Name);")]
    [InlineData("var c = await db.Customers.FirstAsync(x => x.Id == id); if (c is Vip) Use(c.Name);")]
    [InlineData("var c = await db.Customers.FirstAsync(x => x.Id == id); if (c is Vip { Name: \"x\" } vip) Use(vip.Level);")]
    [InlineData("var c = await db.Customers.FirstAsync(x => x.Id == id); Use(c.GetType().Name, c.Name);")]
    [InlineData("var r = await db.Set<Account>().FirstAsync(x => x.Id == id); Use(r with { A = 1 }, r.B);")]
    // Behaviour and computed properties that cannot be read.
    [InlineData("var a = await db.Set<Account>().FirstAsync(x => x.Id == id); a.Close(); Use(a.B);")]
    [InlineData("var a = await db.Set<Account>().FirstAsync(x => x.Id == id); Use(a.Total, a.B);")]
    [InlineData("var a = await db.Set<Account>().FirstAsync(x => x.Id == id); a.Tags.Add(\"x\"); await db.SaveChangesAsync();")]
    [InlineData("var a = await db.Set<Account>().FirstAsync(x => x.Id == id); a.Home.City = \"x\"; await db.SaveChangesAsync();")]
    [InlineData("var a = await db.Set<Account>().FirstAsync(x => x.Id == id); return a.Home;")]
    // Loaded for others, asked for, not composable, possibly cached.
    [InlineData("var all = await db.Customers.ToListAsync(); Use(all[0].Name); foreach (var o in await db.Orders.ToListAsync()) Use(o.Customer!.Name);")]
    [InlineData("await db.Customers.LoadAsync(); foreach (var o in await db.Orders.ToListAsync()) Use(o);")]
    [InlineData("await db.Customers.ToListAsync();")]
    [InlineData("var c = await db.Customers.AsTracking().FirstAsync(x => x.Id == id); Use(c.Name);")]
    [InlineData("var c = await db.Customers.FindAsync(id); Use(c!.Name);")]
    [InlineData("var all = await db.Customers.FromSqlRaw(\"exec x\").ToListAsync(); Use(all[0].Name);")]
    [InlineData("var all = db.Customers.AsEnumerable().ToList(); Use(all[0].Name);")]
    // Navigations that the query did not load, or that lead back.
    [InlineData("var c = await db.Customers.FirstAsync(x => x.Id == id); Use(c.Orders.Count, c.Name);")]
    [InlineData("var o = await db.Set<Wide>().Include(x => x.Parent).FirstAsync(x => x.Id == id); Use(o.Parent!.A, o.B);")]
    [InlineData("var c = await db.Customers.Include(x => x.Orders).FirstAsync(x => x.Id == id); Use(c.Name); return c.Orders;")]
    // Other rules' findings.
    [InlineData("var all = await db.Customers.ToListAsync(); Use(all.Count);")]
    [InlineData("Use((await db.Customers.ToListAsync()).Sum(c => c.Points));")]
    [InlineData("var all = await db.Customers.ToListAsync(); if (all.Any(c => c.IsActive)) Use(all.Count);")]
    [InlineData("var all = await db.Customers.ToListAsync(); Use(all.First(c => c.IsActive).Name);")]
    [InlineData("return (await db.Customers.ToListAsync()).Where(c => c.IsActive).Select(c => c.Name).ToList();")]
    [InlineData("var all = await db.Customers.ToListAsync(); foreach (var c in all.OrderBy(c => c.Points).Take(3)) Use(c.Name);")]
    [InlineData("var c = await db.Customers.FirstOrDefaultAsync(x => x.Id == id); if (c == null) return null;")]
    [InlineData("if (await db.Customers.FirstOrDefaultAsync(x => x.Id == id) is not null) return null;")]
    [InlineData("var all = await db.Customers.ToListAsync(); return from c in all where c.IsActive select c.Name;")]
    // Not EF Core, not executed here, a mixture of rows.
    [InlineData("var all = keptList.ToList(); foreach (var c in all) Use(c.Name);")]
    [InlineData("var all = keptList.AsQueryable().ToList(); foreach (var c in all) Use(c.Name);")]
    [InlineData("var c = flag ? await db.Customers.FirstAsync(x => x.Id == id) : kept; Use(c.Name);")]
    [InlineData("var c = await db.Customers.FirstOrDefaultAsync(x => x.Id == id); c ??= new Customer(); Use(c.Name);")]
    [InlineData("var c = await db.Customers.FirstOrDefaultAsync(x => x.Id == id); if (c == null) c = new Customer(); Use(c.Name);")]
    [InlineData("var all = await db.Customers.ToListAsync(); all.Add(kept); foreach (var c in all) Use(c.Name);")]
    [InlineData("var all = await db.Customers.ToListAsync(); foreach (var c in all.Concat(keptList)) Use(c.Name);")]
    [InlineData("var all = await db.Customers.ToListAsync(); all[0] = kept; foreach (var c in all) Use(c.Name);")]
    public Task WholeEntityNeededOrUnknown_IsSilent(string statements) => Verify.Silent(Source(statements));

    [Fact]
    public Task ComputedPropertyWithVisibleGetter_CountsAsTheColumnsItReads_IsReported() =>
        Verify.Reported(Source("var a = await db.Set<Account>().[|FirstAsync|](x => x.Id == id); Use(a.Label);"));

    [Fact]
    public Task OwnedMembers_CountAsTheirColumns_IsReported() =>
        Verify.Reported(Source("var a = await db.Set<Account>().[|FirstAsync|](x => x.Id == id); Use(a.Home.City, a.Home.Street);"));

    [Fact]
    public Task MembersOfANavigation_DoNotCountAsColumnsOfTheRow_IsReported() => Verify.Reported(Source(
        "var o = await db.Set<Ticket>().Include(x => x.Owner).[|FirstAsync|](x => x.Id == id); Use(o.A, o.Owner!.A, o.Owner.B, o.Owner.C, o.Owner.D);"));

    [Fact]
    public Task ExpressionBodiedHandler_IsReported() => Verify.Reported("""
        public class Names(ShopContext db)
        {
            public async Task<List<string>> All() => (await db.Customers.[|ToListAsync|]()).Select(c => c.Name).ToList();
        }
        """);

    [Fact]
    public Task InterfaceMember_ReadsTheColumn_IsReported() => Verify.Reported("""
        public interface INamed { string Name { get; } }
        public class Person : INamed { public int Id { get; set; } public string Name { get; set; } = ""; public int A { get; set; } public int B { get; set; } public int C { get; set; } }
        public class PersonContext : DbContext { public DbSet<Person> People { get; set; } = null!; }
        public class Names(PersonContext db)
        {
            public async Task<string> First() => Of(await db.People.[|FirstAsync|]());
            private static string Of(INamed named) => named.Name;
        }
        """);

    [Fact]
    public Task SourceGeneratedMapper_IsSilent() => Verify.Silent("""
        public record Dto(string Name);
        public class Mapper
        {
            public virtual Dto Map(Customer customer) => new(customer.Name);
        }
        public class Names(ShopContext db, Mapper mapper)
        {
            public async Task<Dto> First() => mapper.Map(await db.Customers.FirstAsync());
        }
        """);

    [Fact]
    public Task QueryInsideAnExpressionTree_IsSilent() => Verify.Silent(Source(
        "var names = await db.Orders.Select(o => db.Customers.First(c => c.Id == o.CustomerId).Name).ToListAsync(); Use(names.Count);"));

    [Fact]
    public Task MappingHelpersThatCallEachOther_IsSilent() => Verify.Silent("""
        public class Names(ShopContext db)
        {
            public async Task<string> First() => A(await db.Customers.FirstAsync());
            private string A(Customer c) => B(c);
            private string B(Customer c) => A(c);
        }
        """);

    [Fact]
    public Task GenericRepository_IsSilent() => Verify.Silent("""
        public class Repository<T>(ShopContext db) where T : Customer
        {
            public async Task<string> First() => (await db.Set<T>().FirstAsync()).Name;
        }
        """);

    [Theory]
    [InlineData("Customers", "SeedAsync")]
    [InlineData("SampleSeedData", "Run")]
    [InlineData("AddressMigrator", "Run")]
    public Task CodeThatRunsOnce_IsSilent(string type, string method) => Verify.Silent($$"""
        public class {{type}}(ShopContext db)
        {
            public async Task<string> {{method}}() => (await db.Customers.FirstAsync()).Name;
        }
        """);

    [Fact]
    public Task TestProject_IsSilent() => Verify.Run(
        Source("var all = await db.Customers.ToListAsync(); foreach (var c in all) Use(c.Name);"), null, null, Microsoft.CodeAnalysis.OutputKind.DynamicallyLinkedLibrary,
        test => test.TestState.AnalyzerConfigFiles.Add(("/.globalconfig", "is_global = true\nbuild_property.IsTestProject = true\n")));

    private static string Source(string statements) => $$"""
        [Owned] public class Home { public string Street { get; set; } = ""; public string City { get; set; } = ""; public string Zip { get; set; } = ""; }
        public record Account
        {
            public int Id { get; set; }
            public int A { get; set; }
            public int B { get; set; }
            public int C { get; set; }
            public int D { get; set; }
            public List<string> Tags { get; set; } = new();
            public Home Home { get; set; } = null!;
            public string Label => A + "/" + B;
            public virtual int Total => A + B;
            public void Close() => A = 0;
        }
        public class Wide { public int Id { get; set; } public int A { get; set; } public int B { get; set; } public int C { get; set; } public int D { get; set; } public Wide? Parent { get; set; } }
        public class Owner { public int Id { get; set; } public int A { get; set; } public int B { get; set; } public int C { get; set; } public int D { get; set; } }
        public class Ticket { public int Id { get; set; } public int A { get; set; } public int B { get; set; } public int C { get; set; } public int D { get; set; } public Owner? Owner { get; set; } }
        public class Vip : Customer { public int Level { get; set; } }
        public class OtherContext : DbContext
        {
            public DbSet<Account> Accounts { get; set; } = null!;
            public DbSet<Wide> Wides { get; set; } = null!;
            public DbSet<Ticket> Tickets { get; set; } = null!;
        }

        public class Dto
        {
            public Dto() { }
            public Dto(Customer customer) { Id = customer.Id; Name = customer.Name; }
            public int Id { get; set; }
            public string Name { get; set; } = "";
            public static Dto From(Customer customer) => new() { Id = customer.Id, Name = customer.Name };
        }

        public class Kept(Customer customer) { public Customer Customer { get; } = customer; }

        public static class Mapping
        {
            public static Dto ToDto(this Customer customer) => Dto.From(customer);
        }

        public interface IMapper { object Map(object source); }

        public class Test(ShopContext db, IMapper mapper, Func<Customer, string> convert)
        {
            private Customer kept = new();
            private readonly List<Customer> keptList = new();

            public async Task<object?> Run(int id, bool flag)
            {
                await Task.Yield();
                {{statements}}
                return null;
            }

            private IQueryable<Customer> Active() => db.Customers.Where(c => c.IsActive);
            private static List<Dto> Map(IEnumerable<Customer> customers) => customers.Select(Dto.From).ToList();
            private static Kept Keep(Customer customer) => new(customer);
            private static Customer Same(Customer customer) => customer;
            private static void Set(Customer customer) => customer.Name = "";
            private static void Use(params object?[] values) { }
            private object? Touch() => mapper.Map(convert(kept));
        }
        """;
}

using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Testing;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.DataAccess.BP1001QueryInLoopAnalyzer, BackendPatterns.Analyzers.CodeFixes.DataAccess.BP1001QueryInLoopFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.DataAccess;

/// <summary>The fix of a query that stands behind a method of a repository or service.</summary>
public class BP1001BulkFixTests
{
    private const string Loop = """
        public class OrderNames(ICustomerRepository customers)
        {
            public async Task<List<string>> NamesAsync(List<Order> orders, CancellationToken ct)
            {
                var names = new List<string>();
                foreach (var order in orders)
                {
                    var customer = await [|customers.FindAsync(order.CustomerId, ct)|];
                    names.Add(customer?.Name ?? "unknown");
                }

                return names;
            }
        }
        """;

    private const string FixedLoop = """
        public class OrderNames(ICustomerRepository customers)
        {
            public async Task<List<string>> NamesAsync(List<Order> orders, CancellationToken ct)
            {
                var names = new List<string>();
                var customerIds = orders.Select(order => order.CustomerId).Distinct().ToList();
                var customersById = await customers.FindManyAsync(customerIds, ct);
                foreach (var order in orders)
                {
                    var customer = customersById.GetValueOrDefault(order.CustomerId);
                    names.Add(customer?.Name ?? "unknown");
                }

                return names;
            }
        }
        """;

    private const string Contract = """
        public interface ICustomerRepository
        {
            Task<Customer?> FindAsync(int id, CancellationToken ct = default);
        }
        """;

    private const string BulkContract = """
        public interface ICustomerRepository
        {
            Task<Customer?> FindAsync(int id, CancellationToken ct = default);
            Task<Dictionary<int, Customer>> FindManyAsync(IReadOnlyCollection<int> ids, CancellationToken ct = default);
        }
        """;

    private const string Repository = """
        public class CustomerRepository(ShopContext db) : ICustomerRepository
        {
            public Task<Customer?> FindAsync(int id, CancellationToken ct = default) =>
                db.Customers.FirstOrDefaultAsync(c => c.Id == id, ct);
        }
        """;

    private const string BulkRepository = """
        public class CustomerRepository(ShopContext db) : ICustomerRepository
        {
            public Task<Customer?> FindAsync(int id, CancellationToken ct = default) =>
                db.Customers.FirstOrDefaultAsync(c => c.Id == id, ct);

            public Task<Dictionary<int, Customer>> FindManyAsync(IReadOnlyCollection<int> ids, CancellationToken ct = default) =>
                db.Customers.Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, ct);
        }
        """;

    [Fact]
    public Task RepositoryBehindAnInterface_GetsABulkMethod_IsFixed() => Fixed(
        Loop, FixedLoop, ("Contract.cs", Contract, BulkContract), ("Repository.cs", Repository, BulkRepository));

    [Fact]
    public Task BlockBodyAndChainAreKept_IsFixed() => Fixed(
        Loop, FixedLoop,
        ("Contract.cs", Contract, BulkContract),
        ("Repository.cs",
            """
            public class CustomerRepository : ICustomerRepository
            {
                private readonly ShopContext _db;

                public CustomerRepository(ShopContext db)
                {
                    _db = db;
                }

                /// <summary>A customer with the orders.</summary>
                public async Task<Customer?> FindAsync(int id, CancellationToken ct = default)
                {
                    return await _db.Customers
                        .AsNoTracking()
                        .Include(c => c.Orders)
                        .Where(c => c.IsActive)
                        .SingleOrDefaultAsync(c => c.Id == id, ct)
                        .ConfigureAwait(false);
                }

                public void Other()
                {
                }
            }
            """,
            """
            public class CustomerRepository : ICustomerRepository
            {
                private readonly ShopContext _db;

                public CustomerRepository(ShopContext db)
                {
                    _db = db;
                }

                /// <summary>A customer with the orders.</summary>
                public async Task<Customer?> FindAsync(int id, CancellationToken ct = default)
                {
                    return await _db.Customers
                        .AsNoTracking()
                        .Include(c => c.Orders)
                        .Where(c => c.IsActive)
                        .SingleOrDefaultAsync(c => c.Id == id, ct)
                        .ConfigureAwait(false);
                }

                /// <summary>As <c>FindAsync</c>, for many keys with one query.</summary>
                public async Task<Dictionary<int, Customer>> FindManyAsync(IReadOnlyCollection<int> ids, CancellationToken ct = default)
                {
                    return await _db.Customers
                        .AsNoTracking()
                        .Include(c => c.Orders)
                        .Where(c => c.IsActive)
                        .Where(c => ids.Contains(c.Id))
                        .ToDictionaryAsync(c => c.Id, ct).ConfigureAwait(false);
                }

                public void Other()
                {
                }
            }
            """));

    [Fact]
    public Task BulkSiblingThatReturnsAList_IsCalled_IsFixed() => Fixed(
        Loop,
        FixedLoop.Replace("await customers.FindManyAsync(customerIds, ct);", "(await customers.ByIdsAsync(customerIds, ct)).ToDictionary(c => c.Id);", StringComparison.Ordinal),
        Same("Contract.cs",
            """
            public interface ICustomerRepository
            {
                Task<List<Customer>> OfCountryAsync(IEnumerable<int> ids);
                Task<Customer?> FindAsync(int id, CancellationToken ct = default);
                Task<IReadOnlyList<Customer>> ByIdsAsync(IEnumerable<int> wanted, CancellationToken ct);
            }
            """),
        Same("Repository.cs",
            """
            public class CustomerRepository(ShopContext db) : ICustomerRepository
            {
                public async Task<List<Customer>> OfCountryAsync(IEnumerable<int> ids) =>
                    await db.Customers.Where(x => ids.Contains(x.Id) && x.Country == "NL").ToListAsync();

                public async Task<Customer?> FindAsync(int id, CancellationToken ct = default) =>
                    await db.Customers.AsNoTracking().Include(c => c.Orders).FirstOrDefaultAsync(c => c.IsActive && c.Id == id, ct);

                public async Task<IReadOnlyList<Customer>> ByIdsAsync(IEnumerable<int> wanted, CancellationToken ct)
                {
                    var found = await db.Customers
                        .Include(customer => customer.Orders)
                        .Where(customer => wanted.Contains(customer.Id))
                        .Where(customer => customer.IsActive)
                        .OrderBy(customer => customer.Name)
                        .AsNoTracking()
                        .ToListAsync(ct);
                    return found;
                }
            }
            """));

    [Theory]
    [InlineData("Task<Dictionary<int, Customer>> ManyAsync(List<int> ids)", "db.Customers.Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id)", "await customers.ManyAsync(customerIds)")]
    [InlineData("Task<Customer[]> ManyAsync(CancellationToken ct, int[] ids)", "db.Customers.Where(c => ids.Contains(c.Id)).ToArrayAsync(ct)", "(await customers.ManyAsync(ct, customerIds.ToArray())).ToDictionary(c => c.Id)")]
    public Task BulkSiblingOfOtherForms_IsCalled_IsFixed(string signature, string query, string call) => Fixed(
        Loop, FixedLoop.Replace("await customers.FindManyAsync(customerIds, ct)", call, StringComparison.Ordinal),
        Same("Contract.cs", $$"""
            public interface ICustomerRepository
            {
                Task<Customer?> FindAsync(int id, CancellationToken ct = default);
                {{signature}};
            }
            """),
        Same("Repository.cs", $$"""
            public class CustomerRepository(ShopContext db) : ICustomerRepository
            {
                public Task<Customer?> FindAsync(int id, CancellationToken ct = default) => db.Customers.FirstOrDefaultAsync(c => c.Id == id, ct);
                public {{signature}} => {{query}};
            }
            """));

    /// <summary>What looks like a sibling asks for other rows: another method is added.</summary>
    [Theory]
    [InlineData("Task<List<Customer>> FindManyAsync(IEnumerable<int> ids)", "db.Customers.Where(c => ids.Contains(c.Id) && c.IsActive).ToListAsync()")]
    [InlineData("Task<List<Customer>> FindManyAsync(IEnumerable<int> ids)", "db.Customers.AsNoTracking().Where(c => ids.Contains(c.Id)).ToListAsync()")]
    [InlineData("Task<List<Customer>> FindManyAsync(IEnumerable<int> ids)", "db.Customers.Where(c => ids.Contains(c.Points)).ToListAsync()")]
    [InlineData("Task<List<Customer>> FindManyAsync(IEnumerable<int> ids)", "db.Customers.Where(c => ids.Contains(c.Id)).Take(10).ToListAsync()")]
    [InlineData("Task<List<Customer>> FindManyAsync(IEnumerable<int> ids)", "db.Customers.Include(c => c.Orders).Where(c => ids.Contains(c.Id)).ToListAsync()")]
    [InlineData("Task<Dictionary<int, Customer>> FindManyAsync(IEnumerable<int> ids)", "db.Customers.Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Points)")]
    [InlineData("Task<List<Customer>> FindManyAsync(IEnumerable<int> ids, int least)", "db.Customers.Where(c => ids.Contains(c.Id) && c.Points > least).ToListAsync()")]
    public Task MethodWithAnotherQuery_IsNoSibling_IsFixed(string signature, string query)
    {
        var contract = $$"""
            public interface ICustomerRepository
            {
                Task<Customer?> FindAsync(int id, CancellationToken ct = default);
                {{signature}};
            }
            """;
        var repository = $$"""
            public class CustomerRepository(ShopContext db) : ICustomerRepository
            {
                public Task<Customer?> FindAsync(int id, CancellationToken ct = default) => db.Customers.FirstOrDefaultAsync(c => c.Id == id, ct);
                public {{signature}} => {{query}};
            }
            """;
        const string Added = "Task<Dictionary<int, Customer>> FindForManyIdsAsync(IReadOnlyCollection<int> ids, CancellationToken ct = default)";
        return Fixed(
            Loop, FixedLoop.Replace("FindManyAsync", "FindForManyIdsAsync", StringComparison.Ordinal),
            ("Contract.cs", contract, contract.Replace("    " + signature, "    " + Added + ";\n    " + signature, StringComparison.Ordinal)),
            ("Repository.cs", repository, repository.Replace("    public " + signature, "    public " + Added + " =>\n        db.Customers.Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, ct);\n    public " + signature, StringComparison.Ordinal)));
    }

    [Fact]
    public Task TwoLoopsThatCallTheSameMethod_ShareTheNewOne_IsFixed()
    {
        const string Other = """


            public class OrderMails(ICustomerRepository customers)
            {
                public async Task SendAsync(IReadOnlyList<Order> orders)
                {
                    foreach (var order in orders)
                    {
                        var customer = await [|customers.FindAsync(order.CustomerId)|] ?? throw new InvalidOperationException();
                        Console.WriteLine(customer.Email);
                    }
                }
            }
            """;
        const string FixedOther = """


            public class OrderMails(ICustomerRepository customers)
            {
                public async Task SendAsync(IReadOnlyList<Order> orders)
                {
                    var customerIds = orders.Select(order => order.CustomerId).Distinct().ToList();
                    var customersById = await customers.FindManyAsync(customerIds);
                    foreach (var order in orders)
                    {
                        var customer = customersById.GetValueOrDefault(order.CustomerId) ?? throw new InvalidOperationException();
                        Console.WriteLine(customer.Email);
                    }
                }
            }
            """;
        return Fixed(
            Loop + Other, FixedLoop + FixedOther,
            ("Contract.cs", Contract, BulkContract),
            ("Other.cs", Loop.Replace("OrderNames", "OtherNames", StringComparison.Ordinal), FixedLoop.Replace("OrderNames", "OtherNames", StringComparison.Ordinal)),
            ("Repository.cs", Repository, BulkRepository));
    }

    [Fact]
    public Task RowsOfOneKey_BecomeALookup_IsFixed() => Fixed(
        """
        public interface ILineRepository { }

        public class Sums(LineRepository repository)
        {
            public int Sum(List<Order> orders)
            {
                var sum = 0;
                foreach (var order in orders)
                {
                    foreach (var line in [|repository.LinesOf(order.Id)|])
                        sum += line.Quantity;
                }

                return sum;
            }
        }

        public class LineRepository(ShopContext db)
        {
            public IReadOnlyList<OrderLine> LinesOf(int orderId) => db.Lines.Where(l => l.OrderId == orderId).OrderBy(l => l.Id).ToList();
        }
        """,
        """
        public interface ILineRepository { }

        public class Sums(LineRepository repository)
        {
            public int Sum(List<Order> orders)
            {
                var sum = 0;
                var orderIds = orders.Select(order => order.Id).Distinct().ToList();
                var linesByOrderId = repository.LinesOfByOrderIds(orderIds);
                foreach (var order in orders)
                {
                    foreach (var line in linesByOrderId[order.Id].ToList())
                        sum += line.Quantity;
                }

                return sum;
            }
        }

        public class LineRepository(ShopContext db)
        {
            public IReadOnlyList<OrderLine> LinesOf(int orderId) => db.Lines.Where(l => l.OrderId == orderId).OrderBy(l => l.Id).ToList();

            public ILookup<int, OrderLine> LinesOfByOrderIds(IReadOnlyCollection<int> orderIds) =>
                db.Lines.Where(l => orderIds.Contains(l.OrderId)).OrderBy(l => l.Id).ToLookup(l => l.OrderId);
        }
        """);

    [Fact]
    public Task ProjectionAndExceptionAndNamedArguments_AreKept_IsFixed() => Fixed(
        """
        public record Card(string Name, string? Phone);

        public class Cards(CardQueries queries)
        {
            public async Task WriteAsync(List<Order> orders, CancellationToken ct)
            {
                foreach (var order in orders)
                {
                    var card = await [|queries.GetCardAsync(onlyActive: true, customerId: order.CustomerId, token: ct)|].ConfigureAwait(false);
                    Console.WriteLine(card.Name + card.Phone);
                }
            }
        }

        public sealed class CardQueries(ShopContext db)
        {
            internal async Task<Card> GetCardAsync(int customerId, bool onlyActive, CancellationToken token)
            {
                return await db.Customers.Where(c => c.Id == customerId && c.IsActive == onlyActive).Select(c => new Card(c.Name, c.Phone)).SingleAsync(token);
            }
        }
        """,
        """
        public record Card(string Name, string? Phone);

        public class Cards(CardQueries queries)
        {
            public async Task WriteAsync(List<Order> orders, CancellationToken ct)
            {
                var customerIds = orders.Select(order => order.CustomerId).Distinct().ToList();
                var customersById = await queries.GetCardsByCustomerIdsAsync(onlyActive: true, customerIds: customerIds, token: ct).ConfigureAwait(false);
                foreach (var order in orders)
                {
                    var card = customersById.GetValueOrDefault(order.CustomerId) ?? throw new InvalidOperationException("Sequence contains no elements.");
                    Console.WriteLine(card.Name + card.Phone);
                }
            }
        }

        public sealed class CardQueries(ShopContext db)
        {
            internal async Task<Card> GetCardAsync(int customerId, bool onlyActive, CancellationToken token)
            {
                return await db.Customers.Where(c => c.Id == customerId && c.IsActive == onlyActive).Select(c => new Card(c.Name, c.Phone)).SingleAsync(token);
            }

            internal async Task<Dictionary<int, Card>> GetCardsByCustomerIdsAsync(IReadOnlyCollection<int> customerIds, bool onlyActive, CancellationToken token)
            {
                return await db.Customers.Where(c => customerIds.Contains(c.Id) && c.IsActive == onlyActive)
                    .Select(c => new { Key = c.Id, Value = new Card(c.Name, c.Phone) })
                    .ToDictionaryAsync(c => c.Key, c => c.Value, token);
            }
        }
        """);

    /// <summary>The loop gets a <c>List</c> where it had another type: nothing in it may depend on that.</summary>
    [Theory]
    [InlineData("Console.WriteLine(lines.Count + lines.Sum(l => l.Quantity));", true)]
    [InlineData("foreach (var line in lines) Console.WriteLine(line.Price + lines[0].Price);", true)]
    [InlineData("foreach (var line in lines.Reverse()) Console.WriteLine(line.Price);", false)]
    [InlineData("Show(lines);", false)]
    public Task ListOfAnotherType_IsFixedWhereOnlyItsItemsAreRead(string use, bool isFixed)
    {
        var source = $$"""
            public class Report(LineQueries queries)
            {
                public async Task WriteAsync(List<Order> orders)
                {
            /*query*/        foreach (var order in orders)
                    {
                        var lines = await [|queries.OfOrderAsync(order.Id)|];
                        {{use}}
                    }
                }

                private static void Show(IList<OrderLine> lines) => Console.WriteLine(lines);
                private static void Show(List<OrderLine> lines) => Console.WriteLine(lines.Count);
            }

            public class LineQueries(ShopContext db)
            {
                public async Task<IList<OrderLine>> OfOrderAsync(int orderId) => await db.Lines.Where(l => l.OrderId == orderId).ToListAsync();/*bulk*/
            }
            """;
        var before = source.Replace("/*query*/", "", StringComparison.Ordinal).Replace("/*bulk*/", "", StringComparison.Ordinal);
        var after = source.Replace("await [|queries.OfOrderAsync(order.Id)|]", "linesByOrderId[order.Id].ToList()", StringComparison.Ordinal)
            .Replace("/*query*/", "        var orderIds = orders.Select(order => order.Id).Distinct().ToList();\n        var linesByOrderId = await queries.OfOrderByOrderIdsAsync(orderIds);\n", StringComparison.Ordinal)
            .Replace("/*bulk*/", "\n\n    public async Task<ILookup<int, OrderLine>> OfOrderByOrderIdsAsync(IReadOnlyCollection<int> orderIds) =>\n        (await db.Lines.Where(l => orderIds.Contains(l.OrderId)).ToListAsync()).ToLookup(l => l.OrderId);", StringComparison.Ordinal);
        return Fixed(before, isFixed ? after : before);
    }

    /// <summary>The argument that depends on the item says which column the keys are of.</summary>
    [Fact]
    public Task AnyCountAndRowsBySeveralColumns_AreFixed() => Fixed(
        """
        public class Report(LineQueries queries)
        {
            public async Task WriteAsync(List<Order> orders, int productId)
            {
                foreach (var order in orders)
                {
                    var isOrdered = await [|queries.ExistsAsync(order.Id, productId)|];
                    var count = await [|queries.CountLinesAsync(order.Id)|];
                    var lines = await [|queries.GetLinesAsync(order.Id, productId)|];
                    Console.WriteLine(isOrdered + " " + count + " " + lines.Count);
                }
            }
        }

        public class LineQueries(ShopContext db)
        {
            public Task<bool> ExistsAsync(int orderId, int productId) => db.Lines.AnyAsync(l => l.OrderId == orderId && l.ProductId == productId);

            public async Task<int> CountLinesAsync(int orderId) => await db.Lines.CountAsync(l => l.OrderId == orderId);

            public async Task<List<OrderLine>> GetLinesAsync(int orderId, int productId)
            {
                var lines = await db.Lines.Where(l => l.OrderId == orderId && l.ProductId == productId).ToListAsync();
                return lines;
            }
        }
        """,
        """
        public class Report(LineQueries queries)
        {
            public async Task WriteAsync(List<Order> orders, int productId)
            {
                var orderIds = orders.Select(order => order.Id).Distinct().ToList();
                var orderIdsInLines = await queries.GetExistingOrderIdsAsync(orderIds, productId);
                var orderLineCountsByOrderId = await queries.CountLinesByOrderIdsAsync(orderIds);
                var linesByOrderId = await queries.GetLinesByOrderIdsAsync(orderIds, productId);
                foreach (var order in orders)
                {
                    var isOrdered = orderIdsInLines.Contains(order.Id);
                    var count = orderLineCountsByOrderId.GetValueOrDefault(order.Id);
                    var lines = linesByOrderId[order.Id].ToList();
                    Console.WriteLine(isOrdered + " " + count + " " + lines.Count);
                }
            }
        }

        public class LineQueries(ShopContext db)
        {
            public Task<bool> ExistsAsync(int orderId, int productId) => db.Lines.AnyAsync(l => l.OrderId == orderId && l.ProductId == productId);

            public async Task<HashSet<int>> GetExistingOrderIdsAsync(IReadOnlyCollection<int> orderIds, int productId) =>
                (await db.Lines
                    .Where(l => orderIds.Contains(l.OrderId) && l.ProductId == productId)
                    .Select(l => l.OrderId)
                    .Distinct()
                    .ToListAsync())
                    .ToHashSet();

            public async Task<int> CountLinesAsync(int orderId) => await db.Lines.CountAsync(l => l.OrderId == orderId);

            public async Task<Dictionary<int, int>> CountLinesByOrderIdsAsync(IReadOnlyCollection<int> orderIds) =>
                await db.Lines
                    .Where(l => orderIds.Contains(l.OrderId))
                    .GroupBy(l => l.OrderId)
                    .Select(rows => new { rows.Key, Count = rows.Count() })
                    .ToDictionaryAsync(rows => rows.Key, rows => rows.Count);

            public async Task<List<OrderLine>> GetLinesAsync(int orderId, int productId)
            {
                var lines = await db.Lines.Where(l => l.OrderId == orderId && l.ProductId == productId).ToListAsync();
                return lines;
            }

            public async Task<ILookup<int, OrderLine>> GetLinesByOrderIdsAsync(IReadOnlyCollection<int> orderIds, int productId)
            {
                return (await db.Lines.Where(l => orderIds.Contains(l.OrderId) && l.ProductId == productId).ToListAsync()).ToLookup(l => l.OrderId);
            }
        }
        """);

    [Fact]
    public Task FindAsyncOfTheSet_IsFixed() => Fixed(
        Loop, FixedLoop,
        ("Contract.cs", Contract, BulkContract),
        ("Repository.cs",
            """
            internal sealed class CustomerRepository : ICustomerRepository
            {
                private readonly ShopContext _db;

                public CustomerRepository(ShopContext c) => _db = c;

                async Task<Customer?> ICustomerRepository.FindAsync(int id, CancellationToken ct)
                {
                    return await _db.Customers.FindAsync([id], ct);
                }
            }
            """,
            """
            internal sealed class CustomerRepository : ICustomerRepository
            {
                private readonly ShopContext _db;

                public CustomerRepository(ShopContext c) => _db = c;

                async Task<Customer?> ICustomerRepository.FindAsync(int id, CancellationToken ct)
                {
                    return await _db.Customers.FindAsync([id], ct);
                }

                async Task<Dictionary<int, Customer>> ICustomerRepository.FindManyAsync(IReadOnlyCollection<int> ids, CancellationToken ct)
                {
                    return await _db.Customers.Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, ct);
                }
            }
            """));

    [Fact]
    public Task EveryImplementationGetsTheMethod_IsFixed() => Fixed(
        Loop, FixedLoop,
        ("Contract.cs", Contract, BulkContract),
        ("Repository.cs", Repository, BulkRepository),
        ("Other.cs",
            Repository.Replace("CustomerRepository(", "ReadCustomerRepository(", StringComparison.Ordinal).Replace("db.Customers", "db.Customers.AsNoTracking()", StringComparison.Ordinal),
            BulkRepository.Replace("CustomerRepository(", "ReadCustomerRepository(", StringComparison.Ordinal).Replace("db.Customers", "db.Customers.AsNoTracking()", StringComparison.Ordinal)));

    [Theory]
    [InlineData("public virtual Task<Customer?> FindAsync(int id, CancellationToken ct = default) => db.Customers.FirstOrDefaultAsync(c => c.Id == id, ct);")]
    [InlineData("[Obsolete] public Task<Customer?> FindAsync(int id, CancellationToken ct = default) => db.Customers.FirstOrDefaultAsync(c => c.Id == id, ct);")]
    [InlineData("public async Task<Customer?> FindAsync(int id, CancellationToken ct = default) { Console.WriteLine(id); return await db.Customers.FirstOrDefaultAsync(c => c.Id == id, ct); }")]
    [InlineData("public async Task<Customer?> FindAsync(int id, CancellationToken ct = default) { try { return await db.Customers.FirstOrDefaultAsync(c => c.Id == id, ct); } catch (TimeoutException) { return null; } }")]
    [InlineData("public async Task<Customer?> FindAsync(int id, CancellationToken ct = default) { /* by key */ return await db.Customers.FirstOrDefaultAsync(c => c.Id == id, ct); }")]
    [InlineData("public Task<Customer?> FindAsync(int id, CancellationToken ct = default) => db.Customers.FirstOrDefaultAsync(c => c.Id == id && c.CreatedAt < DateTime.UtcNow, ct);")]
    [InlineData("public Task<Customer?> FindAsync(int id, CancellationToken ct = default) => db.Customers.FirstOrDefaultAsync(c => c.Id == id && c.Country == Country, ct); public string Country { get; set; } = string.Empty;")]
    [InlineData("public Task<Customer?> FindAsync(int id, CancellationToken ct = default) => db.Customers.FirstOrDefaultAsync(c => c.Id == id && c.Points > _least, ct); private int _least = 1; public void Raise() => _least++;")]
    [InlineData("public Task<Customer?> FindAsync(int id, CancellationToken ct = default) => db.Customers.FirstOrDefaultAsync(c => c.Id == id && c.Points > id, ct);")]
    [InlineData("public Task<Customer?> FindAsync(int id, CancellationToken ct = default) => db.Customers.FirstOrDefaultAsync(c => c.Points == id, ct);")]
    [InlineData("public Task<Customer?> FindAsync(int id, CancellationToken ct = default) => db.Customers.FromSql($\"select * from Customers where Id = {id}\").FirstOrDefaultAsync(ct);")]
    public Task WhereTheMethodIsMoreThanItsQuery_NoFixIsOffered(string method) => NotFixed(
        Loop, Contract, $"public class CustomerRepository(ShopContext db) : ICustomerRepository\n{{\n    {method}\n}}");

    [Theory]
    [InlineData("public class Cached(ShopContext db) : ICustomerRepository\n{\n    private readonly Dictionary<int, Customer?> _known = new();\n    public async Task<Customer?> FindAsync(int id, CancellationToken ct = default)\n    {\n        if (!_known.TryGetValue(id, out var customer))\n            _known[id] = customer = await db.Customers.FirstOrDefaultAsync(c => c.Id == id, ct);\n        return customer;\n    }\n}")]
    [InlineData("public class Fake : ICustomerRepository\n{\n    public Task<Customer?> FindAsync(int id, CancellationToken ct = default) => Task.FromResult<Customer?>(null);\n}")]
    [InlineData("public class Strict(ShopContext db) : ICustomerRepository\n{\n    public async Task<Customer?> FindAsync(int id, CancellationToken ct = default) => await db.Customers.FirstAsync(c => c.Id == id, ct);\n}")]
    [InlineData("public class Mock<T> { }\npublic class Tests\n{\n    public Mock<ICustomerRepository> Repository { get; } = new();\n}")]
    [InlineData("public static class Extensions\n{\n    public static void FindManyAsync(this object o) { }\n    public static void FindForManyIdsAsync(this object o) { }\n    public static void FindForAllIdsAsync(this object o) { }\n}")]
    public Task WhereSomethingElseStandsInTheWay_NoFixIsOffered(string other) => NotFixed(Loop, Contract, Repository, other);

    [Theory]
    [InlineData("await db.SaveChangesAsync();")]
    [InlineData("db.Customers.Add(new Customer());")]
    [InlineData("await using var transaction = await db.Database.BeginTransactionAsync();")]
    [InlineData("ct = default;")]
    [InlineData("changed.Add(order);")]
    public Task WhereTheLoopChangesWhatTheMethodAnswers_NoFixIsOffered(string statement) => NotFixed(
        $$"""
        public interface IChanges
        {
            void Add(Order order);
        }

        public class OrderNames(ICustomerRepository customers, ShopContext db, IChanges changed)
        {
            public async Task NamesAsync(List<Order> orders, CancellationToken ct)
            {
                foreach (var order in orders)
                {
                    var customer = await [|customers.FindAsync(order.CustomerId, ct)|];
                    Console.WriteLine(customer?.Name);
                    {{statement}}
                }

                Console.WriteLine(db + changed.ToString());
            }
        }
        """,
        Contract, Repository);

    private const string LoopWithAnotherCall = """
        public interface IPrices
        {
            decimal PriceOf(Order order);
        }

        public class Prices(ShopContext db) : IPrices
        {
            private readonly decimal _factor = 2;

            public decimal PriceOf(Order order)
            {
                /*saves*/
                return order.Total * _factor;
            }

            public int Count() => db.Orders.Count();
        }

        public class OrderNames(ICustomerRepository customers, IPrices prices)
        {
            public async Task NamesAsync(List<Order> orders, CancellationToken ct)
            {
        /*query*/        foreach (var order in orders)
                {
                    var customer = await [|customers.FindAsync(order.CustomerId, ct)|];
                    Console.WriteLine(customer?.Name + prices.PriceOf(order));
                }
            }
        }
        """;

    private static readonly string FixedLoopWithAnotherCall = LoopWithAnotherCall
        .Replace("await [|customers.FindAsync(order.CustomerId, ct)|]", "customersById.GetValueOrDefault(order.CustomerId)", StringComparison.Ordinal)
        .Replace("/*query*/", "/*query*/        var customerIds = orders.Select(order => order.CustomerId).Distinct().ToList();\n        var customersById = await customers.FindManyAsync(customerIds, ct);\n", StringComparison.Ordinal);

    [Fact]
    public Task AnotherServiceThatOnlyReads_IsFixed() => Fixed(
        LoopWithAnotherCall.Replace("/*query*/", "", StringComparison.Ordinal), FixedLoopWithAnotherCall.Replace("/*query*/", "", StringComparison.Ordinal),
        ("Contract.cs", Contract, BulkContract), ("Repository.cs", Repository, BulkRepository));

    [Fact]
    public Task AnotherServiceThatSaves_NoFixIsOffered() => NotFixed(
        LoopWithAnotherCall.Replace("/*saves*/", "db.SaveChanges();", StringComparison.Ordinal), Contract, Repository);

    [Fact]
    public Task AnotherServiceThatAProjectAboveImplements_NoFixIsOffered()
    {
        const string Above = "public class SavingPrices : IPrices { public decimal PriceOf(Shop.Order order) { System.Console.WriteLine(order.Id); return 0; } }";
        return Verify.Fixed(LoopWithAnotherCall, LoopWithAnotherCall, configure: test =>
        {
            foreach (SolutionState state in new[] { test.TestState, test.FixedState })
            {
                state.Sources.Add(("Contract.cs", Contract));
                state.Sources.Add(("Repository.cs", Repository));
                var above = state.AdditionalProjects["Above"];
                above.AdditionalReferences.AddRange(TestReferences.All);
                above.Sources.Add(("Above.cs", Above));
                above.AdditionalProjectReferences.Add("TestProject");
            }
        });
    }

    [Fact]
    public Task FindThatMayAnswerWithAnAddedRow_NoFixIsOffered() => NotFixed(
        """
        public class OrderNames(CustomerRepository customers)
        {
            public async Task NamesAsync(List<Order> orders, CancellationToken ct)
            {
                customers.Register(new Customer());
                foreach (var order in orders)
                {
                    var customer = await [|customers.FindAsync(order.CustomerId, ct)|];
                    Console.WriteLine(customer?.Name);
                }
            }
        }
        """,
        """
        public class CustomerRepository(ShopContext db)
        {
            public async Task<Customer?> FindAsync(int id, CancellationToken ct = default) => await db.Customers.FindAsync([id], ct);
            public void Register(Customer customer) => db.Add(customer);
        }
        """);

    /// <summary>A method of the same class whose query would mean something else in the loop, or that others may call.</summary>
    [Theory]
    [InlineData("public", "int id", "c => c.Id == id", "IReadOnlyCollection<int> ids", "c => ids.Contains(c.Id)")]
    [InlineData("private", "int id", "order => order.Id == id", "IReadOnlyCollection<int> ids", "order => ids.Contains(order.Id)")]
    [InlineData("private", "int id", "c => c.Id == id && c.Points > total", "IReadOnlyCollection<int> ids", "c => ids.Contains(c.Id) && c.Points > total")]
    [InlineData("internal", "int id, int least = 3", "c => c.Id == id && c.Points > least", "IReadOnlyCollection<int> ids, int least = 3", "c => ids.Contains(c.Id) && c.Points > least")]
    public Task MethodOfTheSameClass_IsFixed(string modifier, string parameters, string predicate, string bulkParameters, string bulkPredicate)
    {
        var row = predicate[..predicate.IndexOf(' ', StringComparison.Ordinal)];
        var single = $"{modifier} Task<Customer?> LoadAsync({parameters}) => db.Customers.FirstOrDefaultAsync({predicate});\n\n    ";
        var bulk = $"{modifier} Task<Dictionary<int, Customer>> LoadManyAsync({bulkParameters}) =>\n        db.Customers.Where({bulkPredicate}).ToDictionaryAsync({row} => {row}.Id);";
        return Fixed(
            $$"""
            public class Report(ShopContext db)
            {
                private readonly int total = 3;

                public async Task Run(List<Order> orders)
                {
                    var total = 0;
                    foreach (var order in orders)
                    {
                        var customer = await [|LoadAsync(order.CustomerId)|];
                        total += customer?.Points ?? this.total;
                    }
                }

                {{single}}private void Last() { }
            }
            """,
            $$"""
            public class Report(ShopContext db)
            {
                private readonly int total = 3;

                public async Task Run(List<Order> orders)
                {
                    var total = 0;
                    var customerIds = orders.Select(order => order.CustomerId).Distinct().ToList();
                    var customersById = await LoadManyAsync(customerIds);
                    foreach (var order in orders)
                    {
                        var customer = customersById.GetValueOrDefault(order.CustomerId);
                        total += customer?.Points ?? this.total;
                    }
                }

                {{(modifier is "private" ? "" : single)}}{{bulk}}

                private void Last() { }
            }
            """);
    }

    [Fact]
    public Task ContextHiddenInTheCaller_IsFixed() => Fixed(
        """
        public class Report(ShopContext db)
        {
            public async Task Run(List<Order> orders, ShopContext other)
            {
                await LoadAllAsync(orders, other);
            }

            private async Task LoadAllAsync(List<Order> orders, ShopContext db)
            {
                foreach (var order in orders)
                    Console.WriteLine((await [|LoadAsync(order.CustomerId)|])?.Name + db.Customers.Count());
            }

            private Task<Customer?> LoadAsync(int id) => db.Customers.FirstOrDefaultAsync(c => c.Id == id);
        }
        """,
        """
        public class Report(ShopContext db)
        {
            public async Task Run(List<Order> orders, ShopContext other)
            {
                await LoadAllAsync(orders, other);
            }

            private async Task LoadAllAsync(List<Order> orders, ShopContext db)
            {
                var customerIds = orders.Select(order => order.CustomerId).Distinct().ToList();
                var customersById = await LoadManyAsync(customerIds);
                foreach (var order in orders)
                    Console.WriteLine(customersById.GetValueOrDefault(order.CustomerId)?.Name + db.Customers.Count());
            }

            private Task<Dictionary<int, Customer>> LoadManyAsync(IReadOnlyCollection<int> ids) =>
                db.Customers.Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id);
        }
        """);

    [Fact]
    public Task RepositoryOfAnotherProject_IsFixed()
    {
        const string Usings = "using System.Threading;\nusing System.Threading.Tasks;\n";
        return FixedInData(
            Loop, FixedLoop,
            (Usings + "using Shop;\n\n" + Contract, Usings.Replace("System.Threading;", "System.Collections.Generic;\nusing System.Threading;", StringComparison.Ordinal) + "using Shop;\n\n" + BulkContract),
            (Usings + "using Microsoft.EntityFrameworkCore;\nusing Shop;\n\n" + Repository,
                "using System.Collections.Generic;\nusing System.Linq;\n" + Usings + "using Microsoft.EntityFrameworkCore;\nusing Shop;\n\n" + BulkRepository));
    }

    [Fact]
    public Task RepositoryOfAnotherProjectThatConfiguresTracking_NoFixIsOffered()
    {
        var repository = "using System.Threading;\nusing System.Threading.Tasks;\nusing Microsoft.EntityFrameworkCore;\nusing Shop;\n\n" + Contract + "\n" + Repository
            + "\npublic static class Setup { public static void Use(DbContextOptionsBuilder options) => options.UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking); }";
        return FixedInData(Loop, Loop, (repository, repository));
    }

    private static Task Fixed(string loop, string fixedLoop, params (string Name, string Before, string After)[] documents) =>
        Verify.Fixed(loop, fixedLoop, configure: test =>
        {
            foreach (var (name, before, after) in documents)
            {
                test.TestState.Sources.Add((name, before));
                test.FixedState.Sources.Add((name, after));
            }
        });

    /// <summary>The documents stand in a project of their own, together with the shop.</summary>
    private static Task FixedInData(string loop, string fixedLoop, params (string Before, string After)[] documents) =>
        Verify.Fixed(loop, fixedLoop, configure: test =>
        {
            test.SolutionTransforms.Add(static (solution, _) =>
            {
                foreach (var id in solution.ProjectIds)
                {
                    solution = solution.WithProjectParseOptions(id, new CSharpParseOptions(LanguageVersion.Latest))
                        .WithProjectCompilationOptions(id, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
                }

                return solution;
            });
            foreach (SolutionState state in new[] { test.TestState, test.FixedState })
            {
                var isFixed = state == test.FixedState;
                var data = state.AdditionalProjects["Data"];
                data.AdditionalReferences.AddRange(TestReferences.All);
                state.Sources.RemoveAll(static source => source.filename.EndsWith("Shop.cs", StringComparison.Ordinal));
                data.Sources.Add(("Shop.cs", "using System;\nusing System.Collections.Generic;\nusing Microsoft.EntityFrameworkCore;\n\n" + Shop.Domain));
                for (var i = 0; i < documents.Length; i++)
                    data.Sources.Add(($"Data{i}.cs", isFixed ? documents[i].After : documents[i].Before));
                state.AdditionalProjectReferences.Add("Data");
            }
        });

    private static (string Name, string Before, string After) Same(string name, string text) => (name, text, text);

    private static Task NotFixed(string loop, params string[] documents) =>
        Fixed(loop, loop, [.. documents.Select((text, index) => Same($"Document{index}.cs", text))]);
}

using BackendPatterns.Analyzers.Rules.DataAccess;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis.Testing;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.DataAccess.BP1002SuspectedQueryInLoopAnalyzer, BackendPatterns.Analyzers.Tests.Verification.NoFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.DataAccess;

public class BP1002SuspectedQueryInLoopTests
{
    [Theory]
    [InlineData("_ = await [|customers.GetByIdAsync(order.CustomerId)|];")]
    [InlineData("_ = await [|customers.GetByIdAsync(order.CustomerId)|].ConfigureAwait(false);")]
    [InlineData("_ = await [|customers.ExistsAsync(order.CustomerId)|];")]
    [InlineData("_ = [|customers.Get(order.CustomerId)|];")]
    [InlineData("_ = [|customers.FindAll(order.CustomerId)|].ToList();")]
    [InlineData("_ = await [|generic.LoadAsync(order.CustomerId)|];")]
    [InlineData("_ = await [|store.LoadAsync(order.CustomerId)|];")]
    [InlineData("_ = [|dao.QueryNames(order.CustomerId)|];")]
    [InlineData("_ = [|dal.GetName(order.CustomerId)|];")]
    [InlineData("_ = await [|LoadAsync(order)|];")]
    public Task ReadPerElement_IsReported(string statement) => Verify.Reported(InLoop(statement));

    [Theory]
    [InlineData("_ = await Task.WhenAll(orders.Select(order => [|customers.GetByIdAsync(order.CustomerId)|]));")]
    [InlineData("_ = orders.Select(order => [|customers.Get(order.CustomerId)|]).ToList();")]
    [InlineData("for (var i = 0; i < orders.Count; i++) _ = await [|customers.GetByIdAsync(orders[i].CustomerId)|];")]
    [InlineData("var names = orders.ToDictionary(order => order.Id, order => [|dao.QueryNames(order.CustomerId)|]);")]
    public Task EveryKindOfRepetition_IsReported(string statements) => Verify.Reported(In(statements));

    [Fact]
    public Task Chain_IsReportedWithItsPlaces() => Verify.Reported(
        """
        public interface ICustomerRepository { Task<Customer?> GetByIdAsync(int id); }

        public class Report(ICustomerRepository customers)
        {
            public async Task Run(List<Order> orders)
            {
                {|#1:foreach|} (var order in orders)
                {
                    _ = await {|#0:NameOfAsync(order)|};
                }
            }

            private async Task<string?> NameOfAsync(Order order) => (await {|#2:customers.GetByIdAsync(order.CustomerId)|})?.Name;
        }
        """,
        expected: new DiagnosticResult(BP1002SuspectedQueryInLoopAnalyzer.Id, Microsoft.CodeAnalysis.DiagnosticSeverity.Info)
            .WithLocation(0).WithLocation(1).WithLocation(2)
            .WithMessage("'NameOfAsync → ICustomerRepository.GetByIdAsync' probably runs one query per element of the loop; load what all elements need before the loop"));

    [Fact]
    public Task WithoutEntityFramework_IsReported() => Verify.Run(
        InLoop("_ = await [|customers.GetByIdAsync(order.CustomerId)|];") + "\nnamespace Shop { public class Order { public int Id { get; set; } public int CustomerId { get; set; } } public class Customer { public string Name { get; set; } = \"\"; } }",
        fixedSource: null, options: null, Microsoft.CodeAnalysis.OutputKind.DynamicallyLinkedLibrary,
        configure: test =>
        {
            test.TestState.Sources.RemoveAt(1);
            test.TestState.Sources[0] = ("GlobalUsings.cs", Microsoft.CodeAnalysis.Text.SourceText.From(
                string.Join('\n', Shop.GlobalUsings.Split('\n').Where(line => !line.Contains("EntityFrameworkCore", StringComparison.Ordinal)))));
            test.TestState.AdditionalReferences.Clear();
            test.TestState.AdditionalReferences.AddRange(TestReferences.Without("Microsoft.EntityFrameworkCore", "Npgsql.EntityFrameworkCore", "Microsoft.AspNetCore.Identity.EntityFrameworkCore"));
        });

    [Theory]
    [InlineData("ICustomerReader")]
    [InlineData("ICustomer*, IOther")]
    [InlineData("IOther, I*Reader")]
    public Task ListedType_IsReported(string names) => Verify.Reported(
        InLoop("_ = await [|reader.ReadAsync(order.CustomerId)|];"), "backend_patterns.data_access_types = " + names);

    [Theory]
    [InlineData(null)]
    [InlineData("backend_patterns.data_access_types = Reader")]
    [InlineData("backend_patterns.data_access_types = ICustomerReaders, OrderReader")]
    public Task OtherType_IsSilent(string? options) => Verify.Silent(InLoop("_ = await reader.ReadAsync(order.CustomerId);"), options);

    [Theory]
    [InlineData("_ = await customers.GetByIdAsync(7);")]
    [InlineData("_ = await LoadDefaultAsync();")]
    public Task SameForEveryElement_IsSilent(string statement) => Verify.Silent(InLoop(statement));

    [Theory]
    [InlineData("await customers.AddAsync(new Customer { Id = order.CustomerId });")]
    [InlineData("_ = await customers.UpdateAsync(order.CustomerId);")]
    [InlineData("await customers.DeleteAsync(order.CustomerId);")]
    [InlineData("_ = customers.GetQuery(order.CustomerId);")]
    [InlineData("customers.Forget(order.CustomerId);")]
    [InlineData("_ = customers.NameOf(order.CustomerId);")]
    public Task NoRead_IsSilent(string statement) => Verify.Silent(InLoop(statement));

    [Theory]
    [InlineData("_ = await cache.GetAsync(order.CustomerId);")]
    [InlineData("_ = await memory.GetAsync(order.CustomerId);")]
    public Task StoreThatIsNoDatabase_IsSilent(string statement) => Verify.Silent(InLoop(statement));

    [Theory]
    [InlineData("foreach (var chunk in orders.Chunk(100)) _ = await customers.GetByIdsAsync(chunk.Select(order => order.CustomerId));")]
    [InlineData("foreach (var order in orders) { var customer = await customers.GetByIdAsync(order.CustomerId); if (customer is not null) return; }")]
    [InlineData("for (var page = 1; ; page++) { var rows = await customers.GetPageAsync(page); if (rows.Count == 0) break; }")]
    [InlineData("foreach (var id in new[] { 1, 2 }) _ = await customers.GetByIdAsync(id);")]
    [InlineData("var known = new Dictionary<int, Customer?>(); foreach (var order in orders) if (!known.ContainsKey(order.CustomerId)) known[order.CustomerId] = await customers.GetByIdAsync(order.CustomerId);")]
    [InlineData("var name = \"x\"; while (await customers.ExistsAsync(name.Length)) name += \"x\";")]
    [InlineData("for (var attempt = 0; attempt < 10; attempt++) { try { _ = await customers.GetByIdAsync(attempt); return; } catch (TimeoutException) { } }")]
    public Task LegitimateLoops_AreSilent(string statements) => Verify.Silent(In(statements));

    [Fact]
    public Task VisibleImplementation_IsSilent() => Verify.Silent("""
        public interface ICustomerRepository { Task<Customer?> GetByIdAsync(int id); }

        public class CustomerRepository(ShopContext db) : ICustomerRepository
        {
            public async Task<Customer?> GetByIdAsync(int id) => await db.Customers.FindAsync(id);
        }

        public class Report(ICustomerRepository customers)
        {
            public async Task Run(List<Order> orders)
            {
                foreach (var order in orders)
                    _ = await customers.GetByIdAsync(order.CustomerId);
            }
        }
        """);

    [Fact]
    public Task VisibleImplementationInMemory_IsSilent() => Verify.Silent("""
        public interface ICustomerRepository { Customer? Get(int id); }

        public class CustomerRepository : ICustomerRepository
        {
            private readonly Dictionary<int, Customer> rows = new();

            public Customer? Get(int id) => rows.GetValueOrDefault(id);
        }

        public class Report(ICustomerRepository customers)
        {
            public void Run(List<Order> orders)
            {
                foreach (var order in orders)
                    _ = customers.Get(order.CustomerId);
            }
        }
        """);

    [Fact]
    public Task KnownReadBehindTheSameCall_IsTheOtherFinding() => Verify.Silent("""
        public interface ICustomerRepository { Task<Customer?> GetByIdAsync(int id); }

        public class Report(ICustomerRepository customers, ShopContext db)
        {
            public async Task Run(List<Order> orders)
            {
                foreach (var order in orders)
                    await PrintAsync(order);
            }

            private async Task PrintAsync(Order order)
            {
                _ = await customers.GetByIdAsync(order.CustomerId);
                _ = await db.Lines.Where(l => l.OrderId == order.Id).ToListAsync();
            }
        }
        """);

    [Fact]
    public Task Seeding_IsSilent() => Verify.Silent(InLoop("_ = await customers.GetByIdAsync(order.CustomerId);").Replace("class Report", "class DataSeeder", StringComparison.Ordinal));

    private static string InLoop(string statement) => In($"foreach (var order in orders) {{ {statement} }}");

    private static string In(string statements) => $$"""
        public interface ICustomerRepository
        {
            Task<Customer?> GetByIdAsync(int id);
            Task<List<Customer>> GetByIdsAsync(IEnumerable<int> ids);
            Task<List<Customer>> GetPageAsync(int page);
            Task<bool> ExistsAsync(int id);
            Task AddAsync(Customer customer);
            Task<int> UpdateAsync(int id);
            Task DeleteAsync(int id);
            Customer? Get(int id);
            IEnumerable<Customer> FindAll(int id);
            IQueryable<Customer> GetQuery(int id);
            void Forget(int id);
            string NameOf(int id);
        }

        public interface IRepository<T> { Task<T?> LoadAsync(int id); }
        public interface ICustomerStore { ValueTask<Customer?> LoadAsync(int id); }
        public interface ICustomerDao { List<string> QueryNames(int id); }
        public interface ICustomerDal { string GetName(int id); }
        public interface ICustomerReader { Task<Customer?> ReadAsync(int id); }
        public interface ICacheStore { Task<string> GetAsync(int id); }
        public interface IMemoryStore { Task<string> GetAsync(int id); }

        public class Report(ICustomerRepository customers, IRepository<Customer> generic, ICustomerStore store, ICustomerDao dao, ICustomerDal dal, ICustomerReader reader,
            ICacheStore cache, IMemoryStore memory)
        {
            public async Task Run(List<Order> orders)
            {
                await Task.Yield();
                {{statements}}
            }

            private async Task<string?> LoadAsync(Order order) => (await customers.GetByIdAsync(order.CustomerId))?.Name;

            private Task<Customer?> LoadDefaultAsync() => customers.GetByIdAsync(1);
        }
        """;
}

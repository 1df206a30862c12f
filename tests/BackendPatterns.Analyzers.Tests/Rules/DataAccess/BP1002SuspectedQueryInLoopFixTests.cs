using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.DataAccess.BP1002SuspectedQueryInLoopAnalyzer, BackendPatterns.Analyzers.CodeFixes.DataAccess.BP1002SuspectedQueryInLoopFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.DataAccess;

public class BP1002SuspectedQueryInLoopFixTests
{
    private const string Single = "Task<Customer?> GetByIdAsync(int id);";

    private const string Loop = """
                foreach (var order in orders)
                {
                    var customer = await [|customers.GetByIdAsync(order.CustomerId)|];
                    names.Add(customer?.Name ?? "");
                }
        """;

    private const string FixedLoop = """
                foreach (var order in orders)
                {
                    var customer = customersById.GetValueOrDefault(order.CustomerId);
                    names.Add(customer?.Name ?? "");
                }
        """;

    [Theory]
    [InlineData("Task<List<Customer>> GetByIdsAsync(IEnumerable<int> ids);", "GetByIdsAsync")]
    [InlineData("Task<IReadOnlyList<Customer>> GetByIdsAsync(IReadOnlyCollection<int> ids, CancellationToken token = default);", "GetByIdsAsync")]
    [InlineData("Task<Customer[]> GetManyAsync(List<int> ids);", "GetManyAsync")]
    [InlineData("Task<IEnumerable<Customer>> GetManyByIdAsync(IList<int> keys);", "GetManyByIdAsync")]
    public Task ListOfRows_IsFixed(string bulk, string name) => Verify.Fixed(
        In(Single + " " + bulk, Loop),
        In(Single + " " + bulk, $$"""
                var customerIds = orders.Select(order => order.CustomerId).Distinct().ToList();
                var customersById = (await customers.{{name}}(customerIds)).ToDictionary(row => row.Id);
        {{FixedLoop}}
        """));

    [Fact]
    public Task Dictionary_IsFixed() => Verify.Fixed(
        In(Single + " Task<IReadOnlyDictionary<int, Customer>> GetByIdsAsync(IEnumerable<int> ids);", Loop),
        In(Single + " Task<IReadOnlyDictionary<int, Customer>> GetByIdsAsync(IEnumerable<int> ids);", """
                var customerIds = orders.Select(order => order.CustomerId).Distinct().ToList();
                var customersByKey = await customers.GetByIdsAsync(customerIds);
                foreach (var order in orders)
                {
                    var customer = customersByKey.GetValueOrDefault(order.CustomerId);
                    names.Add(customer?.Name ?? "");
                }
        """));

    [Fact]
    public Task SynchronousMembersOfTheElement_IsFixed() => Verify.Fixed(
        In("Customer? FindCustomer(int customerId); List<Customer> FindCustomers(IEnumerable<int> customerIds);", """
                foreach (var id in ids)
                    names.Add([|customers.FindCustomer(id)|]?.Name ?? "");
        """),
        In("Customer? FindCustomer(int customerId); List<Customer> FindCustomers(IEnumerable<int> customerIds);", """
                var distinctIds = ids.Distinct().ToList();
                var customersById = customers.FindCustomers(distinctIds).ToDictionary(row => row.Id);
                foreach (var id in ids)
                    names.Add(customersById.GetValueOrDefault(id)?.Name ?? "");
        """));

    [Fact]
    public Task TokenAndConfiguration_AreKept() => Verify.Fixed(
        In("Task<Customer?> GetAsync(int id, CancellationToken token); Task<List<Customer>> GetAllAsync(IEnumerable<int> ids, CancellationToken token);", """
                foreach (var order in orders)
                    names.Add((await [|customers.GetAsync(order.CustomerId, token)|].ConfigureAwait(false))?.Name ?? "");
        """),
        In("Task<Customer?> GetAsync(int id, CancellationToken token); Task<List<Customer>> GetAllAsync(IEnumerable<int> ids, CancellationToken token);", """
                var customerIds = orders.Select(order => order.CustomerId).Distinct().ToList();
                var customersById = (await customers.GetAllAsync(customerIds, token).ConfigureAwait(false)).ToDictionary(row => row.Id);
                foreach (var order in orders)
                    names.Add((customersById.GetValueOrDefault(order.CustomerId))?.Name ?? "");
        """));

    [Fact]
    public Task SeveralLoops_AreFixedTogether() => Verify.Fixed(
        In(Single + " Task<List<Customer>> GetByIdsAsync(IEnumerable<int> ids);", """
                foreach (var order in orders)
                    names.Add((await [|customers.GetByIdAsync(order.CustomerId)|])?.Name ?? "");
                foreach (var id in ids)
                    names.Add((await [|customers.GetByIdAsync(id)|])?.City ?? "");
        """),
        In(Single + " Task<List<Customer>> GetByIdsAsync(IEnumerable<int> ids);", """
                var customerIds = orders.Select(order => order.CustomerId).Distinct().ToList();
                var customersById = (await customers.GetByIdsAsync(customerIds)).ToDictionary(row => row.Id);
                foreach (var order in orders)
                    names.Add((customersById.GetValueOrDefault(order.CustomerId))?.Name ?? "");
                var distinctIds = ids.Distinct().ToList();
                var customersById2 = (await customers.GetByIdsAsync(distinctIds)).ToDictionary(row => row.Id);
                foreach (var id in ids)
                    names.Add((customersById2.GetValueOrDefault(id))?.City ?? "");
        """));

    [Theory]
    [InlineData("")]
    [InlineData("Task<List<Customer>> GetByOwnerIdsAsync(IEnumerable<int> ids);")]
    [InlineData("Task<List<Customer>> FindByIdsAsync(IEnumerable<int> ids);")]
    [InlineData("Task<List<Customer>> GetByIdsAsync(IEnumerable<long> ids);")]
    [InlineData("Task<List<Order>> GetByIdsAsync(IEnumerable<int> ids);")]
    [InlineData("List<Customer> GetByIds(IEnumerable<int> ids);")]
    [InlineData("Task<List<Customer>> GetByIdsAsync(IEnumerable<int> ids, bool active);")]
    [InlineData("Task<List<Customer>> GetByIdsAsync(params int[] ids);")]
    [InlineData("Task<List<Customer>> GetByIdsAsync(IEnumerable<int> ids); Task<List<Customer>> GetManyByIdAsync(IEnumerable<int> ids);")]
    public Task NoSuchMember_IsNotFixed(string bulk) => Verify.NotFixed(In(Single + " " + bulk, Loop));

    [Theory]
    [InlineData("Task<Customer> GetByIdAsync(int id);", "foreach (var order in orders) names.Add((await [|customers.GetByIdAsync(order.CustomerId)|]).Name);")]
    [InlineData("Task<Customer?> GetByIdAsync(int id, bool deleted);", "foreach (var order in orders) names.Add((await [|customers.GetByIdAsync(order.CustomerId, true)|])!.Name);")]
    [InlineData("Task<Customer?> GetByIdAsync(string id);", "foreach (var order in orders) names.Add((await [|customers.GetByIdAsync(order.Number)|])!.Name);")]
    [InlineData("Task<Customer?> GetByIdAsync(int ownerId);", "foreach (var order in orders) names.Add((await [|customers.GetByIdAsync(order.CustomerId)|])!.Name);")]
    [InlineData(Single, "foreach (var order in orders) { names.Add((await [|customers.GetByIdAsync(order.CustomerId)|])!.Name); await customers.SaveAsync(); }")]
    [InlineData(Single, "foreach (var order in orders) { order.CustomerId++; names.Add((await [|customers.GetByIdAsync(order.CustomerId)|])!.Name); }")]
    [InlineData(Single, "foreach (var order in orders) { try { names.Add((await [|customers.GetByIdAsync(order.CustomerId)|])!.Name); } catch (TimeoutException) { } }")]
    [InlineData(Single, "foreach (var order in orders.Where(o => o.Id > 1)) names.Add((await [|customers.GetByIdAsync(order.CustomerId)|])!.Name);")]
    [InlineData(Single, "var all = await Task.WhenAll(orders.Select(order => [|customers.GetByIdAsync(order.CustomerId)|]));")]
    public Task AnswerThatMayDiffer_IsNotFixed(string single, string statements) =>
        Verify.NotFixed(In(single + " Task<List<Customer>> GetByIdsAsync(IEnumerable<int> ids); Task SaveAsync();", statements));

    private static string In(string members, string statements) => $$"""
        public interface ICustomerRepository { {{members}} }

        public class Report(ICustomerRepository customers)
        {
            public async Task Run(List<Order> orders, List<int> ids, List<string> names, CancellationToken token)
            {
                await Task.Yield();
        {{statements}}
            }
        }
        """;
}

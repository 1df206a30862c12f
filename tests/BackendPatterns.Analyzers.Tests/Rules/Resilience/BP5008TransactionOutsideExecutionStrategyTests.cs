using BackendPatterns.Analyzers.Rules.Resilience;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.Resilience.BP5008TransactionOutsideExecutionStrategyAnalyzer, BackendPatterns.Analyzers.Tests.Verification.NoFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.Resilience;

/// <summary>Where transactions of one's own are reported, and where they are not.</summary>
public class BP5008TransactionOutsideExecutionStrategyTests
{
    /// <summary>A shop whose context retries.</summary>
    private const string Retrying = """
        public static class Registration
        {
            public static void Add(IServiceCollection services) =>
                services.AddDbContext<ShopContext>(o => o.UseSqlite("", n => n.ExecutionStrategy(d => new OutageStrategy(d))));
        }

        public class OutageStrategy(Microsoft.EntityFrameworkCore.Storage.ExecutionStrategyDependencies d) : Microsoft.EntityFrameworkCore.Storage.ExecutionStrategy(d, 3, TimeSpan.FromSeconds(1))
        {
            protected override bool ShouldRetryOn(Exception e) => true;
        }

        """;

    public static TheoryData<string> ReportedMembers =>
    [
        """public async Task A() { await using var t = await db.Database.[|BeginTransactionAsync|](); db.Products.Add(new Product()); await db.SaveChangesAsync(); await t.CommitAsync(); }""",
        """public void A() { using var t = db.Database.[|BeginTransaction|](); db.SaveChanges(); t.Commit(); }""",
        """public void A() { using var t = db.Database.[|BeginTransaction|](System.Data.IsolationLevel.Serializable); db.SaveChanges(); t.Commit(); }""",
        """public async Task A() { using (var t = await db.Database.[|BeginTransactionAsync|]()) { await db.Orders.ToListAsync(); await t.CommitAsync(); } }""",
        """public async Task A() { using (await db.Database.[|BeginTransactionAsync|]()) { await db.Orders.CountAsync(); } }""",
        """public async Task A() { var t = await db.Database.[|BeginTransactionAsync|](); try { await db.SaveChangesAsync(); await t.CommitAsync(); } catch { await t.RollbackAsync(); throw; } }""",
        """public async Task A() { await db.Database.[|BeginTransactionAsync|](); await db.SaveChangesAsync(); await db.Database.CommitTransactionAsync(); }""",
        """public async Task A() { var d = db.Database; await using var t = await d.[|BeginTransactionAsync|](); await db.SaveChangesAsync(); await t.CommitAsync(); }""",
        """public async Task A() { await using var t = await db.Database.[|BeginTransactionAsync|](); await db.Orders.Where(o => o.Id == 1).ExecuteDeleteAsync(); await t.CommitAsync(); }""",
        """public async Task A() { await using var t = await db.Database.[|BeginTransactionAsync|](); foreach (var o in db.Orders) o.Number = ""; await t.CommitAsync(); }""",
        """public async Task A() { await using var t = await db.Database.[|BeginTransactionAsync|](); await Save(); await t.CommitAsync(); } private Task Save() => db.SaveChangesAsync();""",
        """public async Task A() { await using var t = await db.Database.[|BeginTransactionAsync|](); await db.Database.CreateExecutionStrategy().ExecuteAsync(() => db.SaveChangesAsync()); await t.CommitAsync(); }""",
        """public async Task A() { using var t = await db.Database.GetDbConnection().BeginTransactionAsync(); await db.Database.[|UseTransactionAsync|](t); await db.SaveChangesAsync(); await t.CommitAsync(); }""",
        """public async Task A() { using var s = [|new System.Transactions.TransactionScope(System.Transactions.TransactionScopeAsyncFlowOption.Enabled)|]; await db.SaveChangesAsync(); s.Complete(); }""",
        """public void A() { using (var s = [|new System.Transactions.TransactionScope()|]) { db.SaveChanges(); s.Complete(); } }""",
        """public async Task A() { using (var s = [|new System.Transactions.TransactionScope(System.Transactions.TransactionScopeOption.RequiresNew, System.Transactions.TransactionScopeAsyncFlowOption.Enabled)|]) { await Task.Yield(); await db.SaveChangesAsync(); s.Complete(); } }""",
        """public Task A() => Run(async () => { await using var t = await db.Database.[|BeginTransactionAsync|](); await db.SaveChangesAsync(); await t.CommitAsync(); }); private static Task Run(Func<Task> f) => f();""",
        """public Task A() => Inner(); private async Task Inner() { await using var t = await db.Database.[|BeginTransactionAsync|](); await db.SaveChangesAsync(); await t.CommitAsync(); }""",
        """public Task A() { return Inner(); async Task Inner() { await using var t = await db.Database.[|BeginTransactionAsync|](); await db.SaveChangesAsync(); await t.CommitAsync(); } }""",
        """public Task A() => Task.Run(async () => { await using var t = await db.Database.[|BeginTransactionAsync|](); await db.SaveChangesAsync(); await t.CommitAsync(); });""",
        """public async Task A() { await Begin(); await db.SaveChangesAsync(); await Commit(); } private Task Begin() => db.Database.[|BeginTransactionAsync|](); private Task Commit() => db.Database.CommitTransactionAsync();""",
        """public async Task A() { await using var t = await Begin(); await db.SaveChangesAsync(); await t.CommitAsync(); } private async Task<Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction> Begin() => await db.Database.[|BeginTransactionAsync|]();""",
        """public async Task A() { await Inner(); await db.Database.CreateExecutionStrategy().ExecuteAsync(Inner); } private async Task Inner() { await using var t = await db.Database.[|BeginTransactionAsync|](); await db.SaveChangesAsync(); await t.CommitAsync(); }""",
    ];

    public static TheoryData<string> SilentMembers =>
    [
        """public async Task A() { await db.Database.CreateExecutionStrategy().ExecuteAsync(async () => { await using var t = await db.Database.BeginTransactionAsync(); await db.SaveChangesAsync(); await t.CommitAsync(); }); }""",
        """public void A() { var s = db.Database.CreateExecutionStrategy(); s.Execute(() => { using var t = db.Database.BeginTransaction(); db.SaveChanges(); t.Commit(); }); }""",
        """public async Task A(CancellationToken c) { var s = db.Database.CreateExecutionStrategy(); await s.ExecuteAsync(async token => { await using var t = await db.Database.BeginTransactionAsync(token); await db.SaveChangesAsync(token); await t.CommitAsync(token); }, c); }""",
        """public void A() { var s = db.Database.CreateExecutionStrategy(); s.Execute(db, d => { using var t = d.Database.BeginTransaction(); d.SaveChanges(); t.Commit(); }); }""",
        """public async Task<int> A() { return await db.Database.CreateExecutionStrategy().ExecuteAsync(async () => { await using var t = await db.Database.BeginTransactionAsync(); var n = await db.SaveChangesAsync(); await t.CommitAsync(); return n; }); }""",
        """private Microsoft.EntityFrameworkCore.Storage.IExecutionStrategy S => db.Database.CreateExecutionStrategy(); public void A() { S.Execute(() => { using var t = db.Database.BeginTransaction(); db.SaveChanges(); t.Commit(); }); }""",
        """public Task A() => db.Database.CreateExecutionStrategy().ExecuteAsync(Inner); private async Task Inner() { await using var t = await db.Database.BeginTransactionAsync(); await db.SaveChangesAsync(); await t.CommitAsync(); }""",
        """public Task A() => db.Database.CreateExecutionStrategy().ExecuteAsync(() => Inner()); private async Task Inner() { await using var t = await db.Database.BeginTransactionAsync(); await db.SaveChangesAsync(); await t.CommitAsync(); }""",
        """public Task A() { Func<Task> work = async () => { await using var t = await db.Database.BeginTransactionAsync(); await db.SaveChangesAsync(); await t.CommitAsync(); }; return db.Database.CreateExecutionStrategy().ExecuteAsync(work); }""",
        """public Task A() { return db.Database.CreateExecutionStrategy().ExecuteAsync(Inner); async Task Inner() { await using var t = await db.Database.BeginTransactionAsync(); await db.SaveChangesAsync(); await t.CommitAsync(); } }""",
        """public Task A() => InStrategy(async () => { await using var t = await db.Database.BeginTransactionAsync(); await db.SaveChangesAsync(); await t.CommitAsync(); }); private Task InStrategy(Func<Task> f) => db.Database.CreateExecutionStrategy().ExecuteAsync(f);""",
        """public Task A() => InStrategy(async () => { await using var t = await db.Database.BeginTransactionAsync(); await db.SaveChangesAsync(); await t.CommitAsync(); }); private Task InStrategy(Func<Task> f) => db.Database.CreateExecutionStrategy().ExecuteAsync(async () => { await f(); });""",
        """public Task A() => Outer(async () => { await using var t = await db.Database.BeginTransactionAsync(); await db.SaveChangesAsync(); await t.CommitAsync(); }); private Task Outer(Func<Task> f) => InStrategy(f); private Task InStrategy(Func<Task> f) => db.Database.CreateExecutionStrategy().ExecuteAsync(f);""",
        """public Task A() => db.Database.CreateExecutionStrategy().ExecuteAsync(async () => { await Begin(); await db.SaveChangesAsync(); await db.Database.CommitTransactionAsync(); }); private Task Begin() => db.Database.BeginTransactionAsync();""",
        """public void A() => db.Database.CreateExecutionStrategy().ExecuteInTransaction(() => { db.SaveChanges(); }, () => true);""",
        // What goes past the strategy is not refused.
        """public async Task A() { await using var t = await db.Database.BeginTransactionAsync(); await db.Database.ExecuteSqlRawAsync("delete from Orders"); await t.CommitAsync(); }""",
        """public async Task A() { await using var t = await db.Database.BeginTransactionAsync(); await t.CommitAsync(); await db.SaveChangesAsync(); }""",
        """public async Task A() { using var t = await db.Database.GetDbConnection().BeginTransactionAsync(); await db.SaveChangesAsync(); await t.CommitAsync(); }""",
        """public async Task A() { await db.Database.UseTransactionAsync(null); await db.SaveChangesAsync(); }""",
        """public async Task A() { db.Database.AutoTransactionBehavior = AutoTransactionBehavior.Never; await db.SaveChangesAsync(); }""",
        """public async Task A() { using var s = new System.Transactions.TransactionScope(System.Transactions.TransactionScopeOption.Suppress, System.Transactions.TransactionScopeAsyncFlowOption.Enabled); await db.SaveChangesAsync(); }""",
        """public async Task A() { using var s = new System.Transactions.TransactionScope(System.Transactions.TransactionScopeAsyncFlowOption.Enabled); using (new System.Transactions.TransactionScope(System.Transactions.TransactionScopeOption.Suppress, System.Transactions.TransactionScopeAsyncFlowOption.Enabled)) { await db.SaveChangesAsync(); } s.Complete(); }""",
        """public void A() { using var s = new System.Transactions.TransactionScope(); db.Products.Add(new Product()); s.Complete(); }""",
        """public async Task A() { using var s = new System.Transactions.TransactionScope(); await Task.Yield(); await db.SaveChangesAsync(); s.Complete(); }""",
        """public Task A() => db.Database.CreateExecutionStrategy().ExecuteAsync(async () => { using var s = new System.Transactions.TransactionScope(System.Transactions.TransactionScopeAsyncFlowOption.Enabled); await db.SaveChangesAsync(); s.Complete(); });""",
        """public async Task A(System.Data.Common.DbConnection c) { await using var t = await c.BeginTransactionAsync(); await db.SaveChangesAsync(); await t.CommitAsync(); }""",
        // The transaction leaves, and nobody is seen to take it.
        """public Task<Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction> A() => db.Database.BeginTransactionAsync();""",
        """private Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction? _t; public async Task A() { _t = await db.Database.BeginTransactionAsync(); }""",
        """public Func<Task> A() => async () => { await using var t = await db.Database.BeginTransactionAsync(); await db.SaveChangesAsync(); await t.CommitAsync(); };""",
    ];

    [Theory]
    [MemberData(nameof(ReportedMembers))]
    public Task TransactionOutside_IsReported(string members) => Verify.Reported(Retrying + $$"""public class Service(ShopContext db) { {{members}} }""");

    [Theory]
    [MemberData(nameof(SilentMembers))]
    public Task TransactionNotRefused_IsSilent(string members) => Verify.Silent(Retrying + $$"""public class Service(ShopContext db) { {{members}} }""");
}

namespace BackendPatterns.Behaviour.Tests.Resilience;

/// <summary>Transactions executed on a context whose strategy retries: the rule reports exactly those that EF Core refuses.</summary>
public class StrategyVerdictTests
{
    public static TheoryData<string, string, bool> Shapes => new()
    {
        { "await using", """public async Task A() { await using var t = await db.Database.BeginTransactionAsync(); db.Entries.Add(new Entry()); await db.SaveChangesAsync(); await t.CommitAsync(); }""", true },
        { "synchronous", """public void A() { using var t = db.Database.BeginTransaction(); db.Entries.Add(new Entry()); db.SaveChanges(); t.Commit(); }""", true },
        { "isolation level", """public void A() { using var t = db.Database.BeginTransaction(System.Data.IsolationLevel.Serializable); db.SaveChanges(); t.Commit(); }""", true },
        { "only a read", """public async Task A() { await using var t = await db.Database.BeginTransactionAsync(); await db.Entries.CountAsync(); await t.CommitAsync(); }""", true },
        { "loop over a query", """public void A() { using var t = db.Database.BeginTransaction(); foreach (var e in db.Entries) e.Amount++; t.Commit(); }""", true },
        { "bulk change", """public async Task A() { await using var t = await db.Database.BeginTransactionAsync(); await db.Entries.Where(e => e.Id == 1).ExecuteDeleteAsync(); await t.CommitAsync(); }""", true },
        { "SQL that reads", """public void A() { using var t = db.Database.BeginTransaction(); db.Entries.FromSqlRaw("select * from Entries").ToList(); t.Commit(); }""", true },
        { "Find", """public async Task A() { await using var t = await db.Database.BeginTransactionAsync(); await db.Entries.FindAsync(1); await t.CommitAsync(); }""", true },
        { "Reload", """public void A() { var e = db.Entries.First(); using var t = db.Database.BeginTransaction(); db.Entry(e).Reload(); t.Commit(); }""", true },
        { "try, commit, rollback", """public async Task A() { var t = await db.Database.BeginTransactionAsync(); try { await db.SaveChangesAsync(); await t.CommitAsync(); } catch { await t.RollbackAsync(); throw; } }""", true },
        { "commit through the facade", """public async Task A() { await db.Database.BeginTransactionAsync(); await db.SaveChangesAsync(); await db.Database.CommitTransactionAsync(); }""", true },
        { "using statement", """public async Task A() { using (var t = await db.Database.BeginTransactionAsync()) { await db.SaveChangesAsync(); await t.CommitAsync(); } }""", true },
        { "facade in a local", """public void A() { var d = db.Database; using var t = d.BeginTransaction(); db.SaveChanges(); t.Commit(); }""", true },
        { "helper that saves", """public async Task A() { await using var t = await db.Database.BeginTransactionAsync(); await Save(); await t.CommitAsync(); } private Task Save() => db.SaveChangesAsync();""", true },
        { "helper that begins", """public async Task A() { await using var t = await Begin(); await db.SaveChangesAsync(); await t.CommitAsync(); } private Task<IDbContextTransaction> Begin() => db.Database.BeginTransactionAsync();""", true },
        { "helper that runs a delegate", """public Task A() => Twice(async () => { await using var t = await db.Database.BeginTransactionAsync(); await db.SaveChangesAsync(); await t.CommitAsync(); }); private static async Task Twice(Func<Task> f) { await f(); await f(); }""", true },
        { "local function", """public Task A() { return Do(); async Task Do() { await using var t = await db.Database.BeginTransactionAsync(); await db.SaveChangesAsync(); await t.CommitAsync(); } }""", true },
        { "Task.Run", """public Task A() => Task.Run(() => { using var t = db.Database.BeginTransaction(); db.SaveChanges(); t.Commit(); });""", true },
        { "strategy inside the transaction", """public async Task A() { await using var t = await db.Database.BeginTransactionAsync(); await db.Database.CreateExecutionStrategy().ExecuteAsync(() => db.SaveChangesAsync()); await t.CommitAsync(); }""", true },
        { "connection opened inside", """public void A() { using var t = db.Database.BeginTransaction(); db.Database.OpenConnection(); t.Commit(); }""", true },
        { "transaction of the connection", """public async Task A() { await using var t = await db.Database.GetDbConnection().BeginTransactionAsync(); await db.Database.UseTransactionAsync(t); await db.SaveChangesAsync(); await t.CommitAsync(); }""", true },
        { "transaction of another context", """public void A() { using var t = other.Database.BeginTransaction(); db.Database.UseTransaction(t.GetDbTransaction()); db.SaveChanges(); t.Commit(); }""", true },
        { "enlisted", """public void A() { using var c = new CommittableTransaction(); db.Database.OpenConnection(); db.Database.EnlistTransaction(c); db.SaveChanges(); c.Commit(); }""", true },
        { "ambient", """public async Task A() { using var s = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled); await db.SaveChangesAsync(); s.Complete(); }""", true },
        { "ambient, synchronous", """public void A() { using (var s = new TransactionScope()) { db.Entries.ToList(); s.Complete(); } }""", true },
        { "ambient, a new one", """public async Task A() { using var s = new TransactionScope(TransactionScopeOption.RequiresNew, TransactionScopeAsyncFlowOption.Enabled); await Task.Yield(); await db.SaveChangesAsync(); s.Complete(); }""", true },
        { "ambient that stays behind, but only later", """public async Task A() { using var s = new TransactionScope(); await db.SaveChangesAsync(); s.Complete(); }""", true },
        { "ambient, behind a helper", """public void A() { using var s = new TransactionScope(); Save(); s.Complete(); } private void Save() => db.SaveChanges();""", true },
        { "inside", """public async Task A() { await db.Database.CreateExecutionStrategy().ExecuteAsync(async () => { await using var t = await db.Database.BeginTransactionAsync(); await db.SaveChangesAsync(); await t.CommitAsync(); }); }""", false },
        { "inside, synchronous", """public void A() { var s = db.Database.CreateExecutionStrategy(); s.Execute(() => { using var t = db.Database.BeginTransaction(); db.SaveChanges(); t.Commit(); }); }""", false },
        { "inside, with a state", """public void A() { db.Database.CreateExecutionStrategy().Execute(db, d => { using var t = d.Database.BeginTransaction(); d.SaveChanges(); t.Commit(); }); }""", false },
        { "inside, with a token", """public Task A(CancellationToken c) => db.Database.CreateExecutionStrategy().ExecuteAsync(async x => { await using var t = await db.Database.BeginTransactionAsync(x); await db.SaveChangesAsync(x); await t.CommitAsync(x); }, c);""", false },
        { "inside, strategy made by hand", """public void A() => new MomentStrategy(db.GetService<ExecutionStrategyDependencies>()).Execute(() => { using var t = db.Database.BeginTransaction(); db.SaveChanges(); t.Commit(); });""", false },
        { "ExecuteInTransaction", """public void A() => db.Database.CreateExecutionStrategy().ExecuteInTransaction(() => { db.SaveChanges(); }, () => true);""", false },
        { "method group inside", """public Task A() => db.Database.CreateExecutionStrategy().ExecuteAsync(Do); private async Task Do() { await using var t = await db.Database.BeginTransactionAsync(); await db.SaveChangesAsync(); await t.CommitAsync(); }""", false },
        { "callee inside", """public Task A() => db.Database.CreateExecutionStrategy().ExecuteAsync(() => Do()); private async Task Do() { await using var t = await db.Database.BeginTransactionAsync(); await db.SaveChangesAsync(); await t.CommitAsync(); }""", false },
        { "delegate in a local", """public Task A() { Func<Task> work = async () => { await using var t = await db.Database.BeginTransactionAsync(); await db.SaveChangesAsync(); await t.CommitAsync(); }; return db.Database.CreateExecutionStrategy().ExecuteAsync(work); }""", false },
        { "helper that runs a delegate inside", """public Task A() => Safely(async () => { await using var t = await db.Database.BeginTransactionAsync(); await db.SaveChangesAsync(); await t.CommitAsync(); }); private Task Safely(Func<Task> f) => db.Database.CreateExecutionStrategy().ExecuteAsync(async () => { await f(); });""", false },
        { "helper that begins, inside", """public Task A() => db.Database.CreateExecutionStrategy().ExecuteAsync(async () => { await using var t = await Begin(); await db.SaveChangesAsync(); await t.CommitAsync(); }); private Task<IDbContextTransaction> Begin() => db.Database.BeginTransactionAsync();""", false },
        { "inside, ambient", """public Task A() => db.Database.CreateExecutionStrategy().ExecuteAsync(async () => { using var s = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled); await db.SaveChangesAsync(); s.Complete(); });""", false },
        { "suppressed", """public async Task A() { using var s = new TransactionScope(TransactionScopeOption.Suppress, TransactionScopeAsyncFlowOption.Enabled); await db.SaveChangesAsync(); s.Complete(); }""", false },
        { "suppressed inside", """public async Task A() { using var s = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled); using (new TransactionScope(TransactionScopeOption.Suppress, TransactionScopeAsyncFlowOption.Enabled)) { await db.SaveChangesAsync(); } s.Complete(); }""", false },
        { "no command", """public void A() { using var t = db.Database.BeginTransaction(); db.Entries.Add(new Entry()); t.Commit(); }""", false },
        { "raw commands alone", """public async Task A() { await using var t = await db.Database.BeginTransactionAsync(); await db.Database.ExecuteSqlRawAsync("delete from Entries"); await t.CommitAsync(); }""", false },
        { "commands behind the commit", """public async Task A() { await using var t = await db.Database.BeginTransactionAsync(); await t.CommitAsync(); await db.SaveChangesAsync(); }""", false },
        { "UseTransaction(null)", """public void A() { db.Database.UseTransaction(null); db.SaveChanges(); }""", false },
        { "transactions of saves", """public void A() { db.Database.AutoTransactionBehavior = AutoTransactionBehavior.Always; db.SaveChanges(); }""", false },
        { "another context", """public void A() { using var t = other.Database.BeginTransaction(); other.SaveChanges(); t.Commit(); }""", false },
        { "commands of another context", """public void A() { using var t = db.Database.BeginTransaction(); t.Commit(); other.SaveChanges(); }""", false },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Verdict_AgreesWithWhatHappens(string shape, string members, bool isRefused)
    {
        var scenario = new StrategyScenario(members);
        var run = await scenario.Run();
        Assert.True(isRefused ? run.IsRefused : run.Failure is null, $"'{shape}' was expected {(isRefused ? "to be refused" : "to run")}; outcome: {run.Failure}");
        Assert.True(isRefused == await scenario.IsReported(), $"'{shape}' is {(isRefused ? "not " : "")}reported");
    }
}

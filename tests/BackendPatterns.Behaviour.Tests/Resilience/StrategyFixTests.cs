namespace BackendPatterns.Behaviour.Tests.Resilience;

/// <summary>
/// Transactions before and after BP5008's fix: refused before; after it they commit, do their work once although a command or the commit fails for a moment, and send the same commands as before on a
/// context that does not retry.
/// </summary>
public class StrategyFixTests
{
    public static TheoryData<string, string, string> Units => new()
    {
        { "add", """public async Task A() { await using var t = await db.Database.BeginTransactionAsync(); db.Entries.Add(new Entry { Text = "new" }); await db.SaveChangesAsync(); await t.CommitAsync(); }""", "first:10 second:20 new:0" },
        { "add twice", """public async Task A() { await using var t = await db.Database.BeginTransactionAsync(); db.Entries.Add(new Entry { Text = "a" }); await db.SaveChangesAsync(); db.Entries.Add(new Entry { Text = "b" }); await db.SaveChangesAsync(); await t.CommitAsync(); }""", "first:10 second:20 a:0 b:0" },
        { "change what is loaded inside", """public async Task A() { await using var t = await db.Database.BeginTransactionAsync(); var e = await db.Entries.FirstAsync(); e.Amount += 5; await db.SaveChangesAsync(); await t.CommitAsync(); }""", "first:15 second:20" },
        { "change by Find", """public async Task A() { await using var t = await db.Database.BeginTransactionAsync(); var e = await db.Entries.FindAsync(2); e!.Amount -= 5; await db.SaveChangesAsync(); await t.CommitAsync(); }""", "first:10 second:15" },
        { "remove", """public async Task A() { await using var t = await db.Database.BeginTransactionAsync(); db.Entries.Remove(await db.Entries.FirstAsync()); await db.SaveChangesAsync(); db.Entries.Add(new Entry { Text = "n" }); await db.SaveChangesAsync(); await t.CommitAsync(); }""", "second:20 n:0" },
        { "synchronous", """public void A() { using var t = db.Database.BeginTransaction(); db.Entries.Add(new Entry { Text = "new" }); db.SaveChanges(); t.Commit(); }""", "first:10 second:20 new:0" },
        { "using statement", """public async Task A() { using (var t = await db.Database.BeginTransactionAsync()) { db.Entries.Add(new Entry { Text = "new" }); await db.SaveChangesAsync(); await t.CommitAsync(); } }""", "first:10 second:20 new:0" },
        { "try and rollback", """public async Task A() { var t = await db.Database.BeginTransactionAsync(); try { db.Entries.Add(new Entry { Text = "new" }); await db.SaveChangesAsync(); await t.CommitAsync(); } catch { await t.RollbackAsync(); throw; } finally { await t.DisposeAsync(); } }""", "first:10 second:20 new:0" },
        { "returned value", """public async Task<int> A() { await using var t = await db.Database.BeginTransactionAsync(); var e = new Entry { Text = "new" }; db.Entries.Add(e); await db.SaveChangesAsync(); await t.CommitAsync(); return e.Id; }""", "first:10 second:20 new:0" },
        { "value used behind", """public async Task<string> A() { await using var t = await db.Database.BeginTransactionAsync(); var e = new Entry { Text = "new" }; db.Entries.Add(e); await db.SaveChangesAsync(); await t.CommitAsync(); var text = e.Text + e.Id; return await Task.FromResult(text); }""", "first:10 second:20 new:0" },
        { "two values used behind", """public async Task<string> A() { await using var t = await db.Database.BeginTransactionAsync(); var n = await db.Entries.CountAsync(); var e = new Entry { Text = "new" }; db.Entries.Add(e); await db.SaveChangesAsync(); await t.CommitAsync(); await Task.Yield(); return e.Text + n; }""", "first:10 second:20 new:0" },
        { "early returns", """public async Task<string?> A() { await using var t = await db.Database.BeginTransactionAsync(); var e = await db.Entries.FindAsync(1); if (e is null) return null; e.Amount = 99; await db.SaveChangesAsync(); await t.CommitAsync(); return e.Text; }""", "first:99 second:20" },
        { "early return without value", """public async Task A() { await using var t = await db.Database.BeginTransactionAsync(); var e = await db.Entries.FindAsync(1); if (e is null) return; e.Amount = 99; await db.SaveChangesAsync(); await t.CommitAsync(); }""", "first:99 second:20" },
        { "token", """public async Task A(CancellationToken token) { await using var t = await db.Database.BeginTransactionAsync(token); db.Entries.Add(new Entry { Text = "new" }); await db.SaveChangesAsync(token); await t.CommitAsync(token); }""", "first:10 second:20 new:0" },
        { "token and value", """public async Task<int> A(CancellationToken token) { await using var t = await db.Database.BeginTransactionAsync(token); var e = new Entry { Text = "new" }; db.Entries.Add(e); await db.SaveChangesAsync(token); await t.CommitAsync(token); return e.Id; }""", "first:10 second:20 new:0" },
        { "bulk", """public async Task A() { await using var t = await db.Database.BeginTransactionAsync(); await db.Entries.ExecuteUpdateAsync(s => s.SetProperty(e => e.Amount, e => e.Amount + 1)); await db.Entries.Where(e => e.Id == 2).ExecuteDeleteAsync(); await t.CommitAsync(); }""", "first:11" },
        { "facade, try and rollback", """public async Task A() { await db.Database.BeginTransactionAsync(); try { db.Entries.Add(new Entry { Text = "new" }); await db.SaveChangesAsync(); await db.Database.CommitTransactionAsync(); } catch (Exception) { await db.Database.RollbackTransactionAsync(); throw; } }""", "first:10 second:20 new:0" },
        { "loop", """public async Task A() { await using var t = await db.Database.BeginTransactionAsync(); foreach (var e in await db.Entries.ToListAsync()) e.Amount *= 2; await db.SaveChangesAsync(); await t.CommitAsync(); }""", "first:20 second:40" },
        { "helper that adds", """public async Task A() { await using var t = await db.Database.BeginTransactionAsync(); Add("new"); await db.SaveChangesAsync(); await t.CommitAsync(); } private void Add(string text) => db.Entries.Add(new Entry { Text = text });""", "first:10 second:20 new:0" },
        { "values from outside", """public async Task A() { var texts = new[] { "a", "b" }; var amount = 7; await using var t = await db.Database.BeginTransactionAsync(); foreach (var text in texts) db.Entries.Add(new Entry { Text = text, Amount = amount }); await db.SaveChangesAsync(); await t.CommitAsync(); }""", "first:10 second:20 a:7 b:7" },
        { "column of an entity from outside", """public async Task A() { var e = await db.Entries.FirstAsync(); await using var t = await db.Database.BeginTransactionAsync(); db.Entries.Add(new Entry { Text = e.Text, Amount = e.Amount }); await db.SaveChangesAsync(); await t.CommitAsync(); }""", "first:10 second:20 first:10" },
        { "saved before", """public async Task A() { db.Entries.Add(new Entry { Text = "before" }); await db.SaveChangesAsync(); await using var t = await db.Database.BeginTransactionAsync(); db.Entries.Add(new Entry { Text = "new" }); await db.SaveChangesAsync(); await t.CommitAsync(); }""", "first:10 second:20 before:0 new:0" },
        { "inside an if", """public async Task A() { if (db.Entries.Any()) { await using var t = await db.Database.BeginTransactionAsync(); db.Entries.Add(new Entry { Text = "new" }); await db.SaveChangesAsync(); await t.CommitAsync(); } }""", "first:10 second:20 new:0" },
        { "local function", """public Task A() { return Do(); async Task Do() { await using var t = await db.Database.BeginTransactionAsync(); db.Entries.Add(new Entry { Text = "new" }); await db.SaveChangesAsync(); await t.CommitAsync(); } }""", "first:10 second:20 new:0" },
        { "different results", """public async Task<object?> A() { await using var t = await db.Database.BeginTransactionAsync(); db.Entries.Add(new Entry { Text = "new" }); if (await db.SaveChangesAsync() == 0) return "none"; await t.CommitAsync(); return 7; }""", "first:10 second:20 new:0" },
    };

    [Theory]
    [MemberData(nameof(Units))]
    public async Task FixedTransaction_DoesItsWorkOnce(string unit, string members, string rows)
    {
        var before = new StrategyScenario(members);
        Assert.True((await before.Run()).IsRefused, unit);
        var after = await before.Fixed();
        Assert.True(after is not null, $"No fix for '{unit}'.");
        var run = await after.Run();
        Assert.True(run.Failure is null && run.Rows == rows, $"'{unit}': {run.Rows} {run.Failure}\n{after.Text}");

        var reference = await before.Run(new StrategyConditions(Retries: false));
        Assert.Null(reference.Failure);
        var unchanged = await after.Run(new StrategyConditions(Retries: false));
        Assert.Equal(reference.Commands, unchanged.Commands);
        Assert.Equal((reference.Rows, reference.Result), (unchanged.Rows, unchanged.Result));
        Assert.Equal(reference.Result, run.Result);
        Assert.Equal(reference.Commands, run.Commands);
    }

    [Theory]
    [MemberData(nameof(Units))]
    public async Task FixedTransaction_DoesItsWorkOnceAfterAFailure(string unit, string members, string rows)
    {
        var after = (await new StrategyScenario(members).Fixed())!;
        // One that the rows before the transaction take would not reach the delegate.
        var conditions = unit == "saved before" ? [new StrategyConditions(FailedCommits: 0)] : new[] { new StrategyConditions(FailedSaves: 1), new StrategyConditions(FailedCommits: 1), new StrategyConditions(FailedSaves: 1, FailedCommits: 1) };
        foreach (var condition in conditions)
        {
            var run = await after.Run(condition);
            Assert.True(run.Failure is null && run.Rows == rows, $"'{unit}', {condition}: {run.Rows} {run.Failure}\n{after.Text}");
        }
    }

    public static TheoryData<string, string> OtherUnits => new()
    {
        { "entity from outside changed", """public async Task A() { var e = await db.Entries.FirstAsync(); await using var t = await db.Database.BeginTransactionAsync(); e.Amount++; await db.SaveChangesAsync(); await t.CommitAsync(); }""" },
        { "entity from outside added", """public async Task A() { var e = new Entry(); await using var t = await db.Database.BeginTransactionAsync(); db.Entries.Add(e); await db.SaveChangesAsync(); await t.CommitAsync(); }""" },
        { "list of entities from outside", """public async Task A() { var all = await db.Entries.ToListAsync(); await using var t = await db.Database.BeginTransactionAsync(); foreach (var e in all) e.Amount++; await db.SaveChangesAsync(); await t.CommitAsync(); }""" },
        { "changed before", """public async Task A() { db.Entries.Add(new Entry()); await using var t = await db.Database.BeginTransactionAsync(); db.Entries.Add(new Entry()); await db.SaveChangesAsync(); await t.CommitAsync(); }""" },
        { "assigned before", """public async Task A() { var e = await db.Entries.FirstAsync(); e.Amount = 3; await using var t = await db.Database.BeginTransactionAsync(); db.Entries.Add(new Entry()); await db.SaveChangesAsync(); await t.CommitAsync(); }""" },
        { "changed by the caller", """public async Task A() { await using var t = await db.Database.BeginTransactionAsync(); await db.SaveChangesAsync(); await t.CommitAsync(); }""" },
        { "counted outside", """private int _n; public async Task A() { await using var t = await db.Database.BeginTransactionAsync(); _n++; db.Entries.Add(new Entry()); await db.SaveChangesAsync(); await t.CommitAsync(); }""" },
        { "counted in a helper", """private int _n; private void Count() => _n++; public async Task A() { await using var t = await db.Database.BeginTransactionAsync(); Count(); db.Entries.Add(new Entry()); await db.SaveChangesAsync(); await t.CommitAsync(); }""" },
        { "collected outside", """public async Task A() { var ids = new List<int>(); await using var t = await db.Database.BeginTransactionAsync(); var e = new Entry(); db.Entries.Add(e); await db.SaveChangesAsync(); ids.Add(e.Id); await t.CommitAsync(); }""" },
        { "local written", """public async Task A() { var id = 0; await using var t = await db.Database.BeginTransactionAsync(); var e = new Entry(); db.Entries.Add(e); await db.SaveChangesAsync(); id = e.Id; await t.CommitAsync(); Console.WriteLine(id); }""" },
        { "HTTP inside", """private readonly System.Net.Http.HttpClient _http = new(); public async Task A() { await using var t = await db.Database.BeginTransactionAsync(); db.Entries.Add(new Entry()); await db.SaveChangesAsync(); await _http.PostAsync("http://localhost", null); await t.CommitAsync(); }""" },
        { "file inside", """public async Task A() { await using var t = await db.Database.BeginTransactionAsync(); db.Entries.Add(new Entry()); await db.SaveChangesAsync(); System.IO.File.AppendAllText("x", "y"); await t.CommitAsync(); }""" },
        { "stream from outside", """public async Task A() { var s = new System.IO.StringReader("x"); await using var t = await db.Database.BeginTransactionAsync(); db.Entries.Add(new Entry { Text = s.ReadToEnd() }); await db.SaveChangesAsync(); await t.CommitAsync(); }""" },
        { "jump out", """public async Task A() { foreach (var n in new[] { 1 }) { await using var t = await db.Database.BeginTransactionAsync(); if (n == 2) continue; db.Entries.Add(new Entry()); await db.SaveChangesAsync(); await t.CommitAsync(); } }""" },
        { "return with code behind", """public async Task<int> A() { using (var t = await db.Database.BeginTransactionAsync()) { if (await db.Entries.CountAsync() == 9) return 1; db.Entries.Add(new Entry()); await db.SaveChangesAsync(); await t.CommitAsync(); } await Task.Yield(); return 2; }""" },
        { "entity changed behind", """public async Task A() { var e = await db.Entries.FirstAsync(); await using var t = await db.Database.BeginTransactionAsync(); db.Entries.Add(new Entry()); await db.SaveChangesAsync(); await t.CommitAsync(); e.Amount = 4; await db.SaveChangesAsync(); }""" },
        { "iterator", """public async IAsyncEnumerable<int> A() { await using var t = await db.Database.BeginTransactionAsync(); db.Entries.Add(new Entry()); yield return await db.SaveChangesAsync(); await t.CommitAsync(); }""" },
        { "left open by a failure", """public async Task A() { await db.Database.BeginTransactionAsync(); db.Entries.Add(new Entry { Text = "new" }); await db.SaveChangesAsync(); await db.Database.CommitTransactionAsync(); }""" },
        { "local left open by a failure", """public async Task A() { var t = await db.Database.BeginTransactionAsync(); db.Entries.Add(new Entry { Text = "new" }); await db.SaveChangesAsync(); await t.CommitAsync(); }""" },
        { "joined", """public async Task A() { await using var t = await db.Database.GetDbConnection().BeginTransactionAsync(); await db.Database.UseTransactionAsync(t); db.Entries.Add(new Entry()); await db.SaveChangesAsync(); await t.CommitAsync(); }""" },
        { "begun in a helper", """public async Task A() { await using var t = await Begin(); db.Entries.Add(new Entry()); await db.SaveChangesAsync(); await t.CommitAsync(); } private Task<IDbContextTransaction> Begin() => db.Database.BeginTransactionAsync();""" },
    };

    [Theory]
    [MemberData(nameof(OtherUnits))]
    public async Task TransactionThatCannotRunTwice_IsReportedWithoutAFix(string unit, string members)
    {
        var scenario = new StrategyScenario(members);
        Assert.True(await scenario.IsReported(), unit);
        Assert.True(await scenario.Fixed() is null, unit);
    }

    [Fact]
    public async Task FixedScope_RunsInsideTheStrategy()
    {
        var before = new StrategyScenario("""public async Task A() { using var s = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled); db.Entries.Add(new Entry { Text = "new" }); await db.SaveChangesAsync(); s.Complete(); }""");
        Assert.True((await before.Run()).IsRefused);
        var after = await before.Fixed();
        Assert.NotNull(after);
        var run = await after.Run(new StrategyConditions(FailedSaves: 1));
        Assert.Null(run.Failure);
        Assert.Equal("first:10 second:20 new:0", run.Rows);
    }
}

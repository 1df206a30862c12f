using BackendPatterns.Analyzers.CodeFixes.Resilience;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.Resilience.BP5010BusyBackgroundLoopAnalyzer,
    BackendPatterns.Analyzers.CodeFixes.Resilience.BP5010BusyBackgroundLoopFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.Resilience;

/// <summary>Loops that turn at full speed while there is no work, and those that wait somewhere.</summary>
public class BP5010BusyBackgroundLoopTests
{
    public static TheoryData<string, string> Busy => new()
    {
        { "no row, continue", """[|while|] (!stoppingToken.IsCancellationRequested) { var job = await db.Orders.FirstOrDefaultAsync(stoppingToken); if (job is null) continue; job.Total = 0; await db.SaveChangesAsync(stoppingToken); }""" },
        { "no row, wait after work only", """[|while|] (!stoppingToken.IsCancellationRequested) { var job = await db.Orders.FirstOrDefaultAsync(stoppingToken); if (job == null) continue; job.Total = 0; await Task.Delay(1000, stoppingToken); }""" },
        { "wait beside the work", """[|while|] (!stoppingToken.IsCancellationRequested) { var job = await db.Orders.FirstOrDefaultAsync(stoppingToken); if (job is { } found) { found.Total = 0; await Task.Delay(1000, stoppingToken); } }""" },
        { "batch", """[|while|] (!stoppingToken.IsCancellationRequested) { var jobs = await db.Orders.Take(10).ToListAsync(stoppingToken); foreach (var job in jobs) { job.Total = 0; } await db.SaveChangesAsync(stoppingToken); }""" },
        { "work that waits in the batch", """[|while|] (!stoppingToken.IsCancellationRequested) { var jobs = await db.Orders.Take(10).ToListAsync(stoppingToken); foreach (var job in jobs) { await http.GetStringAsync("/" + job.Id); } }""" },
        { "count", """[|while|] (true) { if (await db.Orders.CountAsync(stoppingToken) > 0) { await http.GetStringAsync("/a"); } }""" },
        { "any", """[|while|] (true) { if (!await db.Orders.AnyAsync(stoppingToken)) continue; await http.GetStringAsync("/a"); }""" },
        { "bulk command", """[|while|] (true) { await db.Orders.Where(o => o.Total == 0).ExecuteDeleteAsync(stoppingToken); }""" },
        { "rows affected", """[|for|] (;;) { var changed = await db.Orders.ExecuteUpdateAsync(s => s.SetProperty(o => o.Total, 0), stoppingToken); if (changed == 0) continue; await Task.Delay(10, stoppingToken); }""" },
        { "concurrent queue", """var queue = new ConcurrentQueue<Order>(); [|while|] (!stoppingToken.IsCancellationRequested) { if (queue.TryDequeue(out var order)) { await http.GetStringAsync("/" + order.Id); } }""" },
        { "concurrent queue, negated", """var queue = new ConcurrentQueue<Order>(); [|while|] (!stoppingToken.IsCancellationRequested) { if (!queue.TryDequeue(out var order)) continue; await http.GetStringAsync("/" + order.Id); }""" },
        { "queue is empty", """var queue = new ConcurrentQueue<Order>(); [|while|] (true) { if (queue.IsEmpty) continue; await http.GetStringAsync("/a"); }""" },
        { "channel without waiting", """var channel = Channel.CreateUnbounded<Order>(); [|while|] (!stoppingToken.IsCancellationRequested) { while (channel.Reader.TryRead(out var order)) { await http.GetStringAsync("/" + order.Id); } }""" },
        { "yield is no wait", """var queue = new ConcurrentQueue<Order>(); [|while|] (!stoppingToken.IsCancellationRequested) { if (queue.TryDequeue(out var order)) { await http.GetStringAsync("/" + order.Id); } await Task.Yield(); }""" },
        { "counting", """var turns = 0L; [|while|] (!stoppingToken.IsCancellationRequested) { turns++; }""" },
        { "clock", """var next = DateTime.UtcNow; [|while|] (!stoppingToken.IsCancellationRequested) { next = DateTime.UtcNow.AddHours(1); logger.LogDebug("{Next}", next); }""" },
        { "guarded", """[|while|] (!stoppingToken.IsCancellationRequested) { try { var job = await db.Orders.FirstOrDefaultAsync(stoppingToken); if (job is null) continue; await http.GetStringAsync("/a"); } catch (Exception ex) { logger.LogError(ex, "failed"); await Task.Delay(1000, stoppingToken); } }""" },
        { "helper in sight", """[|while|] (!stoppingToken.IsCancellationRequested) { await CleanAsync(); } Task CleanAsync() => db.Orders.ExecuteDeleteAsync(stoppingToken);""" },
        { "do while", """[|do|] { await db.Orders.ExecuteDeleteAsync(stoppingToken); } while (!stoppingToken.IsCancellationRequested);""" },
    };

    public static TheoryData<string, string> Waiting => new()
    {
        { "delay", """while (!stoppingToken.IsCancellationRequested) { await db.Orders.ExecuteDeleteAsync(stoppingToken); await Task.Delay(1000, stoppingToken); }""" },
        { "delay where idle", """while (!stoppingToken.IsCancellationRequested) { var job = await db.Orders.FirstOrDefaultAsync(stoppingToken); if (job is null) { await Task.Delay(1000, stoppingToken); continue; } job.Total = 0; await db.SaveChangesAsync(stoppingToken); }""" },
        { "delay where the batch is empty", """while (!stoppingToken.IsCancellationRequested) { var jobs = await db.Orders.Take(10).ToListAsync(stoppingToken); if (jobs.Count == 0) await Task.Delay(1000, stoppingToken); foreach (var job in jobs) { job.Total = 0; } }""" },
        { "delay in the else", """while (!stoppingToken.IsCancellationRequested) { if (await db.Orders.AnyAsync(stoppingToken)) { await db.SaveChangesAsync(stoppingToken); } else { await Task.Delay(1000, stoppingToken); } }""" },
        { "delay in finally", """while (!stoppingToken.IsCancellationRequested) { try { var job = await db.Orders.FirstOrDefaultAsync(stoppingToken); if (job is null) continue; job.Total = 0; } finally { await Task.Delay(1000, stoppingToken); } }""" },
        { "delay under an unknown condition", """var fast = DateTime.UtcNow.Hour == 3; while (!stoppingToken.IsCancellationRequested) { await db.Orders.ExecuteDeleteAsync(stoppingToken); if (!fast) await Task.Delay(1000, stoppingToken); }""" },
        { "sleep", """while (!stoppingToken.IsCancellationRequested) { await db.Orders.ExecuteDeleteAsync(stoppingToken); Thread.Sleep(1000); }""" },
        { "timer in the condition", """using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1)); while (await timer.WaitForNextTickAsync(stoppingToken)) { await db.Orders.ExecuteDeleteAsync(stoppingToken); }""" },
        { "timer at the end", """using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1)); do { await db.Orders.ExecuteDeleteAsync(stoppingToken); } while (await timer.WaitForNextTickAsync(stoppingToken));""" },
        { "channel read", """var channel = Channel.CreateUnbounded<Order>(); while (!stoppingToken.IsCancellationRequested) { var order = await channel.Reader.ReadAsync(stoppingToken); db.Add(order); }""" },
        { "channel stream", """var channel = Channel.CreateUnbounded<Order>(); await foreach (var order in channel.Reader.ReadAllAsync(stoppingToken)) { db.Add(order); }""" },
        { "channel waited for", """var channel = Channel.CreateUnbounded<Order>(); while (await channel.Reader.WaitToReadAsync(stoppingToken)) { while (channel.Reader.TryRead(out var order)) { db.Add(order); } }""" },
        { "blocking collection", """using var items = new BlockingCollection<Order>(); while (!stoppingToken.IsCancellationRequested) { var order = items.Take(stoppingToken); db.Add(order); await db.SaveChangesAsync(stoppingToken); }""" },
        { "timed take", """using var items = new BlockingCollection<Order>(); while (!stoppingToken.IsCancellationRequested) { if (items.TryTake(out var order, 1000, stoppingToken)) { db.Add(order); } await db.SaveChangesAsync(stoppingToken); }""" },
        { "semaphore", """var signal = new SemaphoreSlim(0); while (!stoppingToken.IsCancellationRequested) { await signal.WaitAsync(stoppingToken); await db.SaveChangesAsync(stoppingToken); }""" },
        { "wait handle", """var signal = new AutoResetEvent(false); while (!stoppingToken.IsCancellationRequested) { signal.WaitOne(1000); await db.SaveChangesAsync(stoppingToken); }""" },
        { "token's wait handle", """while (!stoppingToken.IsCancellationRequested) { await db.SaveChangesAsync(stoppingToken); stoppingToken.WaitHandle.WaitOne(1000); }""" },
        { "long polling", """while (!stoppingToken.IsCancellationRequested) { var news = await http.GetStringAsync("/updates?timeout=60", stoppingToken); logger.LogInformation("{News}", news); }""" },
        { "console", """while (!stoppingToken.IsCancellationRequested) { var line = Console.ReadLine(); logger.LogInformation("{Line}", line); }""" },
        { "SQL that waits", """while (!stoppingToken.IsCancellationRequested) { await db.Database.ExecuteSqlRawAsync("WAITFOR DELAY '00:00:01'", stoppingToken); }""" },
        { "SQL of unknown kind", """while (!stoppingToken.IsCancellationRequested) { await db.Database.ExecuteSqlRawAsync("EXEC NextJob", stoppingToken); }""" },
        { "delegate", """var channel = Channel.CreateUnbounded<Func<Task>>(); Func<Task> work = () => Task.Delay(1000); while (!stoppingToken.IsCancellationRequested) { await work(); }""" },
        { "helper that waits", """while (!stoppingToken.IsCancellationRequested) { await CleanAsync(); } async Task CleanAsync() { await db.Orders.ExecuteDeleteAsync(stoppingToken); await Task.Delay(1000, stoppingToken); }""" },
        { "helper that cannot be seen", """IQueue queue = null!; while (!stoppingToken.IsCancellationRequested) { var order = await queue.NextAsync(); db.Add(order); await db.SaveChangesAsync(stoppingToken); }""" },
        { "source of unknown kind", """IQueue queue = null!; while (!stoppingToken.IsCancellationRequested) { await foreach (var order in queue.AllAsync()) { db.Add(order); } }""" },
        { "ends when empty", """while (!stoppingToken.IsCancellationRequested) { var jobs = await db.Orders.Take(10).ToListAsync(stoppingToken); if (jobs.Count == 0) break; db.RemoveRange(jobs); await db.SaveChangesAsync(stoppingToken); }""" },
        { "returns when done", """while (true) { var job = await db.Orders.FirstOrDefaultAsync(stoppingToken); if (job is null) return; db.Remove(job); await db.SaveChangesAsync(stoppingToken); }""" },
        { "counted", """for (var i = 0; i < 100; i++) { await db.Orders.ExecuteDeleteAsync(stoppingToken); }""" },
        { "rows left", """while (await db.Orders.AnyAsync(stoppingToken)) { await db.Orders.Take(100).ExecuteDeleteAsync(stoppingToken); }""" },
        { "task joined with a delay", """while (!stoppingToken.IsCancellationRequested) { await Task.WhenAll(db.SaveChangesAsync(stoppingToken), Task.Delay(1000, stoppingToken)); }""" },
    };

    [Theory]
    [MemberData(nameof(Busy))]
    public Task BusyLoop_IsReported(string shape, string loop)
    {
        Assert.NotEmpty(shape);
        return Verify.Reported(HostedWorker.Executing(loop));
    }

    [Theory]
    [MemberData(nameof(Waiting))]
    public Task WaitingLoop_IsSilent(string shape, string loop)
    {
        Assert.NotEmpty(shape);
        return Verify.Silent(HostedWorker.Executing(loop, beside: "public interface IQueue { Task<Order> NextAsync(); IAsyncEnumerable<Order> AllAsync(); }"));
    }

    [Fact]
    public Task Message_NamesTheRoundTrip() => Verify.Reported(
        HostedWorker.Executing("""{|#0:while|} (true) { await {|#1:db.Orders.ExecuteDeleteAsync(stoppingToken)|}; }"""),
        expected: new DiagnosticResult("BP5010", DiagnosticSeverity.Warning).WithLocation(0).WithLocation(1)
            .WithMessage("Nothing waits in this loop while there is no work, so it sends 'IQueryable.ExecuteDeleteAsync' without a pause; wait between the passes"));

    [Fact]
    public Task MessageOfALoopInMemory_NamesTheCore() => Verify.Reported(
        HostedWorker.Executing("""var turns = 0; {|#0:while|} (true) { turns++; }"""),
        expected: new DiagnosticResult("BP5010", DiagnosticSeverity.Warning).WithLocation(0)
            .WithMessage("Nothing waits in this loop while there is no work, so it keeps a core busy; wait between the passes"));

    [Fact]
    public Task LoopOfAnotherType_IsSilent() => Verify.Silent(
        """
        public class Spinner(ShopContext db)
        {
            public async Task RunAsync(CancellationToken ct)
            {
                while (!ct.IsCancellationRequested)
                    await db.Orders.ExecuteDeleteAsync(ct);
            }
        }
        """);

    [Fact]
    public Task IdleBranch_WaitsThere() => Verify.Fixed(
        HostedWorker.Executing(
            """
                    // Jobs, one by one.
                    [|while|] (!stoppingToken.IsCancellationRequested)
                    {
                        var job = await db.Orders.FirstOrDefaultAsync(stoppingToken);
                        if (job is null)
                            continue;
                        job.Total = 0;
                        await db.SaveChangesAsync(stoppingToken);
                    }
            """),
        HostedWorker.Executing(
            """
                    // Jobs, one by one.
                    using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
                    while (!stoppingToken.IsCancellationRequested)
                    {
                        var job = await db.Orders.FirstOrDefaultAsync(stoppingToken);
                        if (job is null)
                        {
                            await timer.WaitForNextTickAsync(stoppingToken);
                            continue;
                        }
                        job.Total = 0;
                        await db.SaveChangesAsync(stoppingToken);
                    }
            """));

    [Fact]
    public Task IdleBlock_WaitsThere() => Verify.Fixed(
        HostedWorker.Executing(
            """
                    [|while|] (true)
                    {
                        var jobs = await db.Orders.Take(10).ToListAsync(stoppingToken);
                        if (jobs.Count == 0)
                        {
                            logger.LogDebug("nothing to do");
                            continue;
                        }

                        db.RemoveRange(jobs);
                        await db.SaveChangesAsync(stoppingToken);
                    }
            """),
        HostedWorker.Executing(
            """
                    using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
                    while (true)
                    {
                        var jobs = await db.Orders.Take(10).ToListAsync(stoppingToken);
                        if (jobs.Count == 0)
                        {
                            logger.LogDebug("nothing to do");
                            await timer.WaitForNextTickAsync(stoppingToken);
                            continue;
                        }

                        db.RemoveRange(jobs);
                        await db.SaveChangesAsync(stoppingToken);
                    }
            """));

    [Fact]
    public Task StraightBody_WaitsAfterEachPass() => Verify.Fixed(
        HostedWorker.Executing(
            """
                    [|while|] (!stoppingToken.IsCancellationRequested)
                    {
                        await db.Orders.ExecuteDeleteAsync(stoppingToken);
                    }
            """),
        HostedWorker.Executing(
            """
                    using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
                    do
                    {
                        await db.Orders.ExecuteDeleteAsync(stoppingToken);
                    }
                    while (await timer.WaitForNextTickAsync(stoppingToken));
            """));

    [Theory]
    [InlineData("""[|while|] (!stoppingToken.IsCancellationRequested) { await db.Orders.ExecuteDeleteAsync(stoppingToken); } logger.LogInformation("stopped");""")]
    [InlineData("""try { [|while|] (!stoppingToken.IsCancellationRequested) { await db.Orders.ExecuteDeleteAsync(stoppingToken); } } catch (Exception ex) { logger.LogError(ex, "failed"); }""")]
    [InlineData("""using var own = new CancellationTokenSource(); [|while|] (!own.IsCancellationRequested) { await db.Orders.ExecuteDeleteAsync(stoppingToken); }""")]
    [InlineData("""await db.Orders.CountAsync(); [|while|] (!stoppingToken.IsCancellationRequested) { await db.Orders.ExecuteDeleteAsync(stoppingToken); }""")]
    [InlineData("""[|while|] (!stoppingToken.IsCancellationRequested) { var job = await db.Orders.FirstOrDefaultAsync(stoppingToken); if (job == null) continue; job.Total = 0; await Task.Delay(1000, stoppingToken); }""")]
    [InlineData("""await Task.Run(async () => { [|while|] (!stoppingToken.IsCancellationRequested) { await db.Orders.ExecuteDeleteAsync(stoppingToken); } });""")]
    public Task LoopWhoseEndWouldChange_IsNotFixed(string loop) => Verify.NotFixed(HostedWorker.Executing(loop));

    [Fact]
    public void Fix_HasNoFixAll() => Assert.Null(new BP5010BusyBackgroundLoopFix().GetFixAllProvider());
}

using BackendPatterns.Analyzers.CodeFixes.Resilience;
using BackendPatterns.Analyzers.Rules.Resilience;

namespace BackendPatterns.Behaviour.Tests.Resilience;

/// <summary>
/// Background services without work, executed: a busy one comes to the step limit without a wait, every other one waits after its first pass. BP5010 reports the busy ones; after its fix they wait.
/// </summary>
public class BP5010BusyLoopTests
{
    /// <summary>The shape, the body of <c>ExecuteAsync</c>, whether it is busy.</summary>
    public static TheoryData<string, string, bool> Shapes => new()
    {
        { "no row, continue", """while (!stoppingToken.IsCancellationRequested) { Fakes.Pass(); var order = await db.Orders.FirstOrDefaultAsync(o => o.Total == -1); if (order is null) continue; db.Remove(order); await db.SaveChangesAsync(); }""", true },
        { "no row, wait after work", """while (!stoppingToken.IsCancellationRequested) { Fakes.Pass(); var order = await db.Orders.FirstOrDefaultAsync(o => o.Total == -1); if (order == null) continue; await Task.Delay(1000, stoppingToken); }""", true },
        { "batch", """while (!stoppingToken.IsCancellationRequested) { Fakes.Pass(); var orders = await db.Orders.Where(o => o.Total == -1).ToListAsync(); foreach (var order in orders) { await http.GetStringAsync("/" + order.Id, stoppingToken); } }""", true },
        { "empty batch, block", """while (!stoppingToken.IsCancellationRequested) { Fakes.Pass(); var orders = await db.Orders.Where(o => o.Total == -1).ToListAsync(); if (orders.Count == 0) { logger.LogDebug("idle"); continue; } db.RemoveRange(orders); }""", true },
        { "any", """while (true) { Fakes.Pass(); stoppingToken.ThrowIfCancellationRequested(); if (!await db.Orders.AnyAsync(o => o.Total == -1)) continue; await http.GetStringAsync("/a", stoppingToken); }""", true },
        { "bulk command", """while (!stoppingToken.IsCancellationRequested) { Fakes.Pass(); await db.Orders.Where(o => o.Total == -1).ExecuteDeleteAsync(); }""", true },
        { "queue", """var queue = new ConcurrentQueue<int>(); while (!stoppingToken.IsCancellationRequested) { Fakes.Pass(); if (queue.TryDequeue(out var item)) { await http.GetStringAsync("/" + item, stoppingToken); } }""", true },
        { "queue with a yield", """var queue = new ConcurrentQueue<int>(); while (!stoppingToken.IsCancellationRequested) { Fakes.Pass(); if (!queue.TryDequeue(out var item)) { await Task.Yield(); continue; } await http.GetStringAsync("/" + item, stoppingToken); }""", true },
        { "channel without waiting", """var items = Channel.CreateUnbounded<int>(); while (!stoppingToken.IsCancellationRequested) { Fakes.Pass(); while (items.Reader.TryRead(out var item)) { await http.GetStringAsync("/" + item, stoppingToken); } }""", true },
        { "wait only for failures", """while (!stoppingToken.IsCancellationRequested) { Fakes.Pass(); try { await db.Orders.Where(o => o.Total == -1).ExecuteDeleteAsync(); } catch (Exception ex) { logger.LogError(ex, "failed"); await Task.Delay(1000, stoppingToken); } }""", true },
        { "delay", """while (!stoppingToken.IsCancellationRequested) { Fakes.Pass(); await db.Orders.Where(o => o.Total == -1).ExecuteDeleteAsync(); await Task.Delay(1000, stoppingToken); }""", false },
        { "delay where idle", """while (!stoppingToken.IsCancellationRequested) { Fakes.Pass(); var order = await db.Orders.FirstOrDefaultAsync(o => o.Total == -1); if (order is null) { await Task.Delay(1000, stoppingToken); continue; } db.Remove(order); }""", false },
        { "delay where the batch is empty", """while (!stoppingToken.IsCancellationRequested) { Fakes.Pass(); var orders = await db.Orders.Where(o => o.Total == -1).ToListAsync(); if (orders.Count == 0) await Task.Delay(1000, stoppingToken); foreach (var order in orders) db.Remove(order); }""", false },
        { "delay in finally", """while (!stoppingToken.IsCancellationRequested) { try { Fakes.Pass(); var order = await db.Orders.FirstOrDefaultAsync(o => o.Total == -1); if (order is null) continue; db.Remove(order); } finally { await Task.Delay(1000, stoppingToken); } }""", false },
        { "timer", """using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1)); do { Fakes.Pass(); await db.Orders.Where(o => o.Total == -1).ExecuteDeleteAsync(); } while (await timer.WaitForNextTickAsync(stoppingToken));""", false },
        { "helper that waits", """while (!stoppingToken.IsCancellationRequested) { Fakes.Pass(); await CleanAsync(); } async Task CleanAsync() { await db.Orders.Where(o => o.Total == -1).ExecuteDeleteAsync(); await Task.Delay(1000, stoppingToken); }""", false },
    };

    public static TheoryData<string> Fixable => ["no row, continue", "batch", "empty batch, block", "bulk command", "queue", "queue with a yield", "channel without waiting"];

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Verdict_AgreesWithWhatHappens(string shape, string body, bool isBusy)
    {
        var scenario = HostedScenario.Executing(body);
        var run = await scenario.Idle();
        Assert.True(isBusy != run.Waited, $"'{shape}': {run}");
        Assert.True(isBusy == await scenario.IsReported(new BP5010BusyBackgroundLoopAnalyzer()), $"'{shape}' is {(isBusy ? "not " : "")}reported");
    }

    [Theory]
    [MemberData(nameof(Fixable))]
    public async Task FixedLoop_RunsAtOnceThenWaits(string shape)
    {
        var scenario = await Of(shape).Fixed(new BP5010BusyBackgroundLoopAnalyzer(), new BP5010BusyBackgroundLoopFix());
        var run = await scenario.Idle();
        Assert.Equal((true, 1, 1, true), (run.Waited, run.PassesBeforeWait, run.Passes, run.Ended));
    }

    private static HostedScenario Of(string shape) => HostedScenario.Executing(Shapes.Single(row => (string)row[0] == shape)[1].ToString()!);
}

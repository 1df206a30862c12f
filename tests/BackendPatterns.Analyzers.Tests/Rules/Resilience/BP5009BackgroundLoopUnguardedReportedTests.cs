using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.Resilience.BP5009BackgroundLoopUnguardedAnalyzer,
    BackendPatterns.Analyzers.Tests.Verification.NoFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.Resilience;

/// <summary>Loops that the first failure ends.</summary>
public class BP5009BackgroundLoopUnguardedReportedTests
{
    public static TheoryData<string, string> Loops => new()
    {
        { "query and delay", """[|while|] (!stoppingToken.IsCancellationRequested) { await db.Orders.ToListAsync(stoppingToken); await Task.Delay(1000, stoppingToken); }""" },
        { "delay first", """[|while|] (!stoppingToken.IsCancellationRequested) { await Task.Delay(1000, stoppingToken); await db.Orders.ToListAsync(stoppingToken); }""" },
        { "endless while", """[|while|] (true) { await db.Orders.ToListAsync(stoppingToken); await Task.Delay(1000, stoppingToken); }""" },
        { "endless for", """[|for|] (;;) { await db.SaveChangesAsync(stoppingToken); await Task.Delay(1000, stoppingToken); }""" },
        { "do while", """[|do|] { await db.SaveChangesAsync(stoppingToken); await Task.Delay(1000); } while (!stoppingToken.IsCancellationRequested);""" },
        { "token compared with false", """[|while|] (stoppingToken.IsCancellationRequested == false) { await http.GetStringAsync("/a"); await Task.Delay(1000); }""" },
        { "token is false", """[|while|] (stoppingToken.IsCancellationRequested is false) { await http.GetStringAsync("/a"); await Task.Delay(1000); }""" },
        { "periodic timer", """using var timer = new PeriodicTimer(TimeSpan.FromSeconds(5)); [|while|] (await timer.WaitForNextTickAsync(stoppingToken)) { await http.GetStringAsync("/a", stoppingToken); }""" },
        { "timer and token", """using var timer = new PeriodicTimer(TimeSpan.FromSeconds(5)); [|while|] (!stoppingToken.IsCancellationRequested && await timer.WaitForNextTickAsync(stoppingToken)) { await http.GetStringAsync("/a", stoppingToken); }""" },
        { "channel", """var channel = Channel.CreateUnbounded<Order>(); [|await foreach|] (var order in channel.Reader.ReadAllAsync(stoppingToken)) { db.Add(order); await db.SaveChangesAsync(stoppingToken); }""".Replace("[|await foreach|]", "await [|foreach|]", StringComparison.Ordinal) },
        { "wait to read", """var channel = Channel.CreateUnbounded<Order>(); [|while|] (await channel.Reader.WaitToReadAsync(stoppingToken)) { while (channel.Reader.TryRead(out var order)) { db.Add(order); await db.SaveChangesAsync(stoppingToken); } }""" },
        { "work item", """var channel = Channel.CreateUnbounded<Func<CancellationToken, Task>>(); [|while|] (!stoppingToken.IsCancellationRequested) { var item = await channel.Reader.ReadAsync(stoppingToken); await item(stoppingToken); }""" },
        { "synchronous save", """[|while|] (!stoppingToken.IsCancellationRequested) { db.SaveChanges(); await Task.Delay(1000, stoppingToken); }""" },
        { "query enumerated", """[|while|] (!stoppingToken.IsCancellationRequested) { foreach (var order in db.Orders.Where(o => o.Total > 0)) { order.Total = 0; } await Task.Delay(1000, stoppingToken); }""" },
        { "file", """[|while|] (!stoppingToken.IsCancellationRequested) { await File.ReadAllTextAsync("orders.txt", stoppingToken); await Task.Delay(1000, stoppingToken); }""" },
        { "only cancellation caught inside", """[|while|] (!stoppingToken.IsCancellationRequested) { try { await http.GetStringAsync("/a"); await Task.Delay(1000, stoppingToken); } catch (OperationCanceledException) { break; } }""" },
        { "only cancellation caught outside", """try { [|while|] (!stoppingToken.IsCancellationRequested) { await http.GetStringAsync("/a"); await Task.Delay(1000, stoppingToken); } } catch (OperationCanceledException) { }""" },
        { "filter for shutdown", """[|while|] (!stoppingToken.IsCancellationRequested) { try { await http.GetStringAsync("/a"); await Task.Delay(1000, stoppingToken); } catch (Exception) when (stoppingToken.IsCancellationRequested) { } }""" },
        { "filter for the type of cancellation", """[|while|] (!stoppingToken.IsCancellationRequested) { try { await http.GetStringAsync("/a"); await Task.Delay(1000, stoppingToken); } catch (Exception ex) when (ex is OperationCanceledException) { } }""" },
        { "caught and logged outside", """try { [|while|] (!stoppingToken.IsCancellationRequested) { await http.GetStringAsync("/a"); await Task.Delay(1000, stoppingToken); } } catch (Exception ex) { logger.LogError(ex, "Worker failed"); }""" },
        { "other failure caught", """[|while|] (!stoppingToken.IsCancellationRequested) { try { await http.GetStringAsync("/a"); } catch (FormatException) { } await Task.Delay(1000, stoppingToken); }""" },
        { "collision caught", """[|while|] (!stoppingToken.IsCancellationRequested) { try { await db.SaveChangesAsync(stoppingToken); } catch (DbUpdateConcurrencyException) { } await Task.Delay(1000, stoppingToken); }""" },
        { "guarded in part", """[|while|] (!stoppingToken.IsCancellationRequested) { var orders = await db.Orders.ToListAsync(stoppingToken); foreach (var order in orders) { try { await http.GetStringAsync("/a"); } catch (Exception) { } } await Task.Delay(1000, stoppingToken); }""" },
        { "failure in the handler's finally", """[|while|] (!stoppingToken.IsCancellationRequested) { try { await Task.Delay(1000, stoppingToken); } finally { await db.SaveChangesAsync(); } }""" },
        { "tasks joined", """[|while|] (!stoppingToken.IsCancellationRequested) { await Task.WhenAll(http.GetStringAsync("/a"), http.GetStringAsync("/b")); await Task.Delay(1000, stoppingToken); }""" },
        { "task in a local", """[|while|] (!stoppingToken.IsCancellationRequested) { var load = http.GetStringAsync("/a"); await load; await Task.Delay(1000, stoppingToken); }""" },
        { "fan-out", """var hosts = new[] { "/a" }; [|while|] (!stoppingToken.IsCancellationRequested) { await Task.WhenAll(hosts.Select(async host => await http.GetStringAsync(host))); await Task.Delay(1000, stoppingToken); }""" },
        { "parallel", """var hosts = new[] { "/a" }; [|while|] (!stoppingToken.IsCancellationRequested) { await Parallel.ForEachAsync(hosts, async (host, ct) => await http.GetStringAsync(host, ct)); await Task.Delay(1000, stoppingToken); }""" },
        { "local function", """[|while|] (!stoppingToken.IsCancellationRequested) { await LoadAsync(); await Task.Delay(1000, stoppingToken); } Task LoadAsync() => http.GetStringAsync("/a");""" },
        { "loop in a local function", """await LoopAsync(); async Task LoopAsync() { [|while|] (true) { await http.GetStringAsync("/a"); await Task.Delay(1000, stoppingToken); } }""" },
        { "Task.Run", """await Task.Run(async () => { [|while|] (!stoppingToken.IsCancellationRequested) { await http.GetStringAsync("/a"); await Task.Delay(1000, stoppingToken); } }, stoppingToken);""" },
        { "exit at shutdown", """[|while|] (true) { if (stoppingToken.IsCancellationRequested) return; await http.GetStringAsync("/a"); await Task.Delay(1000, stoppingToken); }""" },
    };

    [Theory]
    [MemberData(nameof(Loops))]
    public Task LoopOfExecute_IsReported(string shape, string loop)
    {
        Assert.NotEmpty(shape);
        return Verify.Reported(HostedWorker.Executing(loop));
    }

    [Fact]
    public Task LoopInAwaitedMethod_IsReported() => Verify.Reported(HostedWorker.With(
        """
            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                logger.LogInformation("started");
                await LoopAsync(stoppingToken);
            }

            private async Task LoopAsync(CancellationToken ct)
            {
                [|while|] (!ct.IsCancellationRequested)
                {
                    await http.GetStringAsync("/a", ct);
                    await Task.Delay(1000, ct);
                }
            }
        """));

    [Fact]
    public Task LoopInReturnedMethod_IsReported() => Verify.Reported(HostedWorker.With(
        """
            protected override Task ExecuteAsync(CancellationToken stoppingToken) => LoopAsync(stoppingToken);

            private async Task LoopAsync(CancellationToken ct)
            {
                [|while|] (!ct.IsCancellationRequested)
                {
                    await http.GetStringAsync("/a", ct);
                    await Task.Delay(1000, ct);
                }
            }
        """));

    [Fact]
    public Task TwoLoopsJoined_AreReported() => Verify.Reported(HostedWorker.With(
        """
            protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(ReadAsync(stoppingToken), WriteAsync(stoppingToken));

            private async Task ReadAsync(CancellationToken ct)
            {
                [|while|] (true)
                {
                    await db.Orders.CountAsync(ct);
                    await Task.Delay(1000, ct);
                }
            }

            private async Task WriteAsync(CancellationToken ct)
            {
                [|while|] (true)
                {
                    await db.SaveChangesAsync(ct);
                    await Task.Delay(1000, ct);
                }
            }
        """));

    [Fact]
    public Task FailureBehindAService_IsReportedWithItsName() => Verify.Reported(
        HostedWorker.Executing(
            """
                    {|#0:while|} (!stoppingToken.IsCancellationRequested)
                    {
                        await {|#1:new Mailing(db).SendDueAsync()|};
                        await Task.Delay(1000, stoppingToken);
                    }
            """,
            beside:
            """
            public class Mailing(ShopContext db)
            {
                public async Task SendDueAsync()
                {
                    try
                    {
                        var orders = await db.Orders.ToListAsync();
                    }
                    catch (Exception)
                    {
                        throw;
                    }
                }
            }
            """),
        expected: new Microsoft.CodeAnalysis.Testing.DiagnosticResult("BP5009", Microsoft.CodeAnalysis.DiagnosticSeverity.Warning).WithLocation(0).WithLocation(1)
            .WithMessage("'IQueryable.ToListAsync' can fail, and nothing in this loop catches it: one exception ends the loop and stops the host; catch and log it inside the loop"));

    [Fact]
    public Task FailureBehindAnInterface_IsReported() => Verify.Reported(HostedWorker.Executing(
        """
                IMailing mailing = new Mailing(http);
                [|while|] (!stoppingToken.IsCancellationRequested)
                {
                    await mailing.SendDueAsync();
                    await Task.Delay(1000, stoppingToken);
                }
        """,
        beside:
        """
        public interface IMailing { Task SendDueAsync(); }
        public class Mailing(HttpClient http) : IMailing { public Task SendDueAsync() => http.PostAsync("/mail", null); }
        """));

    [Fact]
    public Task LoggedOutside_SaysThatTheLoopEnds() => Verify.Reported(
        HostedWorker.Executing(
            """
                    try
                    {
                        {|#0:while|} (!stoppingToken.IsCancellationRequested)
                        {
                            await {|#1:http.GetStringAsync("/a")|};
                            await Task.Delay(1000, stoppingToken);
                        }
                    }
                    catch (Exception ex) when (ex is not OperationCanceledException)
                    {
                        logger.LogError(ex, "failed");
                    }
            """),
        expected: new Microsoft.CodeAnalysis.Testing.DiagnosticResult("BP5009", Microsoft.CodeAnalysis.DiagnosticSeverity.Warning).WithLocation(0).WithLocation(1)
            .WithMessage("'HttpClient.GetStringAsync' can fail, and nothing in this loop catches it: one exception ends the loop for good; catch and log it inside the loop"));

    [Fact]
    public Task OwnBaseClassWithLoop_IsReportedThere() => Verify.Reported(
        """
        public abstract class Periodic : BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                [|while|] (!stoppingToken.IsCancellationRequested)
                {
                    await RunOnceAsync(stoppingToken);
                    await Task.Delay(1000, stoppingToken);
                }
            }

            protected abstract Task RunOnceAsync(CancellationToken ct);
        }

        public class Cleanup(ShopContext db) : Periodic
        {
            protected override Task RunOnceAsync(CancellationToken ct) => db.Orders.ExecuteDeleteAsync(ct);
        }
        """);

    [Fact]
    public Task StopHostConfigured_IsReported() => Verify.Reported(HostedWorker.Executing(
        """
                [|while|] (!stoppingToken.IsCancellationRequested)
                {
                    await http.GetStringAsync("/a");
                    await Task.Delay(1000, stoppingToken);
                }
        """,
        beside:
        """
        public static class Setup
        {
            public static void Add(IServiceCollection services) =>
                services.Configure<HostOptions>(options => options.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.StopHost);
        }
        """));

    [Fact]
    public Task InnerEndlessLoop_IsReportedOnce() => Verify.Reported(HostedWorker.Executing(
        """
                var channel = Channel.CreateUnbounded<Order>();
                while (!stoppingToken.IsCancellationRequested)
                {
                    await foreach_(channel);
                }

                async Task foreach_(Channel<Order> orders)
                {
                    await [|foreach|] (var order in orders.Reader.ReadAllAsync(stoppingToken))
                        await http.GetStringAsync("/a");
                }
        """));
}

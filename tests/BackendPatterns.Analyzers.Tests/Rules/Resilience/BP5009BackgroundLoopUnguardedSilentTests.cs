using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.Resilience.BP5009BackgroundLoopUnguardedAnalyzer,
    BackendPatterns.Analyzers.Tests.Verification.NoFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.Resilience;

/// <summary>Loops that go on after a failure, end on purpose, or do nothing that fails.</summary>
public class BP5009BackgroundLoopUnguardedSilentTests
{
    public static TheoryData<string, string> Loops => new()
    {
        { "guarded body", """while (!stoppingToken.IsCancellationRequested) { try { await http.GetStringAsync("/a"); } catch (Exception ex) { logger.LogError(ex, "failed"); } await Task.Delay(1000, stoppingToken); }""" },
        { "guarded with cancellation let out", """while (!stoppingToken.IsCancellationRequested) { try { await http.GetStringAsync("/a"); } catch (Exception ex) when (ex is not OperationCanceledException) { logger.LogError(ex, "failed"); } await Task.Delay(1000, stoppingToken); }""" },
        { "guarded while not stopping", """while (true) { try { await http.GetStringAsync("/a"); } catch (Exception) when (!stoppingToken.IsCancellationRequested) { } await Task.Delay(1000, stoppingToken); }""" },
        { "two clauses", """while (!stoppingToken.IsCancellationRequested) { try { await http.GetStringAsync("/a"); await Task.Delay(1000, stoppingToken); } catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { break; } catch (Exception ex) { logger.LogError(ex, "failed"); } }""" },
        { "catch without type", """while (!stoppingToken.IsCancellationRequested) { try { await http.GetStringAsync("/a"); } catch { } await Task.Delay(1000, stoppingToken); }""" },
        { "its own kind of failure caught", """while (!stoppingToken.IsCancellationRequested) { try { await http.GetStringAsync("/a"); } catch (HttpRequestException) { } await Task.Delay(1000, stoppingToken); }""" },
        { "rethrown on purpose", """while (!stoppingToken.IsCancellationRequested) { try { await http.GetStringAsync("/a"); } catch (Exception ex) { logger.LogCritical(ex, "stopping"); throw; } await Task.Delay(1000, stoppingToken); }""" },
        { "rethrown after some failures", """var failures = 0; while (!stoppingToken.IsCancellationRequested) { try { await http.GetStringAsync("/a"); failures = 0; } catch (Exception) { if (++failures > 5) throw; } await Task.Delay(1000, stoppingToken); }""" },
        { "left on purpose", """while (!stoppingToken.IsCancellationRequested) { try { await http.GetStringAsync("/a"); } catch (Exception) { break; } await Task.Delay(1000, stoppingToken); }""" },
        { "only a delay", """while (!stoppingToken.IsCancellationRequested) { logger.LogInformation("alive"); await Task.Delay(1000, stoppingToken); }""" },
        { "only a timer", """using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1)); while (await timer.WaitForNextTickAsync(stoppingToken)) { logger.LogInformation("alive"); }""" },
        { "memory", """var queue = new ConcurrentQueue<int>(); while (!stoppingToken.IsCancellationRequested) { while (queue.TryDequeue(out var number)) { logger.LogInformation("{Number}", number); } await Task.Delay(1000, stoppingToken); }""" },
        { "restarted outside", """while (!stoppingToken.IsCancellationRequested) { try { while (!stoppingToken.IsCancellationRequested) { await http.GetStringAsync("/a"); await Task.Delay(1000, stoppingToken); } } catch (Exception ex) { logger.LogError(ex, "again"); } }""" },
        { "stream restarted outside", """var channel = Channel.CreateUnbounded<Order>(); while (!stoppingToken.IsCancellationRequested) { try { await foreach (var order in channel.Reader.ReadAllAsync(stoppingToken)) { await http.GetStringAsync("/a"); } } catch (Exception ex) { logger.LogError(ex, "again"); } }""" },
        { "application stopped in the catch", """try { while (!stoppingToken.IsCancellationRequested) { await http.GetStringAsync("/a"); await Task.Delay(1000, stoppingToken); } } catch (Exception ex) { logger.LogCritical(ex, "stopping"); lifetime.StopApplication(); }""" },
        { "application stopped in finally", """try { while (!stoppingToken.IsCancellationRequested) { await http.GetStringAsync("/a"); await Task.Delay(1000, stoppingToken); } } finally { lifetime.StopApplication(); }""" },
        { "process ended", """try { while (!stoppingToken.IsCancellationRequested) { await http.GetStringAsync("/a"); await Task.Delay(1000, stoppingToken); } } catch (Exception ex) { logger.LogCritical(ex, "stopping"); Environment.Exit(1); }""" },
        { "exit code set", """try { while (!stoppingToken.IsCancellationRequested) { await http.GetStringAsync("/a"); await Task.Delay(1000, stoppingToken); } } catch (Exception) { Environment.ExitCode = 1; throw; }""" },
        { "rethrown outside", """try { while (!stoppingToken.IsCancellationRequested) { await http.GetStringAsync("/a"); await Task.Delay(1000, stoppingToken); } } catch (Exception ex) { logger.LogCritical(ex, "stopping"); throw; }""" },
        { "something done about it outside", """try { while (!stoppingToken.IsCancellationRequested) { await http.GetStringAsync("/a"); await Task.Delay(1000, stoppingToken); } } catch (Exception) { await http.PostAsync("/alarm", null); }""" },
        { "foreach over a fixed list", """foreach (var path in new[] { "/a", "/b" }) await http.GetStringAsync(path, stoppingToken);""" },
        { "foreach over rows", """foreach (var order in await db.Orders.ToListAsync(stoppingToken)) await http.GetStringAsync("/" + order.Id, stoppingToken);""" },
        { "counted", """for (var i = 0; i < 10; i++) await http.GetStringAsync("/a", stoppingToken);""" },
        { "batches until done", """var done = false; while (!done) { done = await db.Orders.Take(100).ExecuteDeleteAsync(stoppingToken) == 0; }""" },
        { "rows left", """while (await db.Orders.AnyAsync(stoppingToken)) { await db.Orders.Take(100).ExecuteDeleteAsync(stoppingToken); }""" },
        { "waits for the database", """while (!stoppingToken.IsCancellationRequested) { if (await db.Database.CanConnectAsync(stoppingToken)) break; await Task.Delay(1000, stoppingToken); }""" },
        { "returns when migrated", """while (true) { if (!(await db.Database.GetPendingMigrationsAsync(stoppingToken)).Any()) return; await Task.Delay(1000, stoppingToken); }""" },
        { "work started and not awaited", """while (!stoppingToken.IsCancellationRequested) { _ = http.GetStringAsync("/a"); await Task.Delay(1000, stoppingToken); }""" },
        { "loop not awaited", """_ = Task.Run(async () => { while (true) { await http.GetStringAsync("/a"); await Task.Delay(1000, stoppingToken); } }); await Task.CompletedTask;""" },
        { "whichever ends first", """await Task.WhenAny(Task.Run(async () => { while (true) { await http.GetStringAsync("/a"); await Task.Delay(1000, stoppingToken); } }), Task.Delay(-1, stoppingToken));""" },
        { "callback", """while (!stoppingToken.IsCancellationRequested) { using var registration = stoppingToken.Register(() => db.SaveChanges()); await Task.Delay(1000, stoppingToken); }""" },
        { "known delegate", """Func<Task> work = () => Task.CompletedTask; while (!stoppingToken.IsCancellationRequested) { await work(); await Task.Delay(1000, stoppingToken); }""" },
        { "scopes and services", """while (!stoppingToken.IsCancellationRequested) { await using var context = await contexts.CreateDbContextAsync(stoppingToken); logger.LogInformation("{Context}", context); await Task.Delay(1000, stoppingToken); }""" },
        { "worker stops the application", """while (!stoppingToken.IsCancellationRequested) { await http.GetStringAsync("/a"); if (DateTime.UtcNow.Hour == 3) lifetime.StopApplication(); await Task.Delay(1000, stoppingToken); }""" },
        { "fan-out guarded", """var hosts = new[] { "/a" }; while (!stoppingToken.IsCancellationRequested) { await Task.WhenAll(hosts.Select(async host => { try { await http.GetStringAsync(host); } catch (Exception) { } })); await Task.Delay(1000, stoppingToken); }""" },
        { "expression tree", """while (!stoppingToken.IsCancellationRequested) { var query = db.Orders.Where(o => o.Lines.Count() > 0); logger.LogInformation("{Query}", query.ToQueryString()); await Task.Delay(1000, stoppingToken); }""" },
    };

    [Theory]
    [MemberData(nameof(Loops))]
    public Task LoopOfExecute_IsSilent(string shape, string loop)
    {
        Assert.NotEmpty(shape);
        return Verify.Silent(HostedWorker.Executing(loop));
    }

    [Fact]
    public Task CalleeThatGuardsEverything_IsSilent() => Verify.Silent(HostedWorker.Executing(
        """
                while (!stoppingToken.IsCancellationRequested)
                {
                    await RunOnceAsync(stoppingToken);
                    await Task.Delay(1000, stoppingToken);
                }
        """,
        """
            private async Task RunOnceAsync(CancellationToken ct)
            {
                try
                {
                    await db.Orders.ToListAsync(ct);
                    await http.GetStringAsync("/a", ct);
                }
                catch (Exception ex)
                {
                    logger.LogError(ex, "failed");
                }
            }
        """));

    [Fact]
    public Task ServiceThatGuardsEverything_IsSilent() => Verify.Silent(HostedWorker.Executing(
        """
                IMailing mailing = new Mailing(http);
                while (!stoppingToken.IsCancellationRequested)
                {
                    await mailing.SendDueAsync();
                    await Task.Delay(1000, stoppingToken);
                }
        """,
        beside:
        """
        public interface IMailing { Task SendDueAsync(); }
        public class Mailing(HttpClient http) : IMailing
        {
            public async Task SendDueAsync()
            {
                try { await http.PostAsync("/mail", null); }
                catch (Exception) { Console.WriteLine("failed"); }
            }
        }
        """));

    [Fact]
    public Task InterfaceWithoutVisibleBody_IsSilent() => Verify.Silent(HostedWorker.Executing(
        """
                IMailing mailing = null!;
                while (!stoppingToken.IsCancellationRequested)
                {
                    await mailing.SendDueAsync();
                    await Task.Delay(1000, stoppingToken);
                }
        """,
        beside: "public interface IMailing { Task SendDueAsync(); }"));

    [Fact]
    public Task IgnoreConfigured_IsSilent() => Verify.Silent(HostedWorker.Executing(
        """
                while (!stoppingToken.IsCancellationRequested)
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
                services.Configure<HostOptions>(options => options.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore);
        }
        """));

    [Fact]
    public Task BehaviorFromConfiguration_IsSilent() => Verify.Silent(HostedWorker.Executing(
        """
                while (!stoppingToken.IsCancellationRequested)
                {
                    await http.GetStringAsync("/a");
                    await Task.Delay(1000, stoppingToken);
                }
        """,
        beside:
        """
        public static class Setup
        {
            public static void Add(IServiceCollection services, IConfiguration configuration) => services.Configure<HostOptions>(configuration.GetSection("Host"));
        }
        """));

    [Fact]
    public Task LoopInMethodWhoseCallerGuardsAndRepeats_IsSilent() => Verify.Silent(HostedWorker.Executing(
        """
                while (!stoppingToken.IsCancellationRequested)
                {
                    try
                    {
                        await ListenAsync(stoppingToken);
                    }
                    catch (Exception ex)
                    {
                        logger.LogError(ex, "connection lost");
                        await Task.Delay(1000, stoppingToken);
                    }
                }
        """,
        """
            private async Task ListenAsync(CancellationToken ct)
            {
                while (!ct.IsCancellationRequested)
                {
                    await http.GetStringAsync("/poll", ct);
                }
            }
        """));

    [Fact]
    public Task OwnBaseClassThatGuards_IsSilent() => Verify.Silent(
        """
        public abstract class Periodic(ILogger logger) : BackgroundService
        {
            protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                while (!stoppingToken.IsCancellationRequested)
                {
                    try
                    {
                        await RunOnceAsync(stoppingToken);
                    }
                    catch (Exception ex)
                    {
                        logger.LogError(ex, "failed");
                    }

                    await Task.Delay(1000, stoppingToken);
                }
            }

            protected abstract Task RunOnceAsync(CancellationToken ct);
        }

        public class Cleanup(ShopContext db, ILogger<Cleanup> logger) : Periodic(logger)
        {
            protected override async Task RunOnceAsync(CancellationToken ct)
            {
                while (true)
                    await db.Orders.ExecuteDeleteAsync(ct);
            }
        }
        """);

    [Fact]
    public Task LoopOfAnotherType_IsSilent() => Verify.Silent(
        """
        public class Poller(HttpClient http)
        {
            public async Task RunAsync(CancellationToken ct)
            {
                while (!ct.IsCancellationRequested)
                {
                    await http.GetStringAsync("/a", ct);
                    await Task.Delay(1000, ct);
                }
            }
        }
        """);

    [Fact]
    public Task HostedServiceWithATaskOfItsOwn_IsSilent() => Verify.Silent(
        """
        public class Heartbeat(HttpClient http) : IHostedService
        {
            private Task? _running;

            public Task StartAsync(CancellationToken cancellationToken)
            {
                _running = RunAsync(cancellationToken);
                return Task.CompletedTask;
            }

            public Task StopAsync(CancellationToken cancellationToken) => _running ?? Task.CompletedTask;

            private async Task RunAsync(CancellationToken ct)
            {
                while (!ct.IsCancellationRequested)
                {
                    await http.GetStringAsync("/beat", ct);
                    await Task.Delay(1000, ct);
                }
            }
        }
        """);

    [Fact]
    public Task HomeMadeBackgroundService_IsSilent() => Verify.Silent(
        """
        namespace Own
        {
            public abstract class BackgroundService
            {
                protected abstract Task ExecuteAsync(CancellationToken stoppingToken);
            }

            public class Worker(HttpClient http) : BackgroundService
            {
                protected override async Task ExecuteAsync(CancellationToken stoppingToken)
                {
                    while (!stoppingToken.IsCancellationRequested)
                    {
                        await http.GetStringAsync("/a");
                        await Task.Delay(1000, stoppingToken);
                    }
                }
            }
        }
        """);

    [Fact]
    public Task MethodThatNothingWaitsFor_IsSilent() => Verify.Silent(HostedWorker.With(
        """
            protected override Task ExecuteAsync(CancellationToken stoppingToken)
            {
                _ = LoopAsync(stoppingToken);
                return Task.CompletedTask;
            }

            private async Task LoopAsync(CancellationToken ct)
            {
                while (!ct.IsCancellationRequested)
                {
                    await http.GetStringAsync("/a", ct);
                    await Task.Delay(1000, ct);
                }
            }
        """));

    [Fact]
    public Task LoopThatNobodyRuns_IsSilent() => Verify.Silent(HostedWorker.With(
        """
            protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.CompletedTask;

            public async Task LoopAsync(CancellationToken ct)
            {
                while (!ct.IsCancellationRequested)
                {
                    await http.GetStringAsync("/a", ct);
                    await Task.Delay(1000, ct);
                }
            }
        """));

    [Fact]
    public Task LongConditionsAndChains_AreWalkedWithoutRecursion() => Verify.Silent(HostedWorker.Executing(
        $$"""
                while ({{string.Join(" && ", Enumerable.Repeat("!stoppingToken.IsCancellationRequested", 1000))}} && DateTime.UtcNow.Hour < 5)
                {
                    await http.GetStringAsync("/a"){{string.Concat(Enumerable.Repeat(".WaitAsync(stoppingToken)", 200))}};
                }
        """));

    [Fact]
    public Task ServiceThatCallsItself_IsSilent() => Verify.Silent(HostedWorker.With(
        """
            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                while (!stoppingToken.IsCancellationRequested)
                {
                    await AgainAsync(3);
                    await Task.Delay(1000, stoppingToken);
                }
            }

            private async Task AgainAsync(int depth)
            {
                if (depth > 0)
                    await AgainAsync(depth - 1);
            }
        """));

    [Fact]
    public Task HalfTypedLoop_IsSilent() => Verify.Run(
        """
        public class Worker : BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                while (!stoppingToken.
            }
        }
        """,
        fixedSource: null, options: null, Microsoft.CodeAnalysis.OutputKind.DynamicallyLinkedLibrary, test => test.CompilerDiagnostics = Microsoft.CodeAnalysis.Testing.CompilerDiagnostics.None);
}

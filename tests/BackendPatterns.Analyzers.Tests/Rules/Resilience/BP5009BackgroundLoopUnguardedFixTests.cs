using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.Resilience.BP5009BackgroundLoopUnguardedAnalyzer,
    BackendPatterns.Analyzers.CodeFixes.Resilience.BP5009BackgroundLoopUnguardedFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.Resilience;

/// <summary>The guard around one pass, and where its logger comes from.</summary>
public class BP5009BackgroundLoopUnguardedFixTests
{
    [Fact]
    public Task WaitAfterTheWork_StaysOutside() => Verify.Fixed(
        HostedWorker.Executing(
            """
                    [|while|] (!stoppingToken.IsCancellationRequested)
                    {
                        // Old orders go.
                        await db.Orders
                            .Where(order => order.Total == 0)
                            .ExecuteDeleteAsync(stoppingToken);
                        logger.LogInformation("cleaned");
                        await Task.Delay(TimeSpan.FromMinutes(1), stoppingToken);
                    }
            """),
        HostedWorker.Executing(
            """
                    while (!stoppingToken.IsCancellationRequested)
                    {
                        try
                        {
                            // Old orders go.
                            await db.Orders
                                .Where(order => order.Total == 0)
                                .ExecuteDeleteAsync(stoppingToken);
                            logger.LogInformation("cleaned");
                        }
                        catch (Exception ex) when (ex is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
                        {
                            logger.LogError(ex, "{Service} failed and goes on with its next pass", nameof(Worker));
                        }

                        await Task.Delay(TimeSpan.FromMinutes(1), stoppingToken);
                    }
            """));

    [Fact]
    public Task WaitBeforeTheWork_StaysOutside() => Verify.Fixed(
        HostedWorker.Executing(
            """
                    [|while|] (!stoppingToken.IsCancellationRequested)
                    {
                        logger.LogDebug("waiting");
                        await Task.Delay(1000, stoppingToken);

                        await using var context = await contexts.CreateDbContextAsync(stoppingToken);
                        await context.Orders.ExecuteDeleteAsync(stoppingToken);
                    }
            """),
        HostedWorker.Executing(
            """
                    while (!stoppingToken.IsCancellationRequested)
                    {
                        logger.LogDebug("waiting");
                        await Task.Delay(1000, stoppingToken);

                        try
                        {
                            await using var context = await contexts.CreateDbContextAsync(stoppingToken);
                            await context.Orders.ExecuteDeleteAsync(stoppingToken);
                        }
                        catch (Exception ex) when (ex is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
                        {
                            logger.LogError(ex, "{Service} failed and goes on with its next pass", nameof(Worker));
                        }
                    }
            """));

    [Fact]
    public Task TimerInTheCondition_PacesTheFailures() => Verify.Fixed(
        HostedWorker.Executing(
            """
                    using var timer = new PeriodicTimer(TimeSpan.FromSeconds(5));
                    [|while|] (await timer.WaitForNextTickAsync(stoppingToken))
                        await http.GetStringAsync("/a", stoppingToken);
            """),
        HostedWorker.Executing(
            """
                    using var timer = new PeriodicTimer(TimeSpan.FromSeconds(5));
                    while (await timer.WaitForNextTickAsync(stoppingToken))
                    {
                        try
                        {
                            await http.GetStringAsync("/a", stoppingToken);
                        }
                        catch (Exception ex) when (ex is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
                        {
                            logger.LogError(ex, "{Service} failed and goes on with its next pass", nameof(Worker));
                        }
                    }
            """));

    [Fact]
    public Task WaitOnlyWhereIdle_IsAddedToTheHandler() => Verify.Fixed(
        HostedWorker.Executing(
            """
                    [|while|] (!stoppingToken.IsCancellationRequested)
                    {
                        var job = await db.Orders.FirstOrDefaultAsync(stoppingToken);
                        if (job is null)
                        {
                            await Task.Delay(1000, stoppingToken);
                            continue;
                        }

                        db.Remove(job);
                        await db.SaveChangesAsync(stoppingToken);
                    }
            """),
        HostedWorker.Executing(
            """
                    while (!stoppingToken.IsCancellationRequested)
                    {
                        try
                        {
                            var job = await db.Orders.FirstOrDefaultAsync(stoppingToken);
                            if (job is null)
                            {
                                await Task.Delay(1000, stoppingToken);
                                continue;
                            }

                            db.Remove(job);
                            await db.SaveChangesAsync(stoppingToken);
                        }
                        catch (Exception ex) when (ex is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
                        {
                            logger.LogError(ex, "{Service} failed and goes on with its next pass", nameof(Worker));
                            await Task.Delay(TimeSpan.FromSeconds(5), stoppingToken);
                        }
                    }
            """));

    [Fact]
    public Task StreamOfItems_IsGuardedPerItem() => Verify.Fixed(
        HostedWorker.Executing(
            """
                    var channel = Channel.CreateUnbounded<Order>();
                    await [|foreach|] (var order in channel.Reader.ReadAllAsync(stoppingToken))
                    {
                        db.Add(order);
                        await db.SaveChangesAsync(stoppingToken);
                    }
            """),
        HostedWorker.Executing(
            """
                    var channel = Channel.CreateUnbounded<Order>();
                    await foreach (var order in channel.Reader.ReadAllAsync(stoppingToken))
                    {
                        try
                        {
                            db.Add(order);
                            await db.SaveChangesAsync(stoppingToken);
                        }
                        catch (Exception ex) when (ex is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
                        {
                            logger.LogError(ex, "{Service} failed and goes on with its next pass", nameof(Worker));
                        }
                    }
            """));

    [Fact]
    public Task TwoLoops_AreBothGuarded() => Verify.Fixed(
        HostedWorker.With(
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
            """),
        HostedWorker.With(
            """
                protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(ReadAsync(stoppingToken), WriteAsync(stoppingToken));

                private async Task ReadAsync(CancellationToken ct)
                {
                    while (true)
                    {
                        try
                        {
                            await db.Orders.CountAsync(ct);
                        }
                        catch (Exception ex) when (ex is not OperationCanceledException || !ct.IsCancellationRequested)
                        {
                            logger.LogError(ex, "{Service} failed and goes on with its next pass", nameof(Worker));
                        }

                        await Task.Delay(1000, ct);
                    }
                }

                private async Task WriteAsync(CancellationToken ct)
                {
                    while (true)
                    {
                        try
                        {
                            await db.SaveChangesAsync(ct);
                        }
                        catch (Exception ex) when (ex is not OperationCanceledException || !ct.IsCancellationRequested)
                        {
                            logger.LogError(ex, "{Service} failed and goes on with its next pass", nameof(Worker));
                        }

                        await Task.Delay(1000, ct);
                    }
                }
            """));

    [Fact]
    public Task LoggerInAField_IsUsed() => Verify.Fixed(
        Service("""private readonly ILogger<Cleanup> _log; public Cleanup(ShopContext db, ILogger<Cleanup> log) { _db = db; _log = log; } private readonly ShopContext _db;""", "[|while|]", "_db"),
        Guarded("""private readonly ILogger<Cleanup> _log; public Cleanup(ShopContext db, ILogger<Cleanup> log) { _db = db; _log = log; } private readonly ShopContext _db;""", "_log", "_db"));

    [Fact]
    public Task PrimaryConstructorWithoutLogger_GetsAParameter() => Verify.Fixed(
        """
        public class Cleanup(ShopContext db) : BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                [|while|] (!stoppingToken.IsCancellationRequested)
                {
                    await db.Orders.ExecuteDeleteAsync(stoppingToken);
                    await Task.Delay(1000, stoppingToken);
                }
            }
        }
        """,
        """
        public class Cleanup(ShopContext db, ILogger<Cleanup> logger) : BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                while (!stoppingToken.IsCancellationRequested)
                {
                    try
                    {
                        await db.Orders.ExecuteDeleteAsync(stoppingToken);
                    }
                    catch (Exception ex) when (ex is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
                    {
                        logger.LogError(ex, "{Service} failed and goes on with its next pass", nameof(Cleanup));
                    }

                    await Task.Delay(1000, stoppingToken);
                }
            }
        }
        """);

    [Fact]
    public Task ConstructorWithoutLogger_GetsAParameterAndAField() => Verify.Fixed(
        """
        public class Cleanup : BackgroundService
        {
            private readonly ShopContext _db;

            public Cleanup(ShopContext db)
            {
                _db = db;
            }

            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                [|while|] (!stoppingToken.IsCancellationRequested)
                {
                    await _db.Orders.ExecuteDeleteAsync(stoppingToken);
                    await Task.Delay(1000, stoppingToken);
                }
            }
        }
        """,
        """
        public class Cleanup : BackgroundService
        {
            private readonly ShopContext _db;
            private readonly ILogger<Cleanup> _logger;

            public Cleanup(ShopContext db, ILogger<Cleanup> logger)
            {
                _db = db;
                _logger = logger;
            }

            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                while (!stoppingToken.IsCancellationRequested)
                {
                    try
                    {
                        await _db.Orders.ExecuteDeleteAsync(stoppingToken);
                    }
                    catch (Exception ex) when (ex is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
                    {
                        _logger.LogError(ex, "{Service} failed and goes on with its next pass", nameof(Cleanup));
                    }

                    await Task.Delay(1000, stoppingToken);
                }
            }
        }
        """);

    [Fact]
    public Task ServiceWithoutConstructor_GetsAPrimaryOne() => Verify.Fixed(
        """
        public class Beat : BackgroundService
        {
            private readonly HttpClient _http = new();

            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                [|while|] (!stoppingToken.IsCancellationRequested)
                {
                    await _http.GetStringAsync("http://localhost/beat", stoppingToken);
                    await Task.Delay(1000, stoppingToken);
                }
            }
        }
        """,
        """
        public class Beat(ILogger<Beat> logger) : BackgroundService
        {
            private readonly HttpClient _http = new();

            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                while (!stoppingToken.IsCancellationRequested)
                {
                    try
                    {
                        await _http.GetStringAsync("http://localhost/beat", stoppingToken);
                    }
                    catch (Exception ex) when (ex is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
                    {
                        logger.LogError(ex, "{Service} failed and goes on with its next pass", nameof(Beat));
                    }

                    await Task.Delay(1000, stoppingToken);
                }
            }
        }
        """);

    [Fact]
    public Task ServiceConstructedByHand_IsNotFixed() => Verify.NotFixed(
        """
        public class Cleanup(ShopContext db) : BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                [|while|] (!stoppingToken.IsCancellationRequested)
                {
                    await db.Orders.ExecuteDeleteAsync(stoppingToken);
                    await Task.Delay(1000, stoppingToken);
                }
            }
        }

        public static class Setup
        {
            public static void Add(IServiceCollection services) => services.AddHostedService(provider => new Cleanup(provider.GetRequiredService<ShopContext>()));
        }
        """);

    [Fact]
    public Task ServiceWithDerivedClass_IsNotFixed() => Verify.NotFixed(
        """
        public class Cleanup(ShopContext db) : BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                [|while|] (!stoppingToken.IsCancellationRequested)
                {
                    await db.Orders.ExecuteDeleteAsync(stoppingToken);
                    await Task.Delay(1000, stoppingToken);
                }
            }
        }

        public class Other(ShopContext db) : Cleanup(db);
        """);

    [Fact]
    public Task WorkWhoseValueIsNeededAfterTheWait_IsNotFixed() => Verify.NotFixed(HostedWorker.Executing(
        """
                [|while|] (!stoppingToken.IsCancellationRequested)
                {
                    var count = await db.Orders.CountAsync(stoppingToken);
                    await Task.Delay(count, stoppingToken);
                }
        """));

    [Fact]
    public Task FileWithoutUsings_GetsThem() => Verify.Fixed(
        """
        namespace Jobs
        {
            public class Cleanup(ShopContext db, Microsoft.Extensions.Logging.ILogger<Cleanup> logger) : BackgroundService
            {
                protected override async Task ExecuteAsync(CancellationToken stoppingToken)
                {
                    [|while|] (!stoppingToken.IsCancellationRequested)
                    {
                        await db.Orders.ExecuteDeleteAsync(stoppingToken);
                        await Task.Delay(1000, stoppingToken);
                    }
                }
            }
        }
        """,
        """
        namespace Jobs
        {
            public class Cleanup(ShopContext db, Microsoft.Extensions.Logging.ILogger<Cleanup> logger) : BackgroundService
            {
                protected override async Task ExecuteAsync(CancellationToken stoppingToken)
                {
                    while (!stoppingToken.IsCancellationRequested)
                    {
                        try
                        {
                            await db.Orders.ExecuteDeleteAsync(stoppingToken);
                        }
                        catch (Exception ex) when (ex is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
                        {
                            logger.LogError(ex, "{Service} failed and goes on with its next pass", nameof(Cleanup));
                        }

                        await Task.Delay(1000, stoppingToken);
                    }
                }
            }
        }
        """);

    private static string Service(string members, string loop, string db) => $$"""
        public class Cleanup : BackgroundService
        {
            {{members}}

            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                {{loop}} (!stoppingToken.IsCancellationRequested)
                {
                    await {{db}}.Orders.ExecuteDeleteAsync(stoppingToken);
                    await Task.Delay(1000, stoppingToken);
                }
            }
        }
        """;

    private static string Guarded(string members, string logger, string db) => $$"""
        public class Cleanup : BackgroundService
        {
            {{members}}

            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                while (!stoppingToken.IsCancellationRequested)
                {
                    try
                    {
                        await {{db}}.Orders.ExecuteDeleteAsync(stoppingToken);
                    }
                    catch (Exception ex) when (ex is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
                    {
                        {{logger}}.LogError(ex, "{Service} failed and goes on with its next pass", nameof(Cleanup));
                    }

                    await Task.Delay(1000, stoppingToken);
                }
            }
        }
        """;
}

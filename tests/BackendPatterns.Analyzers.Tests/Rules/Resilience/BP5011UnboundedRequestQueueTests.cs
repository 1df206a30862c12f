using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.Resilience.BP5011UnboundedRequestQueueAnalyzer,
    BackendPatterns.Analyzers.CodeFixes.Resilience.BP5011UnboundedRequestQueueFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.Resilience;

/// <summary>Channels that requests write to.</summary>
public class BP5011UnboundedRequestQueueTests
{
    private const string Unbounded = "private readonly Channel<int> _items = Channel.[|CreateUnbounded<int>|]();";
    private const string Plain = "private readonly Channel<int> _items = Channel.CreateUnbounded<int>();";
    private const string Write = "public ValueTask AddAsync(int item, CancellationToken ct) => _items.Writer.WriteAsync(item, ct);";
    private const string Mapped = "app.MapPost(\"/items\", async (int item, IQueue queue, CancellationToken ct) => await queue.AddAsync(item, ct));";

    [Fact]
    public Task QueueServiceWrittenByEndpoint_IsReported() => Verify.Reported(App($"{Unbounded} {Write}", Mapped));

    [Fact]
    public Task QueueServiceWrittenByController_IsReported() => Verify.Reported(App($"{Unbounded} {Write}", "") + """

        [Microsoft.AspNetCore.Mvc.ApiController]
        public class ItemsController(IQueue queue) : Microsoft.AspNetCore.Mvc.ControllerBase
        {
            [Microsoft.AspNetCore.Mvc.HttpPost]
            public async Task Post(int item, CancellationToken ct) => await queue.AddAsync(item, ct);
        }
        """);

    [Fact]
    public Task TryWriteThatIsDropped_IsReported() => Verify.Reported(App(
        $"{Unbounded} public ValueTask AddAsync(int item, CancellationToken ct) {{ _items.Writer.TryWrite(item); return ValueTask.CompletedTask; }}", Mapped));

    [Fact]
    public Task CreatedInConstructor_IsReported() => Verify.Reported(App(
        $"private readonly Channel<int> _items; public Queue() {{ _items = Channel.[|CreateUnbounded<int>|](new UnboundedChannelOptions {{ SingleReader = true }}); }} {Write}", Mapped));

    [Fact]
    public Task OnlyItsWriterIsKept_IsReported() => Verify.Reported(App(
        """
        private readonly ChannelWriter<int> _writer;
        private readonly ChannelReader<int> _reader;

        public Queue()
        {
            var channel = Channel.[|CreateUnbounded<int>|]();
            _writer = channel.Writer;
            _reader = channel.Reader;
        }

        public ValueTask AddAsync(int item, CancellationToken ct) => _writer.WriteAsync(item, ct);
        """, Mapped));

    [Fact]
    public Task StaticField_IsReported() => Verify.Reported(
        """
        using System.Threading.Channels;

        public static class Endpoints
        {
            private static readonly Channel<int> Items = Channel.[|CreateUnbounded<int>|]();

            public static void Map(WebApplication app) => app.MapPost("/items", (int item) => Items.Writer.TryWrite(item));
        }
        """);

    [Fact]
    public Task RegisteredChannel_IsReported() => Verify.Reported(
        """
        using System.Threading.Channels;

        public static class Endpoints
        {
            public static void Map(WebApplicationBuilder builder, WebApplication app)
            {
                builder.Services.AddSingleton(Channel.[|CreateUnbounded<int>|]());
                app.MapPost("/items", (int item, Channel<int> items) => items.Writer.TryWrite(item));
            }
        }
        """);

    [Fact]
    public Task ChannelRegisteredByLambda_IsReported() => Verify.Reported(
        """
        using System.Threading.Channels;

        public static class Endpoints
        {
            public static void Map(WebApplicationBuilder builder, WebApplication app)
            {
                builder.Services.AddSingleton(_ => Channel.[|CreateUnbounded<int>|]());
                builder.Services.AddScoped<Sender>();
                app.MapPost("/items", async (int item, Sender sender) => await sender.SendAsync(item));
            }
        }

        public class Sender(Channel<int> channel)
        {
            private readonly ChannelWriter<int> _writer = channel.Writer;

            public async Task SendAsync(int item) => await _writer.WriteAsync(item);
        }
        """);

    [Fact]
    public Task HostedServiceWithItsQueue_IsReported() => Verify.Reported(
        """
        using System.Threading.Channels;

        public class Worker : BackgroundService
        {
            private readonly Channel<int> _items = Channel.[|CreateUnbounded<int>|]();

            public ChannelWriter<int> Writer => _items.Writer;

            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                await foreach (var item in _items.Reader.ReadAllAsync(stoppingToken))
                    Console.WriteLine(item);
            }
        }

        public static class Endpoints
        {
            public static void Map(WebApplication app) => app.MapPost("/items", async (int item, Worker worker) => await worker.Writer.WriteAsync(item));
        }
        """);

    [Fact]
    public Task BoundedChannel_IsSilent() => Verify.Silent(App($"private readonly Channel<int> _items = Channel.CreateBounded<int>(100); {Write}", Mapped));

    [Fact]
    public Task NotWrittenFromRequests_IsSilent() => Verify.Silent(App($"{Plain} {Write}", "") + """

        public class Poller(IQueue queue) : BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stoppingToken) => await queue.AddAsync(1, stoppingToken);
        }
        """);

    [Fact]
    public Task NeverWritten_IsSilent() => Verify.Silent(App($"{Plain} public ValueTask AddAsync(int item, CancellationToken ct) => ValueTask.CompletedTask; public ChannelReader<int> All => _items.Reader;", Mapped));

    [Fact]
    public Task CountTestedBeforeTheWrite_IsSilent() => Verify.Silent(App(
        $"{Plain} public async ValueTask AddAsync(int item, CancellationToken ct) {{ if (_items.Reader.Count > 100) throw new InvalidOperationException(); await _items.Writer.WriteAsync(item, ct); }}", Mapped));

    [Fact]
    public Task SemaphoreBeforeTheWrite_IsSilent() => Verify.Silent(App(
        $"{Plain} private readonly SemaphoreSlim _room = new(100); public async ValueTask AddAsync(int item, CancellationToken ct) {{ await _room.WaitAsync(ct); await _items.Writer.WriteAsync(item, ct); }}", Mapped));

    /// <summary>Every request waits until its item is done: the queue is never longer than there are requests.</summary>
    [Fact]
    public Task WriterThatWaitsForTheAnswer_IsSilent() => Verify.Silent(App(
        """
        private readonly Channel<(int Item, TaskCompletionSource Done)> _items = Channel.CreateUnbounded<(int Item, TaskCompletionSource Done)>();
        public async ValueTask AddAsync(int item, CancellationToken ct) { var done = new TaskCompletionSource(); await _items.Writer.WriteAsync((item, done), ct); await done.Task; }
        """, Mapped));

    [Fact]
    public Task LimitedEndpoint_IsSilent() => Verify.Silent(App($"{Plain} {Write}", Mapped[..^1] + ".RequireRateLimiting(\"items\");"));

    [Fact]
    public Task GlobalLimiter_IsSilent() => Verify.Silent(App($"{Plain} {Write}", Mapped) + """

        public static class Limits
        {
            public static void Add(IServiceCollection services) => services.AddRateLimiter(options =>
                options.GlobalLimiter = System.Threading.RateLimiting.PartitionedRateLimiter.Create<HttpContext, string>(context =>
                    System.Threading.RateLimiting.RateLimitPartition.GetConcurrencyLimiter("", _ => new System.Threading.RateLimiting.ConcurrencyLimiterOptions { PermitLimit = 10 })));
        }
        """);

    [Fact]
    public Task ChannelOfOneRequest_IsSilent() => Verify.Silent(
        """
        using System.Threading.Channels;

        public static class Endpoints
        {
            public static void Map(WebApplication app) => app.MapGet("/items", async () =>
            {
                var channel = Channel.CreateUnbounded<int>();
                await channel.Writer.WriteAsync(1);
                channel.Writer.Complete();
                return channel.Reader.ReadAllAsync();
            });
        }
        """);

    [Fact]
    public Task ChannelOfOneConnection_IsSilent() => Verify.Silent(
        """
        using System.Threading.Channels;

        public class Connection
        {
            private readonly Channel<string> _messages = Channel.CreateUnbounded<string>();

            public void Send(string text) => _messages.Writer.TryWrite(text);
        }

        public static class Endpoints
        {
            public static void Map(WebApplication app) => app.MapGet("/items", (string text) => new Connection().Send(text));
        }
        """);

    [Fact]
    public Task ScopedService_IsSilent() => Verify.Silent(App($"{Plain} {Write}", Mapped, lifetime: "Scoped"));

    [Fact]
    public Task HomeMadeChannel_IsSilent() => Verify.Silent(
        """
        public class Items { public bool TryWrite(int item) => item > 0; }

        public static class Channel { public static Items CreateUnbounded<T>() => new(); }

        public static class Endpoints
        {
            private static readonly Items All = Channel.CreateUnbounded<int>();

            public static void Map(WebApplication app) => app.MapPost("/items", (int item) => All.TryWrite(item));
        }
        """);

    [Fact]
    public Task OtherChannelOfTheSameType_IsSilent() => Verify.Silent(App(
        $"{Plain} private readonly Channel<int> _other = Channel.CreateBounded<int>(1); public ValueTask AddAsync(int item, CancellationToken ct) => _other.Writer.WriteAsync(item, ct); public object All => _items;", Mapped));

    [Fact]
    public Task AwaitedWrite_IsFixed() => Verify.Fixed(
        App($"{Unbounded} public async ValueTask AddAsync(int item, CancellationToken ct) => await _items.Writer.WriteAsync(item, ct);", Mapped),
        App("private readonly Channel<int> _items = Channel.CreateBounded<int>(new BoundedChannelOptions(1_000) { FullMode = BoundedChannelFullMode.Wait }); public async ValueTask AddAsync(int item, CancellationToken ct) => await _items.Writer.WriteAsync(item, ct);", Mapped));

    [Fact]
    public Task WriteThatIsReturnedAndAwaited_IsFixedAndKeepsOptions() => Verify.Fixed(
        App($"private readonly Channel<int> _items = Channel.[|CreateUnbounded<int>|](new UnboundedChannelOptions {{ SingleReader = true, AllowSynchronousContinuations = false }}); {Write}", Mapped),
        App($"private readonly Channel<int> _items = Channel.CreateBounded<int>(new BoundedChannelOptions(1_000) {{ FullMode = BoundedChannelFullMode.Wait, SingleReader = true, AllowSynchronousContinuations = false }}); {Write}", Mapped));

    [Fact]
    public Task TryWriteThatDecides_IsFixed() => Verify.Fixed(
        App($"{Unbounded} public ValueTask AddAsync(int item, CancellationToken ct) {{ if (!_items.Writer.TryWrite(item)) throw new InvalidOperationException(\"full\"); return default; }}", Mapped),
        App("private readonly Channel<int> _items = Channel.CreateBounded<int>(new BoundedChannelOptions(1_000) { FullMode = BoundedChannelFullMode.Wait }); public ValueTask AddAsync(int item, CancellationToken ct) { if (!_items.Writer.TryWrite(item)) throw new InvalidOperationException(\"full\"); return default; }", Mapped));

    [Theory]
    [InlineData("public ValueTask AddAsync(int item, CancellationToken ct) { _items.Writer.TryWrite(item); return default; }")]
    [InlineData("public ValueTask AddAsync(int item, CancellationToken ct) { _ = _items.Writer.WriteAsync(item, ct); return default; }")]
    [InlineData("public ValueTask AddAsync(int item, CancellationToken ct) => _items.Writer.WriteAsync(item, ct); public object Leak => _items;")]
    [InlineData("public ValueTask AddAsync(int item, CancellationToken ct) => _items.Writer.WriteAsync(item, ct); public async Task ReadAsync() { var item = await _items.Reader.ReadAsync(); await _items.Writer.WriteAsync(item); }")]
    public Task WriteThatWouldBeLostOrNotSeen_IsNotFixed(string members) => Verify.NotFixed(App($"{Unbounded} {members}", Mapped));

    [Fact]
    public Task SharedOptions_AreNotFixed() => Verify.NotFixed(App(
        $"private static readonly UnboundedChannelOptions Options = new(); private readonly Channel<int> _items = Channel.[|CreateUnbounded<int>|](Options); {Write}", Mapped));

    private static string App(string members, string endpoint, string lifetime = "Singleton") => $$"""
        using System.Threading.Channels;

        public interface IQueue { ValueTask AddAsync(int item, CancellationToken ct); }

        public class Queue : IQueue
        {
            {{members}}
        }

        public static class Endpoints
        {
            public static void Map(WebApplicationBuilder builder, WebApplication app)
            {
                builder.Services.Add{{lifetime}}<IQueue, Queue>();
                {{endpoint}}
            }
        }
        """;
}

using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.Resilience.BP5012DetachedRequestWorkAnalyzer,
    BackendPatterns.Analyzers.Tests.Verification.NoFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.Resilience;

/// <summary>Work that a request starts and does not wait for. That the reported shapes fail and the others work is shown by DetachedWorkTests of the behaviour tests.</summary>
public class BP5012DetachedRequestWorkTests
{
    private const string Dependencies =
        "ShopContext db, IHttpContextAccessor accessor, IOrders orders, IUnitOfWork work, INotes notes, IServiceScopeFactory scopes, IDbContextFactory<ShopContext> contexts, ILogger<OrdersController> logger, IServiceProvider provider";

    private const string Services = """
        public interface IOrders { Task SaveAsync(int id); Task NoteAsync(int id); void Start(int id); }

        public class Orders(ShopContext db) : IOrders
        {
            public async Task SaveAsync(int id) { await Task.Yield(); await db.SaveChangesAsync(); }
            public async Task NoteAsync(int id) { var count = db.Orders.Count(); await Task.Delay(count); }
            public void Start(int id) { }
        }

        public interface IRepository { Task AddAsync(int id); }

        public class Repository : IRepository
        {
            private readonly DbSet<Order> _set;
            public Repository(ShopContext context) { _set = context.Set<Order>(); }
            public async Task AddAsync(int id) { await Task.Yield(); await _set.FindAsync(id); }
        }

        public interface IUnitOfWork { IRepository Orders { get; } Task CommitAsync(); }

        public class UnitOfWork : IUnitOfWork
        {
            private readonly ShopContext _context;
            public UnitOfWork(ShopContext context) => _context = context ?? throw new ArgumentNullException(nameof(context));
            public IRepository Orders => new Repository(_context);
            public async Task CommitAsync() => await _context.SaveChangesAsync();
        }

        public interface INotes { Task WriteAsync(int id); }

        public class Notes(IServiceScopeFactory scopes) : INotes
        {
            public async Task WriteAsync(int id)
            {
                using var scope = scopes.CreateScope();
                await scope.ServiceProvider.GetRequiredService<ShopContext>().SaveChangesAsync();
            }
        }
        """;

    [Theory]
    [InlineData("_ = Task.[|Run|](async () => await db.SaveChangesAsync());")]
    [InlineData("Task.[|Run|](() => { db.Orders.Count(); });")]
    [InlineData("_ = Task.[|Run|](async () => await db.SaveChangesAsync(), CancellationToken.None).ConfigureAwait(false);")]
    [InlineData("Task.Factory.[|StartNew|](() => db.SaveChanges(), TaskCreationOptions.LongRunning);")]
    [InlineData("ThreadPool.[|QueueUserWorkItem|](_ => db.SaveChanges());")]
    [InlineData("new Thread(() => db.SaveChanges()).[|Start|]();")]
    [InlineData("var thread = new Thread(() => db.SaveChanges()) { IsBackground = true }; thread.IsBackground = true; thread.[|Start|]();")]
    [InlineData("_ = Task.Delay(10).[|ContinueWith|](_ => db.SaveChanges());")]
    [InlineData("_ = [|SaveAsync|]();")]
    [InlineData("[|SaveAsync|]();")]
    [InlineData("var task = [|SaveAsync|]();")]
    [InlineData("_ = [|SaveAsync|](db);")]
    [InlineData("_ = Task.WhenAll([|SaveAsync|](), Task.CompletedTask);")]
    [InlineData("[|Save|]();")]
    [InlineData("new List<int> { 1 }.[|ForEach|](async i => await db.Orders.FindAsync(i));")]
    [InlineData("new List<int> { 1 }.ForEach(i => [|SaveAsync|]());")]
    [InlineData("Action save = async () => { await Task.Yield(); db.SaveChanges(); }; [|save|]();")]
    [InlineData("_ = db.[|SaveChangesAsync|]();")]
    [InlineData("_ = db.Orders.[|ToListAsync|]();")]
    [InlineData("_ = orders.[|SaveAsync|](1);")]
    [InlineData("_ = Task.[|Run|](() => orders.SaveAsync(1));")]
    [InlineData("_ = Task.[|Run|](async () => { await work.Orders.AddAsync(1); await work.CommitAsync(); });")]
    [InlineData("_ = work.[|CommitAsync|]();")]
    [InlineData("_ = Task.[|Run|](() => logger.LogInformation(HttpContext.TraceIdentifier));")]
    [InlineData("_ = Task.[|Run|](() => logger.LogInformation(Request.Path));")]
    [InlineData("_ = Task.[|Run|](() => logger.LogInformation(User.Identity!.Name));")]
    [InlineData("_ = Task.[|Run|](() => logger.LogInformation(accessor.HttpContext?.TraceIdentifier));")]
    [InlineData("var context = HttpContext; _ = Task.[|Run|](() => logger.LogInformation(context.TraceIdentifier));")]
    [InlineData("var local = HttpContext.RequestServices.GetRequiredService<ShopContext>(); _ = Task.[|Run|](() => local.SaveChanges());")]
    [InlineData("_ = Task.[|Run|](async () => { using var scope = scopes.CreateScope(); await db.SaveChangesAsync(); });")]
    [InlineData("Func<Task> work2 = async () => { await Task.Yield(); db.SaveChanges(); }; _ = Task.[|Run|](work2);")]
    [InlineData("_ = [|LoopAsync|]();")]
    public Task DroppedWork_IsReported(string statements) => Verify.Reported(Controller(statements));

    [Theory]
    [InlineData("_ = Task.Run(async () => { using var scope = scopes.CreateScope(); await scope.ServiceProvider.GetRequiredService<ShopContext>().SaveChangesAsync(); });")]
    [InlineData("_ = Task.Run(async () => { await using var scope = scopes.CreateAsyncScope(); var own = scope.ServiceProvider.GetRequiredService<IOrders>(); await own.SaveAsync(1); });")]
    [InlineData("_ = Task.Run(async () => { using var scope = provider.CreateScope(); var own = scope.ServiceProvider.GetRequiredService<IOrders>(); await own.SaveAsync(1); });")]
    [InlineData("_ = Task.Run(async () => { await using var own = await contexts.CreateDbContextAsync(); await own.SaveChangesAsync(); });")]
    [InlineData("var own = contexts.CreateDbContext(); _ = Task.Run(async () => { await own.SaveChangesAsync(); own.Dispose(); });")]
    [InlineData("var id = HttpContext.TraceIdentifier; _ = Task.Run(() => logger.LogInformation(id));")]
    [InlineData("var user = User; _ = Task.Run(() => logger.LogInformation(user.Identity!.Name));")]
    [InlineData("var count = db.Orders.Count(); _ = Task.Run(() => logger.LogInformation(\"{Count}\", count));")]
    [InlineData("_ = Task.Run(() => logger.LogInformation(nameof(db)));")]
    [InlineData("Task.Run(() => db.SaveChanges()).Wait();")]
    [InlineData("var count = Task.Run(() => db.SaveChanges()).Result;")]
    [InlineData("SaveAsync().GetAwaiter().GetResult();")]
    [InlineData("var task = SaveAsync(); task.Wait();")]
    [InlineData("var tasks = new List<Task> { SaveAsync() }; Task.WaitAll(tasks.ToArray());")]
    [InlineData("_kept = SaveAsync();")]
    [InlineData("Keep(SaveAsync());")]
    [InlineData("var thread = new Thread(() => db.SaveChanges()); thread.Start(); thread.Join();")]
    [InlineData("var done = new TaskCompletionSource(); _ = Task.Run(() => { db.SaveChanges(); done.SetResult(); }); done.Task.Wait();")]
    [InlineData("using var done = new SemaphoreSlim(0); ThreadPool.QueueUserWorkItem(_ => { db.SaveChanges(); done.Release(); }); done.Wait();")]
    [InlineData("_ = orders.NoteAsync(1);")]
    [InlineData("orders.Start(1);")]
    [InlineData("_ = notes.WriteAsync(1);")]
    [InlineData("_ = Task.Run(() => notes.WriteAsync(1));")]
    [InlineData("_ = Task.Run(() => logger.LogInformation(\"done\"));")]
    [InlineData("Response.OnCompleted(async () => await db.SaveChangesAsync());")]
    [InlineData("_ = NeverWaitsAsync();")]
    [InlineData("_ = BranchAsync(true);")]
    [InlineData("_ = ReadsFirstAsync();")]
    [InlineData("_ = Task.Delay(10);")]
    [InlineData("System.Linq.Expressions.Expression<Action> job = () => orders.SaveAsync(1);")]
    [InlineData("_ = db.Orders.AddAsync(new Order()); db.SaveChanges();")]
    [InlineData("var context = new DefaultHttpContext(); _ = Task.Run(() => logger.LogInformation(context.TraceIdentifier));")]
    [InlineData("var own = new ShopContext(new DbContextOptionsBuilder<ShopContext>().Options); _ = Task.Run(() => { own.SaveChanges(); own.Dispose(); });")]
    [InlineData("_ = _kept = SaveAsync();")]
    [InlineData("Task.Run(() => db.SaveChanges()).GetAwaiter().GetResult();")]
    [InlineData("Parallel.ForEach(new[] { 1 }, i => db.Orders.Find(i));")]
    [InlineData("var tasks = new[] { SaveAsync(), SaveAsync() }; Task.WaitAll(tasks);")]
    [InlineData("Hangfire.BackgroundJob.Enqueue(() => orders.SaveAsync(1));")]
    [InlineData("_ = EnqueueAsync();")]
    [InlineData("_ = Task.Run(() => new Order { Id = 1 });")]
    public Task WorkOfItsOwnOrWaitedFor_IsSilent(string statements) => Verify.Silent(Controller(statements));

    [Theory]
    [InlineData("""app.MapPost("/orders", (ShopContext db) => { _ = Task.[|Run|](() => db.SaveChanges()); });""")]
    [InlineData("""app.MapPost("/orders", (IOrders orders) => { _ = orders.[|SaveAsync|](1); });""")]
    [InlineData("""app.MapPost("/orders", Static.Post);""")]
    [InlineData("""app.MapGet("/orders", (HttpContext context) => { _ = Task.[|Run|](() => context.User.Identity); });""")]
    [InlineData("""app.Use(async (context, next) => { _ = Task.[|Run|](() => context.Request.Path); await next(context); });""")]
    [InlineData("""app.MapPost("/orders", (HttpRequest request) => { _ = Task.[|Run|](() => request.Path); });""")]
    public Task MappedEndpoint_IsReported(string statement) => Verify.Reported(
        $$"""
        public static class Endpoints
        {
            public static void Map(WebApplication app)
            {
                {{statement}}
            }
        }

        {{(statement.Contains("Static.Post", StringComparison.Ordinal) ? "public static class Static { public static void Post(ShopContext db) { _ = Task.[|Run|](() => db.SaveChanges()); } }" : "")}}

        {{Services}}
        """);

    [Fact]
    public Task ServiceThatAnEndpointCalls_IsReported() => Verify.Reported(
        $$"""
        [Microsoft.AspNetCore.Mvc.ApiController]
        public class OrdersController(IMailer mailer) : Microsoft.AspNetCore.Mvc.ControllerBase
        {
            [Microsoft.AspNetCore.Mvc.HttpPost]
            public void Post() => mailer.Send(1);
        }

        public interface IMailer { void Send(int id); }

        public class Mailer(IOrders orders) : IMailer
        {
            public void Send(int id) => Later(id);

            private void Later(int id) { _ = Task.[|Run|](() => orders.SaveAsync(id)); }
        }

        {{Services}}
        """);

    [Fact]
    public Task PageHandler_IsReported() => Verify.Reported(
        """
        public class IndexModel(ShopContext db) : Microsoft.AspNetCore.Mvc.RazorPages.PageModel
        {
            public void OnPost() { _ = Task.[|Run|](() => db.SaveChanges()); }
        }
        """);

    [Fact]
    public Task HubMembers_AreReported() => Verify.Reported(
        """
        public class ShopHub : Microsoft.AspNetCore.SignalR.Hub
        {
            public void Ring() { _ = Task.[|Run|](() => Microsoft.AspNetCore.SignalR.ClientProxyExtensions.SendAsync(Clients.All, "ring")); }
        }
        """);

    [Fact]
    public Task Filter_IsReported() => Verify.Reported(
        """
        public class Audit(ShopContext db) : Microsoft.AspNetCore.Mvc.Filters.IActionFilter
        {
            public void OnActionExecuting(Microsoft.AspNetCore.Mvc.Filters.ActionExecutingContext context) { _ = Task.[|Run|](() => db.SaveChanges()); }
            public void OnActionExecuted(Microsoft.AspNetCore.Mvc.Filters.ActionExecutedContext context) { }
        }
        """);

    [Fact]
    public Task GrpcMethod_IsReported() => Verify.Reported(
        """
        [Grpc.Core.BindServiceMethod(typeof(Greeter), "BindService")]
        public abstract class Greeter
        {
            public virtual Task<string> Greet(string name) => Task.FromResult(name);
        }

        public class GreeterService(ShopContext db) : Greeter
        {
            public override Task<string> Greet(string name)
            {
                _ = Task.[|Run|](() => db.SaveChanges());
                return Task.FromResult(name);
            }
        }
        """);

    [Fact]
    public Task MiddlewareClass_IsReportedForTheContextOfTheRequest() => Verify.Reported(
        """
        public class Tracing(RequestDelegate next)
        {
            public async Task InvokeAsync(HttpContext context, ShopContext db)
            {
                _ = Task.[|Run|](() => context.Request.Path);
                _ = Task.[|Run|](() => db.SaveChanges());
                await next(context);
            }
        }
        """);

    [Fact]
    public Task WhatMiddlewareWasMadeWith_IsSilent() => Verify.Silent(
        """
        public class Tracing(RequestDelegate next, ShopContext db)
        {
            public async Task InvokeAsync(HttpContext context)
            {
                _ = Task.Run(() => db.SaveChanges());
                await next(context);
            }
        }
        """);

    [Fact]
    public Task Message_NamesTheStartAndWhatEnds() => Verify.Reported(
        Controller("_ = {|#0:orders|}.{|#1:SaveAsync|}(1);").Replace("await {|#2:db|}", "await db", StringComparison.Ordinal), expected:
        [
            new Microsoft.CodeAnalysis.Testing.DiagnosticResult("BP5012", Microsoft.CodeAnalysis.DiagnosticSeverity.Warning).WithLocation(1)
                .WithArguments("SaveAsync", "orders").WithOptions(Microsoft.CodeAnalysis.Testing.DiagnosticOptions.IgnoreAdditionalLocations),
        ]);

    [Fact]
    public Task CodeThatNoRequestReaches_IsSilent() => Verify.Silent(
        """
        public class Import(ShopContext db)
        {
            public void Start() { _ = Task.Run(() => db.SaveChanges()); }
        }
        """);

    [Fact]
    public Task HostedService_IsSilent() => Verify.Silent(
        """
        public class Worker(IServiceScopeFactory scopes) : BackgroundService
        {
            protected override Task ExecuteAsync(CancellationToken stoppingToken)
            {
                _ = Task.Run(() => { using var scope = scopes.CreateScope(); scope.ServiceProvider.GetRequiredService<ShopContext>().SaveChanges(); }, stoppingToken);
                return Task.CompletedTask;
            }
        }
        """);

    [Fact]
    public Task RegisteredSingleton_IsSilent() => Verify.Silent(
        """
        public static class Endpoints
        {
            public static void Map(WebApplicationBuilder builder, WebApplication app)
            {
                builder.Services.AddSingleton<ICounter, Counter>();
                app.MapPost("/orders", (ICounter counter) => { _ = counter.CountAsync(); });
            }
        }

        public interface ICounter { Task CountAsync(); }

        public class Counter(ShopContext db) : ICounter
        {
            public async Task CountAsync() { await Task.Yield(); await db.Orders.CountAsync(); }
        }
        """);

    [Fact]
    public Task ServiceWithoutVisibleImplementation_IsSilent() => Verify.Silent(
        """
        public class OrdersController(IMailer mailer) : Microsoft.AspNetCore.Mvc.ControllerBase
        {
            [Microsoft.AspNetCore.Mvc.HttpPost]
            public void Post() { _ = mailer.SendAsync(1); _ = Task.Run(() => mailer.SendAsync(2)); }
        }

        public interface IMailer { Task SendAsync(int id); }
        """);

    [Fact]
    public Task OneOfTwoImplementationsHoldsNothing_IsSilent() => Verify.Silent(
        """
        public class OrdersController(IMailer mailer) : Microsoft.AspNetCore.Mvc.ControllerBase
        {
            [Microsoft.AspNetCore.Mvc.HttpPost]
            public void Post() { _ = mailer.SendAsync(1); }
        }

        public interface IMailer { Task SendAsync(int id); }

        public class Quiet : IMailer { public Task SendAsync(int id) => Task.Delay(id); }

        public class Stored(ShopContext db) : IMailer { public async Task SendAsync(int id) { await Task.Delay(id); await db.SaveChangesAsync(); } }
        """);

    [Fact]
    public Task StreamingHubMethod_IsSilent() => Verify.Silent(
        """
        using System.Threading.Channels;

        public class ShopHub(ShopContext db) : Microsoft.AspNetCore.SignalR.Hub
        {
            public ChannelReader<int> Count()
            {
                var channel = Channel.CreateBounded<int>(1);
                _ = WriteAsync(channel.Writer);
                return channel.Reader;
            }

            private async Task WriteAsync(ChannelWriter<int> writer)
            {
                await Task.Yield();
                await writer.WriteAsync(await db.Orders.CountAsync());
                writer.Complete();
            }
        }
        """);

    [Fact]
    public Task HomeMadeForget_IsSilentWhereItWaits() => Verify.Silent(
        Controller("Waiting.Run(SaveAsync());") + """

        public static class Waiting { public static void Run(this Task task) => task.Wait(); }
        """);

    [Fact]
    public Task Forget_IsReported() => Verify.Reported(
        Controller("[|SaveAsync|]().Forget();") + """

        public static class Forgotten { public static void Forget(this Task task) { } }
        """);

    [Fact]
    public Task HalfTypedAndRecursiveCode_IsSilent() => Verify.Silent(Controller("_ = EndlessAsync(1); _ = Task.Run(() => EndlessAsync(2));"));

    private static string Controller(string statements) => $$"""
        using Microsoft.AspNetCore.Mvc;

        [ApiController]
        public class OrdersController({{Dependencies}}) : ControllerBase
        {
            private Task? _kept;

            [HttpPost]
            public IActionResult Post()
            {
                {{statements}}
                return Ok();
            }

            [NonAction]
            public object All() => (db, accessor, orders, work, notes, scopes, contexts, logger, provider, _kept);

            private async Task SaveAsync() { await Task.Yield(); await db.SaveChangesAsync(); }

            private static async Task SaveAsync(ShopContext given) { await Task.Yield(); await given.SaveChangesAsync(); }

            private async void Save() { await db.SaveChangesAsync(); }

            private static void Keep(Task task) => task.Wait();

            private async Task LoopAsync() { for (var i = 0; i < 3; i++) { db.SaveChanges(); await Task.Delay(i); } }

            #pragma warning disable CS1998
            private async Task NeverWaitsAsync() { db.SaveChanges(); }
            #pragma warning restore CS1998

            private async Task BranchAsync(bool skip) { if (skip) { await Task.Delay(1); return; } db.SaveChanges(); }

            private async Task ReadsFirstAsync() { var path = Request.Path.Value; await Task.CompletedTask; var count = db.Orders.Count(); await Task.Delay(count); logger.LogInformation(path); }

            private async Task EnqueueAsync() { Hangfire.BackgroundJob.Enqueue(() => orders.SaveAsync(1)); await Task.Delay(1); Hangfire.BackgroundJob.Enqueue(() => orders.SaveAsync(1)); }

            private async Task EndlessAsync(int depth) { await Task.Yield(); await EndlessAsync(depth + 1); }
        }

        {{Services}}
        """;
}

using BackendPatterns.Analyzers.Rules.Resilience;
using BackendPatterns.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;
using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.Resilience.BP5008TransactionOutsideExecutionStrategyAnalyzer, BackendPatterns.Analyzers.Tests.Verification.NoFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.Resilience;

/// <summary>Who runs the code that opens a transaction: endpoints, units of work, pipelines.</summary>
public class BP5008CallerTests
{
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

    private const string UnitOfWork = """
        public interface IUnitOfWork { Task BeginAsync(); Task CommitAsync(); }

        public class UnitOfWork(ShopContext db) : IUnitOfWork
        {
            public Task BeginAsync() => db.Database.{|#0:BeginTransactionAsync|}();
            public async Task CommitAsync() { await db.SaveChangesAsync(); await db.Database.CommitTransactionAsync(); }
        }

        """;

    /// <summary>A step around every handler of a mediator, as a library calls it.</summary>
    private const string Behaviour = """
        public delegate Task<T> RequestHandlerDelegate<T>();

        public class TransactionBehaviour<TRequest, TResponse>(ShopContext db)
        {
            public Task<TResponse> Handle(TRequest request, RequestHandlerDelegate<TResponse> next, CancellationToken ct) =>
                db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
                {
                    var response = await next();
                    await db.SaveChangesAsync(ct);
                    return response;
                });
        }

        """;

    private const string Transfer = """{ await using var t = await db.Database.BeginTransactionAsync(); await db.SaveChangesAsync(); await t.CommitAsync(); }""";
    private const string ReportedTransfer = """{ await using var t = await db.Database.[|BeginTransactionAsync|](); await db.SaveChangesAsync(); await t.CommitAsync(); }""";

    [Fact]
    public Task MinimalEndpoint_IsReported() => Verify.Reported(Retrying + $$"""
        public static class Endpoints { public static void Map(WebApplication app) => app.MapPost("/orders", async (ShopContext db) => {{ReportedTransfer}}); }
        """);

    [Fact]
    public Task MethodOfAnEndpoint_IsReported() => Verify.Reported(Retrying + $$"""
        public static class Endpoints
        {
            public static void Map(WebApplication app) => app.MapPost("/orders", Place);
            private static async Task Place(ShopContext db) {{ReportedTransfer}}
        }
        """);

    [Fact]
    public Task Action_IsReported() => Verify.Reported(Retrying + $$"""
        [Microsoft.AspNetCore.Mvc.ApiController]
        public class OrdersController(ShopContext db) : Microsoft.AspNetCore.Mvc.ControllerBase { public async Task Post() {{ReportedTransfer}} }
        """);

    [Fact]
    public Task RepositoryBehindAnInterface_IsReported() => Verify.Reported(Retrying + $$"""
        public interface IOrders { Task PlaceAsync(); }
        public class Orders(ShopContext db) : IOrders { public async Task PlaceAsync() {{ReportedTransfer}} }
        public class Service(IOrders orders) { public Task PlaceAsync() => orders.PlaceAsync(); }
        """);

    [Fact]
    public Task RepositoryBehindAnInterface_InAStrategy_IsSilent() => Verify.Silent(Retrying + $$"""
        public interface IOrders { Task PlaceAsync(); }
        public class Orders(ShopContext db) : IOrders { public async Task PlaceAsync() {{Transfer}} }
        public class Service(IOrders orders, ShopContext db) { public Task PlaceAsync() => db.Database.CreateExecutionStrategy().ExecuteAsync(() => orders.PlaceAsync()); }
        """);

    [Fact]
    public Task UnitOfWork_IsReportedWithItsCaller() => Verify.Reported(
        Retrying.Replace("ExecutionStrategy(d =>", "{|#1:ExecutionStrategy|}(d =>", StringComparison.Ordinal) + UnitOfWork + """
        public class Service(IUnitOfWork work) { public async Task Save() { await {|#2:work.BeginAsync()|}; await work.CommitAsync(); } }
        """,
        expected: new DiagnosticResult("BP5008", DiagnosticSeverity.Warning).WithLocation(0).WithLocation(1).WithLocation(2).WithArguments("ShopContext"));

    [Fact]
    public Task UnitOfWorkInAStrategy_IsSilent() => Verify.Silent(Retrying + Unmarked(UnitOfWork) + """
        public class Service(IUnitOfWork work, ShopContext db)
        {
            public Task Save() => db.Database.CreateExecutionStrategy().ExecuteAsync(async () => { await work.BeginAsync(); await work.CommitAsync(); });
        }
        """);

    [Fact]
    public Task UnitOfWorkThatNobodyCallsHere_IsSilent() => Verify.Silent(Retrying + Unmarked(UnitOfWork));

    [Fact]
    public Task TransactionReturnedByTheContext_BehindAPipelineInAStrategy_IsSilent() => Verify.Silent(Retrying + """
        public class OwnContext(DbContextOptions<ShopContext> o) : ShopContext(o)
        {
            public Task<Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction> BeginAsync() => Database.BeginTransactionAsync();
        }

        public class Step(OwnContext db)
        {
            public Task Run(Func<Task> next) => db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
            {
                await using var t = await db.BeginAsync();
                await next();
                await db.SaveChangesAsync();
                await t.CommitAsync();
            });
        }
        """);

    [Fact]
    public Task HandlerBehindAPipelineInAStrategy_IsSilent() => Verify.Silent(Retrying + Behaviour + $$"""
        public class PlaceOrderHandler(ShopContext db) { public async Task Handle(string request, CancellationToken ct) {{Transfer}} }
        public static class Endpoints { public static void Map(WebApplication app) => app.MapPost("/orders", async (ShopContext db) => {{Transfer}}); }
        """);

    [Fact]
    public Task FilterInAStrategy_IsSilent() => Verify.Silent(Retrying + $$"""
        public class InStrategy(RequestDelegate next)
        {
            public Task InvokeAsync(HttpContext context, ShopContext db) => db.Database.CreateExecutionStrategy().ExecuteAsync(() => next(context));
        }

        public class Orders(ShopContext db) { public async Task PlaceAsync() {{Transfer}} }
        """);

    [Fact]
    public Task MessageDispatchedInAStrategy_MayRunHandlers() => Verify.Reported(Retrying + $$"""
        public interface IBus { Task PublishAsync(object message); }
        public interface IHandler { Task HandleAsync(); }
        public class Sender(ShopContext db, IBus bus) { public Task Send() => db.Database.CreateExecutionStrategy().ExecuteAsync(() => bus.PublishAsync(this)); }
        public class Handler(ShopContext db) : IHandler { public async Task HandleAsync() {{Transfer}} }
        public class Orders(ShopContext db) { public async Task PlaceAsync() {{ReportedTransfer}} }
        """);

    [Fact]
    public Task HelperForOtherProjects_MayRunEverything() => Verify.Silent(Retrying + $$"""
        public class Runner(ShopContext db) { public Task RunAsync(Func<Task> work) => db.Database.CreateExecutionStrategy().ExecuteAsync(work); }
        public class Orders(ShopContext db) { public async Task PlaceAsync() {{Transfer}} }
        """);

    [Fact]
    public Task HelperOfThisProjectAlone_RunsWhatItIsGiven() => Verify.Reported(Retrying + $$"""
        internal class Runner(ShopContext db) { internal Task RunAsync(Func<Task> work) => db.Database.CreateExecutionStrategy().ExecuteAsync(work); }
        internal class Use(Runner runner) { public Task Run() => runner.RunAsync(() => Task.CompletedTask); }
        public class Orders(ShopContext db) { public async Task PlaceAsync() {{ReportedTransfer}} }
        """);

    [Fact]
    public Task HostedService_IsReported() => Verify.Reported(Retrying + $$"""
        public class Worker(IDbContextFactory<ShopContext> factory) : BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken ct) { await using var db = await factory.CreateDbContextAsync(ct); {{ReportedTransfer}} }
        }
        """);

    [Fact]
    public Task RecursiveCallers_EndInSilenceOrAReport() => Verify.Reported(Retrying + $$"""
        public class Orders(ShopContext db)
        {
            public Task A(int n) => n == 0 ? Place() : B(n - 1);
            public Task B(int n) => A(n);
            private Task Loop() => Loop2();
            private Task Loop2() => Loop();
            private async Task Place() {{Transfer}}
        }

        public class Other(ShopContext db) { public async Task Place() {{ReportedTransfer}} }
        """);

    [Fact]
    public Task Migrations_AreSilent() => Verify.Run(
        Retrying, fixedSource: null, options: null, OutputKind.DynamicallyLinkedLibrary,
        test => test.TestState.Sources.Add(("/src/Migrations/Move.cs", $$"""public class Move(ShopContext db) { public async Task Up() {{Transfer}} }""")));

    [Theory]
    [InlineData("public void A() { using var t = db.Database.BeginTransaction(); ")]
    [InlineData("public void A() { db.Database.BeginTransaction( }")]
    [InlineData("public void A() { using var t = new System.Transactions.TransactionScope(; db.SaveChanges(); }")]
    [InlineData("public void A() { db.Database.CreateExecutionStrategy().Execute(() => { using var t = db.Database.BeginTransaction(); ")]
    public async Task HalfTypedCode_DoesNotThrow(string members)
    {
        var tree = CSharpSyntaxTree.ParseText(Retrying + "public class Service(ShopContext db) { " + members);
        var compilation = ModelTest.Compile(Retrying).Compilation.AddSyntaxTrees(tree);
        var reports = await compilation.WithAnalyzers([new BP5008TransactionOutsideExecutionStrategyAnalyzer()]).GetAnalyzerDiagnosticsAsync();
        Assert.DoesNotContain(reports, report => report.Id == "AD0001");
    }

    private static string Unmarked(string source) => source.Replace("{|#0:", "", StringComparison.Ordinal).Replace("|}", "", StringComparison.Ordinal);
}

using Verify = BackendPatterns.Analyzers.Tests.Verification.RuleVerifier<
    BackendPatterns.Analyzers.Rules.Resilience.BP5013JobArgumentAnalyzer,
    BackendPatterns.Analyzers.Tests.Verification.NoFix>;

namespace BackendPatterns.Analyzers.Tests.Rules.Resilience;

/// <summary>What jobs are given. That the reported arguments do not survive Hangfire's store and the others do is shown by JobArgumentTests of the behaviour tests.</summary>
public class BP5013JobArgumentTests
{
    [Theory]
    [InlineData("BackgroundJob.Enqueue(() => worker.Order([|order|]));")]
    [InlineData("BackgroundJob.Enqueue<IWorker>(w => w.Order([|order|]));")]
    [InlineData("BackgroundJob.Enqueue<IWorker>(w => w.OrderAsync([|order|]));")]
    [InlineData("BackgroundJob.Schedule<IWorker>(w => w.Order([|order|]), TimeSpan.FromDays(1));")]
    [InlineData("BackgroundJob.ContinueJobWith<IWorker>(\"1\", w => w.Order([|order|]));")]
    [InlineData("RecurringJob.AddOrUpdate<IWorker>(\"id\", w => w.Order([|order|]), () => \"0 0 * * *\");")]
    [InlineData("jobs.Enqueue<IWorker>(w => w.Order([|order|]));")]
    [InlineData("jobs.Schedule(() => worker.Order([|order|]), TimeSpan.FromDays(1));")]
    [InlineData("recurring.AddOrUpdate<IWorker>(\"id\", w => w.Order([|order|]), \"0 0 * * *\");")]
    [InlineData("own.Enqueue(() => worker.Order([|order|]));")]
    [InlineData("jobs.Enqueue<IWorker>(w => w.Orders([|order.Customer!.Orders|]));")]
    [InlineData("jobs.Enqueue<IWorker>(w => w.Any([|order|]));")]
    [InlineData("jobs.Enqueue<IWorker>(w => w.Context([|db|]));")]
    [InlineData("jobs.Enqueue<IWorker>(w => w.Any([|context|]));")]
    [InlineData("jobs.Enqueue<IWorker>(w => w.Any([|context.Request|]));")]
    [InlineData("jobs.Enqueue<IWorker>(w => w.Any([|context.User|]));")]
    [InlineData("jobs.Enqueue<IWorker>(w => w.Any([|stream|]));")]
    [InlineData("jobs.Enqueue<IWorker>(w => w.Any([|file|]));")]
    [InlineData("jobs.Enqueue<IWorker>(w => w.Any([|context.Request.Form.Files|]));")]
    [InlineData("jobs.Enqueue<IWorker>(w => w.Upload([|upload|]));")]
    [InlineData("jobs.Enqueue<IWorker>(w => w.Any([|new Wrapped(order)|]));")]
    [InlineData("jobs.Enqueue<IWorker>(w => w.Any([|new Dictionary<int, Order>()|]));")]
    [InlineData("Action done = Done; jobs.Enqueue<IWorker>(w => w.Callback([|done|]));")]
    [InlineData("var made = new Order { Id = 1 }; db.Orders.Add(made); db.SaveChanges(); jobs.Enqueue<IWorker>(w => w.Order([|made|]));")]
    public Task HangfireArgument_IsReported(string statements) => Verify.Reported(Service(statements));

    [Theory]
    [InlineData("jobs.Enqueue<IWorker>(w => w.Number(order.Id));")]
    [InlineData("jobs.Enqueue<IWorker>(w => w.Any(order.Number));")]
    [InlineData("jobs.Enqueue<IWorker>(w => w.Any(DayOfWeek.Friday));")]
    [InlineData("jobs.Enqueue<IWorker>(w => w.Any(Guid.NewGuid()));")]
    [InlineData("jobs.Enqueue<IWorker>(w => w.Receipt(new Receipt(order.Id, order.Number, order.PlacedAt)));")]
    [InlineData("jobs.Enqueue<IWorker>(w => w.Any(new List<Receipt>()));")]
    [InlineData("jobs.Enqueue<IWorker>(w => w.Any(new[] { 1, 2 }));")]
    [InlineData("jobs.Enqueue<IWorker>(w => w.Any(new Dictionary<string, int>()));")]
    [InlineData("jobs.Enqueue<IWorker>(w => w.Token(CancellationToken.None));")]
    [InlineData("jobs.Enqueue<IWorker>(w => w.Token(default));")]
    [InlineData("jobs.Enqueue<IWorker>(w => w.Token(context.RequestAborted));")]
    [InlineData("jobs.Enqueue<IWorker>(w => w.JobToken(JobCancellationToken.Null));")]
    [InlineData("jobs.Enqueue<IWorker>(w => w.Perform(null!));")]
    [InlineData("jobs.Enqueue<IWorker>(w => w.Order(null!));")]
    [InlineData("jobs.Enqueue<IWorker>(w => w.Order(default!));")]
    [InlineData("jobs.Enqueue<IWorker>(w => w.Order(new Order { Id = 1 }));")]
    [InlineData("var made = new Order { Id = 1 }; jobs.Enqueue<IWorker>(w => w.Order(made));")]
    [InlineData("jobs.Enqueue(() => worker.Number(1));")]
    [InlineData("jobs.Enqueue(() => db.SaveChanges());")]
    [InlineData("jobs.Enqueue<IWorker>(w => w.Ignored(new Attachment(\"a\")));")]
    [InlineData("jobs.Enqueue<IWorker>(w => w.Any(stream.Length));")]
    [InlineData("jobs.Enqueue<IWorker>(w => w.Any(file.FileName));")]
    [InlineData("jobs.Enqueue<IWorker>(w => w.Any(context.User.Identity!.Name!));")]
    [InlineData("other.Enqueue(() => worker.Order(order));")]
    [InlineData("other.Run(order);")]
    [InlineData("recurring.AddOrUpdate<IWorker>(\"id\", w => w.Number(1), \"0 0 * * *\");")]
    [InlineData("worker.Order(order);")]
    public Task HangfireArgument_IsSilent(string statements) => Verify.Silent(Service(statements));

    [Theory]
    [InlineData("var map = new JobDataMap(); map.Put(\"context\", [|context|]);")]
    [InlineData("var map = new JobDataMap(); map[\"request\"] = [|context.Request|];")]
    [InlineData("var map = new JobDataMap { { \"db\", [|db|] } };")]
    [InlineData("var map = new JobDataMap { [\"file\"] = [|file|] };")]
    [InlineData("var map = new JobDataMap((IDictionary<string, object>)new Dictionary<string, object> { { \"file\", [|file|] }, { \"id\", 1 } });")]
    [InlineData("var job = JobBuilder.Create<PrintJob>().Build(); job.JobDataMap.Put(\"upload\", [|new FormUpload(file)|]);")]
    public Task QuartzValue_IsReported(string statements) => Verify.Reported(Service(statements));

    [Theory]
    [InlineData("var map = new JobDataMap(); map.Put(\"id\", order.Id);")]
    [InlineData("var map = new JobDataMap(); map.Put(\"order\", order);")]
    [InlineData("var map = new JobDataMap(); map.Put(\"copy\", stream);")]
    [InlineData("var map = new JobDataMap(); map.Put(\"user\", context.User);")]
    [InlineData("var job = JobBuilder.Create<PrintJob>().UsingJobData(\"id\", order.Id).Build();")]
    [InlineData("var map = new Dictionary<string, object>(); map.Add(\"context\", context);")]
    public Task QuartzValue_IsSilent(string statements) => Verify.Silent(Service(statements));

    [Theory]
    [InlineData("var map = new JobDataMap(); map.Put(\"order\", [|order|]);")]
    [InlineData("var map = new JobDataMap(); map.Put(\"copy\", [|stream|]);")]
    public Task QuartzValueWithPersistentStore_IsReported(string statements) => Verify.Reported(Service(statements) + """

        public static class Scheduling
        {
            public static SchedulerBuilder Configure(SchedulerBuilder builder) => builder.UsePersistentStore(store => store.UseProperties = true);
        }
        """);

    [Fact]
    public Task Message_NamesThePathToThePart() => Verify.Reported(
        Service("jobs.Enqueue<IWorker>(w => w.Upload({|#0:upload|}));"), expected:
        [
            new Microsoft.CodeAnalysis.Testing.DiagnosticResult("BP5013", Microsoft.CodeAnalysis.DiagnosticSeverity.Warning).WithLocation(0)
                .WithArguments("upload.Content", "a stream").WithOptions(Microsoft.CodeAnalysis.Testing.DiagnosticOptions.IgnoreAdditionalLocations),
        ]);

    [Fact]
    public Task RecursiveData_IsSilent() => Verify.Silent(
        Service("jobs.Enqueue<IWorker>(w => w.Any(new Node()));") + """

        public class Node { public Node? Parent { get; set; } public List<Node> Children { get; set; } = new(); public Node[] All => []; }
        """);

    private static string Service(string statements) => $$"""
        using Hangfire;
        using Hangfire.Server;
        using Quartz;

        public class Service(ShopContext db, IWorker worker, IBackgroundJobClient jobs, IRecurringJobManager recurring, IOwnJobs own, IOtherJobs other)
        {
            public object All => (db, worker, jobs, recurring, own, other);

            public void Run(Order order, HttpContext context, Stream stream, IFormFile file, Upload upload)
            {
                {{statements}}
            }

            public static void Done() { }
        }

        public interface IWorker
        {
            void Number(int id);
            void Order(Order order);
            Task OrderAsync(Order order);
            void Orders(List<Order> orders);
            void Receipt(Receipt receipt);
            void Any(object value);
            void Context(ShopContext context);
            void Upload(Upload upload);
            void Ignored(Attachment attachment);
            void Callback(Action done);
            void Token(CancellationToken token);
            void JobToken(IJobCancellationToken token);
            void Perform(PerformContext context);
        }

        public record Receipt(int OrderId, string Number, DateTime PlacedAt);

        public class Upload { public string Name { get; set; } = ""; public Stream Content { get; set; } = Stream.Null; }

        public record Wrapped(Order Order);

        public record FormUpload(IFormFile File);

        public class Attachment(string name) { public string Name => name; [Newtonsoft.Json.JsonIgnore] public Stream Content { get; set; } = Stream.Null; }

        public interface IOwnJobs { string Enqueue(System.Linq.Expressions.Expression<Action> job); }

        public class OwnJobs : IOwnJobs { public string Enqueue(System.Linq.Expressions.Expression<Action> job) => BackgroundJob.Enqueue(job); }

        public interface IOtherJobs { void Enqueue(System.Linq.Expressions.Expression<Action> job); void Run(Order order); }

        public class OtherJobs : IOtherJobs { public void Enqueue(System.Linq.Expressions.Expression<Action> job) => job.Compile()(); public void Run(Order order) { } }

        public class PrintJob : IJob { public Task Execute(IJobExecutionContext context) => Task.CompletedTask; }
        """;
}

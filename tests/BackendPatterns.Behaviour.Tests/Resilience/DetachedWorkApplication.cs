using BackendPatterns.Analyzers.Rules.Resilience;
using BackendPatterns.Behaviour.Tests.Endpoints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace BackendPatterns.Behaviour.Tests.Resilience;

/// <summary>One application with all shapes: analysed once, and run. Work that a request leaves behind goes on only when the request is over and its services are disposed.</summary>
public sealed class DetachedWorkApplication : IAsyncLifetime
{
    private const string Domain = """
        using Microsoft.AspNetCore.Identity;
        using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
        using Microsoft.EntityFrameworkCore;
        using Microsoft.EntityFrameworkCore.Diagnostics;

        public class Item { public int Id { get; set; } }

        public class Db(DbContextOptions<Db> options) : IdentityUserContext<IdentityUser>(options)
        {
            public DbSet<Item> Items => Set<Item>();
        }

        public interface IOrders { Task<int> CountAsync(); Task CountLaterAsync(); void StartCount(); }

        public class Orders(Db db) : IOrders
        {
            public Task<int> CountAsync() => db.Items.CountAsync();

            public async Task CountLaterAsync()
            {
                try { await Probe.Ended; await db.Items.CountAsync(); Probe.Say("ok"); } catch (Exception e) { Probe.Say(e.GetType().Name); }
            }

            public void StartCount()
            {
                _ = Task.Run(async () => { try { await Probe.Ended; await db.Items.CountAsync(); Probe.Say("ok"); } catch (Exception e) { Probe.Say(e.GetType().Name); } });
            }
        }

        public interface IReports { Task<int> BuildAsync(); }

        public class Reports : IReports
        {
            private readonly IOrders _orders;

            public Reports(IOrders orders) => _orders = orders ?? throw new ArgumentNullException(nameof(orders));

            public async Task<int> BuildAsync() => await _orders.CountAsync();
        }

        public interface IPlain { int Next(); }

        public class Plain : IPlain { private int _next; public int Next() => ++_next; }

        public interface INotes { Task WriteAsync(); }

        public class Notes(IServiceScopeFactory scopes) : INotes
        {
            public async Task WriteAsync()
            {
                await using var scope = scopes.CreateAsyncScope();
                var db = scope.ServiceProvider.GetRequiredService<Db>();
                db.Items.Add(new Item());
                await db.SaveChangesAsync();
            }
        }

        public class Marker : IDisposable { public void Dispose() => Probe.ScopeEnds(); }

        public static class Forgotten { public static void Forget(this Task task) => task.ContinueWith(static _ => { }, TaskScheduler.Default); }

        public class SaveGate : SaveChangesInterceptor
        {
            public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData data, InterceptionResult<int> result, CancellationToken cancellationToken = default)
            {
                if (!Probe.HoldsSaves)
                    return result;
                await Probe.Ended;
                try { data.Context!.ChangeTracker.Clear(); Probe.Say("ok"); } catch (Exception e) { Probe.Say(e.GetType().Name); }
                return result;
            }
        }

        public static class Probe
        {
            private static TaskCompletionSource s_ended = new();
            private static TaskCompletionSource s_scope = new();
            private static TaskCompletionSource<string> s_said = new();

            public static bool HoldsSaves { get; set; }

            public static HttpContext? Seen { get; set; }

            public static Task Ended => s_ended.Task;

            public static void Say(string outcome) => s_said.TrySetResult(outcome);

            public static void ScopeEnds() => s_scope.TrySetResult();

            public static async Task<string> Answer(string question)
            {
                if (question == "begin")
                {
                    s_ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
                    s_scope = new(TaskCreationOptions.RunContinuationsAsynchronously);
                    s_said = new(TaskCreationOptions.RunContinuationsAsynchronously);
                    HoldsSaves = false;
                    Seen = null;
                    return "";
                }

                await s_scope.Task;
                while (question == "end" && !IsCleared(Seen!))
                    await Task.Yield();
                s_ended.SetResult();
                return await s_said.Task.WaitAsync(TimeSpan.FromMinutes(1));
            }

            // The server clears the context right after the services of the request are disposed.
            private static bool IsCleared(HttpContext context)
            {
                try { return context.Features is null; } catch (ObjectDisposedException) { return true; }
            }
        }
        """;

    private readonly Dictionary<string, int> _reports = [];
    private RunningApplication? _application;

    public async Task InitializeAsync()
    {
        var mapped = DetachedWorkShapes.All.Where(shape => shape.Source.Contains("class Setup", StringComparison.Ordinal)).Select(shape => shape.Namespace + ".Setup.Map(app);");
        var program = $$"""
            using Microsoft.AspNetCore.Identity;
            using Microsoft.Data.Sqlite;
            using Microsoft.EntityFrameworkCore;

            var connection = new SqliteConnection("Data Source=:memory:");
            connection.Open();
            var builder = WebApplication.CreateBuilder(args);
            builder.Services.AddDbContextFactory<Db>(options => options.UseSqlite(connection).AddInterceptors(new SaveGate()));
            builder.Services.AddIdentityCore<IdentityUser>().AddEntityFrameworkStores<Db>();
            builder.Services.AddHttpContextAccessor();
            builder.Services.AddSignalR();
            builder.Services.AddControllers();
            builder.Services.AddScoped<Marker>();
            builder.Services.AddScoped<IOrders, Orders>();
            builder.Services.AddScoped<IReports, Reports>();
            builder.Services.AddScoped<IPlain, Plain>();
            builder.Services.AddSingleton<INotes, Notes>();
            builder.Services.AddSingleton<Func<string, Task<string>>>(Probe.Answer);
            var app = builder.Build();
            using (var scope = app.Services.CreateScope())
                scope.ServiceProvider.GetRequiredService<Db>().Database.EnsureCreated();
            app.Use(async (context, next) =>
            {
                Probe.Seen = context;
                if (!context.Request.Path.StartsWithSegments("/hub"))
                    context.RequestServices.GetRequiredService<Marker>();
                await next(context);
            });
            app.MapControllers();
            {{string.Join("\n", mapped)}}
            app.Run();
            """;
        var compilation = ApplicationSource.Compile(program, [("Domain.cs", Domain), .. DetachedWorkShapes.All.Select(shape => (shape.Name + ".cs", shape.Source))]);
        var diagnostics = await compilation.WithAnalyzers([new BP5012DetachedRequestWorkAnalyzer()]).GetAnalyzerDiagnosticsAsync();
        foreach (var diagnostic in diagnostics)
        {
            Assert.Equal(BP5012DetachedRequestWorkAnalyzer.Id, diagnostic.Id);
            var file = Path.GetFileNameWithoutExtension(diagnostic.Location.SourceTree!.FilePath);
            _reports[file] = _reports.GetValueOrDefault(file) + 1;
        }

        _application = await RunningApplication.Start(compilation);
    }

    /// <summary>How often the rule reports something in the file of a shape.</summary>
    public int ReportsIn(string file) => _reports.GetValueOrDefault(file);

    /// <summary>Sends the request of a shape, waits until it is over, lets the work go on, and returns <c>ok</c> or the name of the exception it ended with.</summary>
    public async Task<string> Run(DetachedWorkShape shape)
    {
        var probe = _application!.Services.GetRequiredService<Func<string, Task<string>>>();
        await probe("begin");
        if (shape.IsHub)
        {
            await _application.CallHub("/hub/" + shape.Name, "Start", isSignedIn: false);
            return await probe("end of hub");
        }

        using (var answer = await _application.SendAnonymous("POST", "/" + shape.Name))
            Assert.True(answer.IsSuccessStatusCode, $"{shape.Name}: {answer.StatusCode}");
        return await probe("end");
    }

    public async Task DisposeAsync() => await _application!.DisposeAsync();
}

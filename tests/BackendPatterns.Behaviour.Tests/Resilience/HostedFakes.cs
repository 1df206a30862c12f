namespace BackendPatterns.Behaviour.Tests.Resilience;

/// <summary>The surroundings of a background service under test, as source: a host, an HTTP service that fails as often as the test says, waits that take no time.</summary>
/// <remarks>
/// Nothing depends on the clock: a run is over when the host stops, the service has ended, or it made two more calls after the failures; then every further wait lasts until the host stops.
/// </remarks>
public static class HostedFakes
{
    public const string Source = """
        global using System.Collections.Concurrent;
        global using System.Net;
        global using System.Net.Http;
        global using System.Threading.Channels;
        global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Hosting;
        global using Microsoft.Extensions.Logging;
        using Microsoft.Data.Sqlite;

        public static class Fakes
        {
            private const int MostPasses = 500;

            public static int Failures;
            public static bool TimesOut;
            public static int Calls;
            public static int Passes;
            public static int Errors;
            public static CancellationToken Stopping;
            public static readonly CancellationTokenSource Stop = new();
            public static readonly TaskCompletionSource Enough = new(TaskCreationOptions.RunContinuationsAsynchronously);
            public static readonly TaskCompletionSource Waited = new(TaskCreationOptions.RunContinuationsAsynchronously);
            public static int PassesBeforeWait;

            /// <summary>Counts a pass; the last one stops the service.</summary>
            public static void Pass()
            {
                if (Interlocked.Increment(ref Passes) >= MostPasses)
                    Stop.Cancel();
            }

            public static Task Delay(int milliseconds, CancellationToken ct = default) => Delay(TimeSpan.FromMilliseconds(milliseconds), ct);

            public static async Task Delay(TimeSpan time, CancellationToken ct = default)
            {
                ct.ThrowIfCancellationRequested();
                Interlocked.CompareExchange(ref PassesBeforeWait, Passes, 0);
                Waited.TrySetResult();
                await Task.Yield();
                if (!Enough.Task.IsCompleted && Passes == 0)
                    return;
                var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                using var registration = (ct.CanBeCanceled ? ct : Stopping).Register(() => stopped.TrySetResult());
                await stopped.Task;
                ct.ThrowIfCancellationRequested();
            }
        }

        public sealed class FakeTimer(TimeSpan period) : IDisposable
        {
            public async ValueTask<bool> WaitForNextTickAsync(CancellationToken ct = default)
            {
                await Fakes.Delay(period, ct);
                return true;
            }

            public void Dispose()
            {
            }
        }

        public sealed class FakeHandler : HttpMessageHandler
        {
            protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
            {
                ct.ThrowIfCancellationRequested();
                var call = Interlocked.Increment(ref Fakes.Calls);
                await Task.Yield();
                if (call <= Fakes.Failures)
                    throw Fakes.TimesOut ? new TaskCanceledException("timeout") : new HttpRequestException("failure " + call);
                if (call >= Fakes.Failures + 2)
                    Fakes.Enough.TrySetResult();
                return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("done") };
            }
        }

        /// <summary>Counts what the service itself logs as an error.</summary>
        public sealed class CountingLogs : ILoggerProvider, ILogger
        {
            private bool _counts;

            public ILogger CreateLogger(string categoryName) => new CountingLogs { _counts = categoryName == nameof(Worker) };

            public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                if (_counts && logLevel == LogLevel.Error)
                    Interlocked.Increment(ref Fakes.Errors);
            }

            public void Dispose()
            {
            }
        }

        public static class Harness
        {
            private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

            /// <summary>Runs the service in a host whose HTTP calls fail at first: how it goes on, how many calls and errors there were, whether it ended with the host.</summary>
            public static async Task<object[]> Fail(int failures, bool timesOut)
            {
                (Fakes.Failures, Fakes.TimesOut) = (failures, timesOut);
                using var host = new HostBuilder()
                    .ConfigureLogging(logging => logging.ClearProviders().AddProvider(new CountingLogs()))
                    .ConfigureServices(services => services
                        .AddSingleton(new HttpClient(new FakeHandler()) { BaseAddress = new Uri("http://localhost") })
                        .AddSingleton<ShopContext>(_ => null!)
                        .AddHostedService<Worker>())
                    .Build();
                var worker = host.Services.GetServices<IHostedService>().OfType<Worker>().Single();
                var lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();
                Fakes.Stopping = lifetime.ApplicationStopping;
                var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                using var registration = lifetime.ApplicationStopping.Register(() => stopping.TrySetResult());
                await host.StartAsync();
                var first = await Task.WhenAny(worker.ExecuteTask!, stopping.Task, Fakes.Enough.Task).WaitAsync(Patience);
                if (first == worker.ExecuteTask && worker.ExecuteTask!.IsFaulted)
                    await stopping.Task.WaitAsync(Patience);
                var verdict = stopping.Task.IsCompleted ? "StopsHost" : first == worker.ExecuteTask ? "EndsLoop" : "GoesOn";
                await host.StopAsync();
                return [verdict, Fakes.Calls, Fakes.Errors, worker.ExecuteTask!.IsCompleted];
            }

            /// <summary>Runs the service while there is no work: whether it waited, after how many passes, and whether it ended when it was stopped.</summary>
            public static async Task<object[]> Idle()
            {
                using var connection = new SqliteConnection("DataSource=:memory:");
                connection.Open();
                using var context = new ShopContext(new DbContextOptionsBuilder<ShopContext>().UseSqlite(connection).Options);
                context.Database.EnsureCreated();
                using var services = new ServiceCollection().AddLogging().AddSingleton(context).AddSingleton(new HttpClient(new FakeHandler()) { BaseAddress = new Uri("http://localhost") })
                    .AddSingleton<IHostApplicationLifetime>(_ => null!).BuildServiceProvider();
                var worker = ActivatorUtilities.CreateInstance<Worker>(services, (IHostApplicationLifetime)new NoLifetime());
                await worker.StartAsync(Fakes.Stop.Token);
                await Task.WhenAny(worker.ExecuteTask!, Fakes.Waited.Task).WaitAsync(Patience);
                var waited = Fakes.Waited.Task.IsCompleted;
                Fakes.Stop.Cancel();
                await Task.WhenAny(worker.ExecuteTask!).WaitAsync(Patience);
                return [waited, Fakes.PassesBeforeWait, Fakes.Passes, worker.ExecuteTask!.IsCompleted];
            }

            private sealed class NoLifetime : IHostApplicationLifetime
            {
                public CancellationToken ApplicationStarted => default;
                public CancellationToken ApplicationStopping => default;
                public CancellationToken ApplicationStopped => default;

                public void StopApplication()
                {
                }
            }
        }
        """;
}

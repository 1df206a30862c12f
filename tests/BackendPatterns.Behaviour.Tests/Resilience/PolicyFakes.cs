namespace BackendPatterns.Behaviour.Tests.Resilience;

/// <summary>The clocks that the policies under test wait on, as source: waits take no time, and a limit of thirty seconds is over when the test cancels.</summary>
public static class PolicyFakes
{
    public const string Source = """
        global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Http.Resilience;
        global using Polly;
        global using Polly.Retry;
        global using Polly.Timeout;
        using Polly.Utilities;

        public static class PolicyClock
        {
            /// <summary>Sets the clock of Polly 7, which is one for the whole process.</summary>
            public static void Use()
            {
                SystemClock.Sleep = (time, ct) => Fakes.Sleep(time);
                SystemClock.SleepAsync = Fakes.Delay;
                SystemClock.CancelTokenAfter = (source, time) =>
                {
                    if (time == Limit)
                        Fakes.Cancellation.Token.Register(source.Cancel);
                };
            }

            public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
        }

        /// <summary>The clock of Polly 8.</summary>
        public sealed class PolicyTime : TimeProvider
        {
            public static readonly PolicyTime Instance = new();

            public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
            {
                var timer = new Timer(callback, state);
                timer.Change(dueTime, period);
                return timer;
            }

            private sealed class Timer(TimerCallback callback, object? state) : ITimer
            {
                public bool Change(TimeSpan dueTime, TimeSpan period)
                {
                    if (dueTime == PolicyClock.Limit)
                    {
                        Fakes.Cancellation.Token.Register(() => callback(state));
                    }
                    else if (dueTime >= TimeSpan.Zero)
                    {
                        Fakes.Sleep(dueTime);
                        ThreadPool.QueueUserWorkItem(_ => callback(state));
                    }

                    return true;
                }

                public void Dispose()
                {
                }

                public ValueTask DisposeAsync() => default;
            }
        }

        public sealed class Stubborn(Microsoft.EntityFrameworkCore.DbContext context, int maxRetryCount)
            : Microsoft.EntityFrameworkCore.Storage.ExecutionStrategy(context, maxRetryCount, TimeSpan.Zero)
        {
            protected override bool ShouldRetryOn(Exception exception) => exception is HttpRequestException;
        }

        public sealed class EmptyContext : Microsoft.EntityFrameworkCore.DbContext
        {
            protected override void OnConfiguring(Microsoft.EntityFrameworkCore.DbContextOptionsBuilder options) =>
                Microsoft.EntityFrameworkCore.SqliteDbContextOptionsBuilderExtensions.UseSqlite(options, "Data Source=:memory:");
        }
        """;
}

namespace BackendPatterns.Behaviour.Tests.Resilience;

/// <summary>The services that retries under test call, as source: they fail as often as the test says, and count.</summary>
/// <remarks>
/// Any loop can be stopped, whatever it catches: the call that exceeds the limit never returns. A loop that comes so far does not end by itself.
/// Waits take no time; they move the clock of the test.
/// </remarks>
public static class RetryFakes
{
    public const string Source = """
        global using System.Diagnostics;
        global using System.IO;
        global using System.Net;
        global using System.Net.Http;
        using System.Collections.Concurrent;

        public interface IGateway
        {
            Task<string> CallAsync();
            string Call();
            Task<bool> TrySendAsync();
            Task<SendResult> SendAsync();
        }

        public record SendResult(bool Succeeded);

        public static class Fakes
        {
            public static int FailuresBeforeSuccess = int.MaxValue;
            public static int Limit = 200;
            public static int CancelAt = 50;
            public static Func<Exception> Failure = () => new HttpRequestException("failure " + Calls);
            public static int Calls;
            public static readonly ConcurrentQueue<double> Waits = new();
            public static readonly CancellationTokenSource Cancellation = new();
            public static readonly TaskCompletionSource Exceeded = new();
            private static DateTime _now = new(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc);

            public static DateTime UtcNow => _now;

            public static long Ticks => _now.Ticks / TimeSpan.TicksPerMillisecond;

            public static List<TimedSource> Timeouts { get; } = [];

            public static CancellationTokenSource CancelledAfter(TimeSpan time) => new TimedSource(_now + time);

            /// <summary>Counts a call; false once the limit is exceeded and the caller has to be stopped.</summary>
            public static bool Count()
            {
                var calls = Interlocked.Increment(ref Calls);
                if (calls == CancelAt)
                    Cancellation.Cancel();
                if (calls <= Limit)
                    return true;
                Exceeded.TrySetResult();
                return false;
            }

            public static bool Succeeds => Calls > FailuresBeforeSuccess;

            public static Task Delay(int milliseconds, CancellationToken ct = default) => Delay(TimeSpan.FromMilliseconds(milliseconds), ct);

            public static Task Delay(TimeSpan time, CancellationToken ct = default)
            {
                if (ct.IsCancellationRequested)
                    return Task.FromCanceled(ct);
                Sleep(time);
                return Task.CompletedTask;
            }

            public static void Sleep(int milliseconds) => Sleep(TimeSpan.FromMilliseconds(milliseconds));

            public static void Sleep(TimeSpan time)
            {
                Waits.Enqueue(time.TotalMilliseconds);
                _now += time;
                foreach (var timeout in Timeouts)
                {
                    if (_now >= timeout.Due)
                        timeout.Cancel();
                }
            }
        }

        public sealed class Gateway : IGateway
        {
            public async Task<string> CallAsync()
            {
                await StopIfExceeded();
                return Fakes.Succeeds ? "done" : throw Fakes.Failure();
            }

            public string Call()
            {
                if (!Fakes.Count())
                    Thread.Sleep(Timeout.Infinite);
                return Fakes.Succeeds ? "done" : throw Fakes.Failure();
            }

            public async Task<bool> TrySendAsync()
            {
                await StopIfExceeded();
                return Fakes.Succeeds;
            }

            public async Task<SendResult> SendAsync()
            {
                await StopIfExceeded();
                return new SendResult(Fakes.Succeeds);
            }

            private static Task StopIfExceeded() => Fakes.Count() ? Task.CompletedTask : new TaskCompletionSource().Task;
        }

        /// <summary>Answers 503 where the address says so, and throws otherwise.</summary>
        public sealed class FakeHandler : HttpMessageHandler
        {
            protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
            {
                if (!Fakes.Count())
                    await new TaskCompletionSource().Task;
                ct.ThrowIfCancellationRequested();
                if (Fakes.Succeeds)
                    return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("done") };
                if (request.RequestUri!.AbsolutePath == "/status")
                    return new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
                throw Fakes.Failure();
            }
        }

        /// <summary>Cancelled by the clock of the test.</summary>
        public sealed class TimedSource : CancellationTokenSource
        {
            public TimedSource(DateTime due)
            {
                Due = due;
                Fakes.Timeouts.Add(this);
            }

            public DateTime Due { get; }

            protected override void Dispose(bool disposing)
            {
                Fakes.Timeouts.Remove(this);
                base.Dispose(disposing);
            }
        }

        public sealed class FakeStopwatch
        {
            private readonly DateTime _start = Fakes.UtcNow;

            public static FakeStopwatch StartNew() => new();

            public TimeSpan Elapsed => Fakes.UtcNow - _start;

            public long ElapsedMilliseconds => (long)Elapsed.TotalMilliseconds;
        }

        public sealed class FakeTime : TimeProvider
        {
            public static readonly FakeTime Instance = new();

            public override long TimestampFrequency => TimeSpan.TicksPerSecond;

            public override DateTimeOffset GetUtcNow() => new(Fakes.UtcNow);

            public override long GetTimestamp() => Fakes.UtcNow.Ticks;
        }

        /// <summary>Runs the timers of a resilience pipeline at once, and notes how long they were meant to take.</summary>
        public sealed class InstantTime : TimeProvider
        {
            public static readonly InstantTime Instance = new();

            public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
            {
                if (dueTime >= TimeSpan.Zero)
                {
                    Fakes.Waits.Enqueue(dueTime.TotalMilliseconds);
                    ThreadPool.QueueUserWorkItem(_ => callback(state));
                }

                return new Done();
            }

            private sealed class Done : ITimer
            {
                public bool Change(TimeSpan dueTime, TimeSpan period)
                {
                    return true;
                }

                public void Dispose()
                {
                }

                public ValueTask DisposeAsync() => default;
            }
        }
        """;
}

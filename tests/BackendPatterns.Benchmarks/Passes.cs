using System.Collections.Concurrent;

namespace BackendPatterns.Benchmarks;

/// <summary>
/// What BenchmarkDotNet does not measure, for every pass of a benchmark: the processor time of this process, which says the same on a machine that has other work, and what Roslyn
/// says that the rules themselves took. The passes that warm up come first.
/// </summary>
internal static class Passes
{
    private static readonly ConcurrentDictionary<(string Method, Subject? Subject), ConcurrentQueue<Pass>> Measured = new();

    /// <summary>Starts a pass; it ends when the result is disposed of.</summary>
    public static Pass Start(string benchmark, string method, Subject? subject = null)
    {
        var pass = new Pass();
        Measured.GetOrAdd((benchmark + "." + method, subject), static _ => []).Enqueue(pass);
        return pass;
    }

    /// <summary>The last passes, as many as were measured; none for a benchmark that was not run.</summary>
    public static IReadOnlyList<Pass> Last(string benchmark, string method, Subject? subject, int count) =>
        Measured.TryGetValue((benchmark + "." + method, subject), out var passes) ? [.. passes.TakeLast(count)] : [];

    internal sealed class Pass : IDisposable
    {
        private readonly TimeSpan _start = Environment.CpuUsage.TotalTime;

        /// <summary>The processor time of all threads of this process, the collector's and the runtime's own among them.</summary>
        public TimeSpan Processor { get; private set; }

        /// <summary>The own time of the rules, or null where it was not asked for.</summary>
        public TimeSpan? Own { get; set; }

        public void Dispose() => Processor = Environment.CpuUsage.TotalTime - _start;
    }
}

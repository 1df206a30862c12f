using System.Collections.Concurrent;

namespace BackendPatterns.Benchmarks;

/// <summary>What Roslyn says that the rules themselves took in each pass over a subject, all threads together; the passes that warm up are in it.</summary>
internal static class OwnTimes
{
    private static readonly ConcurrentDictionary<Subject, ConcurrentBag<TimeSpan>> Passes = new();

    public static void Add(Subject subject, TimeSpan time) => Passes.GetOrAdd(subject, static _ => []).Add(time);

    /// <summary>The shortest pass, or null where there was none.</summary>
    public static TimeSpan? Best(Subject subject) => Passes.TryGetValue(subject, out var times) && !times.IsEmpty ? times.Min() : null;
}

using System.Text.Json;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace BackendPatterns.Benchmarks;

/// <summary>What the rule tool's <c>measure</c> takes over into docs/performance.json: plain numbers, one record per benchmark.</summary>
internal static class Figures
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Subject? SubjectOf(BenchmarkCase benchmark) => benchmark.Parameters.Items.Select(item => item.Value).OfType<Subject>().FirstOrDefault();

    /// <summary>The own time of the rules in the best pass, or null for a benchmark that does not ask for it.</summary>
    public static double? OwnMilliseconds(Summary summary, BenchmarkCase benchmark) =>
        PassesOf(summary, benchmark).Select(pass => pass.Own?.TotalMilliseconds).OfType<double>().Order().Cast<double?>().FirstOrDefault();

    /// <summary>The processor time of the pass that this share of the passes does not exceed, or null where none was measured.</summary>
    public static double? ProcessorMilliseconds(Summary summary, BenchmarkCase benchmark, double share)
    {
        var times = PassesOf(summary, benchmark).Select(pass => pass.Processor.TotalMilliseconds).Order().ToList();
        return times.Count == 0 ? null : times[Math.Max(0, (int)Math.Ceiling(times.Count * share) - 1)];
    }

    public static double? AllocatedBytes(Summary summary, BenchmarkCase benchmark) => summary[benchmark]?.GcStats.GetBytesAllocatedPerOperation(benchmark);

    /// <summary>Writes the figures of all benchmarks that have a result.</summary>
    public static void Write(IEnumerable<Summary> summaries, string file)
    {
        var figures =
            from summary in summaries
            from benchmark in summary.BenchmarksCases
            let statistics = summary[benchmark]?.ResultStatistics
            where statistics is not null
            select new
            {
                Benchmark = benchmark.Descriptor.Type.Name,
                Method = benchmark.Descriptor.WorkloadMethod.Name,
                Subject = SubjectOf(benchmark)?.ToString(),
                SubjectOf(benchmark)?.Lines,
                Passes = statistics.N,
                MedianMilliseconds = Rounded(statistics.Median / 1_000_000),
                Percentile95Milliseconds = Rounded(statistics.Percentiles.P95 / 1_000_000),
                ProcessorMilliseconds = Rounded(ProcessorMilliseconds(summary, benchmark, 0.5)),
                ProcessorPercentile95Milliseconds = Rounded(ProcessorMilliseconds(summary, benchmark, 0.95)),
                OwnMilliseconds = Rounded(OwnMilliseconds(summary, benchmark)),
                AllocatedKilobytes = Rounded(AllocatedBytes(summary, benchmark) / 1024),
            };
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, JsonSerializer.Serialize(figures, Indented) + "\n");
    }

    private static IReadOnlyList<Passes.Pass> PassesOf(Summary summary, BenchmarkCase benchmark) =>
        Passes.Last(benchmark.Descriptor.Type.Name, benchmark.Descriptor.WorkloadMethod.Name, SubjectOf(benchmark), summary[benchmark]?.ResultStatistics?.N ?? 0);

    private static double? Rounded(double? value) => value is { } number ? Math.Round(number, 2) : null;
}

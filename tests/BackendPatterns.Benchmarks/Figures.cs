using System.Text.Json;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace BackendPatterns.Benchmarks;

/// <summary>What the rule tool's <c>measure</c> takes over into docs/performance.json: plain numbers, one record per benchmark.</summary>
internal static class Figures
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Subject? SubjectOf(BenchmarkCase benchmark) => benchmark.Parameters.Items.Select(item => item.Value).OfType<Subject>().FirstOrDefault();

    /// <summary>The own time of the rules in the best pass, or null for a benchmark that does not run them over a whole subject.</summary>
    public static double? OwnMilliseconds(BenchmarkCase benchmark) =>
        benchmark.Descriptor.WorkloadMethod.Name == nameof(WholeProject.Analyse) && SubjectOf(benchmark) is { } subject ? OwnTimes.Best(subject)?.TotalMilliseconds : null;

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
                MeanMilliseconds = Rounded(statistics.Mean / 1_000_000),
                MedianMilliseconds = Rounded(statistics.Median / 1_000_000),
                Percentile95Milliseconds = Rounded(statistics.Percentiles.P95 / 1_000_000),
                OwnMilliseconds = Rounded(OwnMilliseconds(benchmark)),
                AllocatedKilobytes = Rounded(AllocatedBytes(summary, benchmark) / 1024),
            };
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, JsonSerializer.Serialize(figures, Indented) + "\n");
    }

    private static double? Rounded(double? value) => value is { } number ? Math.Round(number, 2) : null;
}

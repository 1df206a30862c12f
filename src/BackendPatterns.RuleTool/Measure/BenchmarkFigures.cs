namespace BackendPatterns.RuleTool.Measure;

/// <summary>One benchmark as tests/BackendPatterns.Benchmarks writes it.</summary>
public sealed record BenchmarkResult
{
    public required string Benchmark { get; init; }

    public required string Method { get; init; }

    public string? Subject { get; init; }

    public int? Lines { get; init; }

    public required int Passes { get; init; }

    public required double MedianMilliseconds { get; init; }

    public required double Percentile95Milliseconds { get; init; }

    public required double ProcessorMilliseconds { get; init; }

    public required double ProcessorPercentile95Milliseconds { get; init; }

    public double? OwnMilliseconds { get; init; }

    public double? AllocatedKilobytes { get; init; }
}

/// <summary>A benchmark beside the compiler alone in the same run.</summary>
/// <param name="Benchmark">The class of the benchmark: WholeProject, Facts, Keystroke, FirstKeystroke.</param>
/// <param name="Subject">What was analysed, or null where there is one only.</param>
/// <param name="Lines">Its lines, or null.</param>
/// <param name="Passes">How many passes were measured.</param>
/// <param name="ToCompile">The median as a multiple of the compiler's.</param>
/// <param name="Median">Milliseconds: per 1,000 lines where there are lines, else of one pass.</param>
/// <param name="Percentile95">The same of the 95th percentile.</param>
/// <param name="CompilerMedian">The same of the compiler alone.</param>
/// <param name="Processor">The median of the processor time of all threads, which other work on the machine hardly moves: per 1,000 lines where there are lines.</param>
/// <param name="ProcessorPercentile95">The same of the 95th percentile.</param>
/// <param name="CompilerProcessor">The median of the processor time of the compiler alone.</param>
/// <param name="Own">Own time in milliseconds per 1,000 lines, or null where it is not known.</param>
/// <param name="Allocated">Kilobytes: per 1,000 lines where there are lines; null where it is not known. What the compiler allocates too is taken off.</param>
public sealed record BenchmarkFigures(
    string Benchmark, string? Subject, int? Lines, int Passes, double ToCompile, double Median, double Percentile95, double CompilerMedian,
    double Processor, double ProcessorPercentile95, double CompilerProcessor, double? Own, double? Allocated)
{
    private static readonly string[] Baselines = ["Compile", "CompilerAlone"];

    // The generator binds for itself; the other benchmarks are measured together with the compiler.
    private const string Alone = "Facts";

    /// <summary>One record per benchmark that is no baseline itself.</summary>
    /// <exception cref="ToolFailure">A benchmark has no baseline.</exception>
    public static IReadOnlyList<BenchmarkFigures> Of(IReadOnlyList<BenchmarkResult> results) =>
        [.. results.Where(result => !Baselines.Contains(result.Method)).Select(result => Of(result, BaselineOf(result, results)))];

    private static BenchmarkFigures Of(BenchmarkResult result, BenchmarkResult baseline)
    {
        var unit = result.Lines is { } lines ? lines / 1_000d : 1;
        return new BenchmarkFigures(
            result.Benchmark, result.Subject, result.Lines, result.Passes,
            Math.Round(result.MedianMilliseconds / baseline.MedianMilliseconds, 2),
            Math.Round(result.MedianMilliseconds / unit, 2),
            Math.Round(result.Percentile95Milliseconds / unit, 2),
            Math.Round(baseline.MedianMilliseconds / unit, 2),
            Math.Round(result.ProcessorMilliseconds / unit, 2),
            Math.Round(result.ProcessorPercentile95Milliseconds / unit, 2),
            Math.Round(baseline.ProcessorMilliseconds / unit, 2),
            result.OwnMilliseconds is { } own ? Math.Round(own / unit, 2) : null,
            result.AllocatedKilobytes is { } all ? Math.Round((all - (result.Benchmark == Alone ? 0 : baseline.AllocatedKilobytes ?? 0)) / unit) : null);
    }

    private static BenchmarkResult BaselineOf(BenchmarkResult result, IEnumerable<BenchmarkResult> results) =>
        results.FirstOrDefault(other => other.Benchmark == result.Benchmark && other.Subject == result.Subject && Baselines.Contains(other.Method) && other.MedianMilliseconds > 0)
        ?? throw new ToolFailure($"The benchmark {result.Benchmark}.{result.Method} was run without its baseline.");
}

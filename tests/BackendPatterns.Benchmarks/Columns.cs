using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace BackendPatterns.Benchmarks;

/// <summary>A column whose value is per thousand lines of the subject, so that it is the same in every row where the cost is in proportion.</summary>
internal sealed class PerThousandLines(string name, string unit, string legend, Func<Summary, BenchmarkCase, double?> value) : IColumn
{
    public static IColumn[] All { get; } =
    [
        new PerThousandLines("Time/1k", "ms", "Mean time per 1,000 lines", (summary, benchmark) => summary[benchmark]?.ResultStatistics?.Mean / 1_000_000),
        new PerThousandLines("Own/1k", "ms", "Own time of the rules per 1,000 lines, best pass, all threads together", (_, benchmark) => Figures.OwnMilliseconds(benchmark)),
        new PerThousandLines("Allocated/1k", "KB", "Allocated memory per 1,000 lines", (summary, benchmark) => Figures.AllocatedBytes(summary, benchmark) / 1024),
    ];

    public string Id => nameof(PerThousandLines) + name;

    public string ColumnName => name;

    public bool AlwaysShow => false;

    public ColumnCategory Category => ColumnCategory.Custom;

    public int PriorityInCategory => 0;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public string Legend => legend;

    public bool IsAvailable(Summary summary) => summary.BenchmarksCases.Any(benchmark => Figures.SubjectOf(benchmark) is not null);

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase) =>
        Figures.SubjectOf(benchmarkCase) is { } subject && value(summary, benchmarkCase) is { } whole
            ? (whole / subject.Lines * 1_000).ToString("N2", CultureInfo.InvariantCulture) + " " + unit
            : "-";

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);
}

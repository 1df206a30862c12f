using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace BackendPatterns.Benchmarks;

/// <summary>A column of our own; per thousand lines it is the same in every row where the cost is in proportion to the code.</summary>
internal sealed class FigureColumn(string name, string unit, string legend, bool isPerThousandLines, Func<Summary, BenchmarkCase, double?> value) : IColumn
{
    public static IColumn[] All { get; } =
    [
        new FigureColumn("CPU", "ms", "Median of the processor time of all threads", false, (summary, benchmark) => Figures.ProcessorMilliseconds(summary, benchmark, 0.5)),
        new FigureColumn("CPU P95", "ms", "95th percentile of the processor time of all threads", false, (summary, benchmark) => Figures.ProcessorMilliseconds(summary, benchmark, 0.95)),
        new FigureColumn("Time/1k", "ms", "Mean time per 1,000 lines", true, (summary, benchmark) => summary[benchmark]?.ResultStatistics?.Mean / 1_000_000),
        new FigureColumn("CPU/1k", "ms", "Median of the processor time per 1,000 lines", true, (summary, benchmark) => Figures.ProcessorMilliseconds(summary, benchmark, 0.5)),
        new FigureColumn("Own/1k", "ms", "Own time of the rules per 1,000 lines, best pass, all threads together", true, Figures.OwnMilliseconds),
        new FigureColumn("Allocated/1k", "KB", "Allocated memory per 1,000 lines", true, (summary, benchmark) => Figures.AllocatedBytes(summary, benchmark) / 1024),
    ];

    public string Id => nameof(FigureColumn) + name;

    public string ColumnName => name;

    public bool AlwaysShow => false;

    public ColumnCategory Category => ColumnCategory.Custom;

    public int PriorityInCategory => 0;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public string Legend => legend;

    public bool IsAvailable(Summary summary) => !isPerThousandLines || summary.BenchmarksCases.Any(benchmark => Figures.SubjectOf(benchmark) is not null);

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase)
    {
        var subject = Figures.SubjectOf(benchmarkCase);
        if (value(summary, benchmarkCase) is not { } number || (isPerThousandLines && subject is null))
            return "-";
        return (isPerThousandLines ? number / subject!.Lines * 1_000 : number).ToString("N2", CultureInfo.InvariantCulture) + " " + unit;
    }

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);
}

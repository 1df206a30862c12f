using System.Globalization;
using Spectre.Console;

namespace BackendPatterns.RuleTool.Measure;

/// <summary>The figures as tables on the console.</summary>
public sealed class MeasureTables(IAnsiConsole console)
{
    // A file or pipe has no width of its own, and eighty columns would break every name.
    private const int WidthOfFile = 160;

    /// <summary>The console of this process.</summary>
    public static IAnsiConsole OfProcess()
    {
        if (System.Console.IsOutputRedirected)
            AnsiConsole.Console.Profile.Width = WidthOfFile;
        return AnsiConsole.Console;
    }

    public void Print(CorpusFigures figures)
    {
        var packages = Table($"{figures.Lines:N0} lines of {figures.Projects} projects; own time in ms per 1,000 lines", "Package", "Rules", "All rules, single pass", $"All rules, best of {figures.Repeat}", "As installed, single pass", "Build, all rules", "Reports", "Failures");
        foreach (var package in figures.Packages)
        {
            packages.AddRow(
                Markup.Escape(package.Name), Text(package.Rules), Text(package.Single.Own), Text(package.Best.Own), Text(package.Installed.Own), Text(package.Single.ToCompile) + "x",
                Text(package.Single.Reports), package.Failures == 0 ? "0" : $"[red]{Text(package.Failures)}[/]");
        }

        console.Write(packages);
        var rules = Table($"{Markup.Escape(figures.Packages[0].Name)}: own time in ms per 1,000 lines", "Rule", "Single pass", $"Best of {figures.Repeat}");
        foreach (var rule in figures.Rules.OrderByDescending(rule => rule.Best))
            rules.AddRow(Markup.Escape(rule.Id), Text(rule.Single), Text(rule.Best));
        console.Write(rules);
    }

    public void Print(IReadOnlyList<BenchmarkFigures> benchmarks)
    {
        var table = Table("Benchmarks; ms and KB per 1,000 lines where there are lines", "Benchmark", "Subject", "To compile", "Median", "95th percentile", "Processor", "Own", "Allocated");
        foreach (var row in benchmarks)
            table.AddRow(row.Benchmark, row.Subject ?? "", Text(row.ToCompile) + "x", Text(row.Median), Text(row.Percentile95), Text(row.Processor), Text(row.Own), Text(row.Allocated));
        console.Write(table);
    }

    private static Table Table(string title, params string[] columns)
    {
        var table = new Table { Title = new TableTitle(title) };
        foreach (var column in columns)
            table.AddColumn(new TableColumn(column) { Alignment = column == columns[0] ? Justify.Left : Justify.Right });
        return table;
    }

    private static string Text(double? number) => number is { } value ? value.ToString("#,0.##", CultureInfo.InvariantCulture) : "";
}

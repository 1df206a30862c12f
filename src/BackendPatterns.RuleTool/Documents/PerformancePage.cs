using System.Text;
using BackendPatterns.RuleTool.Measure;
using static System.FormattableString;

namespace BackendPatterns.RuleTool.Documents;

/// <summary>The generated parts of docs/performance.md: tables of the figures that were last saved.</summary>
public sealed class PerformancePage(Repository repository)
{
    public const string File = "docs/performance.md";

    private const string NotMeasured = "Not measured yet.";

    /// <summary>The whole page as it should be.</summary>
    /// <exception cref="ToolFailure">The page, a marker or the figures are missing or damaged.</exception>
    public string Text()
    {
        var data = PerformanceData.Read(repository);
        var page = repository.Read(File);
        foreach (var (name, content) in Blocks(data))
            page = MarkedBlock.Replace(File, page, name, content);
        return page;
    }

    private static IEnumerable<(string Name, string Content)> Blocks(PerformanceData data)
    {
        yield return ("packages", data.Corpus is { } corpus ? Packages(corpus) : NotMeasured);
        yield return ("rule-times", data.Corpus is { } same ? Rules(same) : NotMeasured);
        yield return ("sizes", Benchmarks(data, "WholeProject", Sizes));
        yield return ("facts", Benchmarks(data, "Facts", FactTimes));
        yield return ("keystrokes", Keystrokes([.. data.Benchmarks.Where(figures => figures.Lines is null)]));
    }

    private static string Packages(CorpusFigures corpus)
    {
        var ours = corpus.Packages[0];
        var text = new StringBuilder()
            .Append(Invariant($"{corpus.Lines:N0} lines in {corpus.Projects} projects of {corpus.Repositories} {(corpus.Repositories == 1 ? "application" : "applications")}, Roslyn {corpus.Roslyn}, one machine.\n"))
            .Append("Own time in milliseconds per 1,000 lines; in brackets as a multiple of this package's.\n\n")
            .Append($"| Package | Rules | All rules, single pass | All rules, best of {corpus.Repeat} | As installed, single pass | Build with all rules, single pass | Reports of all rules | Failures |\n|---|--:|--:|--:|--:|--:|--:|--:|\n");
        foreach (var package in corpus.Packages)
        {
            text.Append(Invariant($"| {package.Name} | {package.Rules} | {Own(package.Single.Own, ours.Single.Own)} | {Own(package.Best.Own, ours.Best.Own)} | {Own(package.Installed.Own, ours.Installed.Own)} | "))
                .Append(Invariant($"{package.Single.ToCompile:0.00} × compile | {package.Single.Reports:N0} | {package.Failures} |\n"));
        }

        return text.ToString();

        string Own(double time, double reference) => reference > 0 && time != reference ? Invariant($"{time:N1} ({time / reference:0.0} ×)") : Invariant($"{time:N1}");
    }

    private static string Rules(CorpusFigures corpus)
    {
        var text = new StringBuilder($"| Rule | Single pass | Best of {corpus.Repeat} | Share |\n|---|--:|--:|--:|\n");
        var all = corpus.Rules.Sum(rule => rule.Best);
        foreach (var rule in corpus.Rules.OrderByDescending(rule => rule.Best).ThenBy(rule => rule.Id, StringComparer.Ordinal))
            text.Append(Invariant($"| [{rule.Id}](rules/{rule.Id}.md) | {rule.Single:0.000} | {rule.Best:0.000} | {(all > 0 ? rule.Best / all : 0):0.0 %} |\n"));
        return text.ToString();
    }

    private static string Benchmarks(PerformanceData data, string name, Func<IReadOnlyList<BenchmarkFigures>, string> table) =>
        data.Benchmarks.Where(figures => figures.Benchmark == name).OrderBy(figures => figures.Lines).ToList() is { Count: > 0 } rows ? table(rows) : NotMeasured;

    private static string Sizes(IReadOnlyList<BenchmarkFigures> rows)
    {
        var text = new StringBuilder("| Application | Lines | Own time per 1,000 lines | Processor time added per 1,000 lines | Compile and analyse | Allocated by the rules per 1,000 lines |\n|---|--:|--:|--:|--:|--:|\n");
        foreach (var row in rows)
            text.Append(Invariant($"| {Name(row)} | {row.Lines:N0} | {row.Own:0.0} ms | {row.Processor - row.CompilerProcessor:0.0} ms | {row.ToCompile:0.00} × compile | {row.Allocated:N0} KB |\n"));
        return text.ToString();
    }

    private static string FactTimes(IReadOnlyList<BenchmarkFigures> rows)
    {
        var text = new StringBuilder("| Application | Lines | Time per 1,000 lines | Processor time per 1,000 lines | Beside the compile | Allocated per 1,000 lines |\n|---|--:|--:|--:|--:|--:|\n");
        foreach (var row in rows)
            text.Append(Invariant($"| {Name(row)} | {row.Lines:N0} | {row.Median:0.0} ms | {row.Processor:0.0} ms | {row.ToCompile:0.00} × | {row.Allocated:N0} KB |\n"));
        return text.ToString();
    }

    private static string Keystrokes(IReadOnlyList<BenchmarkFigures> rows)
    {
        if (rows.Count == 0)
            return NotMeasured;
        var text = new StringBuilder("| Keystroke | Passes | Compiler alone, median | With all rules, median | With all rules, 95th percentile | Processor time, 95th percentile | Allocated by the rules |\n|---|--:|--:|--:|--:|--:|--:|\n");
        foreach (var row in rows.OrderByDescending(row => row.Benchmark, StringComparer.Ordinal))
        {
            var name = row.Benchmark == "Keystroke" ? "the other documents are known (warm index)" : "the first after opening (cold index)";
            text.Append(Invariant($"| {name} | {row.Passes} | {row.CompilerMedian:0.0} ms | {row.Median:0.0} ms | {row.Percentile95:0.0} ms | {row.ProcessorPercentile95:0.0} ms | {row.Allocated:N0} KB |\n"));
        }

        return text.ToString();
    }

    private static string Name(BenchmarkFigures row) => row.Subject is { } subject && char.IsAsciiDigit(subject[0]) ? "generated" : row.Subject ?? "";
}

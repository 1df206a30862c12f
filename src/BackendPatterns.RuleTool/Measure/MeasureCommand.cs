using BackendPatterns.RuleTool.Catalogue;
using BackendPatterns.RuleTool.Documents;
using Spectre.Console;

namespace BackendPatterns.RuleTool.Measure;

/// <summary>Measures this package beside others, prints the figures, and saves them where told to.</summary>
public sealed class MeasureCommand(Repository repository, MeasureArguments arguments, IAnsiConsole console)
{
    // Also the rules that a package leaves off until somebody asks for them.
    private const string EveryRule = "--all-rules";

    /// <summary>Returns 0, or 1 where an analyzer of the first package threw or did not end.</summary>
    /// <exception cref="ToolFailure">The driver, an assembly or a file of figures is missing or damaged.</exception>
    public int Run()
    {
        // Before the driver runs for half an hour: damaged files are to be told of while nothing is lost.
        var before = arguments.Saves && repository.Has(PerformanceData.File) ? PerformanceData.Read(repository) : new PerformanceData();
        var benchmarks = arguments.Benchmarks is { } file ? PerformanceData.ReadBenchmarks(file) : null;
        var figures = arguments.Driver is null ? null : Corpus();
        var tables = new MeasureTables(console);
        if (figures is not null)
            tables.Print(figures);
        if (benchmarks is not null)
            tables.Print(benchmarks);
        if (arguments.Saves)
            Save(new PerformanceData { Corpus = figures ?? before.Corpus, Benchmarks = benchmarks ?? before.Benchmarks });
        return figures?.Packages[0] is { } ours && ours.Failures > 0 ? 1 : 0;
    }

    private CorpusFigures Corpus()
    {
        var driver = new CorpusDriver(arguments);
        // The driver shows every package one project beforehand: else the package that comes first would pay for the code of the compiler that all of them make the runtime compile.
        var installed = driver.Run();
        var single = driver.Run(EveryRule);
        var best = driver.Run(EveryRule, "--sequential", "--repeat", arguments.Repeat.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return CorpusFigures.Of(installed, single, best, arguments.Repeat);
    }

    private void Save(PerformanceData data)
    {
        data.Write(repository);
        console.WriteLine($"wrote {PerformanceData.File}");
        foreach (var (file, text) in new GeneratedDocuments(repository, RuleCatalogue.Rules(), RuleCatalogue.Options()).Performance())
        {
            repository.Write(file, text());
            console.WriteLine($"wrote {file}");
        }
    }
}

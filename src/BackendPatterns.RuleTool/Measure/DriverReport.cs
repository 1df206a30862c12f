using System.Text.Json;

namespace BackendPatterns.RuleTool.Measure;

/// <summary>What the corpus driver writes about one run, as far as it is used here.</summary>
public sealed record DriverReport
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public required string Roslyn { get; init; }

    public required IReadOnlyList<DriverSet> Sets { get; init; }

    public required IReadOnlyList<DriverProject> Projects { get; init; }

    public required DriverTotals Totals { get; init; }

    /// <exception cref="ToolFailure">The file does not exist, is no such report, or says that nothing was analysed.</exception>
    public static DriverReport Read(string file)
    {
        if (!File.Exists(file))
            throw new ToolFailure($"The corpus driver wrote no report to '{file}'.");
        DriverReport? report;
        try
        {
            report = JsonSerializer.Deserialize<DriverReport>(File.ReadAllText(file), Json);
        }
        catch (JsonException failure)
        {
            throw new ToolFailure($"The corpus driver's report '{file}' is damaged: {failure.Message}");
        }

        if (report is not { Sets: not null, Projects: not null, Totals.Sets: not null })
            throw new ToolFailure($"The corpus driver's report '{file}' is damaged: a part of it is null.");
        if (report.Totals.Lines <= 0 || report.Totals.CompileMs <= 0)
            throw new ToolFailure($"The corpus driver analysed nothing: {report.Projects.Count} projects, {report.Totals.Lines} lines.");
        foreach (var set in report.Sets)
        {
            if (!report.Totals.Sets.TryGetValue(set.Name, out var totals) || totals is not { Slowest: not null })
                throw new ToolFailure($"The corpus driver's report '{file}' is damaged: it has no totals of '{set.Name}'.");
            if (set.Analyzers == 0)
                throw new ToolFailure($"The driver found no analyzer in '{set.Name}': {string.Join("; ", set.Problems)}");
        }

        return report;
    }
}

/// <summary>A package as the driver loaded it.</summary>
public sealed record DriverSet
{
    public required string Name { get; init; }

    public required int Analyzers { get; init; }

    public required int Rules { get; init; }

    public IReadOnlyList<string> Problems { get; init; } = [];
}

/// <summary>One project that was analysed.</summary>
public sealed record DriverProject
{
    public required string Repo { get; init; }

    public required int Lines { get; init; }
}

/// <summary>The sums over all projects.</summary>
public sealed record DriverTotals
{
    public required int Lines { get; init; }

    public required double CompileMs { get; init; }

    public required IReadOnlyDictionary<string, DriverSetTotals> Sets { get; init; }
}

/// <summary>The sums of one package.</summary>
public sealed record DriverSetTotals
{
    public required double RatioToCompile { get; init; }

    public required double AnalyzerMs { get; init; }

    public required int Diagnostics { get; init; }

    public required int Exceptions { get; init; }

    public required int TimedOut { get; init; }

    public required IReadOnlyList<DriverTime> Slowest { get; init; }
}

/// <summary>The own time of one analyzer.</summary>
public sealed record DriverTime(string Name, string Ids, double Ms);

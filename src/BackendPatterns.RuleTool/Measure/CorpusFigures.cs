using System.Text.Json.Serialization;

namespace BackendPatterns.RuleTool.Measure;

/// <summary>What the driver measured on real applications: every project once on all cores, as installed and with all rules, and the best of several passes on one thread with all rules.</summary>
public sealed record CorpusFigures
{
    public required int Repositories { get; init; }

    public required int Projects { get; init; }

    public required int Lines { get; init; }

    public required string Roslyn { get; init; }

    /// <summary>How many passes the best one was chosen from.</summary>
    public required int Repeat { get; init; }

    /// <summary>The packages in the order of the command line: this repository's first.</summary>
    public required IReadOnlyList<PackageFigures> Packages { get; init; }

    /// <summary>The rules of the first package, by id.</summary>
    public required IReadOnlyList<RuleTime> Rules { get; init; }

    public static CorpusFigures Of(DriverReport installed, DriverReport single, DriverReport best, int repeat)
    {
        var ours = single.Sets[0].Name;
        var warm = RuleTimes(best, ours);
        return new CorpusFigures
        {
            Repositories = single.Projects.Select(project => project.Repo).Distinct(StringComparer.Ordinal).Count(),
            Projects = single.Projects.Count,
            Lines = single.Totals.Lines,
            Roslyn = single.Roslyn,
            Repeat = repeat,
            Packages =
            [
                .. single.Sets.Select(set => new PackageFigures
                {
                    Name = set.Name, Rules = set.Rules, Installed = Run(installed, set.Name), Single = Run(single, set.Name), Best = Run(best, set.Name),
                }),
            ],
            Rules = [.. RuleTimes(single, ours).OrderBy(rule => rule.Key, StringComparer.Ordinal).Select(rule => new RuleTime(rule.Key, rule.Value, warm.GetValueOrDefault(rule.Key)))],
        };
    }

    private static RunFigures Run(DriverReport report, string set)
    {
        var totals = report.Totals.Sets[set];
        return new RunFigures(PerThousandLines(report, totals.AnalyzerMs), Math.Round(totals.RatioToCompile, 2), totals.Diagnostics, totals.Exceptions + totals.TimedOut);
    }

    private static Dictionary<string, double> RuleTimes(DriverReport report, string set) =>
        report.Totals.Sets[set].Slowest.GroupBy(rule => rule.Ids, StringComparer.Ordinal)
            .ToDictionary(rules => rules.Key, rules => PerThousandLines(report, rules.Sum(rule => rule.Ms)), StringComparer.Ordinal);

    private static double PerThousandLines(DriverReport report, double milliseconds) => Math.Round(milliseconds / report.Totals.Lines * 1_000, 3);
}

/// <summary>One package in all runs.</summary>
public sealed record PackageFigures
{
    public required string Name { get; init; }

    /// <summary>How many rules it has, with those that are off until somebody asks for them.</summary>
    public required int Rules { get; init; }

    /// <summary>A single pass with the rules that its descriptors switch on.</summary>
    public required RunFigures Installed { get; init; }

    /// <summary>A single pass with all rules.</summary>
    public required RunFigures Single { get; init; }

    /// <summary>The best of several passes with all rules.</summary>
    public required RunFigures Best { get; init; }

    /// <summary>Analyzers that threw, and projects that were not done in time, in all runs.</summary>
    [JsonIgnore]
    public int Failures => Installed.Failures + Single.Failures + Best.Failures;
}

/// <summary>One package in one run.</summary>
/// <param name="Own">Own time in milliseconds per 1,000 lines: what Roslyn says its analyzers took, all threads together.</param>
/// <param name="ToCompile">Compiling and analysing, as a multiple of compiling alone.</param>
/// <param name="Reports">What was reported.</param>
/// <param name="Failures">Analyzers that threw, and projects that were not done in time.</param>
public sealed record RunFigures(double Own, double ToCompile, int Reports, int Failures);

/// <summary>The own time of one rule in milliseconds per 1,000 lines.</summary>
public sealed record RuleTime(string Id, double Single, double Best);

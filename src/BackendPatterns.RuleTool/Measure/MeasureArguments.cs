using System.Collections.Immutable;
using System.Globalization;

namespace BackendPatterns.RuleTool.Measure;

/// <summary>What <c>measure</c> was told to do.</summary>
/// <param name="Driver">The program that compiles the applications and runs the analyzers, or null where only figures of the benchmarks are taken over.</param>
/// <param name="Corpus">The list of applications that the driver knows.</param>
/// <param name="Inputs">The driver's options that choose what to analyse: <c>--folder</c>, <c>--repo</c>.</param>
/// <param name="Sets">The packages, <c>name=path</c>; the first is this repository's.</param>
/// <param name="Repeat">How often the warm run analyses each project; the best pass counts.</param>
/// <param name="Benchmarks">The file that the benchmarks wrote, or null.</param>
/// <param name="Saves">True where docs/performance.json, the page and the plot are rewritten.</param>
public sealed record MeasureArguments(
    string? Driver, string Corpus, ImmutableArray<string> Inputs, ImmutableArray<string> Sets, int Repeat, string? Benchmarks, bool Saves)
{
    /// <summary>The environment variable that names the driver where the command line does not.</summary>
    public const string DriverVariable = "BACKEND_PATTERNS_CORPUS_DRIVER";

    private const int UsualRepeat = 3;

    /// <exception cref="ToolFailure">An option is unknown, lacks its value, or names a file that does not exist.</exception>
    public static MeasureArguments Parse(IReadOnlyList<string> words)
    {
        var values = new Dictionary<string, List<string>>(StringComparer.Ordinal)
        {
            ["--driver"] = [], ["--corpus"] = [], ["--folder"] = [], ["--repo"] = [], ["--set"] = [], ["--repeat"] = [], ["--benchmarks"] = [],
        };
        var saves = false;
        for (var at = 0; at < words.Count; at++)
        {
            if (words[at] == "--save")
                saves = true;
            else if (!values.TryGetValue(words[at], out var known))
                throw new ToolFailure($"measure does not know '{words[at]}'. It takes {string.Join(", ", values.Keys)} and --save.");
            else if (++at < words.Count)
                known.Add(words[at]);
            else
                throw new ToolFailure($"{words[at - 1]} needs a value.");
        }

        var benchmarks = values["--benchmarks"].LastOrDefault();
        if (benchmarks is not null && !File.Exists(benchmarks))
            throw new ToolFailure($"There are no figures of benchmarks in '{benchmarks}'; 'dotnet run -c Release --project tests/BackendPatterns.Benchmarks' writes artifacts/benchmarks.json.");
        if (values["--set"].Count == 0 && benchmarks is not null)
            return new MeasureArguments(null, "", [], [], UsualRepeat, benchmarks, saves);
        return new MeasureArguments(
            DriverAt(values["--driver"].LastOrDefault()), CorpusAt(values["--corpus"].LastOrDefault()), InputsOf(values["--folder"].LastOrDefault(), values["--repo"]),
            SetsOf(values["--set"]), Repeats(values["--repeat"].LastOrDefault()), benchmarks, saves);
    }

    private static string DriverAt(string? named)
    {
        var driver = named ?? Environment.GetEnvironmentVariable(DriverVariable);
        if (string.IsNullOrWhiteSpace(driver))
            throw new ToolFailure($"measure runs the corpus driver, a program outside this repository: name it with --driver <file> or in {DriverVariable}.");
        return File.Exists(driver) ? driver : throw new ToolFailure($"There is no corpus driver '{driver}'.");
    }

    private static string CorpusAt(string? corpus)
    {
        if (corpus is null)
            throw new ToolFailure("measure needs --corpus <file>: the driver's list of applications, which also says what a folder is compiled against.");
        return File.Exists(corpus) ? corpus : throw new ToolFailure($"There is no corpus file '{corpus}'.");
    }

    private static ImmutableArray<string> InputsOf(string? folder, IEnumerable<string> repositories)
    {
        if (folder is not null && !Directory.Exists(folder))
            throw new ToolFailure($"There is no folder '{folder}'.");
        return [.. folder is null ? [] : new[] { "--folder", folder }, .. repositories.SelectMany(name => new[] { "--repo", name })];
    }

    private static ImmutableArray<string> SetsOf(IReadOnlyList<string> sets)
    {
        if (sets.Count == 0)
            throw new ToolFailure("measure needs --set <name>=<dll or folder>, once for each package; this repository's comes first.");
        foreach (var set in sets)
        {
            var (name, path) = set.IndexOf('=', StringComparison.Ordinal) is > 0 and var cut ? (set[..cut], set[(cut + 1)..]) : ("", "");
            if (name.Length == 0)
                throw new ToolFailure($"'--set {set}' is not <name>=<dll or folder>.");
            foreach (var file in path.Split(',', StringSplitOptions.TrimEntries).Where(file => !File.Exists(file) && !Directory.Exists(file)))
                throw new ToolFailure($"'--set {set}': there is no '{file}'.");
        }

        return sets.Select(set => set[..set.IndexOf('=', StringComparison.Ordinal)]).Distinct(StringComparer.Ordinal).Count() == sets.Count
            ? [.. sets]
            : throw new ToolFailure("Two sets have the same name.");
    }

    private static int Repeats(string? text) =>
        text is null ? UsualRepeat
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number
        : throw new ToolFailure($"'--repeat {text}' is not a number of passes.");
}

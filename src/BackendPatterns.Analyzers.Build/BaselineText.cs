namespace BackendPatterns.Analyzers.Build;

/// <summary>What the compilation for one target framework has found.</summary>
/// <param name="Framework">The name of the target framework.</param>
/// <param name="Lines">Lines of the baseline, in any order.</param>
internal sealed record FrameworkFindings(string Framework, IReadOnlyCollection<string> Lines);

/// <summary>The lines of a baseline.</summary>
internal static class BaselineText
{
    /// <summary>The first line of the baseline of a project.</summary>
    public static string Header(string project) => $"{HeaderStart}{Format}{HeaderProject}{project}";

    public const int Format = 1;
    public const string HeaderStart = "# BackendPatterns baseline, format ";
    public const string HeaderProject = ", project ";

    private const string Comment = "# Reports that a build does not show. Written by: dotnet build -t:BackendPatternsBaseline";

    /// <summary>
    /// The entries, sorted and each once. What has not been found for all target frameworks says for which: another build of the same project must not take it for fixed.
    /// </summary>
    public static IReadOnlyList<string> Lines(IReadOnlyCollection<FrameworkFindings> found) =>
        found
            .SelectMany(findings => findings.Lines.Distinct(StringComparer.Ordinal).Select(line => (Line: line, findings.Framework)))
            .GroupBy(finding => finding.Line, finding => finding.Framework, StringComparer.Ordinal)
            .Select(line => line.Count() == found.Count ? line.Key : line.Key + " " + string.Join(",", line.OrderBy(framework => framework, StringComparer.Ordinal)))
            .OrderBy(line => line, StringComparer.Ordinal)
            .ToList();

    /// <summary>The text of the file: a line feed after every line, on every system.</summary>
    public static string Of(string project, IEnumerable<string> lines) => string.Concat(new[] { Header(project), Comment }.Concat(lines).Select(line => line + "\n"));
}

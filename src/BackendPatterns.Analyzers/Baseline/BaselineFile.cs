using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis.Text;

namespace BackendPatterns.Analyzers.Baseline;

/// <summary>What a baseline says, or what is wrong with it. One line that cannot be read makes the whole file count as damaged: half a baseline would hide half of what it should.</summary>
/// <param name="Entries">The entries in the order of the file, equal lines once; none where the file is damaged.</param>
/// <param name="Damages">What cannot be read, in the order of the file.</param>
public sealed record BaselineFile(ImmutableArray<BaselineEntry> Entries, ImmutableArray<BaselineDamage> Damages)
{
    /// <summary>The name of the file where no property says otherwise.</summary>
    public const string DefaultName = "backendpatterns.baseline";

    /// <summary>The format that this version reads and writes.</summary>
    public const int Format = 1;

    private const string HeaderStart = "# BackendPatterns baseline, format ";
    private const string HeaderProject = ", project ";
    private const int MostDamages = 10;

    private static readonly string[] ConflictMarkers = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];

    /// <summary>The first line of the baseline of a project.</summary>
    public static string Header(string project) => string.Format(CultureInfo.InvariantCulture, "{0}{1}{2}{3}", HeaderStart, Format, HeaderProject, project);

    /// <summary>Reads a baseline. A line may end with spaces and in CRLF; lines that are empty or start with <c>#</c> say nothing.</summary>
    /// <param name="text">The text of the file.</param>
    /// <param name="project">The project that reads it, which has to be the one it was written for; null where its name is not known.</param>
    public static BaselineFile Read(SourceText text, string? project)
    {
        var damages = ImmutableArray.CreateBuilder<BaselineDamage>();
        var entries = ImmutableArray.CreateBuilder<BaselineEntry>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in text.Lines)
        {
            var content = line.ToString().TrimEnd();
            if (line.LineNumber == 0)
            {
                if (ProblemOfHeader(content, project) is { } problem)
                    damages.Add(new BaselineDamage(line.Span, problem));
            }
            else if (content.Length > 0 && content[0] != '#' && seen.Add(content))
            {
                if (BaselineEntry.Parse(content, line.Span) is { } entry)
                    entries.Add(entry);
                else
                    damages.Add(new BaselineDamage(line.Span, ProblemOfLine(content)));
            }

            if (damages.Count == MostDamages)
                break;
        }

        return damages.Count == 0
            ? new BaselineFile(entries.ToImmutable(), ImmutableArray<BaselineDamage>.Empty)
            : new BaselineFile(ImmutableArray<BaselineEntry>.Empty, damages.ToImmutable());
    }

    private static string? ProblemOfHeader(string line, string? project)
    {
        var end = line.IndexOf(HeaderProject, StringComparison.Ordinal);
        if (!line.StartsWith(HeaderStart, StringComparison.Ordinal) || end < 0)
            return IsConflict(line) ? ProblemOfLine(line) : $"the first line has to be '{Header(project ?? "<name>")}'";
        var format = line.Substring(HeaderStart.Length, end - HeaderStart.Length);
        if (format != Format.ToString(CultureInfo.InvariantCulture))
            return $"its format is '{format}', and this version of the package reads format {Format}; update the package or write the baseline again";
        var owner = line.Substring(end + HeaderProject.Length);
        return project is null || owner == project
            ? null
            : $"it was written for the project '{owner}' and not for '{project}'; every project has a file of its own, and after a rename the baseline is written again";
    }

    private static string ProblemOfLine(string line) =>
        IsConflict(line)
            ? "a merge conflict stands here; keep the entries of both sides and delete the lines of the markers"
            : "a line has to be a rule, a member and a fingerprint, as in 'BP1001 Shop.OrderService.NamesAsync 3f2a9c1d0b4e.0-77ab01c29d10.0'";

    private static bool IsConflict(string line) => ConflictMarkers.Any(marker => line.StartsWith(marker, StringComparison.Ordinal));
}

/// <summary>A place in a baseline that cannot be read, and why.</summary>
public sealed record BaselineDamage(TextSpan Span, string Problem);

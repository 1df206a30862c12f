using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;

namespace BackendPatterns.Analyzers.Baseline;

/// <summary>One line of a baseline: a report that is not shown.</summary>
/// <param name="Rule">The id of the rule.</param>
/// <param name="Member">The member that the report stands in, see <see cref="MemberName"/>.</param>
/// <param name="Fingerprint">What it looks like there.</param>
/// <param name="Frameworks">The target frameworks that it was found in; empty for all of the project.</param>
/// <param name="Span">Where the line stands in the file.</param>
public sealed record BaselineEntry(string Rule, string Member, Fingerprint Fingerprint, ImmutableArray<string> Frameworks, TextSpan Span)
{
    private static readonly char[] Separators = [' ', '\t'];

    /// <summary>The line of a report, without target frameworks.</summary>
    public static string Line(string rule, string member, Fingerprint fingerprint) => $"{rule} {member} {fingerprint}";

    /// <summary>The entry of a line, or null where the line is none.</summary>
    public static BaselineEntry? Parse(string line, TextSpan span)
    {
        var words = line.Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        return words.Length is 3 or 4 && IsRule(words[0]) && Fingerprint.Parse(words[2]) is { } fingerprint
            ? new BaselineEntry(words[0], words[1], fingerprint, words.Length == 4 ? words[3].Split(',').ToImmutableArray() : ImmutableArray<string>.Empty, span)
            : null;
    }

    /// <summary>True where the entry speaks about a build for this target framework; null stands for one that is not known.</summary>
    public bool IsFor(string? framework) =>
        Frameworks.IsEmpty || framework is null || Frameworks.Contains(framework, StringComparer.OrdinalIgnoreCase);

    private static bool IsRule(string word)
    {
        if (word.Length != 6 || !word.StartsWith("BP", StringComparison.Ordinal))
            return false;
        for (var i = 2; i < word.Length; i++)
        {
            if (word[i] is < '0' or > '9')
                return false;
        }

        return true;
    }
}

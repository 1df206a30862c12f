namespace BackendPatterns.RuleTool.Checks;

/// <summary>The lines that one text has more than the other, for a person to read.</summary>
public static class LineDifference
{
    private const int Shown = 40;

    /// <summary>Lines only in <paramref name="actual"/> after a minus, lines only in <paramref name="wanted"/> after a plus; a note where the lines are the same in another order.</summary>
    public static string Between(string actual, string wanted)
    {
        var (have, want) = (actual.Split('\n').ToList(), wanted.Split('\n').ToList());
        var lines = Without(have, want).Select(line => "  - " + line).Concat(Without(want, have).Select(line => "  + " + line)).ToList();
        if (lines.Count == 0)
            return "  the same lines in another order or with other blank lines";
        return string.Join('\n', lines.Take(Shown)) + (lines.Count > Shown ? $"\n  … {lines.Count - Shown} more" : "");
    }

    private static List<string> Without(List<string> lines, List<string> others)
    {
        var counts = others.GroupBy(line => line, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        return [.. lines.Where(line => !counts.TryGetValue(line, out var left) || (counts[line] = left - 1) < 0)];
    }
}

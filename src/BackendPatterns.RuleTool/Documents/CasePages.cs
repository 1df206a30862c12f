using System.Text;

namespace BackendPatterns.RuleTool.Documents;

/// <summary>The pages below <c>docs/cases</c>: code whose verdict a test compares with what it observes when the code runs.</summary>
public sealed class CasePages(Repository repository)
{
    private const string Folder = "docs/cases";
    private const string Opening = "```csharp ";
    private const string ApplicationOpening = Opening + "app ";
    private const string Heading = "### ";
    private const string Columns = "<!-- columns: ";

    /// <summary>Returns one table per page, a row per case: its name, what the rules say, and the round trips with ten and with twenty parents.</summary>
    public string Tables() => Tables(page => !IsOfApplications(page), ReadRoundTrips);

    /// <summary>
    /// Returns one table per page whose cases are whole applications, a row per case: its name and the words of its opening line, under the headings that the page's
    /// comment <c>columns</c> names. The sentence below the heading of a case stands with its first word.
    /// </summary>
    /// <exception cref="ToolFailure">A page names no columns.</exception>
    public string ApplicationTables() => Tables(IsOfApplications, ReadApplications);

    private string Tables(Func<string, bool> filter, Func<string, (string Columns, IEnumerable<string[]> Rows)> read)
    {
        var text = new StringBuilder();
        foreach (var file in repository.Files(Folder, "*.md"))
        {
            var page = repository.Read(file);
            if (!filter(page))
                continue;
            var (columns, rows) = read(page);
            var title = page.Split('\n').First(line => line.StartsWith("# ", StringComparison.Ordinal))[2..];
            text.Append($"{(text.Length == 0 ? "" : "\n")}### [{title}](cases/{Path.GetFileName(file)})\n\n| case | {columns} |\n|---|{string.Concat(columns.Split('|').Select(_ => "---|"))}\n");
            foreach (var row in rows)
                text.Append($"| {string.Join(" | ", row)} |\n");
        }

        return text.ToString();
    }

    private static bool IsOfApplications(string page) => page.Contains("\n" + ApplicationOpening, StringComparison.Ordinal);

    private static (string Columns, IEnumerable<string[]> Rows) ReadRoundTrips(string page) => (
        "verdict | round trips",
        CasesOf(page, Opening).Select(@case => @case.Words.Split(' ', 2) is [var verdict, var trips] ? [@case.Name, verdict.Replace('-', ' '), trips] : Array.Empty<string>())
            .Where(row => row.Length > 0));

    private static (string Columns, IEnumerable<string[]> Rows) ReadApplications(string page)
    {
        var line = page.Split('\n').FirstOrDefault(line => line.StartsWith(Columns, StringComparison.Ordinal))
            ?? throw new ToolFailure($"A page with applications names its columns: '{Columns}… | … -->'.");
        var columns = line[Columns.Length..].Replace(" -->", "", StringComparison.Ordinal);
        var count = columns.Split('|').Length;
        return (columns, CasesOf(page, ApplicationOpening).Select(@case => (string[])[@case.Name, .. WordsOf(@case.Words, @case.Reason, count)]));
    }

    private static IEnumerable<string> WordsOf(string opening, string reason, int count)
    {
        var words = opening.Split(' ', count);
        if (reason.Length > 0)
            words[0] += ": " + char.ToLowerInvariant(reason[0]) + reason[1..].TrimEnd('.');
        return words;
    }

    private static IEnumerable<(string Name, string Reason, string Words)> CasesOf(string page, string opening)
    {
        var (name, reason) = ("", "");
        var lines = page.Split('\n');
        for (var at = 0; at < lines.Length; at++)
        {
            if (lines[at].StartsWith(Heading, StringComparison.Ordinal))
                (name, reason) = (lines[at][Heading.Length..], lines[at + 2].StartsWith('`') ? "" : lines[at + 2]);
            else if (lines[at].StartsWith(opening, StringComparison.Ordinal))
                yield return (name, reason, lines[at][opening.Length..]);
        }
    }
}

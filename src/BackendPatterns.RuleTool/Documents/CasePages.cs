using System.Text;

namespace BackendPatterns.RuleTool.Documents;

/// <summary>The pages below <c>docs/cases</c>: code whose verdict a test compares with the round trips that it counts.</summary>
public sealed class CasePages(Repository repository)
{
    private const string Folder = "docs/cases";
    private const string Opening = "```csharp ";

    /// <summary>Returns one table per page, a row per case: its name, what the rules say, and the round trips with ten and with twenty parents.</summary>
    public string Tables()
    {
        var text = new StringBuilder();
        foreach (var page in repository.Files(Folder, "*.md"))
        {
            var (title, rows) = Read(repository.Read(page));
            text.Append($"{(text.Length == 0 ? "" : "\n")}### [{title}](cases/{Path.GetFileName(page)})\n\n| case | verdict | round trips |\n|---|---|---|\n").Append(rows);
        }

        return text.ToString();
    }

    private static (string Title, StringBuilder Rows) Read(string page)
    {
        var (title, name, rows) = ("", "", new StringBuilder());
        foreach (var line in page.Split('\n'))
        {
            if (line.StartsWith("# ", StringComparison.Ordinal))
                title = line[2..];
            else if (line.StartsWith("### ", StringComparison.Ordinal))
                name = line[4..];
            else if (line.StartsWith(Opening, StringComparison.Ordinal) && line[Opening.Length..].Split(' ', 2) is [var verdict, var trips])
                rows.Append($"| {name} | {verdict.Replace('-', ' ')} | {trips} |\n");
        }

        return (title, rows);
    }
}

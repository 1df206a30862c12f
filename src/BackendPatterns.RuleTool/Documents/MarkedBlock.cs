namespace BackendPatterns.RuleTool.Documents;

/// <summary>The generated part of a hand-written page: what stands between <c>&lt;!-- name:start --&gt;</c> and <c>&lt;!-- name:end --&gt;</c>.</summary>
public static class MarkedBlock
{
    /// <summary>The page with new text between the markers.</summary>
    /// <exception cref="ToolFailure">A marker is missing, doubled or out of order.</exception>
    public static string Replace(string file, string page, string name, string content)
    {
        var (start, end) = ($"<!-- {name}:start -->", $"<!-- {name}:end -->");
        var from = page.IndexOf(start, StringComparison.Ordinal);
        var to = page.IndexOf(end, StringComparison.Ordinal);
        if (from < 0 || to < from || page.LastIndexOf(start, StringComparison.Ordinal) != from || page.LastIndexOf(end, StringComparison.Ordinal) != to)
            throw new ToolFailure($"'{file}' has to contain '{start}' and, after it, '{end}', once each.");
        return page[..(from + start.Length)] + "\n\n" + content.Trim('\n') + "\n\n" + page[to..];
    }
}

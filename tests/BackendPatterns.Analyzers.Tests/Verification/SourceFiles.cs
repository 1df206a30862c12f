namespace BackendPatterns.Analyzers.Tests.Verification;

/// <summary>
/// A text that stands for several files: a line that is nothing but a comment with a path, <c>// Services/IOrderService.cs</c>, starts the next one. The blank line above it is
/// for the reader.
/// </summary>
public static class SourceFiles
{
    private const string Mark = "// ";
    private const string Extension = ".cs";
    private const string First = "Test.cs";

    /// <summary>What the test framework takes for the folder of a project: only files below it are in folders.</summary>
    private const string ProjectFolder = "/0/";

    /// <summary>Returns the files before and after a fix in their order; the first is <c>Test.cs</c>. Where there are several, they stand in the folder of a project.</summary>
    public static (IReadOnlyList<(string Path, string Text)> Before, IReadOnlyList<(string Path, string Text)> After) Of(string before, string? after)
    {
        var old = In(before).ToList();
        var changed = after is null ? [] : In(after).ToList();
        return old.Count > 1 || changed.Count > 1 ? (Below(old), Below(changed)) : (old, changed);

        static List<(string Path, string Text)> Below(List<(string Path, string Text)> files) => files.ConvertAll(static file => (ProjectFolder + file.Path, file.Text));
    }

    private static IEnumerable<(string Path, string Text)> In(string text)
    {
        var path = First;
        var start = 0;
        for (var line = 0; line < text.Length;)
        {
            var end = text.IndexOf('\n', line) is >= 0 and var found ? found + 1 : text.Length;
            if (PathIn(text[line..end]) is { } next)
            {
                yield return (path, text[start..line].EndsWith("\n\n", StringComparison.Ordinal) ? text[start..(line - 1)] : text[start..line]);
                path = next;
                start = end;
            }

            line = end;
        }

        yield return (path, text[start..]);
    }

    private static string? PathIn(string line)
    {
        var text = line.TrimEnd();
        return text.StartsWith(Mark, StringComparison.Ordinal) && text.EndsWith(Extension, StringComparison.Ordinal) && !text[Mark.Length..].Contains(' ') ? text[Mark.Length..] : null;
    }
}

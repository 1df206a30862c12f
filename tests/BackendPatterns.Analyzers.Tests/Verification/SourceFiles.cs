namespace BackendPatterns.Analyzers.Tests.Verification;

/// <summary>
/// A text that stands for several files: a line that is nothing but a comment with a path, <c>// Services/IOrderService.cs</c>, starts the next one. The blank line above it is
/// for the reader.
/// </summary>
public static class SourceFiles
{
    private const string Mark = "// ";
    private const string Extension = ".cs";

    /// <summary>Returns the files in their order; the first is <c>Test.cs</c>.</summary>
    public static IEnumerable<(string Path, string Text)> Of(string text)
    {
        var path = "Test.cs";
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

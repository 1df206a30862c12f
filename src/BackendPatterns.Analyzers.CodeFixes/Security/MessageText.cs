namespace BackendPatterns.Analyzers.CodeFixes.Security;

/// <summary>The text of a log message, as written in the source.</summary>
internal static class MessageText
{
    private static readonly (string Open, string Close)[] Brackets =
        [("\\\"", "\\\""), ("\"\"", "\"\""), ("'", "'"), ("(", ")"), ("[", "]"), ("<", ">"), ("`", "`")];

    /// <summary>Words that lead to the value and go with it: Refused ada [with …].</summary>
    private static readonly HashSet<string> Leading = new(
        ["with", "without", "of", "for", "by", "from", "to", "in", "on", "at", "using", "via", "as", "and", "or"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Words after which a sentence has no sense without the value: the token was […].</summary>
    private static readonly HashSet<string> Stating = new(
        ["is", "was", "are", "were", "be", "been", "has", "had", "have", "got", "equals", "not", "than", "that", "the", "a", "an", "its"], StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Returns the literal without one placeholder, the quotes around it, and the colon or the word that leads to it; null where the literal has not
    /// as many placeholders as there are values, or where what is left says nothing.
    /// </summary>
    public static string? Without(string literal, int index, int count)
    {
        var start = literal.IndexOf('"');
        var quotes = 1;
        while (start + quotes < literal.Length && literal[start + quotes] == '"')
            quotes++;
        // Two quotes are an empty text, or the delimiter and the first quote of a verbatim one: neither has a placeholder to take out.
        if (quotes == 2 || literal.Length < start + (2 * quotes))
            return null;
        start += quotes;
        var end = literal.Length - quotes;
        var places = PlaceholdersIn(literal, start, end);
        if (places is null || places.Count != count)
            return null;
        var (from, to) = places[index];
        return Join(literal.Substring(start, from - start), literal.Substring(to, end - to), startsText: true, endsText: true) is not var (left, right) || (left + right).Trim().Length == 0
            ? null
            : literal.Substring(0, start) + left + right + literal.Substring(end);
    }

    /// <summary>Returns what stands before and after a value that goes, so that the two read well together; null where they would not.</summary>
    public static (string Before, string After)? Join(string before, string after, bool startsText, bool endsText)
    {
        foreach (var (open, close) in Brackets)
        {
            if (before.EndsWith(open, StringComparison.Ordinal) && after.StartsWith(close, StringComparison.Ordinal))
            {
                before = before.Substring(0, before.Length - open.Length);
                after = after.Substring(close.Length);
                break;
            }
        }

        var isEnd = endsText && after.Trim().Length == 0;
        var hadBlank = before.EndsWith(" ", StringComparison.Ordinal);
        before = before.TrimEnd(' ');
        if (before.Length > 0 && before[before.Length - 1] is ':' or '=' or '-' or ',' && (isEnd || (after.Length > 0 && after[0] is ' ' or '.' or ',' or ';' or ')')))
            before = before.Substring(0, before.Length - 1).TrimEnd(' ');
        if (WithoutLeadingWords(before) is not { } kept)
            return null;
        before = kept;
        if (startsText && before.Length == 0)
            return StartsInside(after) ? null : ("", after.TrimStart(' ', ',', ':', ';', '-'));
        if (after.Length > 0 && !isEnd && hadBlank && (char.IsLetterOrDigit(after[0]) || after[0] is '{' or '('))
            before += " ";
        return (before, isEnd ? after.TrimEnd(' ') : after);
    }

    // What stood after the subject of a sentence is none without it.
    private static bool StartsInside(string after) => after.TrimStart(' ') is { Length: > 0 } rest && char.IsLower(rest[0]);

    /// <summary>Returns the text without the words that lead to the value, or null where it ends in one that states something of it.</summary>
    private static string? WithoutLeadingWords(string text)
    {
        while (true)
        {
            var start = text.Length;
            while (start > 0 && char.IsLetter(text[start - 1]))
                start--;
            var word = text.Substring(start);
            if (Stating.Contains(word))
                return null;
            if (!Leading.Contains(word))
                return text;
            text = text.Substring(0, start).TrimEnd(' ');
        }
    }

    private static List<(int From, int To)>? PlaceholdersIn(string text, int start, int end)
    {
        var places = new List<(int, int)>();
        for (var i = start; i < end; i++)
        {
            if (text[i] != '{')
                continue;
            if (i + 1 < end && text[i + 1] == '{')
            {
                i++;
                continue;
            }

            var close = text.IndexOf('}', i);
            if (close < 0 || close >= end)
                return null;
            places.Add((i, close + 1));
            i = close;
        }

        return places;
    }
}

using Microsoft.CodeAnalysis.Text;

namespace BackendPatterns.Analyzers.Model.Calls;

/// <summary>
/// Finds the identifiers in parts of a text, each distinct one once per part. Comments and strings are read like code: a name too many costs a look, a name
/// too few (in an interpolation, say) would hide a round trip.
/// </summary>
internal sealed class IdentifierScan(string text)
{
    private int[] _seenIn = new int[128];
    private int _part;

    /// <summary>The distinct identifiers so far.</summary>
    public NameTable Names { get; } = new();

    /// <summary>The identifiers of all parts so far, as positions in <see cref="Names"/>.</summary>
    public List<int> Mentions { get; } = [];

    /// <summary>Adds the identifiers of a part of the text to <see cref="Mentions"/> and returns their range.</summary>
    public TextSpan Mention(TextSpan part)
    {
        var first = Mentions.Count;
        _part++;
        var at = part.Start;
        while (at < part.End)
        {
            var c = text[at];
            if (c < 128 ? IsStart(c) : char.IsLetter(c))
            {
                var end = at + 1;
                var hash = NameTable.Hash(NameTable.FirstHash, c);
                for (; end < part.End && text[end] is var next && IsPart(next); end++)
                    hash = NameTable.Hash(hash, next);
                Add(Names.Add(text, at, end - at, hash));
                if (NamesNoConstructor(at, end, part.End))
                    Add(Names.Add(TreeIndex.SomeConstructor));
                at = end;
            }
            else if (c is >= '0' and <= '9')
            {
                while (++at < part.End && IsPart(text[at]))
                {
                }
            }
            else
            {
                if (c == '[' && at > part.Start && text[at - 1] is var before && (IsPart(before) || before is ')' or ']' or '?' or '!' or '>'))
                    Add(Names.Add(TreeIndex.Indexer));
                at++;
            }
        }

        return TextSpan.FromBounds(first, Mentions.Count);
    }

    /// <summary>Adds names to <see cref="Mentions"/> and returns their range.</summary>
    public TextSpan Mention(IEnumerable<string> names)
    {
        var first = Mentions.Count;
        _part++;
        foreach (var name in names)
            Add(Names.Add(name));
        return TextSpan.FromBounds(first, Mentions.Count);
    }

    /// <summary><c>new(</c>, <c>base(</c>, <c>this(</c>.</summary>
    private bool NamesNoConstructor(int start, int end, int limit)
    {
        if (end - start is not (3 or 4) || !(Is("new", start, end) || Is("base", start, end) || Is("this", start, end)))
            return false;
        while (end < limit && char.IsWhiteSpace(text[end]))
            end++;
        return end < limit && text[end] == '(';
    }

    private bool Is(string word, int start, int end) => end - start == word.Length && string.CompareOrdinal(text, start, word, 0, word.Length) == 0;

    private void Add(int name)
    {
        if (name >= _seenIn.Length)
            Array.Resize(ref _seenIn, Math.Max(name + 1, _seenIn.Length * 2));
        if (_seenIn[name] == _part)
            return;
        _seenIn[name] = _part;
        Mentions.Add(name);
    }

    private static bool IsStart(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '_';

    private static bool IsPart(char c) => c < 128 ? IsStart(c) || c is >= '0' and <= '9' : char.IsLetterOrDigit(c) || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.NonSpacingMark;
}

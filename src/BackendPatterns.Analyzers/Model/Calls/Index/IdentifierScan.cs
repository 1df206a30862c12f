using Microsoft.CodeAnalysis.Text;

namespace BackendPatterns.Analyzers.Model.Calls;

/// <summary>
/// Finds the identifiers in parts of a text, each distinct one once per part. Comments and strings are read like code: a name too many costs a look, a name
/// too few (in an interpolation, say) would hide a round trip.
/// </summary>
internal sealed class IdentifierScan(string text)
{
    private const int FirstHash = 17;

    private int[] _buckets = new int[256];
    private int[] _seenIn = new int[128];
    private int _part;

    /// <summary>The distinct identifiers so far.</summary>
    public List<string> Names { get; } = [];

    /// <summary>The identifiers of all parts so far, as positions in <see cref="Names"/>.</summary>
    public List<int> Mentions { get; } = [];

    /// <summary>Returns the position of a name in <see cref="Names"/>.</summary>
    public int IdOf(string name) => IdOf(name, 0, name.Length, HashOf(name));

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
                var hash = Hash(FirstHash, c);
                for (; end < part.End && text[end] is var next && IsPart(next); end++)
                    hash = Hash(hash, next);
                Add(IdOf(text, at, end - at, hash));
                if (NamesNoConstructor(at, end, part.End))
                    Add(IdOf(TreeIndex.SomeConstructor));
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
                    Add(IdOf(TreeIndex.Indexer));
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
            Add(IdOf(name));
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

    private void Add(int id)
    {
        if (_seenIn[id] == _part)
            return;
        _seenIn[id] = _part;
        Mentions.Add(id);
    }

    private static int HashOf(string name)
    {
        var hash = FirstHash;
        foreach (var c in name)
            hash = Hash(hash, c);
        return hash;
    }

    private static int Hash(int before, char c) => unchecked((before * 31) + c);

    private int IdOf(string source, int start, int length, int hash)
    {
        var mask = _buckets.Length - 1;
        var slot = hash & mask;
        for (; _buckets[slot] != 0; slot = (slot + 1) & mask)
        {
            var known = Names[_buckets[slot] - 1];
            if (known.Length == length && string.CompareOrdinal(known, 0, source, start, length) == 0)
                return _buckets[slot] - 1;
        }

        Names.Add(source.Substring(start, length));
        _buckets[slot] = Names.Count;
        if (Names.Count > _seenIn.Length)
            Array.Resize(ref _seenIn, _seenIn.Length * 2);
        if (Names.Count * 2 > _buckets.Length)
            Grow();
        return Names.Count - 1;
    }

    private void Grow()
    {
        _buckets = new int[_buckets.Length * 2];
        var mask = _buckets.Length - 1;
        for (var id = 0; id < Names.Count; id++)
        {
            var slot = HashOf(Names[id]) & mask;
            while (_buckets[slot] != 0)
                slot = (slot + 1) & mask;
            _buckets[slot] = id + 1;
        }
    }

    private static bool IsStart(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '_';

    private static bool IsPart(char c) => c < 128 ? IsStart(c) || c is >= '0' and <= '9' : char.IsLetterOrDigit(c) || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.NonSpacingMark;
}

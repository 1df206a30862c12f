namespace BackendPatterns.Analyzers.Model.Calls;

/// <summary>The distinct names of one text, each with a position. A name is looked up where it stands in the text, and becomes a string of its own only the first time.</summary>
internal sealed class NameTable
{
    /// <summary>What <see cref="Hash"/> begins with.</summary>
    public const int FirstHash = 17;

    // Positions plus one; 0 is free.
    private int[] _buckets = new int[256];

    /// <summary>In the order in which they were added.</summary>
    public List<string> Names { get; } = [];

    /// <summary>Returns the hash of what comes before and one more character.</summary>
    public static int Hash(int before, char c) => unchecked((before * 31) + c);

    /// <summary>Returns the position of a name, or -1 where it was not added.</summary>
    public int PositionOf(string name) => _buckets[SlotOf(name, 0, name.Length, HashOf(name))] - 1;

    /// <summary>Returns the position of a name, which is added where it is new.</summary>
    public int Add(string name) => Add(name, 0, name.Length, HashOf(name));

    /// <summary>Returns the position of the name that stands at a place of a text, which is added where it is new.</summary>
    public int Add(string source, int start, int length, int hash)
    {
        var slot = SlotOf(source, start, length, hash);
        if (_buckets[slot] != 0)
            return _buckets[slot] - 1;
        Names.Add(source.Substring(start, length));
        _buckets[slot] = Names.Count;
        if (Names.Count * 2 > _buckets.Length)
            Grow();
        return Names.Count - 1;
    }

    private static int HashOf(string name)
    {
        var hash = FirstHash;
        foreach (var c in name)
            hash = Hash(hash, c);
        return hash;
    }

    private int SlotOf(string source, int start, int length, int hash)
    {
        var mask = _buckets.Length - 1;
        var slot = hash & mask;
        for (; _buckets[slot] != 0; slot = (slot + 1) & mask)
        {
            var known = Names[_buckets[slot] - 1];
            if (known.Length == length && string.CompareOrdinal(known, 0, source, start, length) == 0)
                break;
        }

        return slot;
    }

    private void Grow()
    {
        _buckets = new int[_buckets.Length * 2];
        var mask = _buckets.Length - 1;
        for (var position = 0; position < Names.Count; position++)
        {
            var slot = HashOf(Names[position]) & mask;
            while (_buckets[slot] != 0)
                slot = (slot + 1) & mask;
            _buckets[slot] = position + 1;
        }
    }
}

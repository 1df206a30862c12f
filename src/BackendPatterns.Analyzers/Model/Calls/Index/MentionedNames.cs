using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Calls;

/// <summary>
/// Which members write one of a list of names: the test in front of rules that only look at calls of these names. Read from the index of the tree, where each name is looked up once
/// per file, and not compared once per call. Lists are static fields: each has a place in the index of every tree.
/// </summary>
/// <param name="names">Simple names; <see cref="TreeIndex.SomeConstructor"/> for <c>new(…)</c>.</param>
internal sealed class MentionedNames(params IEnumerable<string> names)
{
    private static int _lists;

    private readonly HashSet<string> _names = new(names, StringComparer.Ordinal);
    private readonly int _list = Interlocked.Increment(ref _lists) - 1;

    /// <summary>True for a name of the list.</summary>
    public bool Contain(string name) => _names.Contains(name);

    /// <summary>
    /// False where the text of the member that a place stands in has none of the names. Names in comments and strings count, and code that the index does not list (top-level statements,
    /// operators) may have them all.
    /// </summary>
    public bool AreAround(SyntaxNode place, CancellationToken cancellation)
    {
        var index = TreeIndex.Of(place.SyntaxTree, cancellation);
        if (index.MemberAt(place.SpanStart) is not (>= 0 and var position))
            return true;
        var among = index.Lists[_list] ?? (index.Lists[_list] = Among(index));
        if (among.Length == 0)
            return false;
        var body = index.Members[position].Body;
        var mentions = index.Mentions.AsSpan().Slice(body.Start, body.Length);
        foreach (var name in among)
        {
            if (mentions.IndexOf(name) >= 0)
                return true;
        }

        return false;
    }

    private int[] Among(TreeIndex index)
    {
        var among = new List<int>();
        foreach (var name in _names)
        {
            if (index.PositionOf(name) is >= 0 and var position)
                among.Add(position);
        }

        return among.Count == 0 ? [] : [.. among];
    }

    /// <summary>What the index of one tree knows of each list: the positions of its names among the names of the tree, or null before the first question. Threads may overwrite the same for each other.</summary>
    public sealed class Answers
    {
        private int[]?[] _positions = [];

        public int[]? this[int list]
        {
            get => Volatile.Read(ref _positions) is var positions && list < positions.Length ? Volatile.Read(ref positions[list]) : null;
            set
            {
                var positions = Volatile.Read(ref _positions);
                if (list >= positions.Length)
                {
                    var larger = new int[]?[Math.Max(list + 1, Volatile.Read(ref _lists))];
                    Array.Copy(positions, larger, positions.Length);
                    Volatile.Write(ref _positions, positions = larger);
                }

                Volatile.Write(ref positions[list], value);
            }
        }
    }
}

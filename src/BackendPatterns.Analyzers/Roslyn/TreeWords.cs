using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Roslyn;

/// <summary>
/// Which words of a fixed list the text of a tree contains: the prefilter in front of every question about a whole compilation.
/// The answer is kept with the tree, so a file that does not change is read once while someone types in another one. Lists are static fields: each has a place in the answers of every tree.
/// </summary>
public sealed class TreeWords
{
    // The highest bit of an answer says that there is one.
    private const int MostWords = 63;
    private const long Known = 1L << MostWords;

    private static readonly ConditionalWeakTable<SyntaxTree, Answers> Trees = new();
    private static int _lists;

    private readonly string[] _words;
    private readonly int _list = Interlocked.Increment(ref _lists) - 1;

    /// <param name="words">At most 63 words, compared by ordinal.</param>
    public TreeWords(params string[] words) => _words = words;

    /// <summary>True where the text contains at least one of the words, also in comments and strings: a hit has to be bound.</summary>
    public bool AnyIn(SyntaxTree tree, CancellationToken cancellation) => Found(tree, cancellation) != Known;

    /// <summary>True where the text contains this word of the list.</summary>
    public bool Contains(SyntaxTree tree, string word, CancellationToken cancellation) => (Found(tree, cancellation) & (1L << Array.IndexOf(_words, word))) != 0;

    /// <summary>True where the text of a tree contains a word that is not known beforehand.</summary>
    public static bool Mentions(SyntaxTree tree, string word, CancellationToken cancellation) => TextOf(tree, cancellation).IndexOf(word, StringComparison.Ordinal) >= 0;

    private long Found(SyntaxTree tree, CancellationToken cancellation)
    {
        var answers = Trees.GetValue(tree, static _ => new Answers());
        var found = answers[_list];
        if (found != 0)
            return found;
        var text = TextOf(tree, cancellation);
        found = Known;
        for (var i = 0; i < _words.Length; i++)
        {
            if (text.IndexOf(_words[i], StringComparison.Ordinal) >= 0)
                found |= 1L << i;
        }

        answers[_list] = found;
        return found;
    }

    private static string TextOf(SyntaxTree tree, CancellationToken cancellation) => tree.GetText(cancellation).ToString();

    /// <summary>What all lists found in one tree; 0 where a list was not looked for. What two threads overwrite for each other is found again.</summary>
    private sealed class Answers
    {
        private long[] _found = [];

        public long this[int list]
        {
            get => Volatile.Read(ref _found) is var found && list < found.Length ? Interlocked.Read(ref found[list]) : 0;
            set
            {
                var found = Volatile.Read(ref _found);
                if (list >= found.Length)
                {
                    var larger = new long[Math.Max(list + 1, Volatile.Read(ref _lists))];
                    Array.Copy(found, larger, found.Length);
                    Volatile.Write(ref _found, found = larger);
                }

                Interlocked.Exchange(ref found[list], value);
            }
        }
    }
}

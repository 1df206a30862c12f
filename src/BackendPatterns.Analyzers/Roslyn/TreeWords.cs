using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Roslyn;

/// <summary>
/// Which words of a fixed list the text of a tree contains: the prefilter in front of every question about a whole compilation.
/// The answer is kept with the tree, so a file that does not change is read once while someone types in another one.
/// </summary>
/// <param name="words">At most 64 words, compared by ordinal.</param>
public sealed class TreeWords(params string[] words)
{
    private readonly ConditionalWeakTable<SyntaxTree, object> _found = new();

    /// <summary>True where the text contains at least one of the words, also in comments and strings: a hit has to be bound.</summary>
    public bool AnyIn(SyntaxTree tree, CancellationToken cancellation) => Found(tree, cancellation) != 0;

    /// <summary>True where the text contains this word of the list.</summary>
    public bool Contains(SyntaxTree tree, string word, CancellationToken cancellation) =>
        (Found(tree, cancellation) & (1UL << Array.IndexOf(words, word))) != 0;

    /// <summary>True where the text of a tree contains a word that is not known beforehand.</summary>
    public static bool Mentions(SyntaxTree tree, string word, CancellationToken cancellation) =>
        tree.GetText(cancellation).ToString().IndexOf(word, StringComparison.Ordinal) >= 0;

    private ulong Found(SyntaxTree tree, CancellationToken cancellation)
    {
        if (_found.TryGetValue(tree, out var known))
            return (ulong)known;
        var text = tree.GetText(cancellation).ToString();
        var found = 0UL;
        for (var i = 0; i < words.Length; i++)
        {
            if (text.IndexOf(words[i], StringComparison.Ordinal) >= 0)
                found |= 1UL << i;
        }

        return (ulong)_found.GetValue(tree, _ => found);
    }
}

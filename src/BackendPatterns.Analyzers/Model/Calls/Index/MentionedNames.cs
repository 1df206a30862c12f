using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Calls;

/// <summary>
/// Which members write one of a list of names: the test in front of rules that only look at calls of these names. Read from the index of the tree, where each name is compared once
/// per file, and not once per call.
/// </summary>
/// <param name="names">Simple names; <see cref="TreeIndex.SomeConstructor"/> for <c>new(…)</c>.</param>
internal sealed class MentionedNames(params IEnumerable<string> names)
{
    private readonly HashSet<string> _names = new(names, StringComparer.Ordinal);
    private readonly ConditionalWeakTable<TreeIndex, bool[]> _among = new();

    /// <summary>
    /// False where the text of the member that a place stands in has none of the names. Names in comments and strings count, and code that the index does not list (top-level statements,
    /// operators) may have them all.
    /// </summary>
    public bool AreAround(SyntaxNode place, CancellationToken cancellation)
    {
        var index = TreeIndex.Of(place.SyntaxTree, cancellation);
        if (index.MemberAt(place.SpanStart) is not (>= 0 and var position))
            return true;
        var among = _among.TryGetValue(index, out var known) ? known : _among.GetValue(index, i => i.Names.Select(_names.Contains).ToArray());
        var body = index.Members[position].Body;
        for (var i = body.Start; i < body.End; i++)
        {
            if (among[index.Mentions[i]])
                return true;
        }

        return false;
    }
}

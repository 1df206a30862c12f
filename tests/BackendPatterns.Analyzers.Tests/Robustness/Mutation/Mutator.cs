using System.Collections.Immutable;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace BackendPatterns.Analyzers.Tests.Robustness.Mutation;

/// <summary>Changes the text of a seed. What happens depends on nothing but the seeds and the random numbers.</summary>
internal sealed class Mutator(Seed seed, Random random)
{
    private const int MostNested = 40;

    private static readonly ImmutableArray<NodeSort> Repeatable = [NodeSort.Block, NodeSort.Statement, NodeSort.Member, NodeSort.Argument, NodeSort.Parameter, NodeSort.Attribute, NodeSort.GlobalStatement];

    private static readonly ImmutableArray<NodeSort> Replaceable = [.. Enum.GetValues<NodeSort>()];

    private static readonly ImmutableArray<string> Words =
    [
        .. SyntaxFacts.GetKeywordKinds().Select(SyntaxFacts.GetText), "{", "}", "(", ")", "[", "]", "<", ">", ";", ",", ".", "?.", "!", "=>", "=", "==", "??", "??=", "..", "^", ":", "::",
        "0", "\"", "'", "\"\"\"", "$\"{", "/*", "//", "#if A", "#endif", "@", "_", "null!", "default!", "async", "await", "static", "x => x", "new()", "[]", "is { }", "with { }",
    ];

    // No lambda as an argument of an overloaded method and no interpolated string in another: the time that the compiler itself takes grows with every such level many times over.
    private static readonly ImmutableArray<(string Before, string After)> StatementWrappers =
    [
        ("while (true) { ", " }"), ("foreach (var x in new int[1]) { ", " }"), ("try { ", " } catch { } finally { }"), ("if (true) { ", " } else { }"), ("{ ", " }"),
        ("void Inner() { ", " }"), ("System.Action a = async () => { ", " };"), ("switch (1) { case 1: ", " break; }"), ("using (null) { ", " }"), ("lock (new object()) ", ""),
        ("do { ", " } while (false);"), ("label: ", ""),
    ];

    private static readonly ImmutableArray<(string Before, string After)> ExpressionWrappers =
    [
        ("(", ")"), ("await ", ""), ("", ".ToList()"), ("", ".Where(x => true)"), ("", "?.Select(x => x)"), ("!", ""), ("(true ? ", " : null)"), ("new[] { ", " }"), ("(() => ", ")()"),
        ("", " ?? null"), ("new { A = ", " }"), ("", " is var y && y"), ("(object)", ""), ("", " switch { _ => 1 }"), ("[.. ", "]"), ("nameof(", ")"), ("checked(", ")"), ("throw ", ""),
        ("(from x in ", " select x)"), ("stackalloc[] { ", " }"), ("ref ", ""), ("Task.WhenAll(", ")"), ("", "!"), ("-", ""), ("", "[0]"), ("(1, ", ")"),
    ];

    /// <summary>Returns the seed with one change of this kind at a token, or at places that chance decides; <paramref name="other"/> gives nodes to transplant.</summary>
    public string Apply(MutationKind kind, int token, Seed other) => kind switch
    {
        MutationKind.Prefix => seed.Text[..seed.Tokens[token].End],
        MutationKind.Deletion => Replace(seed.Tokens[token], ""),
        MutationKind.Swap => Swap(Pick(seed.Tokens), Pick(seed.Tokens)),
        MutationKind.Replacement => Replace(Pick(seed.Tokens), random.Next(2) == 0 ? " " + Pick(Words) + " " : seed.TextOf(Pick(seed.Tokens))),
        MutationKind.Duplication => Node(Repeatable) is { } node ? Duplicate(node.Span) : seed.Text,
        MutationKind.Transplant => Node(Replaceable) is { } node ? Replace(node.Span, Donated(other, node.Sort)) : seed.Text,
        MutationKind.Move => Node(Repeatable) is { } node ? Move(node.Span, Pick(seed.Nodes(node.Sort))) : seed.Text,
        MutationKind.Removal => Node(Replaceable) is { } node ? Replace(node.Span, "") : seed.Text,
        MutationKind.Merge => Merge(seed.TextOf(Pick(seed.Tokens)), seed.TextOf(Pick(seed.Tokens))),
        _ => Node([NodeSort.Statement, NodeSort.Expression, NodeSort.Expression, NodeSort.Block]) is { } node ? Nest(node) : seed.Text,
    };

    private T Pick<T>(ImmutableArray<T> values) => values[random.Next(values.Length)];

    // A sort that the seed does not have is no choice: a few tries find another.
    private (NodeSort Sort, TextSpan Span)? Node(ImmutableArray<NodeSort> sorts)
    {
        for (var attempt = 0; attempt < sorts.Length; attempt++)
        {
            var sort = Pick(sorts);
            if (seed.Nodes(sort) is { Length: > 0 } nodes)
                return (sort, Pick(nodes));
        }

        return null;
    }

    private string Donated(Seed other, NodeSort sort)
    {
        var giver = random.Next(2) == 0 || other.Nodes(sort).IsEmpty ? seed : other;
        return giver.TextOf(Pick(giver.Nodes(sort)));
    }

    private string Replace(TextSpan span, string text) => string.Concat(seed.Text.AsSpan(0, span.Start), text, seed.Text.AsSpan(span.End));

    private string Duplicate(TextSpan span)
    {
        var text = seed.TextOf(span);
        var separator = text.EndsWith('}') || text.EndsWith(';') || text.EndsWith(']') ? "\n" : ", ";
        return seed.Text.Insert(span.End, string.Concat(Enumerable.Repeat(separator + text, random.Next(8) == 0 ? 10 : 1)));
    }

    private string Swap(TextSpan one, TextSpan two)
    {
        if (one == two)
            return seed.Text;
        var (first, second) = one.Start < two.Start ? (one, two) : (two, one);
        return string.Concat(
            string.Concat(seed.Text.AsSpan(0, first.Start), seed.TextOf(second), seed.Text.AsSpan(first.End, second.Start - first.End)),
            seed.TextOf(first), seed.Text.AsSpan(second.End));
    }

    private string Move(TextSpan from, TextSpan to)
    {
        var text = "\n" + seed.TextOf(from) + "\n";
        if (from.OverlapsWith(to))
            return seed.Text.Insert(to.End, text);
        return from.Start < to.Start
            ? seed.Text.Insert(to.End, text).Remove(from.Start, from.Length)
            : seed.Text.Remove(from.Start, from.Length).Insert(to.End, text);
    }

    private string Merge(string name, string with)
    {
        if (!SyntaxFacts.IsValidIdentifier(name) || !SyntaxFacts.IsValidIdentifier(with))
            return Replace(Pick(seed.Tokens), with);
        var text = new System.Text.StringBuilder();
        var from = 0;
        foreach (var token in seed.Tokens.Where(token => token.Length == name.Length && seed.TextOf(token) == name))
        {
            text.Append(seed.Text, from, token.Start - from).Append(with);
            from = token.End;
        }

        return text.Append(seed.Text, from, seed.Text.Length - from).ToString();
    }

    private string Nest((NodeSort Sort, TextSpan Span) node)
    {
        var wrappers = node.Sort is NodeSort.Expression ? ExpressionWrappers : StatementWrappers;
        var one = Pick(wrappers);
        var isMixed = random.Next(2) == 0;
        var (before, after) = (new List<string>(), new List<string>());
        for (var depth = random.Next(1, MostNested); depth > 0; depth--)
        {
            var wrapper = isMixed ? Pick(wrappers) : one;
            before.Add(wrapper.Before);
            after.Add(wrapper.After);
        }

        after.Reverse();
        return Replace(node.Span, string.Concat(before) + seed.TextOf(node.Span) + string.Concat(after));
    }
}

using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using BackendPatterns.Analyzers.Model.DataAccess;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace BackendPatterns.Analyzers.Model.Calls;

/// <summary>A member that is declared in a tree.</summary>
/// <param name="Name">Its simple name; a constructor goes by the name of its type, an indexer by <see cref="TreeIndex.Indexer"/>.</param>
/// <param name="Type">The type that declares it, as a position in <see cref="TreeIndex.Types"/>.</param>
/// <param name="Span">Where it stands.</param>
/// <param name="IsConstructor">True for a constructor.</param>
/// <param name="IsStored">True for a field or property: it may hold what a constructor puts there.</param>
/// <param name="Header">The names in its return type and parameters, a range of <see cref="TreeIndex.Mentions"/>.</param>
/// <param name="Body">The names in its bodies and initializers, local functions and lambdas included.</param>
internal readonly record struct MemberEntry(int Name, int Type, TextSpan Span, bool IsConstructor, bool IsStored, TextSpan Header, TextSpan Body);

/// <summary>A type that is declared in a tree.</summary>
/// <param name="Name">Its simple name.</param>
/// <param name="Position">Where its identifier starts.</param>
/// <param name="Bases">The names in its base list, type arguments included: a range of <see cref="TreeIndex.Mentions"/>.</param>
/// <param name="DirectBases">The names of its base types alone.</param>
internal readonly record struct TypeEntry(int Name, int Position, TextSpan Bases, TextSpan DirectBases);

/// <summary>
/// What the text of one tree says about names: the members and types that it declares and the identifiers that each mentions. Nothing is bound, and the
/// index is kept with the tree: an unchanged file is never indexed again while someone types in another one.
/// </summary>
internal sealed class TreeIndex(NameTable names, ImmutableArray<int> mentions, ImmutableArray<MemberEntry> members, ImmutableArray<TypeEntry> types)
{
    /// <summary>Stands for every indexer.</summary>
    public const string Indexer = "this[]";

    /// <summary>Stands for <c>new(…)</c>, <c>base(…)</c>, <c>this(…)</c>: a constructor whose type is not named.</summary>
    public const string SomeConstructor = "new()";

    private static readonly ConditionalWeakTable<SyntaxTree, TreeIndex> Indexes = new();

    /// <summary>The distinct identifiers of the tree; all other parts refer to them by position.</summary>
    public ImmutableArray<string> Names { get; } = names.Names.ToImmutableArray();

    /// <summary>What each name allows.</summary>
    public ImmutableArray<NameTraits> Traits { get; } = names.Names.Select(RoundTripNames.Of).ToImmutableArray();

    /// <summary>In source order.</summary>
    public ImmutableArray<MemberEntry> Members { get; } = members;

    public ImmutableArray<TypeEntry> Types { get; } = types;

    public ImmutableArray<int> Mentions { get; } = mentions;

    /// <summary>What is known of lists of names.</summary>
    public MentionedNames.Answers Lists { get; } = new();

    /// <summary>True where the tree was indexed before, for this or another compilation.</summary>
    public static bool IsKnown(SyntaxTree tree) => Indexes.TryGetValue(tree, out _);

    /// <summary>Returns the index of a tree, made at the first question.</summary>
    public static TreeIndex Of(SyntaxTree tree, CancellationToken cancellation) =>
        Indexes.TryGetValue(tree, out var known) ? known : Indexes.GetValue(tree, t => TreeIndexer.Index(t, cancellation));

    /// <summary>Returns the position of a name in <see cref="Names"/>, or -1 where the tree does not have it.</summary>
    public int PositionOf(string name) => names.PositionOf(name);

    /// <summary>Returns the position of the member whose text contains this place, or -1 (top-level statements).</summary>
    public int MemberAt(int position)
    {
        var low = 0;
        var high = Members.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var span = Members[middle].Span;
            if (position < span.Start)
                high = middle - 1;
            else if (position >= span.End)
                low = middle + 1;
            else
                return middle;
        }

        return -1;
    }
}

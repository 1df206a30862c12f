using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Roslyn;

/// <summary>Where a symbol is declared, in an order that does not depend on which file is compiled first: a report on a partial type stands at the same place always.</summary>
internal static class SymbolPlaces
{
    private static readonly Comparer<Location> ByPlace = Comparer<Location>.Create(Compare);

    /// <summary>Returns the first place by the name of the file. A symbol that is not declared in source has the place that Roslyn gives it.</summary>
    public static Location FirstPlace(this ISymbol symbol)
    {
        var first = symbol.Locations[0];
        for (var i = 1; i < symbol.Locations.Length; i++)
        {
            if (Compare(symbol.Locations[i], first) < 0)
                first = symbol.Locations[i];
        }

        return first;
    }

    /// <summary>Returns all places, by the name of the file and the position in it.</summary>
    public static ImmutableArray<Location> Places(this ISymbol symbol) => symbol.Locations.Length == 1 ? symbol.Locations : symbol.Locations.Sort(Compare);

    /// <summary>Returns the members of a type as <see cref="INamespaceOrTypeSymbol.GetMembers()"/> does, those of its parts by the names of their files.</summary>
    public static ImmutableArray<ISymbol> MembersByPlace(this ITypeSymbol type)
    {
        var members = type.GetMembers();
        return type.DeclaringSyntaxReferences.Length < 2 ? members : members.OrderBy(static member => member.Locations.IsEmpty ? Location.None : member.FirstPlace(), ByPlace).ToImmutableArray();
    }

    /// <summary>Returns the declarations of a symbol, by the name of the file and the position in it.</summary>
    public static ImmutableArray<SyntaxReference> DeclarationsByPlace(this ISymbol symbol) =>
        symbol.DeclaringSyntaxReferences is { Length: > 1 } parts ? parts.Sort(static (one, other) => Compare(one.SyntaxTree, one.Span.Start, other.SyntaxTree, other.Span.Start)) : symbol.DeclaringSyntaxReferences;

    private static int Compare(Location one, Location other) => Compare(one.SourceTree, one.SourceSpan.Start, other.SourceTree, other.SourceSpan.Start);

    private static int Compare(SyntaxTree? tree, int start, SyntaxTree? otherTree, int otherStart)
    {
        var files = string.CompareOrdinal(tree?.FilePath, otherTree?.FilePath);
        return files != 0 ? files : start.CompareTo(otherStart);
    }
}

using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Roslyn;

/// <summary>Where a symbol is declared, in an order that does not depend on which file is compiled first: a report on a partial type stands at the same place always.</summary>
internal static class SymbolPlaces
{
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

    private static int Compare(Location one, Location other)
    {
        var files = string.CompareOrdinal(one.SourceTree?.FilePath, other.SourceTree?.FilePath);
        return files != 0 ? files : one.SourceSpan.Start.CompareTo(other.SourceSpan.Start);
    }
}

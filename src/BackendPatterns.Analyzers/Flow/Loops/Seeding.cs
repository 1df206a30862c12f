using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Flow;

/// <summary>Code that fills a new database: it runs once, on a handful of rows.</summary>
public static class Seeding
{
    /// <summary>True for a member that is, or stands in a type that is, named after seeding.</summary>
    public static bool Is(ISymbol? member)
    {
        for (var current = member; current is IMethodSymbol or INamedTypeSymbol or IPropertySymbol or IFieldSymbol; current = current.ContainingSymbol)
        {
            if (IsNamedSo(current.Name))
                return true;
        }

        return false;
    }

    private static bool IsNamedSo(string name)
    {
        for (var at = name.IndexOf("Seed", StringComparison.Ordinal); at >= 0; at = name.IndexOf("Seed", at + 1, StringComparison.Ordinal))
        {
            var rest = name.Substring(at + "Seed".Length);
            if (rest.Length == 0 || char.IsUpper(rest[0]) || StartsWithWord(rest, "s") || StartsWithWord(rest, "er") || StartsWithWord(rest, "ing") || StartsWithWord(rest, "ed"))
                return true;
        }

        return name.IndexOf("DbInitializer", StringComparison.Ordinal) >= 0 || name.IndexOf("DatabaseInitializer", StringComparison.Ordinal) >= 0
               || name.IndexOf("DataInitializer", StringComparison.Ordinal) >= 0;
    }

    private static bool StartsWithWord(string rest, string ending) =>
        rest.StartsWith(ending, StringComparison.Ordinal) && (rest.Length == ending.Length || char.IsUpper(rest[ending.Length]));
}

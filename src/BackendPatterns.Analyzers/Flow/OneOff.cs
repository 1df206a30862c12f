using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow;

/// <summary>Code that fills a new database or carries an old one over to a new version: it runs once.</summary>
public static class OneOff
{
    /// <summary>True for a member that is, or stands in a type that is, named after seeding, or stands in a type named after a data migration.</summary>
    public static bool Is(ISymbol? member)
    {
        for (var current = member; current is IMethodSymbol or INamedTypeSymbol or IPropertySymbol or IFieldSymbol; current = current.ContainingSymbol)
        {
            if (IsNamedAfterSeeding(current.Name) || (current is INamedTypeSymbol && IsNamedAfterMigration(current.Name)))
                return true;
        }

        return false;
    }

    /// <summary>The same for an operation in a member: also where it stands in a local function named after seeding, or in a lambda that EF Core runs to seed (<c>UseSeeding</c>).</summary>
    public static bool Is(ISymbol? member, IOperation operation)
    {
        if (Is(member))
            return true;
        for (var current = operation.Parent; current is not null; current = current.Parent)
        {
            if (current is ILocalFunctionOperation { Symbol.Name: var name } && IsNamedAfterSeeding(name))
                return true;
            if (current is IInvocationOperation { TargetMethod.Name: "UseSeeding" or "UseAsyncSeeding" })
                return true;
        }

        return false;
    }

    private static bool IsNamedAfterSeeding(string name)
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

    private static bool IsNamedAfterMigration(string name)
    {
        var at = name.IndexOf("Migrat", StringComparison.Ordinal);
        if (at < 0)
            return false;
        var rest = name.Substring(at + "Migrat".Length);
        return StartsWithWord(rest, "e") || StartsWithWord(rest, "ion") || StartsWithWord(rest, "ions") || StartsWithWord(rest, "or");
    }

    private static bool StartsWithWord(string rest, string ending) =>
        rest.StartsWith(ending, StringComparison.Ordinal) && (rest.Length == ending.Length || char.IsUpper(rest[ending.Length]));
}

using BackendPatterns.Analyzers.Model.Libraries;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Translation;

/// <summary>
/// The members of the base library that the SQLite, SQL Server and PostgreSQL providers all translate (https://learn.microsoft.com/ef/core/providers/sqlite/functions,
/// https://learn.microsoft.com/ef/core/providers/sql-server/functions, https://www.npgsql.org/efcore/mapping/translations.html).
/// </summary>
internal static class TranslatedMembers
{
    private static readonly HashSet<string> TextMethods = new(StringComparer.Ordinal)
    {
        "Contains", "StartsWith", "EndsWith", "ToLower", "ToUpper", "Trim", "TrimStart", "TrimEnd", "Substring", "Replace", "IndexOf", "Equals", "IsNullOrEmpty", "IsNullOrWhiteSpace", "Concat",
    };

    private static readonly HashSet<string> MathMethods = new(StringComparer.Ordinal)
    {
        "Abs", "Ceiling", "Floor", "Round", "Truncate", "Sign", "Pow", "Sqrt", "Exp", "Log", "Log10", "Sin", "Cos", "Tan",
    };

    private static readonly HashSet<string> DateParts = new(StringComparer.Ordinal) { "Year", "Month", "Day", "DayOfYear", "Hour", "Minute", "Second" };

    private static readonly HashSet<string> DateMethods = new(StringComparer.Ordinal) { "AddYears", "AddMonths", "AddDays", "AddHours", "AddMinutes", "AddSeconds" };

    /// <summary>Returns what is known of a property of a value: <c>Length</c>, <c>Year</c>, <c>HasValue</c>.</summary>
    public static Translation Of(IPropertySymbol property, DatabaseProviders providers)
    {
        var owner = property.ContainingType;
        switch (owner.OriginalDefinition.SpecialType)
        {
            case SpecialType.System_Nullable_T:
                return property.Name is "HasValue" ? Translation.SameAnswer : Translation.Translated;
            case SpecialType.System_String:
                return property.Name is not "Length" ? Translation.Unknown : providers.CompareTextExactly ? Translation.SameAnswer : Translation.Translated;
            case SpecialType.System_DateTime:
                return DateParts.Contains(property.Name) || property.Name is "Date" ? Translation.SameAnswer : Translation.Unknown;
            default:
                return owner.Name is "DateOnly" && owner.ContainingNamespace.Is("System") && property.Name is "Year" or "Month" or "Day" ? Translation.Translated : Translation.Unknown;
        }
    }

    /// <summary>Returns what is known of a call on values of the row. Overloads with a culture, a comparison or a format are not translated.</summary>
    public static Translation Of(IMethodSymbol method, DatabaseProviders providers)
    {
        foreach (var parameter in method.Parameters)
        {
            if (!ScalarTypes.Contains(parameter.Type) || parameter.Type is { Name: "StringComparison" or "MidpointRounding" })
                return Translation.Unknown;
        }

        var type = method.ContainingType;
        if (type.SpecialType is SpecialType.System_String)
            return OfText(method, providers);
        if (type is { Name: "Math" } && type.ContainingNamespace.Is("System"))
            return MathMethods.Contains(method.Name) ? Translation.Translated : Translation.Unknown;
        if (type.SpecialType is SpecialType.System_DateTime && DateMethods.Contains(method.Name))
            return Translation.Translated;
        return method is { Name: "Equals", IsStatic: false, Parameters: [{ Type: var other }] } && ScalarTypes.Contains(type) && SymbolEqualityComparer.Default.Equals(type, other)
            ? Translation.SameAnswer
            : Translation.Unknown;
    }

    private static Translation OfText(IMethodSymbol method, DatabaseProviders providers)
    {
        if (!TextMethods.Contains(method.Name) || method.Parameters.Any(static parameter => parameter.Type.SpecialType is SpecialType.System_Char))
            return Translation.Unknown;
        // StartsWith and ToLower follow the culture in memory; Contains and Equals compare the characters.
        return method.Name is "Contains" or "Equals" or "IsNullOrEmpty" && providers.CompareTextExactly ? Translation.SameAnswer : Translation.Translated;
    }
}

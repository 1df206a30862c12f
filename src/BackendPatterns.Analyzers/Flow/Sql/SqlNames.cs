using System.Collections.Immutable;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Flow.Sql;

/// <summary>Names that say what a text is.</summary>
internal static class SqlNames
{
    private static readonly ImmutableHashSet<string> Fragments = ImmutableHashSet.Create(
        StringComparer.Ordinal, "sql", "query", "statement", "clause", "fragment", "placeholder", "placeholders", "param", "params", "parameter", "parameters", "predicate", "script", "quoted", "escaped", "safe");

    private static readonly string[] Quoting = ["Delimit", "Quote", "Escape", "Sanitize", "GetTableName", "GetSchema", "GetColumnName", "GetSchemaQualifiedTableName", "Encode", "FormatParameterName", "GenerateParameterName"];

    /// <summary>
    /// True for a value whose name says that it is SQL itself, put together by the caller (<c>whereSql</c>, <c>placeholders</c>). What stands between quotes is none.
    /// </summary>
    public static bool IsFragment(IOperation value, bool isQuoted)
    {
        if (isQuoted || value.ReferencedSymbol() is not { } symbol)
            return false;
        foreach (var word in NameWords.Of(symbol.Name))
        {
            if (Fragments.Contains(word))
                return true;
        }

        return false;
    }

    /// <summary>True for methods that make a text safe to be put into SQL, or that read a name out of the model.</summary>
    public static bool Quotes(string method)
    {
        foreach (var start in Quoting)
        {
            if (method.StartsWith(start, StringComparison.Ordinal))
                return true;
        }

        return false;
    }
}

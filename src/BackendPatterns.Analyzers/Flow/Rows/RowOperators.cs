using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Flow.Rows;

/// <summary>The in-memory operators that read rows through lambdas and never compare, keep or change them.</summary>
internal static class RowOperators
{
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "Count", "LongCount", "Any", "All", "Sum", "Min", "Max", "Average", "First", "FirstOrDefault", "Single", "SingleOrDefault", "Last", "LastOrDefault",
        "Find", "FindLast", "Exists", "TrueForAll", "FindIndex", "MinBy", "MaxBy", "Aggregate",
        "Where", "OrderBy", "OrderByDescending", "ThenBy", "ThenByDescending", "Take", "TakeLast", "TakeWhile", "Skip", "SkipLast", "SkipWhile", "GroupBy", "DistinctBy",
        "Reverse", "FindAll", "GetRange",
        "Select", "SelectMany", "ToDictionary", "ToLookup", "ToList", "ToArray", "ElementAt", "ElementAtOrDefault", "AsEnumerable", "DefaultIfEmpty", "Chunk", "Join",
        "GroupJoin", "Zip", "Index", "CountBy", "AggregateBy", "GetValueOrDefault", "ToImmutableArray", "ToImmutableList", "ToImmutableDictionary", "ToFrozenDictionary",
        "ForEach", "ConvertAll", "AsReadOnly", "ContainsKey", "TryGetValue", "GetAwaiter", "GetResult", "ConfigureAwait", "AsSpan", "Contains",
    };

    private static readonly HashSet<string> NeedLambda = new(StringComparer.Ordinal) { "Sum", "Min", "Max", "Average" };

    /// <summary>True for an operator of the base library that only reads the rows it is called on; false also where that is not known.</summary>
    public static bool Contain(IMethodSymbol method, bool hasLambda)
    {
        var space = method.ContainingNamespace;
        if (!space.Is("System.Linq") && !space.IsBelow("System.Collections") && !IsTaskPart(method.ContainingType))
            return false;
        var name = method.Name;
        // Contains(row) compares rows; ILookup.Contains(key) does not.
        if (name is "Contains" && method.ContainingType.Name is not ("ILookup" or "Lookup"))
            return false;
        return Names.Contains(name) && (hasLambda || !NeedLambda.Contains(name));
    }

    /// <summary>True where what the lambda for this parameter returns goes into the result; a key would be compared.</summary>
    public static bool KeepsResultOf(IParameterSymbol? parameter) => parameter?.Name is "selector" or "resultSelector" or "elementSelector" or "collectionSelector" or "converter";

    private static bool IsTaskPart(INamedTypeSymbol type) =>
        type.ContainingNamespace.Is("System.Threading.Tasks") || (type.ContainingNamespace.Is("System.Runtime.CompilerServices") && type.Name.Contains("Awaiter"));
}

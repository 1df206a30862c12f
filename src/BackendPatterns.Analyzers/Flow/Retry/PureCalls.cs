using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Flow.Retry;

/// <summary>Methods of the base library that give the same answer for the same arguments and never end a loop.</summary>
internal static class PureCalls
{
    private static readonly HashSet<string> SystemTypes = new(StringComparer.Ordinal)
    {
        "String", "Enum", "Math", "TimeSpan", "Int32", "Int64", "Double", "Decimal", "Char", "Array", "Convert", "Object", "Type", "Exception", "AggregateException", "Random", "MemoryExtensions", "Nullable", "HashCode",
    };

    /// <summary>True for a pure method of the base library.</summary>
    public static bool IsPure(IMethodSymbol method)
    {
        if (method.ContainingType is not { } type)
            return false;
        if (type.IsIn("System"))
            return SystemTypes.Contains(type.Name) || type.TypeKind is TypeKind.Enum || type.IsException();
        if (type.IsIn("System.Linq") || type.IsIn("System.Text.RegularExpressions") || type.IsIn("System.Globalization"))
            return true;
        return method.Name is "Contains" or "ContainsKey" or "IndexOf" or "Equals" or "ToString" or "GetHashCode" or "GetType" or "GetValueOrDefault"
            && (type.ContainingNamespace.Is("System.Collections.Generic") || type.ContainingNamespace.Is("System.Collections.Immutable") || type.ContainingNamespace.Is("System.Collections.Frozen") || method.Name is "GetType");
    }
}

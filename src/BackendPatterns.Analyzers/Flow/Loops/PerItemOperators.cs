using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow;

/// <summary>The methods that call a delegate once per item of a sequence in memory.</summary>
public static class PerItemOperators
{
    private static readonly HashSet<string> ShortCircuiting = new(StringComparer.Ordinal)
    {
        "First", "FirstOrDefault", "FirstAsync", "FirstOrDefaultAsync", "Any", "AnyAsync", "All", "AllAsync", "TakeWhile", "SkipWhile",
        "Find", "FindIndex", "Exists", "TrueForAll", "FindLast", "FindLastIndex",
    };

    /// <summary>
    /// Returns the call that runs a lambda or method group once per item, or null where it is stored, run once (<c>Task.Run</c>), translated, or passed to code
    /// that is not known.
    /// </summary>
    public static IInvocationOperation? CallOf(IOperation function)
    {
        var value = function;
        while (value.Parent is IDelegateCreationOperation or IConversionOperation or IParenthesizedOperation)
            value = value.Parent;
        if (value.Parent is not IArgumentOperation { Parameter: { } parameter, Parent: IInvocationOperation call })
            return null;
        return parameter.Type.TypeKind is TypeKind.Delegate && RunsPerItem(call.TargetMethod, parameter) ? call : null;
    }

    /// <summary>Returns what the operator iterates: its receiver, or the first argument of <c>Parallel.ForEach</c> and <c>Array.ForEach</c>; null for <c>Parallel.For</c>.</summary>
    public static IOperation? SequenceOf(IInvocationOperation call) =>
        call.Receiver() ?? (call.ArgumentAt(0) is { } first && first.Unwrap().Type.ElementTypeOfSequence() is not null ? first : null);

    /// <summary>True for an operator that stops at the first item that answers its question.</summary>
    public static bool StopsEarly(IInvocationOperation call) => ShortCircuiting.Contains(call.TargetMethod.Name);

    private static bool RunsPerItem(IMethodSymbol method, IParameterSymbol parameter)
    {
        var type = method.ContainingType;
        var space = type.ContainingNamespace;
        return type.Name switch
        {
            "Enumerable" or "ParallelEnumerable" => space.Is("System.Linq") && IsPerItemParameter(method, parameter),
            "AsyncEnumerable" => space.Is("System.Linq") && IsPerItemParameter(method, parameter),
            "List" or "HashSet" or "SortedSet" => space.Is("System.Collections.Generic"),
            "ImmutableList" or "ImmutableArrayExtensions" => space.Is("System.Collections.Immutable") || space.Is("System.Linq"),
            "Array" => space.Is("System"),
            "Parallel" => method.Name is "For" or "ForAsync" or "ForEach" or "ForEachAsync" && parameter.Name is "body" && space.Is("System.Threading.Tasks"),
            // Selectors and actions that EF Core runs here, on rows that have arrived; its other operators take expression trees.
            "EntityFrameworkQueryableExtensions" => space.Is("Microsoft.EntityFrameworkCore"),
            _ => false,
        };
    }

    private static bool IsPerItemParameter(IMethodSymbol method, IParameterSymbol parameter) =>
        !(method.Name.StartsWith("Aggregate", StringComparison.Ordinal) && parameter.Name is "resultSelector");
}

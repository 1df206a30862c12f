using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow;

/// <summary>The methods that call a delegate once per item of a sequence in memory: those of the known libraries by name, own ones by what their body does.</summary>
public static class PerItemOperators
{
    private static readonly HashSet<string> ShortCircuiting = new(StringComparer.Ordinal)
    {
        "First", "FirstOrDefault", "FirstAsync", "FirstOrDefaultAsync", "Any", "AnyAsync", "All", "AllAsync", "TakeWhile", "SkipWhile",
        "Find", "FindIndex", "Exists", "TrueForAll", "FindLast", "FindLastIndex",
    };

    /// <summary>
    /// Returns the call that runs a lambda or method group once per item, also where it is stored in a local or readonly field first; null where it is only
    /// stored, run once (<c>Task.Run</c>), translated, or passed to code that is not known.
    /// </summary>
    public static IInvocationOperation? CallOf(IOperation function) => CallOf(function, depth: 0);

    /// <summary>The same for a question that was asked from within the body of an own operator, <paramref name="depth"/> operators deep.</summary>
    internal static IInvocationOperation? CallOf(IOperation function, int depth)
    {
        var value = function.WithConversions();
        switch (value.Parent)
        {
            case IArgumentOperation { Parameter: { Type.TypeKind: TypeKind.Delegate } parameter, Parent: IInvocationOperation call }:
                return RunsPerItem(call.TargetMethod, parameter) || OwnOperators.SequenceParameter(call, parameter, depth) is not null ? call : null;
            case IVariableInitializerOperation or IFieldInitializerOperation:
                return StoredFunctions.CallOf(value.Parent, depth);
            default:
                return null;
        }
    }

    /// <summary>Returns what the operator iterates: its receiver, or the first argument of <c>Parallel.ForEach</c> and <c>Array.ForEach</c>; null for <c>Parallel.For</c>.</summary>
    public static IOperation? SequenceOf(IInvocationOperation call) => SequenceOf(call, depth: 0);

    /// <summary>The same for a question that was asked from within the body of an own operator.</summary>
    internal static IOperation? SequenceOf(IInvocationOperation call, int depth)
    {
        if (OwnOperators.SequenceOf(call, depth) is { } sequence)
            return sequence;
        return call.Receiver() ?? (call.ArgumentAt(0) is { } first && first.Unwrap().Type.ElementTypeOfSequence() is not null ? first : null);
    }

    /// <summary>True for an operator that stops at the first item that answers its question.</summary>
    public static bool StopsEarly(IInvocationOperation call) => ShortCircuiting.Contains(call.TargetMethod.Name);

    /// <summary>True for an operator of a known library.</summary>
    internal static bool RunsPerItem(IMethodSymbol method, IParameterSymbol parameter)
    {
        var type = method.ContainingType;
        var space = type.ContainingNamespace;
        return type.Name switch
        {
            "Enumerable" or "ParallelEnumerable" => space.Is("System.Linq") && IsPerItemParameter(method, parameter),
            "AsyncEnumerable" => space.Is("System.Linq") && IsPerItemParameter(method, parameter),
            "List" or "HashSet" or "SortedSet" => space.Is("System.Collections.Generic"),
            "ImmutableList" or "ImmutableArrayExtensions" => space.Is("System.Collections.Immutable") || space.Is("System.Linq"),
            "ImmutableDictionary" or "ImmutableSortedDictionary" => IsSelector(parameter) && space.Is("System.Collections.Immutable"),
            "FrozenDictionary" => IsSelector(parameter) && space.Is("System.Collections.Frozen"),
            "Array" => space.Is("System"),
            "Parallel" => method.Name is "For" or "ForAsync" or "ForEach" or "ForEachAsync" && parameter.Name is "body" && space.Is("System.Threading.Tasks"),
            // Selectors and actions that EF Core runs here, on rows that have arrived; its other operators take expression trees.
            "EntityFrameworkQueryableExtensions" => space.Is("Microsoft.EntityFrameworkCore"),
            _ => false,
        };
    }

    private static bool IsPerItemParameter(IMethodSymbol method, IParameterSymbol parameter) =>
        !(method.Name.StartsWith("Aggregate", StringComparison.Ordinal) && parameter.Name is "resultSelector");

    private static bool IsSelector(IParameterSymbol parameter) => parameter.Name is "keySelector" or "elementSelector";
}

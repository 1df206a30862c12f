using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Roslyn;

/// <summary>
/// Values for a <c>params</c> parameter. A host with C# 13 or newer prefers the overloads of .NET 9 that take a span, as <c>Task.WhenAll</c>, <c>string.Concat</c> and
/// <c>string.Format</c> have them: the values then stand in a collection expression, an operation that Roslyn 4.8 does not know, instead of in an array.
/// </summary>
public static class ParamsArguments
{
    // ArgumentKind.ParamCollection, which came with C# 13.
    private const ArgumentKind ParamCollection = (ArgumentKind)4;

    /// <summary>True where the values are written one by one, not as one array.</summary>
    public static bool IsParams(this IArgumentOperation argument) => argument.ArgumentKind is ArgumentKind.ParamArray or ParamCollection;

    /// <summary>True for the collection, other than an array, that the compiler makes of the values. Its children are the values.</summary>
    public static bool IsParamsCollection(this IOperation? operation)
    {
        var parent = operation?.Parent;
        while (parent is IConversionOperation)
            parent = parent.Parent;
        return parent is IArgumentOperation { ArgumentKind: ParamCollection } && operation is not IConversionOperation;
    }

    /// <summary>Returns the values that are written one by one, or null where the argument is one value.</summary>
    public static IReadOnlyCollection<IOperation>? ParamsValues(this IArgumentOperation argument)
    {
        if (!argument.IsParams())
            return null;
        var collection = argument.Value.Unwrap();
        return collection is IArrayCreationOperation { Initializer.ElementValues: var values } ? values
            : collection.IsParamsCollection() ? collection.ChildOperations
            : null;
    }
}

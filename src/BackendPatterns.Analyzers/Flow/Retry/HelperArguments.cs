using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow.Retry;

/// <summary>What the parameters of a helper are given, and where those values come from in turn. Without a call: the parameters of the loop's own function.</summary>
/// <param name="Call">The call of the helper.</param>
/// <param name="Outside">The same for the code around the call.</param>
internal sealed record HelperArguments(IInvocationOperation? Call, HelperArguments? Outside)
{
    /// <summary>Outside any helper.</summary>
    public static readonly HelperArguments None = new(null, null);

    /// <summary>Returns the value that the call gives to a parameter, or null where it is no parameter of the helper.</summary>
    public (IOperation Value, HelperArguments Outside)? Of(IParameterSymbol parameter)
    {
        if (Call is null || Outside is null)
            return null;
        foreach (var argument in Call.Arguments)
        {
            if (argument.Parameter?.Ordinal == parameter.Ordinal && SymbolEqualityComparer.Default.Equals(argument.Parameter.OriginalDefinition.ContainingSymbol, parameter.OriginalDefinition.ContainingSymbol))
                return (argument.Value, Outside);
        }

        return null;
    }
}

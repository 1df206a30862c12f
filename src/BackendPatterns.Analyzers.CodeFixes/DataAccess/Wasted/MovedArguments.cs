using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess.Wasted;

/// <summary>What the arguments of an operator read, when they are evaluated earlier than they were.</summary>
internal static class MovedArguments
{
    /// <summary>True where an argument reads a field or property that is not one of the row: it may change before the operator runs.</summary>
    public static bool DependOnMembers(IOperation use)
    {
        if (use is not IInvocationOperation call)
            return false;
        foreach (var argument in call.Arguments)
        {
            if (call.Instance is null && argument.Parameter?.Ordinal == 0)
                continue;
            foreach (var part in argument.Value.DescendantsAndSelf())
            {
                if (part is IMemberReferenceOperation { Instance: var instance } && part.ConstantValue is not { HasValue: true } && !StartsAtLambda(instance))
                    return true;
            }
        }

        return false;
    }

    private static bool StartsAtLambda(IOperation? instance)
    {
        while (instance?.Unwrap() is IPropertyReferenceOperation { Instance: var inner })
            instance = inner;
        return instance?.Unwrap() is IParameterReferenceOperation { Parameter.ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.AnonymousFunction } };
    }
}

using BackendPatterns.Analyzers.Model.Calls;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow;

/// <summary>A method that calls itself, directly or by way of others.</summary>
public static class Recursion
{
    private const int MostFunctions = 16;

    /// <summary>Returns the method that a chain comes back to: one of those around <paramref name="call"/>; null where the chain leads elsewhere.</summary>
    public static IMethodSymbol? Of(IOperation call, CallChain chain, ISymbol containing)
    {
        foreach (var link in chain.Links)
        {
            if (Around(call, link.Method, containing) is { } method)
                return method;
        }

        return null;
    }

    /// <summary>
    /// True where the method asks how deep it is: it compares a number that each call passes on changed, as in <c>if (depth == 0) return;</c> and
    /// <c>LoadAsync(child.Id, depth - 1)</c>.
    /// </summary>
    public static bool IsBounded(IMethodSymbol method, IOperation body)
    {
        foreach (var operation in body.DescendantsAndSelf())
        {
            if (operation is IArgumentOperation { Value: var value } && CountedParameter(value, method) is { } counter && IsCompared(counter, body))
                return true;
        }

        return false;
    }

    private static IMethodSymbol? Around(IOperation call, IMethodSymbol called, ISymbol containing)
    {
        var functions = 0;
        for (var current = call.Parent; current is not null && functions < MostFunctions; current = current.Parent)
        {
            if (current is not ILocalFunctionOperation { Symbol: var function })
                continue;
            functions++;
            if (SymbolEqualityComparer.Default.Equals(function.OriginalDefinition, called.OriginalDefinition))
                return function;
        }

        return containing is IMethodSymbol method && IsSame(method, called) ? method : null;
    }

    /// <summary>The same method, the one that it overrides, or the member of an interface that it implements.</summary>
    private static bool IsSame(IMethodSymbol method, IMethodSymbol called)
    {
        if (method.Name != called.Name && method.ExplicitInterfaceImplementations.IsEmpty)
            return false;
        for (var declared = method; declared is not null; declared = declared.OverriddenMethod)
        {
            if (SymbolEqualityComparer.Default.Equals(declared.OriginalDefinition, called.OriginalDefinition))
                return true;
        }

        return called.ContainingType is { TypeKind: TypeKind.Interface }
               && SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(called)?.OriginalDefinition, method.OriginalDefinition);
    }

    private static IParameterSymbol? CountedParameter(IOperation value, IMethodSymbol method)
    {
        var counted = value.Unwrap() switch
        {
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Subtract } changed => changed.LeftOperand.Unwrap() is IParameterReferenceOperation ? changed.LeftOperand : changed.RightOperand,
            IIncrementOrDecrementOperation step => step.Target,
            _ => null,
        };
        return counted?.Unwrap() is IParameterReferenceOperation { Parameter: { Type.SpecialType: >= SpecialType.System_SByte and <= SpecialType.System_UInt64 } parameter }
               && SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol.OriginalDefinition, method.OriginalDefinition)
            ? parameter
            : null;
    }

    private static bool IsCompared(IParameterSymbol counter, IOperation body)
    {
        foreach (var operation in body.DescendantsAndSelf())
        {
            switch (operation)
            {
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan
                    or BinaryOperatorKind.GreaterThanOrEqual or BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison
                    when Is(comparison.LeftOperand, counter) || Is(comparison.RightOperand, counter):
                case IIsPatternOperation pattern when Is(pattern.Value, counter):
                case ISwitchOperation choice when Is(choice.Value, counter):
                    return true;
            }
        }

        return false;
    }

    private static bool Is(IOperation operation, IParameterSymbol counter) => SymbolEqualityComparer.Default.Equals(operation.ReferencedSymbol(), counter);
}

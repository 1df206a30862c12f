using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Roslyn;

/// <summary>Steps through operations that know nothing of backends.</summary>
public static class OperationExtensions
{
    /// <summary>Returns the operation below conversions, parentheses and delegate creation: what was written.</summary>
    public static IOperation Unwrap(this IOperation operation)
    {
        while (true)
        {
            switch (operation)
            {
                case IConversionOperation { OperatorMethod: null } conversion:
                    operation = conversion.Operand;
                    break;
                case IParenthesizedOperation parenthesized:
                    operation = parenthesized.Operand;
                    break;
                case IDelegateCreationOperation creation:
                    operation = creation.Target;
                    break;
                default:
                    return operation;
            }
        }
    }

    /// <summary>
    /// Returns the operation whose value this one is, below <c>await</c>, <c>.ConfigureAwait(…)</c> and conversions: for
    /// <c>await query.ToListAsync().ConfigureAwait(false)</c> the call of <c>ToListAsync</c>.
    /// </summary>
    public static IOperation UnwrapAwait(this IOperation operation)
    {
        while (true)
        {
            operation = operation.Unwrap();
            switch (operation)
            {
                case IAwaitOperation awaited:
                    operation = awaited.Operation;
                    break;
                case IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Instance: { } instance } when instance.Type.IsTask():
                    operation = instance;
                    break;
                default:
                    return operation;
            }
        }
    }

    /// <summary>Returns the outermost operation that has the value of this one: the <c>await</c>, conversion or parentheses around it, or itself.</summary>
    public static IOperation WalkUpValue(this IOperation operation)
    {
        while (operation.Parent is IConversionOperation { OperatorMethod: null } or IParenthesizedOperation or IAwaitOperation
               || (operation.Parent is IInvocationOperation { TargetMethod.Name: "ConfigureAwait" } configured && configured.Instance == operation))
        {
            operation = operation.Parent;
        }

        return operation;
    }

    /// <summary>Returns the outermost operation: the body (or initializer) of the member that contains this one.</summary>
    public static IOperation Root(this IOperation operation)
    {
        while (operation.Parent is { } parent)
            operation = parent;
        return operation;
    }

    /// <summary>
    /// Returns what a call is made on: the instance, for an extension method its first argument, also in reduced or static form. Null for other static calls.
    /// </summary>
    public static IOperation? Receiver(this IInvocationOperation call) =>
        call.Instance ?? (call.TargetMethod.IsExtensionMethod || call.TargetMethod.ReducedFrom is not null ? ArgumentAt(call, 0) : null);

    /// <summary>Returns the value given for the parameter with this ordinal, or null in half-typed code.</summary>
    public static IOperation? ArgumentAt(this IInvocationOperation call, int ordinal)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.Ordinal == ordinal)
                return argument.Value;
        }

        return null;
    }

    /// <summary>Returns the value given for the parameter with this name, or null.</summary>
    public static IOperation? Argument(this IInvocationOperation call, string parameterName)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.Name == parameterName)
                return argument.Value;
        }

        return null;
    }

    /// <summary>Returns the lambda or anonymous method that a value is, below conversions; null for anything else.</summary>
    public static IAnonymousFunctionOperation? AsLambda(this IOperation? operation) => operation?.Unwrap() as IAnonymousFunctionOperation;

    /// <summary>True where the operation stands inside <paramref name="ancestor"/> or is it.</summary>
    public static bool IsWithin(this IOperation operation, IOperation ancestor)
    {
        for (IOperation? current = operation; current is not null; current = current.Parent)
        {
            if (ReferenceEquals(current, ancestor) || (current.Syntax == ancestor.Syntax && current.Kind == ancestor.Kind))
                return true;
        }

        return false;
    }

    /// <summary>Returns the innermost lambda or local function around an operation, or null where the member's own body is the innermost.</summary>
    public static IOperation? EnclosingFunction(this IOperation operation)
    {
        for (var current = operation.Parent; current is not null; current = current.Parent)
        {
            if (current is IAnonymousFunctionOperation or ILocalFunctionOperation)
                return current;
        }

        return null;
    }

    /// <summary>Returns the symbol that a reference names (local, parameter, field, property, event, method), or null.</summary>
    public static ISymbol? ReferencedSymbol(this IOperation? operation) => operation?.Unwrap() switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IMemberReferenceOperation member => member.Member,
        _ => null,
    };
}

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
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

    /// <summary>Returns the operation with the conversions, parentheses and the delegate creation around it: what <see cref="Unwrap"/> takes off.</summary>
    public static IOperation WithConversions(this IOperation operation)
    {
        while (operation.Parent is IConversionOperation or IParenthesizedOperation or IDelegateCreationOperation)
            operation = operation.Parent;
        return operation;
    }

    /// <summary>Returns the member or local function that an operation stands in, lambdas left out; null where it stands in none.</summary>
    public static ISymbol? MemberAround(this IOperation operation, CancellationToken cancellation = default)
    {
        var symbol = operation.SemanticModel?.GetEnclosingSymbol(operation.Syntax.SpanStart, cancellation);
        while (symbol is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction })
            symbol = symbol.ContainingSymbol;
        return symbol;
    }

    /// <summary>Returns the outermost operation: the body (or initializer) of the member that contains this one.</summary>
    public static IOperation Root(this IOperation operation)
    {
        while (operation.Parent is { } parent)
            operation = parent;
        return operation;
    }

    /// <summary>The roots of the blocks of a member, each once: the initializer and the body of a constructor are two blocks of one root.</summary>
    public static ImmutableArray<IOperation> Roots(this ImmutableArray<IOperation> blocks)
    {
        var roots = ImmutableArray<IOperation>.Empty;
        foreach (var block in blocks)
        {
            var root = block.Root();
            if (!roots.Contains(root))
                roots = roots.Add(root);
        }

        return roots;
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

    /// <summary>True for <c>null</c>, below conversions too, and for a constant that is null.</summary>
    public static bool IsNull(this IOperation operation) => operation.Unwrap().ConstantValue is { HasValue: true, Value: null };

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

    /// <summary>Returns the local that an expression leads out of, through members, elements and calls: <c>order</c> for <c>order.Lines[0].Add(…)</c>; null where it starts elsewhere.</summary>
    public static ILocalSymbol? RootLocal(this IOperation? operation)
    {
        while (operation is not null)
        {
            switch (operation.Unwrap())
            {
                case ILocalReferenceOperation local:
                    return local.Local;
                case IMemberReferenceOperation member:
                    operation = member.Instance;
                    break;
                case IArrayElementReferenceOperation element:
                    operation = element.ArrayReference;
                    break;
                case IInvocationOperation { Instance: { } instance }:
                    operation = instance;
                    break;
                default:
                    return null;
            }
        }

        return null;
    }

    /// <summary>True where the operation stands in a lambda that becomes an expression tree: it is translated, not executed.</summary>
    public static bool IsInExpressionTree(this IOperation operation, INamedTypeSymbol? expressionType)
    {
        for (var current = operation.Parent; current is not null; current = current.Parent)
        {
            if (current is IAnonymousFunctionOperation lambda && lambda.IsTree(expressionType))
                return true;
        }

        return false;
    }

    /// <summary>True for a lambda that is converted to an expression tree.</summary>
    public static bool IsTree(this IAnonymousFunctionOperation lambda, INamedTypeSymbol? expressionType) =>
        lambda.Parent?.Type is { } type && SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, expressionType);

    /// <summary>True where the reference is the target of an assignment, an increment, or a <c>ref</c> or <c>out</c> argument.</summary>
    public static bool IsWritten(this IOperation reference) => reference.Parent switch
    {
        IAssignmentOperation assignment => assignment.Target == reference,
        IIncrementOrDecrementOperation => true,
        IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } => true,
        ITupleOperation { Parent: IDeconstructionAssignmentOperation deconstruction } tuple => deconstruction.Target == tuple,
        _ => false,
    };

    /// <summary>
    /// True where the object that a reference leads to is changed at this place: a member of it is assigned, an element is, or a method such as <c>Add</c> or <c>Clear</c> is called on it.
    /// </summary>
    public static bool IsChangedInPlace(this IOperation reference)
    {
        var current = reference;
        while (true)
        {
            if (current.IsWritten())
                return true;
            switch (current.Parent)
            {
                case IMemberReferenceOperation member when member.Instance == current:
                    current = member;
                    break;
                case IArrayElementReferenceOperation element when element.ArrayReference == current:
                    current = element;
                    break;
                case IConditionalAccessOperation { WhenNotNull: var part } access when access.Operation == current:
                    return part.DescendantsAndSelf().Any(inner => inner.IsWritten() || (inner is IInvocationOperation call && ChangesInstance(call)));
                case IInvocationOperation call when call.Instance == current:
                    return ChangesInstance(call);
                default:
                    return false;
            }
        }
    }

    private static bool ChangesInstance(IInvocationOperation call)
    {
        if (call.Instance?.Type is null or { IsValueType: true } or { SpecialType: SpecialType.System_String })
            return false;
        var name = call.TargetMethod.Name;
        foreach (var prefix in ChangingPrefixes)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    private static readonly string[] ChangingPrefixes = ["Add", "Remove", "Insert", "Clear", "Set", "Sort", "Reverse", "TryAdd", "Push", "Pop", "Enqueue", "Dequeue", "Union", "Except", "Intersect", "Update"];

    /// <summary>Returns the body of the member that an action is called for, or null where it has none: attributes and initializers have blocks as well.</summary>
    public static IOperation? Body(this OperationBlockAnalysisContext context)
    {
        foreach (var block in context.OperationBlocks)
        {
            if (block is IBlockOperation)
                return block;
        }

        return null;
    }

    /// <summary>True where an operation, or one around it up to and with <paramref name="outermost"/>, is an <c>await</c>.</summary>
    public static bool HasAwaitUpTo(this IOperation operation, IOperation outermost)
    {
        for (IOperation? current = operation; current is not null; current = current.Parent)
        {
            if (current is IAwaitOperation)
                return true;
            if (current == outermost)
                return false;
        }

        return false;
    }

    /// <summary>Returns the operator of a comparison for exchanged operands: <c>&lt;</c> for <c>&gt;</c>. Any other operator stays as it is.</summary>
    public static BinaryOperatorKind Mirrored(this BinaryOperatorKind comparison) => comparison switch
    {
        BinaryOperatorKind.GreaterThan => BinaryOperatorKind.LessThan,
        BinaryOperatorKind.GreaterThanOrEqual => BinaryOperatorKind.LessThanOrEqual,
        BinaryOperatorKind.LessThan => BinaryOperatorKind.GreaterThan,
        BinaryOperatorKind.LessThanOrEqual => BinaryOperatorKind.GreaterThanOrEqual,
        _ => comparison,
    };
}

using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow;

/// <summary>Whether the code of a member looks at how large a value is: compares it, passes it to a check, or writes a value of its own into it.</summary>
public static class UpperBounds
{
    private static readonly string[] Checks = ["Valid", "Ensure", "Guard", "Check", "Normali", "Clamp", "Throw", "Against", "Limit", "Cap", "Sanitize", "Min", "Require", "Verify"];

    /// <summary>
    /// True where the member around a value tests it against an upper bound, or may: a comparison with something below it (<c>size &gt; 100</c>), a pattern, a call that is
    /// named after checking and is given the value or the object that it is a property of. <c>size &lt; 1</c> and <c>size &lt;= 0</c> are no upper bounds.
    /// </summary>
    public static bool AreTested(IOperation value)
    {
        var (variable, property) = NameOf(value);
        if (variable is null)
            return true;
        foreach (var operation in value.Root().DescendantsAndSelf())
        {
            switch (operation)
            {
                case IBinaryOperation comparison:
                    if (IsUpper(comparison.OperatorKind, comparison.LeftOperand, comparison.RightOperand) || IsUpper(comparison.OperatorKind.Mirrored(), comparison.RightOperand, comparison.LeftOperand))
                        return true;
                    break;
                case IIsPatternOperation { Value: var tested, Pattern: not IConstantPatternOperation and not INegatedPatternOperation { Pattern: IConstantPatternOperation } }:
                    if (Is(tested))
                        return true;
                    break;
                case ISwitchExpressionOperation { Value: var chosen }:
                    if (Is(chosen))
                        return true;
                    break;
                case IInvocationOperation call:
                    if (Array.Exists(Checks, check => call.TargetMethod.Name.Contains(check)) && TakesValue(call))
                        return true;
                    break;
                case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation target }:
                    if (property is not null && Is(target))
                        return true;
                    break;
            }
        }

        return false;

        bool IsUpper(BinaryOperatorKind kind, IOperation left, IOperation right) => kind switch
        {
            BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual => Is(left) && right.Unwrap().ConstantValue is not { HasValue: true, Value: <= 1 },
            BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual => Is(left) && right.Unwrap().ConstantValue is not { HasValue: true, Value: <= 1 },
            _ => false,
        };

        bool Is(IOperation mentioned)
        {
            var (name, member) = NameOf(mentioned);
            return SymbolEqualityComparer.Default.Equals(name, variable) && SymbolEqualityComparer.Default.Equals(member, property);
        }

        bool TakesValue(IInvocationOperation call)
        {
            if (call.Instance?.ReferencedSymbol() is { } instance && SymbolEqualityComparer.Default.Equals(instance, variable))
                return true;
            foreach (var argument in call.Arguments)
            {
                if (Is(argument.Value) || (property is not null && SymbolEqualityComparer.Default.Equals(argument.Value.ReferencedSymbol(), variable)))
                    return true;
            }

            return false;
        }
    }

    /// <summary>The variable, and the property of it, that an expression names, below <c>?? 20</c>, <c>.Value</c> and <c>.GetValueOrDefault()</c>.</summary>
    public static (ISymbol? Variable, IPropertySymbol? Property) NameOf(IOperation value)
    {
        switch (WithoutNull(value))
        {
            case ILocalReferenceOperation local:
                return (local.Local, null);
            case IParameterReferenceOperation parameter:
                return (parameter.Parameter, null);
            case IPropertyReferenceOperation { Property: var property } reference:
                return (reference.Instance is IInstanceReferenceOperation ? property.ContainingType : reference.Instance.ReferencedSymbol(), property);
            default:
                return (null, null);
        }
    }

    /// <summary>Returns the nullable value in <c>size ?? 20</c>, <c>size.Value</c> and <c>size.GetValueOrDefault(20)</c>; every other value itself.</summary>
    public static IOperation WithoutNull(IOperation value)
    {
        value = value.Unwrap();
        return value switch
        {
            ICoalesceOperation coalesce => coalesce.Value.Unwrap(),
            IPropertyReferenceOperation { Property: { Name: "Value", ContainingType.OriginalDefinition.SpecialType: SpecialType.System_Nullable_T }, Instance: { } instance } => instance.Unwrap(),
            IInvocationOperation { TargetMethod: { Name: "GetValueOrDefault", ContainingType.OriginalDefinition.SpecialType: SpecialType.System_Nullable_T }, Instance: { } instance } => instance.Unwrap(),
            _ => value,
        };
    }
}

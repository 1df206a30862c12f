using System.Collections.Immutable;
using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Calls;

/// <summary>What must hold of the parameters of a method for an operation in its body to run; a bit per parameter.</summary>
/// <param name="True">The parameters that must be true.</param>
/// <param name="False">The parameters that must be false.</param>
/// <param name="Null">The parameters that must be null.</param>
/// <param name="Choices">What must hold of parameters of enumeration types; default for nothing.</param>
internal readonly record struct Requirements(ulong True, ulong False, ulong Null, ImmutableArray<ChoiceCondition> Choices = default)
{
    /// <summary>
    /// True where the operation may run after a call with these switches. A flag of which nothing is known may be set; a parameter that must be null has to be known as null, because
    /// callers that have the answer bring it.
    /// </summary>
    public bool Allow(Switches given) => (True & given.False) == 0 && (False & given.True) == 0 && (Null & ~given.Null) == 0 && AllowChoices(given.Choices);

    /// <summary>Returns what the conditions around an operation, and the early exits before it, require of the parameters of a method.</summary>
    public static Requirements Of(IOperation operation, IOperation root, IMethodSymbol method)
    {
        var required = default(Requirements);
        for (var current = operation; current != root && current.Parent is { } parent; current = parent)
        {
            switch (parent)
            {
                case IConditionalOperation { Condition: var condition } conditional when current != condition:
                    required = required.With(condition, holds: current == conditional.WhenTrue, method);
                    break;
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } both when current == both.RightOperand:
                    required = required.With(both.LeftOperand, holds: both.OperatorKind is BinaryOperatorKind.ConditionalAnd, method);
                    break;
                case ICoalesceOperation coalesce when current == coalesce.WhenNull:
                    required = required.WithNull(coalesce.Value, method);
                    break;
                case ICoalesceAssignmentOperation lazily when current == lazily.Value:
                    required = required.WithNull(lazily.Target, method);
                    break;
                case ISwitchOperation choice when current is ISwitchCaseOperation section:
                    required = required.With(SwitchCases.ConditionOf(section, choice), choice.Value, method);
                    break;
                case ISwitchExpressionOperation choice when current is ISwitchExpressionArmOperation arm:
                    required = required.With(SwitchCases.ConditionOf(arm, choice), choice.Value, method);
                    break;
                case IBlockOperation block:
                    foreach (var statement in block.Operations)
                    {
                        if (statement == current)
                            break;
                        if (statement is IConditionalOperation { WhenFalse: null } exit && Exits.EndsWithExit(exit.WhenTrue))
                            required = required.With(exit.Condition, holds: false, method);
                    }

                    break;
            }
        }

        return required;
    }

    private Requirements With(IOperation condition, bool holds, IMethodSymbol method)
    {
        var required = this;
        var pending = new Stack<(IOperation Condition, bool Holds)>();
        pending.Push((condition, holds));
        while (pending.Count > 0)
        {
            (condition, holds) = pending.Pop();
            switch (condition.Unwrap())
            {
                case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: var operand }:
                    pending.Push((operand, !holds));
                    break;
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } both
                    when holds == (both.OperatorKind is BinaryOperatorKind.ConditionalAnd):
                    pending.Push((both.LeftOperand, holds));
                    pending.Push((both.RightOperand, holds));
                    break;
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison:
                    required = required.With(comparison, holds == (comparison.OperatorKind is BinaryOperatorKind.Equals), method);
                    break;
                case IIsPatternOperation { Pattern: IConstantPatternOperation { Value: var constant }, Value: var tested } when holds && constant.IsNull():
                    required = required.WithNull(tested, method);
                    break;
                case IIsPatternOperation { Pattern: INegatedPatternOperation { Pattern: IConstantPatternOperation { Value: var constant } }, Value: var tested } when !holds && constant.IsNull():
                    required = required.WithNull(tested, method);
                    break;
                case IIsPatternOperation { Pattern: var pattern, Value: var tested } when SwitchCases.ValuesOf(pattern) is { } values:
                    required = required.With(values with { IsOneOf = values.IsOneOf == holds }, tested, method);
                    break;
                case IParameterReferenceOperation flag:
                    required = required.WithFlag(flag, holds, method);
                    break;
            }
        }

        return required;
    }

    private Requirements With(IBinaryOperation comparison, bool areEqual, IMethodSymbol method)
    {
        var (tested, constant) = comparison.LeftOperand.ConstantValue.HasValue ? (comparison.RightOperand, comparison.LeftOperand) : (comparison.LeftOperand, comparison.RightOperand);
        return constant.Unwrap().ConstantValue switch
        {
            { HasValue: true, Value: bool value } when tested.Unwrap() is IParameterReferenceOperation flag => WithFlag(flag, value == areEqual, method),
            { HasValue: true, Value: null } when areEqual => WithNull(tested, method),
            _ when Model.Calls.Choices.ValueOf(constant.Unwrap()) is { } value => With(new ChoiceCondition(0, ImmutableArray.Create(value), areEqual), tested, method),
            _ => this,
        };
    }

    private Requirements With(ChoiceCondition? condition, IOperation tested, IMethodSymbol method)
    {
        if (condition is not { } choice || tested.Unwrap() is not IParameterReferenceOperation { Type.TypeKind: TypeKind.Enum } parameter || !IsGivenTo(method, parameter))
            return this;
        var known = Choices.IsDefault ? ImmutableArray<ChoiceCondition>.Empty : Choices;
        return this with { Choices = known.Add(choice with { Parameter = ValueFlow.BitOf(parameter.Parameter) }) };
    }

    private bool AllowChoices(Choices given)
    {
        if (Choices.IsDefaultOrEmpty)
            return true;
        foreach (var condition in Choices)
        {
            if (given.Of(condition.Parameter) is { } value && !condition.Allows(value))
                return false;
        }

        return true;
    }

    private Requirements WithFlag(IParameterReferenceOperation flag, bool value, IMethodSymbol method)
    {
        if (flag.Type is not { SpecialType: SpecialType.System_Boolean } || !IsGivenTo(method, flag))
            return this;
        var bit = ValueFlow.BitOf(flag.Parameter);
        return value ? this with { True = True | bit } : this with { False = False | bit };
    }

    private Requirements WithNull(IOperation tested, IMethodSymbol method) =>
        tested.Unwrap() is IParameterReferenceOperation { Parameter: var parameter } && IsOf(parameter, method) ? this with { Null = Null | ValueFlow.BitOf(parameter) } : this;

    // A parameter that the method changes says nothing about what its caller wanted.
    private static bool IsGivenTo(IMethodSymbol method, IParameterReferenceOperation reference) =>
        IsOf(reference.Parameter, method) && LocalValues.Around(reference).WritesTo(reference.Parameter).Count == 0;

    private static bool IsOf(IParameterSymbol parameter, IMethodSymbol method) => SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, method);
}

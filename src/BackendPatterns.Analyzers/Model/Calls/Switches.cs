using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Calls;

/// <summary>
/// What a call says about parameters that switch parts of a method on and off: <c>Add(order, save: false)</c>, <c>Find(id, lookup: null)</c>. A bit per parameter, as in
/// <see cref="ValueFlow.BitOf"/>; a parameter without a bit got a value that is not known.
/// </summary>
/// <param name="True">The parameters that got the constant true.</param>
/// <param name="False">The parameters that got the constant false.</param>
/// <param name="Null">The parameters that got the constant null.</param>
internal readonly record struct Switches(ulong True, ulong False, ulong Null)
{
    /// <summary>Returns what a call says, omitted arguments included.</summary>
    /// <param name="callee">What is called.</param>
    /// <param name="around">What the method that contains the call was called with: it may pass its own parameters on.</param>
    public static Switches At(Callee callee, Switches around)
    {
        var known = default(Switches);
        foreach (var argument in callee.Arguments)
        {
            if (argument.Parameter is not { } parameter)
                continue;
            var bit = ValueFlow.BitOf(parameter);
            var value = argument.Value.Unwrap();
            if (value.ConstantValue is { HasValue: true, Value: var constant })
                known = constant switch
                {
                    true => known with { True = known.True | bit },
                    false => known with { False = known.False | bit },
                    null when value.Type is not { IsValueType: true } => known with { Null = known.Null | bit },
                    _ => known,
                };
            else if (value is IParameterReferenceOperation { Parameter: var own } && around != default)
                known = known.With(bit, around, ValueFlow.BitOf(own));
        }

        return known;
    }

    private Switches With(ulong bit, Switches around, ulong own) => new(
        (around.True & own) != 0 ? True | bit : True,
        (around.False & own) != 0 ? False | bit : False,
        (around.Null & own) != 0 ? Null | bit : Null);
}

/// <summary>What must hold of the parameters of a method for an operation in its body to run; a bit per parameter.</summary>
/// <param name="True">The parameters that must be true.</param>
/// <param name="False">The parameters that must be false.</param>
/// <param name="Null">The parameters that must be null.</param>
internal readonly record struct Requirements(ulong True, ulong False, ulong Null)
{
    /// <summary>
    /// True where the operation may run after a call with these switches. A flag of which nothing is known may be set; a parameter that must be null has to be known as null, because
    /// callers that have the answer bring it.
    /// </summary>
    public bool Allow(Switches given) => (True & given.False) == 0 && (False & given.True) == 0 && (Null & ~given.Null) == 0;

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
            _ => this,
        };
    }

    private Requirements WithFlag(IParameterReferenceOperation flag, bool value, IMethodSymbol method)
    {
        // A flag that the method changes says nothing about what its caller wanted.
        if (!IsOf(flag.Parameter, method) || flag.Type is not { SpecialType: SpecialType.System_Boolean } || LocalValues.Around(flag).WritesTo(flag.Parameter).Count > 0)
            return this;
        var bit = ValueFlow.BitOf(flag.Parameter);
        return value ? this with { True = True | bit } : this with { False = False | bit };
    }

    private Requirements WithNull(IOperation tested, IMethodSymbol method) =>
        tested.Unwrap() is IParameterReferenceOperation { Parameter: var parameter } && IsOf(parameter, method) ? this with { Null = Null | ValueFlow.BitOf(parameter) } : this;

    private static bool IsOf(IParameterSymbol parameter, IMethodSymbol method) => SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, method);
}

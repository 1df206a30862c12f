using BackendPatterns.Analyzers.Model.Libraries;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow;

/// <summary>
/// Loops that end because of what a call answered: retry, search, uniqueness probe, keyset paging, walking up a chain. Where a sequence drives the loop,
/// only finding ends it: "missing, so return an error" stops a loop that otherwise asks for every item.
/// </summary>
public static class ResultLeavesLoop
{
    /// <summary>Returns the shape, or null where the loop asks for every item.</summary>
    public static LegitimateLoop? ShapeOf(Repetition repetition, IOperation call, KnownLibraries libraries)
    {
        if (repetition.Operation is IInvocationOperation perItem)
            return PerItemOperators.StopsEarly(perItem) ? LegitimateLoop.Search : null;
        if (repetition.Operation is not ILoopOperation loop)
            return null;
        var isDriven = IsDriven(repetition);
        if (LeavesAfter(call, loop))
            return isDriven && repetition.Kind is not RepetitionKind.For ? LegitimateLoop.Search : LegitimateLoop.Retry;
        var result = ValueFlow.OfResult(call, loop, libraries);
        if (repetition.Condition is { } condition && (repetition.Kind is not RepetitionKind.For || repetition.Sequence is null) && result.Reaches(condition))
            return repetition.IsOpenEnded && call.IsWithin(condition) ? LegitimateLoop.UniquenessProbe : LegitimateLoop.Paging;
        foreach (var exit in Exits.Of(loop))
        {
            if (GuardOf(exit, loop, result) is not { } answer)
                continue;
            if (!isDriven)
                return answer is Answer.Missing ? LegitimateLoop.Paging : LegitimateLoop.Search;
            if (answer is Answer.Found && !IsUsedBesides(call, exit, loop, result))
                return LegitimateLoop.Search;
        }

        return null;
    }

    /// <summary>True for a loop whose turns are items: not for one that counts tries up to a number in the code.</summary>
    private static bool IsDriven(Repetition repetition) =>
        repetition.Sequence is not null
        || (!repetition.IsOpenEnded && !(repetition.Operation is IForLoopOperation { Condition: IBinaryOperation { RightOperand.ConstantValue.HasValue: true } }));

    private enum Answer
    {
        Found,
        Missing,
    }

    /// <summary>True where nothing can follow the call but the end of the loop: it runs at most once per loop.</summary>
    private static bool LeavesAfter(IOperation call, ILoopOperation loop)
    {
        var from = call;
        for (var current = call.Parent; current is not null && current != loop; from = current, current = current.Parent)
        {
            if (current is IReturnOperation { Kind: OperationKind.Return })
                return true;
            if (current is IAnonymousFunctionOperation)
                return false;
            if (current is IBlockOperation block && block.Operations.Contains(from) && Exits.Leaves(block, loop))
                return true;
        }

        return false;
    }

    /// <summary>The tested answer under which control reaches an exit, or null where no test of the result leads there.</summary>
    private static Answer? GuardOf(IOperation exit, ILoopOperation loop, ValueFlow result)
    {
        var from = exit;
        for (var current = exit.Parent; current is not null && current != loop; from = current, current = current.Parent)
        {
            switch (current)
            {
                case IConditionalOperation conditional when from != conditional.Condition && result.Reaches(conditional.Condition):
                    return IsMissing(conditional.Condition, result) == (from == conditional.WhenTrue) ? Answer.Missing : Answer.Found;
                case ISwitchOperation choice when from != choice.Value && result.Reaches(choice.Value):
                    return Answer.Found;
                case IBlockOperation block when SkipsBefore(block, from, result) is { } answer:
                    return answer;
            }
        }

        return null;
    }

    /// <summary><c>if (row is null) continue; … return row;</c>: the statement is reached with the opposite answer.</summary>
    private static Answer? SkipsBefore(IBlockOperation block, IOperation statement, ValueFlow result)
    {
        foreach (var before in block.Operations)
        {
            if (before == statement)
                return null;
            if (before is IConditionalOperation { WhenFalse: null } test && Exits.EndsWithExit(test.WhenTrue) && result.Reaches(test.Condition))
                return IsMissing(test.Condition, result) ? Answer.Found : Answer.Missing;
        }

        return null;
    }

    /// <summary>True for a condition that holds when there is no row: <c>row == null</c>, <c>!exists</c>, <c>rows.Count == 0</c>.</summary>
    private static bool IsMissing(IOperation condition, ValueFlow result)
    {
        var negated = false;
        var current = condition.UnwrapAwait();
        while (true)
        {
            switch (current)
            {
                case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: var operand }:
                    negated = !negated;
                    current = operand.UnwrapAwait();
                    continue;
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } both:
                    current = result.Reaches(both.LeftOperand) ? both.LeftOperand.UnwrapAwait() : both.RightOperand.UnwrapAwait();
                    continue;
                case IIsPatternOperation { Pattern: var pattern }:
                    while (pattern is INegatedPatternOperation not)
                    {
                        negated = !negated;
                        pattern = not.Pattern;
                    }

                    return IsMissingPattern(pattern) != negated;
                case IBinaryOperation comparison:
                    return IsMissingComparison(comparison) != negated;
                default:
                    return negated;
            }
        }
    }

    private static bool IsMissingPattern(IPatternOperation pattern) =>
        pattern is IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: null or 0 or false } };

    private static bool IsMissingComparison(IBinaryOperation comparison)
    {
        var left = comparison.LeftOperand.Unwrap().ConstantValue;
        var right = comparison.RightOperand.Unwrap().ConstantValue;
        var constant = right.HasValue ? right.Value : left.HasValue ? left.Value : "";
        return comparison.OperatorKind switch
        {
            BinaryOperatorKind.Equals => constant is null or 0 or false,
            BinaryOperatorKind.NotEquals => constant is true,
            BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual => true,
            _ => false,
        };
    }

    /// <summary>True where the answer is used for more than the way out: then every item needs its row.</summary>
    private static bool IsUsedBesides(IOperation call, IOperation exit, ILoopOperation loop, ValueFlow result)
    {
        var wayOut = exit;
        while (wayOut.Parent is { } parent && parent != loop && wayOut is not IConditionalOperation)
            wayOut = parent;
        foreach (var operation in loop.Body.DescendantsAndSelf())
        {
            if (operation is ILocalReferenceOperation { IsDeclaration: false } reference && result.Carries(reference.Local) && !IsTest(reference) && !reference.IsWithin(wayOut) && !reference.IsWithin(call))
                return true;
        }

        return false;
    }

    private static bool IsTest(IOperation reference)
    {
        for (var current = reference; current.Parent is { } parent; current = parent)
        {
            switch (parent)
            {
                case IConditionalOperation conditional:
                    return conditional.Condition == current;
                case ISimpleAssignmentOperation assignment:
                    return assignment.Target == current;
                case IExpressionStatementOperation or IArgumentOperation or IVariableInitializerOperation or IBlockOperation:
                    return false;
            }
        }

        return false;
    }
}

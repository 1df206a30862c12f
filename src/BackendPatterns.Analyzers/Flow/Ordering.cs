using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow;

/// <summary>Which of two operations of one member can run before the other.</summary>
internal static class Ordering
{
    /// <summary>
    /// False where no run of the member comes from the first operation to the second: they stand in different arms of a choice, the second one stands before the first and nothing repeats them, or the
    /// first one is followed by a <c>return</c> or <c>throw</c>. Lambdas count as if they ran where they stand; both operations have to come from one operation tree.
    /// </summary>
    public static bool MayRunBefore(IOperation first, IOperation second)
    {
        if (ReferenceEquals(first, second))
            return false;
        var outer = new HashSet<IOperation>();
        for (var current = second; current is not null; current = current.Parent)
            outer.Add(current);
        if (outer.Contains(first))
            return false;
        var leaves = false;
        var below = first;
        while (below.Parent is { } above && !outer.Contains(below))
        {
            leaves |= below is IReturnOperation or IThrowOperation || (!outer.Contains(above) && EndsWithExit(above));
            // What ends a lambda does not end the member around it.
            if (above is IAnonymousFunctionOperation or ILocalFunctionOperation)
                leaves = false;
            if (outer.Contains(above))
                return above == second || ComesFirst(above, below, second, leaves);
            below = above;
        }

        return true;
    }

    private static bool ComesFirst(IOperation common, IOperation first, IOperation second, bool leaves)
    {
        var other = second;
        while (!ReferenceEquals(other.Parent, common))
            other = other.Parent!;
        if (leaves)
            return false;
        return (!AreExclusive(common, first, other) && first.Syntax.SpanStart < other.Syntax.SpanStart) || IsRepeated(common);
    }

    private static bool AreExclusive(IOperation common, IOperation one, IOperation other) => common switch
    {
        IConditionalOperation choice => one != choice.Condition && other != choice.Condition,
        ISwitchOperation => one is ISwitchCaseOperation && other is ISwitchCaseOperation,
        ISwitchExpressionOperation => one is ISwitchExpressionArmOperation && other is ISwitchExpressionArmOperation,
        ITryOperation => one is ICatchClauseOperation && other is ICatchClauseOperation,
        _ => false,
    };

    /// <summary>True for a block that ends with a jump out of the function.</summary>
    private static bool EndsWithExit(IOperation block) => block is IBlockOperation { Operations: var statements } && statements.Length > 0 && IsExit(statements[statements.Length - 1]);

    private static bool IsExit(IOperation statement) =>
        statement is IReturnOperation { Kind: OperationKind.Return, IsImplicit: false } or IThrowOperation or IExpressionStatementOperation { Operation: IThrowOperation };

    private static bool IsRepeated(IOperation operation)
    {
        for (var current = operation; current is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation); current = current.Parent)
        {
            if (current is ILoopOperation)
                return true;
        }

        return false;
    }
}

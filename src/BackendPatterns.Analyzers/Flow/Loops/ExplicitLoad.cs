using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow;

/// <summary>
/// <c>if (order.IsDraft) await db.Entry(order).Collection(o => o.Lines).LoadAsync();</c>: loading only where needed is what explicit loading is for.
/// Reloading an entry of <c>DbUpdateConcurrencyException.Entries</c> has no bulk form: https://learn.microsoft.com/ef/core/saving/concurrency
/// </summary>
public static class ExplicitLoad
{
    /// <summary>True for an explicit load that the item itself decides on: below a test of it, behind an exit on it, or of items that were filtered.</summary>
    public static bool IsWhereNeeded(IOperation query, Repetition repetition, ValueFlow element)
    {
        if (query is not IInvocationOperation { TargetMethod: var method } call || !method.IsIn("Microsoft.EntityFrameworkCore.ChangeTracking"))
            return false;
        if (call.Instance?.Unwrap() is ILocalReferenceOperation or IParameterReferenceOperation)
            return true;
        if (repetition.Sequence?.Unwrap() is IInvocationOperation { TargetMethod.Name: "Where" })
            return true;
        for (IOperation current = query; current.Parent is { } parent and not ILoopOperation; current = parent)
        {
            if (parent is IConditionalOperation conditional && conditional.Condition != current && element.Reaches(conditional.Condition))
                return true;
            if (parent is IBlockOperation block && LeavesBefore(block, current, element))
                return true;
        }

        return false;
    }

    private static bool LeavesBefore(IBlockOperation block, IOperation statement, ValueFlow element)
    {
        foreach (var before in block.Operations)
        {
            if (before == statement)
                return false;
            if (before is IConditionalOperation { WhenFalse: null } test && Exits.EndsWithExit(test.WhenTrue) && element.Reaches(test.Condition))
                return true;
        }

        return false;
    }
}

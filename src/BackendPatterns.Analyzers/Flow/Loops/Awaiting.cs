using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow;

/// <summary>Whether a turn of a loop waits for the answer of a call, or only starts the call and lets the next turn start its own.</summary>
public static class Awaiting
{
    private const int MostReferences = 100;

    /// <summary>
    /// True where the next element is not looked at before the answer is there: a synchronous call, an <c>await</c>, <c>.Result</c>. False where the task is
    /// collected, returned or dropped, and where the operator runs the elements beside each other (<c>Parallel</c>, an asynchronous lambda in <c>Select</c>).
    /// </summary>
    public static bool HoldsUpTheLoop(IOperation call, Repetition repetition)
    {
        if (repetition.Operation is IInvocationOperation perItem && RunsConcurrently(perItem, call))
            return false;
        return call switch
        {
            IInvocationOperation invocation => !invocation.Type.IsTask() || IsWaitedFor(invocation, repetition.Operation),
            IMethodReferenceOperation group => !group.Method.ReturnType.IsTask(),
            _ => true,
        };
    }

    /// <summary>True for <c>Parallel.*</c>, PLINQ, and an asynchronous lambda whose tasks the operator only collects.</summary>
    private static bool RunsConcurrently(IInvocationOperation perItem, IOperation call)
    {
        var type = perItem.TargetMethod.ContainingType;
        if (type.Name is "Parallel" or "ParallelEnumerable")
            return true;
        // Only these two await their lambda before they go on.
        if (type.Name is "AsyncEnumerable" or "EntityFrameworkQueryableExtensions")
            return false;
        return call.EnclosingFunction() is IAnonymousFunctionOperation { Symbol.IsAsync: true };
    }

    private static bool IsWaitedFor(IOperation task, IOperation loop)
    {
        var value = task.WalkUpValue();
        if ((value != task && task.HasAwaitUpTo(value)) || Blocks(value))
            return true;
        return value.Parent switch
        {
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } => IsWaitedForIn(local, loop, value),
            ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var local } } => IsWaitedForIn(local, loop, value),
            _ => false,
        };
    }

    /// <summary><c>task.Result</c>, <c>task.GetAwaiter().GetResult()</c>, <c>task.Wait()</c>, <c>redis.Wait(task)</c>.</summary>
    private static bool Blocks(IOperation task) => task.Parent switch
    {
        IPropertyReferenceOperation { Property.Name: "Result" } => true,
        IInvocationOperation { TargetMethod.Name: "GetAwaiter" or "Wait" } blocking => blocking.Instance == task,
        IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "Wait" } } => true,
        _ => false,
    };

    /// <summary><c>var read = db.StringGetAsync(key); …; await read;</c> in one turn.</summary>
    private static bool IsWaitedForIn(ILocalSymbol local, IOperation loop, IOperation value)
    {
        var seen = 0;
        foreach (var reference in LocalValues.Around(value).ReferencesTo(local))
        {
            if (++seen > MostReferences)
                return false;
            if (!reference.IsWithin(loop))
                continue;
            var outer = reference.WalkUpValue();
            if ((outer != reference && reference.HasAwaitUpTo(outer)) || Blocks(outer))
                return true;
        }

        return false;
    }
}

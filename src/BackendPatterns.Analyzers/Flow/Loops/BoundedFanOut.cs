using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow;

/// <summary>Elements that are worked on beside each other, but only so many at a time: <c>Parallel.ForEachAsync</c>, a semaphore, a degree of parallelism.</summary>
public static class BoundedFanOut
{
    public static bool Is(Repetition repetition)
    {
        if (repetition.Operation is IInvocationOperation { TargetMethod.ContainingType.Name: "Parallel" or "ParallelEnumerable" })
            return true;
        foreach (var operation in repetition.Body.DescendantsAndSelf())
        {
            if (operation is IInvocationOperation { TargetMethod: { Name: "WaitAsync" or "Wait", ContainingType.Name: "SemaphoreSlim" or "Semaphore" } }
                or IInvocationOperation { TargetMethod: { Name: "AcquireAsync" or "AttemptAcquire", ContainingType.Name: "RateLimiter" } })
            {
                return true;
            }
        }

        return false;
    }
}

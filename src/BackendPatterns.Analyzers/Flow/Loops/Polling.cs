using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow;

/// <summary>
/// A <c>while</c>-like loop with a delay, a timer or a cancellation test. The same test inside a <c>foreach</c> only makes that loop stoppable.
/// </summary>
public static class Polling
{
    public static bool Is(Repetition repetition)
    {
        if (!repetition.IsOpenEnded)
            return false;
        foreach (var operation in repetition.Operation.DescendantsAndSelf())
        {
            switch (operation)
            {
                case IInvocationOperation { TargetMethod: var method } when IsWait(method):
                    return true;
                case IPropertyReferenceOperation { Property: { Name: "IsCancellationRequested" or "ApplicationStopping" } }:
                    return true;
            }
        }

        return false;
    }

    private static bool IsWait(IMethodSymbol method) => method.Name switch
    {
        "Delay" => method.ContainingType.Name is "Task",
        "Sleep" => method.ContainingType.Name is "Thread",
        "WaitForNextTickAsync" or "ThrowIfCancellationRequested" => true,
        "WaitOne" or "Wait" => method.ContainingType.Name is "WaitHandle" or "ManualResetEventSlim" or "AutoResetEvent",
        _ => false,
    };
}

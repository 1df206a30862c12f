using BackendPatterns.Analyzers.Flow.Retry;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow.Background;

/// <summary>Calls of a hosted loop that do no work of their own.</summary>
public static class Pauses
{
    /// <summary>True for a call of the base library that only waits: a delay, a timer, a semaphore, the next item of a channel.</summary>
    public static bool IsWait(IInvocationOperation call) =>
        (RetryWaits.IsWait(call) || call.TargetMethod is { Name: "WaitAsync" or "ReadAsync" or "WaitToReadAsync", ContainingType.Name: "SemaphoreSlim" or "ChannelReader" })
        && call.TargetMethod.ContainingNamespace.IsBelow("System.Threading");

    /// <summary>True for a call of a logging library.</summary>
    public static bool IsLog(IInvocationOperation call) => AttemptClassifier.IsLogging(call.TargetMethod);
}

using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow.Retry;

/// <summary>The waits of a loop.</summary>
internal static class RetryWaits
{
    private static readonly string[] WaitNames = ["Delay", "DelayAsync", "Sleep", "SleepAsync", "Backoff", "BackoffAsync", "BackOff", "BackOffAsync"];

    /// <summary>True for the name of a method that does nothing but wait.</summary>
    public static bool IsWaitName(string name) =>
        NameWords.StartsWithAny(name, WaitNames) || name.EndsWith("Delay", StringComparison.Ordinal) || name.EndsWith("DelayAsync", StringComparison.Ordinal);

    /// <summary>
    /// Returns the wait of a loop, or null where it does not wait between attempts. Several waits are one where all are of a kind; the first in source order stands for them.
    /// </summary>
    public static RetryWait? In(RetryScope scope)
    {
        RetryWait? wait = null;
        foreach (var call in CallsIn(scope))
        {
            var here = new RetryWait(TimeOf(call, scope), call.Syntax);
            wait = wait is null ? here : new RetryWait(
                wait.Time.Kind == here.Time.Kind ? here.Time with { Milliseconds = null } : new RetryTime(RetryWaitKind.Unknown, null), wait.Syntax.SpanStart < here.Syntax.SpanStart ? wait.Syntax : here.Syntax, IsOnly: false);
        }

        return wait;
    }

    /// <summary>Returns every wait of a loop.</summary>
    public static IEnumerable<IInvocationOperation> CallsIn(RetryScope scope)
    {
        foreach (var operation in scope.Operations)
        {
            if (operation is IInvocationOperation call && IsWait(call))
                yield return call;
        }
    }

    /// <summary>True for <c>Task.Delay</c>, <c>Thread.Sleep</c>, timers, timed waits on handles, and methods named like them.</summary>
    public static bool IsWait(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        return method.Name switch
        {
            "WaitForNextTickAsync" => method.ContainingType is { Name: "PeriodicTimer" },
            "WaitOne" or "Wait" or "SpinUntil" or "SpinOnce" => method.ContainingNamespace.Is("System.Threading"),
            _ => IsWaitName(method.Name),
        };
    }

    /// <summary>True for <c>Task.Delay</c> and <c>Thread.Sleep</c>, whose first argument is the time.</summary>
    public static bool IsTimed(IMethodSymbol method) =>
        (method is { Name: "Delay", ContainingType.Name: "Task" } && method.ContainingNamespace.Is("System.Threading.Tasks")) || (method is { Name: "Sleep", ContainingType.Name: "Thread" } && method.ContainingNamespace.Is("System.Threading"));

    private static RetryTime TimeOf(IInvocationOperation call, RetryScope scope)
    {
        var time = new WaitTime(scope);
        if (IsTimed(call.TargetMethod))
            return call.ArgumentAt(0) is { } first ? time.Of(first) : new RetryTime(RetryWaitKind.Unknown, null);
        // What else a method that is named like a wait does with a time is not known; that its time changes is.
        foreach (var argument in call.Arguments)
        {
            if (time.Of(argument.Value).Kind is RetryWaitKind.Growing)
                return new RetryTime(RetryWaitKind.Growing, null);
        }

        return new RetryTime(RetryWaitKind.Unknown, null);
    }
}

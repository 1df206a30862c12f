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

    /// <summary>Returns the wait of a loop, or null where it does not wait between attempts.</summary>
    public static RetryWait? In(RetryScope scope)
    {
        foreach (var operation in scope.Operations)
        {
            if (operation is IInvocationOperation call && IsWait(call))
                return new RetryWait(KindOf(call, scope), call.Syntax);
        }

        return null;
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

    private static RetryWaitKind KindOf(IInvocationOperation call, RetryScope scope)
    {
        if (call.Arguments.IsEmpty)
            return RetryWaitKind.Unknown;
        var time = call.Arguments[0].Value.Unwrap();
        if (time is ILocalReferenceOperation { Local: var local } && !scope.Changes(local) && scope.Values.OnlyValueOf(local) is { } value)
            time = value;
        var kind = RetryWaitKind.Constant;
        foreach (var part in time.DescendantsAndSelf())
        {
            switch (part)
            {
                case ILocalReferenceOperation reference when scope.Changes(reference.Local):
                case IParameterReferenceOperation parameter when scope.Changes(parameter.Parameter):
                case IIncrementOrDecrementOperation or ICompoundAssignmentOperation:
                    return RetryWaitKind.Growing;
                case IInvocationOperation { TargetMethod.ContainingType: { } type } when !(type.Name is "TimeSpan" && type.IsIn("System")):
                case IFieldReferenceOperation { Field: { IsConst: false, IsReadOnly: false } }:
                case IPropertyReferenceOperation { Property.IsStatic: false }:
                    kind = RetryWaitKind.Unknown;
                    break;
            }
        }

        return kind;
    }
}

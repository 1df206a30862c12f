using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow.Background;

/// <summary>Whether what a call throws arrives where the call stands.</summary>
internal static class Waiting
{
    private const int MostWrappers = 8;

    /// <summary>
    /// True for a synchronous call, and for one whose task is awaited, blocked on, returned, or given to an awaited <c>Task.WhenAll</c>, also by way of a local. False where the
    /// task is dropped: its exception is lost.
    /// </summary>
    public static bool IsWaitedFor(IInvocationOperation call) =>
        call.Type.IsTask() ? IsTaskWaitedFor(call, followLocal: true, depth: 0) : !call.TargetMethod.IsAsync || call.Type?.SpecialType is not SpecialType.System_Void;

    private static bool IsTaskWaitedFor(IOperation task, bool followLocal, int depth)
    {
        if (depth > MostWrappers)
            return false;
        var value = task.WalkUpValue();
        if (task.HasAwaitUpTo(value))
            return true;
        switch (value.Parent)
        {
            case IReturnOperation:
            case IPropertyReferenceOperation { Property.Name: "Result" }:
            case IInvocationOperation { TargetMethod.Name: "GetAwaiter" or "Wait" or "AsTask" or "WaitAsync" or "Unwrap" } on when on.Instance == value:
                return value.Parent is not IInvocationOperation { TargetMethod.Name: "AsTask" or "WaitAsync" } wrapped || IsTaskWaitedFor(wrapped, followLocal, depth + 1);
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } }:
                return followLocal && IsLocalWaitedFor(local, value);
            case ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var local } } assignment when assignment.Value == value:
                return followLocal && IsLocalWaitedFor(local, value);
            default:
                return JoinOf(value) is { } join && IsTaskWaitedFor(join, followLocal, depth + 1);
        }
    }

    private static bool IsLocalWaitedFor(ILocalSymbol local, IOperation around)
    {
        foreach (var reference in LocalValues.Around(around).ReferencesTo(local))
        {
            if (IsTaskWaitedFor(reference, followLocal: false, depth: 0))
                return true;
        }

        return false;
    }

    /// <summary>Returns the <c>Task.WhenAll</c> that a task is given to, or null.</summary>
    private static IInvocationOperation? JoinOf(IOperation task)
    {
        var current = task.Parent;
        while (current is IArgumentOperation or IArrayCreationOperation or IArrayInitializerOperation or IConversionOperation
               || current?.Syntax is CollectionExpressionSyntax || current.IsParamsCollection())
            current = current!.Parent;
        return current is IInvocationOperation { TargetMethod: { Name: "WhenAll", ContainingType.Name: "Task" } } call && call.TargetMethod.ContainingNamespace.Is("System.Threading.Tasks") ? call : null;
    }
}

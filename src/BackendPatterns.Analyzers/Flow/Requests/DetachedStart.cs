using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Calls;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow.Requests;

/// <summary>A call that starts work for which nobody waits.</summary>
/// <param name="Call">The call.</param>
/// <param name="Work">The lambda or method group that runs, or the call itself where it is the call of an asynchronous method.</param>
/// <param name="RunsAside">True where all of the work runs on another thread; false where it runs here up to the first point at which it has to wait.</param>
internal sealed record DetachedStart(IInvocationOperation Call, IOperation Work, bool RunsAside)
{
    // Who waits for one of these waits for the work; what the caller reads from a channel or pipe, the work goes on writing for as long as the request lasts.
    private static readonly HashSet<string> Handshakes = new(StringComparer.Ordinal)
    {
        "TaskCompletionSource", "Channel", "ChannelWriter", "ChannelReader", "PipeWriter", "Pipe", "CountdownEvent", "ManualResetEvent", "ManualResetEventSlim", "AutoResetEvent",
        "SemaphoreSlim", "Barrier", "BlockingCollection",
    };

    /// <summary>Returns the work that a call starts and nobody waits for; null for any other call. Cheap for nearly every call.</summary>
    public static DetachedStart? Of(IInvocationOperation call, BackendModel model)
    {
        var method = call.TargetMethod;
        var start = method.Name switch
        {
            "Run" when method.ContainingType.IsTask() => Dropped(call),
            "StartNew" when method.ContainingType is { Name: "TaskFactory" } type && type.IsIn("System.Threading.Tasks") => Dropped(call),
            "ContinueWith" when method.ContainingType.IsTask() => Dropped(call),
            "QueueUserWorkItem" or "UnsafeQueueUserWorkItem" when method.ContainingType is { Name: "ThreadPool" } type && type.IsIn("System.Threading") => Aside(call, call.Arguments),
            "Start" when method.ContainingType is { Name: "Thread" } type && type.IsIn("System.Threading") => OnThread(call),
            "ForEach" when method.ContainingType is { Name: "List" or "Array" } => AsynchronousVoid(call),
            _ when call.Type.IsTask() => DiscardedTasks.Contain(call) ? new DetachedStart(call, call, RunsAside: false) : null,
            _ when method is { ReturnsVoid: true, IsAsync: true } => new DetachedStart(call, call, RunsAside: false),
            _ when method is { ReturnsVoid: true, MethodKind: MethodKind.DelegateInvoke } => Callee.Of(call, model)?.Method is { IsAsync: true, ReturnsVoid: true } ? new DetachedStart(call, call, RunsAside: false) : null,
            _ => null,
        };
        return start is null || start.IsWaitedForOtherwise() ? null : start;
    }

    private static DetachedStart? Dropped(IInvocationOperation call) => DiscardedTasks.Contain(call) ? Aside(call, call.Arguments) : null;

    private static DetachedStart? Aside(IInvocationOperation call, IEnumerable<IArgumentOperation> arguments)
    {
        foreach (var argument in arguments)
        {
            if (FunctionIn(argument.Value) is { } function)
                return new DetachedStart(call, function, RunsAside: true);
        }

        return null;
    }

    private static DetachedStart? OnThread(IInvocationOperation call)
    {
        var thread = call.Instance?.Unwrap();
        if (thread is ILocalReferenceOperation { Local: var local } reference)
        {
            var values = LocalValues.Around(reference);
            foreach (var other in values.ReferencesTo(local))
            {
                if (other.Parent is not IInvocationOperation { TargetMethod.Name: "Start" } and not IPropertyReferenceOperation)
                    return null;
            }

            thread = values.OnlyValueOf(local)?.Unwrap();
        }

        return thread is IObjectCreationOperation creation ? Aside(call, creation.Arguments) : null;
    }

    private static DetachedStart? AsynchronousVoid(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Value.AsLambda() is { Symbol: { IsAsync: true, ReturnsVoid: true } } lambda)
                return new DetachedStart(call, lambda, RunsAside: false);
        }

        return null;
    }

    private static IOperation? FunctionIn(IOperation value) => value.Unwrap() switch
    {
        IAnonymousFunctionOperation lambda => lambda,
        IMethodReferenceOperation group => group,
        ILocalReferenceOperation { Local: { Type.TypeKind: TypeKind.Delegate } local } reference => LocalValues.Around(reference).OnlyValueOf(local)?.Unwrap() switch
        {
            IAnonymousFunctionOperation lambda => lambda,
            IMethodReferenceOperation group => group,
            _ => null,
        },
        _ => null,
    };

    private bool IsWaitedForOtherwise()
    {
        foreach (var operation in Work.DescendantsAndSelf())
        {
            if (operation is ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation && operation.Type is { } type && Handshakes.Contains(type.Name) && !IsDeclaredIn(operation, Work))
                return true;
        }

        return false;
    }

    private static bool IsDeclaredIn(IOperation reference, IOperation work) =>
        reference.ReferencedSymbol()?.DeclaringSyntaxReferences is [var declaration, ..] && declaration.SyntaxTree == work.Syntax.SyntaxTree && work.Syntax.Span.Contains(declaration.Span);
}

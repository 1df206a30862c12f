using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow.Background;

/// <summary>A loop that is meant to turn until the host stops: nothing but cancellation, or the end of its timer or stream, ends it.</summary>
public static class EndlessLoop
{
    private static readonly HashSet<string> Streams = new(StringComparer.Ordinal) { "ReadAllAsync", "GetConsumingEnumerable" };

    /// <summary>
    /// True for <c>while (!token.IsCancellationRequested)</c>, <c>while (true)</c>, a timer or channel in the condition, <c>for (;;)</c>, and a <c>foreach</c> over all that ever
    /// comes through a channel.
    /// </summary>
    public static bool Is(ILoopOperation loop) => loop switch
    {
        IWhileLoopOperation { ConditionIsUntil: false, Condition: { } condition } => GoesOn(condition),
        IForLoopOperation { Condition: null } => true,
        IForLoopOperation { Condition: { } condition, AtLoopBottom.IsEmpty: true } => GoesOn(condition),
        IForEachLoopOperation each => IsStream(each.Collection.UnwrapAwait()),
        _ => false,
    };

    /// <summary>True where the body has no way out but those that cancellation takes, or a handler of a failure.</summary>
    public static bool HasNoEndByDesign(ILoopOperation loop)
    {
        foreach (var exit in Exits.Of(loop))
        {
            if (!IsOfShutdown(exit, loop))
                return false;
        }

        return true;
    }

    /// <summary>True where an operation mentions <c>IsCancellationRequested</c>.</summary>
    public static bool TestsCancellation(IOperation operation)
    {
        foreach (var part in operation.DescendantsAndSelf())
        {
            if (part is IPropertyReferenceOperation { Property.Name: "IsCancellationRequested" })
                return true;
        }

        return false;
    }

    /// <summary>True where every part of a conjunction goes on until the host stops, or its timer or channel ends.</summary>
    private static bool GoesOn(IOperation condition)
    {
        var parts = new Stack<IOperation>();
        parts.Push(condition);
        while (parts.Count > 0)
        {
            var part = parts.Pop().Unwrap();
            if (part is IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both)
            {
                parts.Push(both.LeftOperand);
                parts.Push(both.RightOperand);
            }
            else if (!PartGoesOn(part))
            {
                return false;
            }
        }

        return true;
    }

    private static bool PartGoesOn(IOperation part) => part switch
    {
        { ConstantValue: { HasValue: true, Value: true } } => true,
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: var operand } => IsRequested(operand),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } compared => IsRequested(compared.LeftOperand) && compared.RightOperand.ConstantValue is { HasValue: true, Value: false },
        IIsPatternOperation { Value: var value, Pattern: IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: false } } } => IsRequested(value),
        _ => part.UnwrapAwait() is IInvocationOperation { TargetMethod: var method }
            && (method is { Name: "WaitForNextTickAsync", ContainingType.Name: "PeriodicTimer" } or { Name: "WaitToReadAsync", ContainingType.Name: "ChannelReader" })
            && method.ContainingNamespace.IsBelow("System.Threading"),
    };

    private static bool IsRequested(IOperation operation) => operation.Unwrap() is IPropertyReferenceOperation { Property.Name: "IsCancellationRequested" };

    private static bool IsStream(IOperation collection)
    {
        while (collection is IInvocationOperation { TargetMethod: var method } call)
        {
            if (Streams.Contains(method.Name))
                return method.ContainingType is { Name: "ChannelReader" or "BlockingCollection" };
            if (method.Name is not ("WithCancellation" or "ConfigureAwait") || call.Receiver() is not { } receiver)
                return false;
            collection = receiver.UnwrapAwait();
        }

        return false;
    }

    private static bool IsOfShutdown(IOperation exit, IOperation loop)
    {
        for (var current = exit.Parent; current is not null && current != loop; current = current.Parent)
        {
            if (current is ICatchClauseOperation || (current is IConditionalOperation choice && TestsCancellation(choice.Condition)))
                return true;
        }

        return false;
    }
}

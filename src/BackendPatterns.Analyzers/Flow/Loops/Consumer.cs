using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow;

/// <summary>A loop that takes messages from a queue or stream as they arrive: there is no set of items to load in advance.</summary>
public static class Consumer
{
    private static readonly HashSet<string> StreamMembers = new(StringComparer.Ordinal)
    {
        "ReadAllAsync", "GetConsumingEnumerable", "GetConsumingPartitioner", "ReceiveMessagesAsync", "ReceiveAllAsync", "ConsumeAsync", "SubscribeAsync",
        "ReadEventsAsync", "ReadEventsFromPartitionAsync", "WatchAsync", "ListenAsync",
    };

    private static readonly HashSet<string> ReceivingMembers = new(StringComparer.Ordinal)
    {
        "WaitToReadAsync", "TryRead", "Receive", "ReceiveAsync", "ReceiveMessageAsync", "ReceiveMessagesAsync", "Consume", "ConsumeAsync", "DequeueAsync",
        "BasicGet", "BasicGetAsync", "WaitForMessageAsync", "GetConsumingEnumerable",
    };

    private static readonly HashSet<string> SharedQueues = new(StringComparer.Ordinal) { "ConcurrentQueue", "ConcurrentBag", "ConcurrentStack", "BlockingCollection", "ChannelReader", "Channel" };

    public static bool Is(Repetition repetition) =>
        repetition.IsOpenEnded ? Receives(repetition) : repetition.Sequence is { } sequence && IsStream(sequence);

    private static bool IsStream(IOperation sequence)
    {
        for (var current = sequence.UnwrapAwait(); current is IInvocationOperation call; current = call.Receiver()?.UnwrapAwait() ?? current)
        {
            if (StreamMembers.Contains(call.TargetMethod.Name))
                return true;
            if (call.Receiver() is null)
                return false;
        }

        return false;
    }

    private static bool Receives(Repetition repetition)
    {
        foreach (var operation in repetition.Operation.DescendantsAndSelf())
        {
            if (operation is not IInvocationOperation call)
                continue;
            if (ReceivingMembers.Contains(call.TargetMethod.Name))
                return true;
            // A concurrent queue is shared with whoever fills it.
            if (call.TargetMethod.Name is "TryDequeue" or "TryTake" or "TryPop" or "Take" or "ReadAsync" && call.Instance?.Type is { } type && SharedQueues.Contains(type.Name))
                return true;
        }

        return false;
    }
}

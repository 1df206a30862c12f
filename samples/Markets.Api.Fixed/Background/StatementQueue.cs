using System.Collections.Concurrent;

namespace Markets.Api.Background;

/// <summary>The users whose statements are to be prepared.</summary>
public sealed class StatementQueue
{
    public ConcurrentQueue<int> Users { get; } = new();
}

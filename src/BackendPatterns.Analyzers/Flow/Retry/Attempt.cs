using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Flow.Retry;

/// <summary>What makes an operation one that can fail for reasons outside the process.</summary>
internal enum AttemptKind
{
    /// <summary>A known call that leaves the process.</summary>
    RoundTrip,

    /// <summary>Files, sockets, processes, mail.</summary>
    InputOutput,

    /// <summary>An asynchronous call of unknown content that is waited for.</summary>
    Awaited,

    /// <summary>A delegate that a caller hands in.</summary>
    Delegate,

    /// <summary>A synchronous call of unknown content: it needs a second sign before it counts.</summary>
    Opaque,
}

/// <summary>One operation in a loop that may fail for outside reasons.</summary>
/// <param name="Call">The call (below an <c>await</c>) or the object creation.</param>
/// <param name="Kind">What is known about it.</param>
/// <param name="Name">How messages name it.</param>
internal sealed record Attempt(IOperation Call, AttemptKind Kind, string Name);

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Resilience;

/// <summary>How a retry waits between its attempts.</summary>
public enum PolicyWait
{
    /// <summary>The waits are computed, configured, or jittered: nothing can be said against them.</summary>
    Unknown,

    /// <summary>There is none.</summary>
    None,

    /// <summary>It is the same each time.</summary>
    Constant,

    /// <summary>It grows by the options of version 8, without jitter.</summary>
    WithoutJitter,
}

/// <summary>A retry of Polly: a fluent policy of version 7, or the options of a strategy of version 8.</summary>
/// <param name="Operation">The call that makes the policy, or the creation of the options.</param>
/// <param name="Name">How messages name it.</param>
/// <param name="Place">The place to change where nothing more special is at fault.</param>
/// <param name="Retries">How often it tries again; <see cref="int.MaxValue"/> for no limit, null where that is not known.</param>
/// <param name="RetriesPlace">Where that is said, or null where it is the default or lies in the name.</param>
/// <param name="Wait">How it waits.</param>
/// <param name="WaitPlace">Where that is said, or null where it is the default or lies in the name.</param>
/// <param name="Functions">What it is given to decide, to compute and to tell: predicates, delays, callbacks. An entry may be any expression.</param>
/// <param name="Handles">The expression that says which outcomes are retried, or null where the default does.</param>
/// <param name="CapsDelay">True for options with a <c>MaxDelay</c>, with which Polly documents endless retries for work in the background.</param>
public sealed record RetryPolicy(
    IOperation Operation, string Name, SyntaxNode Place, int? Retries, SyntaxNode? RetriesPlace, PolicyWait Wait, SyntaxNode? WaitPlace,
    ImmutableArray<IOperation> Functions, IOperation? Handles, bool CapsDelay = false)
{
    /// <summary>True where it tries again for as long as the outcome is one that it handles.</summary>
    public bool IsEndless => Retries == int.MaxValue;
}

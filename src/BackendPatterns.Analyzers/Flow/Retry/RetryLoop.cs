using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace BackendPatterns.Analyzers.Flow.Retry;

/// <summary>How an attempt tells that it failed.</summary>
public enum RetryFailureKind
{
    /// <summary>It throws; a catch clause inside the loop leads to the next attempt.</summary>
    Exception,

    /// <summary>It returns a failed status, or <c>false</c>.</summary>
    Status,
}

/// <summary>What ends a retry that keeps failing.</summary>
public enum RetryBoundKind
{
    /// <summary>A condition that does not only depend on the failure: a counter, a deadline, a stop flag, anything unknown.</summary>
    Condition,

    /// <summary>A token is tested, or passed to a call from which the cancellation leaves the loop.</summary>
    Cancellation,

    /// <summary>A call that throws in the end: a helper that counts, a sequence that runs out.</summary>
    Call,
}

/// <summary>How long a retry waits between two attempts.</summary>
public enum RetryWaitKind
{
    /// <summary>Always the same time.</summary>
    Constant,

    /// <summary>A time computed from something that changes with the attempts.</summary>
    Growing,

    /// <summary>Nothing is known about the time.</summary>
    Unknown,
}

/// <summary>The bound of one kind of failure.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Syntax">The condition or the call.</param>
public sealed record RetryBound(RetryBoundKind Kind, SyntaxNode Syntax);

/// <summary>What is known about a time.</summary>
/// <param name="Kind">Constant, growing, unknown.</param>
/// <param name="Milliseconds">The number of milliseconds where it is known.</param>
public sealed record RetryTime(RetryWaitKind Kind, double? Milliseconds);

/// <summary>The wait between two attempts.</summary>
/// <param name="Time">How long.</param>
/// <param name="Syntax">The call that waits.</param>
/// <param name="IsOnly">False where the loop waits at several places.</param>
public sealed record RetryWait(RetryTime Time, SyntaxNode Syntax, bool IsOnly = true)
{
    /// <summary>Constant, growing, unknown.</summary>
    public RetryWaitKind Kind => Time.Kind;
}

/// <summary>One kind of failure after which the loop tries again.</summary>
/// <param name="Kind">Exception or status.</param>
/// <param name="Location">The <c>catch</c> keyword or the failed test.</param>
/// <param name="Bound">What ends the loop when this failure lasts, or null: it then runs for ever.</param>
public sealed record RetryFailure(RetryFailureKind Kind, Location Location, RetryBound? Bound);

/// <summary>A loop that repeats an operation until it succeeds.</summary>
/// <param name="Loop">The loop, the <c>goto</c> that closes it, or the call by which a function repeats itself.</param>
/// <param name="Keyword">The token that names it: <c>while</c>, <c>do</c>, <c>for</c>, <c>goto</c>, or the name of the function in the call.</param>
/// <param name="Operation">How messages name the operation that is retried, such as <c>HttpClient.GetAsync</c>.</param>
/// <param name="Failures">The failures after which it tries again; at least one.</param>
/// <param name="Wait">The wait between attempts, or null where there is none.</param>
public sealed record RetryLoop(IOperation Loop, SyntaxToken Keyword, string Operation, ImmutableArray<RetryFailure> Failures, RetryWait? Wait)
{
    /// <summary>Returns the first failure that repeats for ever, or null where every one is bounded.</summary>
    public RetryFailure? Unbounded
    {
        get
        {
            foreach (var failure in Failures)
            {
                if (failure.Bound is null)
                    return failure;
            }

            return null;
        }
    }
}

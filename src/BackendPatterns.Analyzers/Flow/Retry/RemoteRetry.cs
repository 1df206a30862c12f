using BackendPatterns.Analyzers.Model;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Flow.Retry;

/// <summary>A retry that tries a remote call: a database, a service, a broker or a cache.</summary>
internal sealed class RemoteRetry
{
    /// <summary>One second attempt at once is no burden: it is what a connection that the other side has closed needs.</summary>
    private const int FewestAttempts = 3;

    private readonly RetryScope _scope;
    private readonly IReadOnlyList<RemoteCall> _calls;
    private readonly RepeatedAttempt _attempt;
    private readonly CancellationToken _cancellation;

    private RemoteRetry(RetryLoop retry, RetryScope scope, IReadOnlyList<RemoteCall> calls, CancellationToken cancellation)
    {
        (Loop, _scope, _calls, _cancellation) = (retry, scope, calls, cancellation);
        _attempt = new RepeatedAttempt(retry, scope, calls, cancellation);
        Counter = AttemptCounter.Of(scope);
    }

    public RetryLoop Loop { get; }

    /// <summary>How messages name the remote call.</summary>
    public string Operation => _calls[0].Name;

    /// <summary>What counts the attempts, or null where that is not known.</summary>
    public AttemptCounter? Counter { get; }

    /// <summary>False where the operation is known to be tried only once or twice.</summary>
    public bool MayTryOften => Counter?.Attempts is not < FewestAttempts;

    /// <summary>Returns the retry where it tries a remote call, null where it tries something else.</summary>
    public static RemoteRetry? Of(RetryLoop retry, BackendModel model, CancellationToken cancellation) =>
        RetryScope.Of(retry.Loop, model) is { } scope && RemoteCalls.In(retry, scope, cancellation) is { Count: > 0 } calls ? new RemoteRetry(retry, scope, calls, cancellation) : null;

    /// <summary>True where the same call is repeated at once: no wait in the loop, in helpers or behind the call, and nothing in between that could make the next attempt another one.</summary>
    public bool RepeatsAtOnce =>
        Loop.Wait is null && !_attempt.AnswersConflict && !_attempt.AsksForSomethingElse && !HiddenWaits.MayBeIn(_scope, _calls, _cancellation) && !_attempt.RepairsInBetween;

    /// <summary>True where the same call is repeated after the same time, and no hint of the server is looked at.</summary>
    public bool WaitsTheSame =>
        Loop.Wait is { Kind: RetryWaitKind.Constant, Time.Milliseconds: null or > 0 } && !_attempt.AnswersConflict && !_attempt.AsksForSomethingElse && !HiddenWaits.ReadsHint(_scope);
}

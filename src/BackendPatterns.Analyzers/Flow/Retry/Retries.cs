using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow.Retry;

/// <summary>
/// Which loops are retries: an operation that can fail for outside reasons, whose success leaves the loop and whose failure leads to the next attempt. Decided on
/// the control flow graph, so <c>while</c>, <c>do</c>, <c>for</c>, <c>goto</c> and a function that calls itself are one shape.
/// </summary>
public static class Retries
{
    /// <summary>
    /// Returns the retry that a loop, a backward <c>goto</c>, or a call by which a function repeats itself, is; null for any other loop: one that goes on after success (consumer, poller, paging), one that tries
    /// something new each time (unique names, changed rows), one that talks to a person.
    /// </summary>
    public static RetryLoop? Of(IOperation loop, BackendModel model, CancellationToken cancellation)
    {
        if (RetryScope.Of(loop, model) is not { } scope)
            return null;
        var attempts = new AttemptClassifier(model, scope.Values, scope.SelfCall);
        if (FirstAttempt(scope, attempts) is not { } tried || TalksToAPerson(scope))
            return null;
        if (LoopGraph.Of(scope, cancellation) is not { } graph || FailureHandler.In(scope, graph, cancellation) is not { } handlers)
            return null;
        var outcome = new AttemptOutcome(scope, attempts);
        var bounds = new RetryBounds(scope, attempts, cancellation);
        var events = new LoopEvents(graph, scope, attempts, outcome, bounds);
        if (LoopPaths.Under(Assumption.OfStatus(fails: false), graph, events, outcome)?.Repeats() != false)
            return null;
        var conditions = new FailureConditions(scope, attempts, outcome, cancellation);
        var cancelled = bounds.CancellationTest();
        var wait = RetryWaits.In(scope);
        var failures = ImmutableArray.CreateBuilder<RetryFailure>();
        foreach (var together in FailingTogether(handlers, scope))
        {
            if (failures.Count > 0 && together.Length > 1)
                break;
            var opaque = wait is not null || together.All(static handler => !handler.CatchesEverything);
            if (LoopPaths.Under(new Assumption(together.Select(static handler => handler.Region).ToImmutableArray(), Fails: true, opaque), graph, events, outcome) is not { } paths)
                return null;
            if (paths.Repeats())
                failures.Add(new RetryFailure(RetryFailureKind.Exception, together[0].Clause.CatchKeyword.GetLocation(), cancelled ?? paths.Bound(conditions.DependsOnFailureOnly)));
        }

        if (!ExpectsConflicts(scope) && LoopPaths.Under(Assumption.OfStatus(fails: true), graph, events, outcome) is { FailedTest: { } test } failing && failing.Repeats())
            failures.Add(new RetryFailure(RetryFailureKind.Status, test.GetLocation(), cancelled ?? failing.Bound(conditions.DependsOnFailureOnly)));
        return failures.Count == 0 ? null : new RetryLoop(loop, scope.Keyword, tried.Name, failures.ToImmutable(), wait);
    }

    /// <summary>
    /// Returns every handler of failures on its own, and last, where there are several <c>try</c> statements, the first handler of each together: one host after the other may be down.
    /// </summary>
    private static IEnumerable<ImmutableArray<FailureHandler>> FailingTogether(List<FailureHandler> handlers, RetryScope scope)
    {
        var together = ImmutableArray.CreateBuilder<FailureHandler>();
        foreach (var handler in handlers)
        {
            if (!IsFailure(handler, scope))
                continue;
            yield return ImmutableArray.Create(handler);
            if (!together.Any(other => other.Region.EnclosingRegion == handler.Region.EnclosingRegion))
                together.Add(handler);
        }

        if (together.Count > 1)
            yield return together.ToImmutable();
    }

    private static bool IsFailure(FailureHandler handler, RetryScope scope) =>
        handler.IsOutsideFailure && !handler.IsCollision && !handler.IsAbsence && !(handler.MayBeCollision && (handler.SpeaksOfCollision || TriesAnother(scope)))
        && !(handler.Type is { Name: "DbUpdateException" } && ReadsAgain(scope));

    /// <summary>A status such as <c>Conflict</c> or <c>PreconditionFailed</c> is looked at: somebody else changed the row, and the next attempt is another one.</summary>
    private static bool ExpectsConflicts(RetryScope scope)
    {
        foreach (var operation in scope.Operations)
        {
            if (operation is IFieldReferenceOperation { Field: var field } && FailureHandler.NamesCollision(field.Name))
                return true;
        }

        return false;
    }

    /// <summary>Returns the operation that the loop tries: the one that leaves the process, where one does; null where nothing in the loop can fail for outside reasons.</summary>
    internal static Attempt? FirstAttempt(RetryScope scope, AttemptClassifier attempts)
    {
        Attempt? best = null;
        foreach (var operation in scope.Operations)
        {
            if (attempts.Classify(operation) is not { } attempt || scope.IsInHandler(operation.Syntax))
                continue;
            if (best is null || attempt.Kind < best.Kind || (attempt.Kind == best.Kind && attempt.Call.Syntax.SpanStart < best.Call.Syntax.SpanStart))
                best = attempt;
        }

        return best;
    }

    private static bool TalksToAPerson(RetryScope scope)
    {
        foreach (var operation in scope.Operations)
        {
            if (operation is not IInvocationOperation { TargetMethod: { ContainingType: { } type } method })
                continue;
            if (type is { Name: "Console" } && type.IsIn("System") && method.Name.StartsWith("Read", StringComparison.Ordinal))
                return true;
            if (method.Name is "Prompt" or "Ask" or "Confirm" or "PromptAsync" or "AskAsync" or "ConfirmAsync" or "ReadPassword")
                return true;
        }

        return false;
    }

    /// <summary>A name, key or number is made anew for every attempt: the loop looks for a free one.</summary>
    private static bool TriesAnother(RetryScope scope)
    {
        foreach (var operation in scope.Operations)
        {
            switch (operation)
            {
                case IInvocationOperation { TargetMethod: { ContainingType: { } type } method } when method.Name is "NewGuid" or "CreateVersion7" or "GetRandomFileName" or "GetTempFileName" or "GetHexString" or "GetString" or "Next" or "GetInt32" or "NewId"
                    || method.Name.StartsWith("Generate", StringComparison.Ordinal) || method.Name.StartsWith("Random", StringComparison.Ordinal):
                    if (!IsInsideWait(operation, scope) && type.Name is not "Encoding")
                        return true;
                    break;
                case IInterpolatedStringOperation text when CountsInText(text, scope) && !IsInsideLog(text, scope):
                    return true;
            }
        }

        return false;
    }

    /// <summary>The row is read in every attempt, and added or changed as it is then: somebody else's write in between is what the next attempt sees.</summary>
    private static bool ReadsAgain(RetryScope scope)
    {
        foreach (var operation in scope.Operations)
        {
            if (operation is IInvocationOperation && scope.Model.DataAccess.Classify(operation) is { Kind: RoundTripKind.DatabaseRead, Library: DataLibrary.EntityFrameworkCore })
                return true;
        }

        return false;
    }

    private static bool CountsInText(IInterpolatedStringOperation text, RetryScope scope)
    {
        foreach (var part in text.Parts)
        {
            if (part is IInterpolationOperation { Expression: var expression }
                && (expression.Unwrap() is IIncrementOrDecrementOperation || (expression.ReferencedSymbol() is ILocalSymbol { Type.SpecialType: SpecialType.System_Int32 } local && scope.Changes(local))))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsInsideLog(IOperation operation, RetryScope scope) =>
        Surrounding(operation, scope, static call => AttemptClassifier.IsLogging(call.TargetMethod)) || Surrounding(operation, scope, RetryWaits.IsWait)
        || operation.Syntax.FirstAncestorOrSelf<ThrowStatementSyntax>() is not null;

    private static bool IsInsideWait(IOperation operation, RetryScope scope)
    {
        if (Surrounding(operation, scope, RetryWaits.IsWait))
            return true;
        // var jitter = random.Next(100); await Task.Delay(jitter);
        for (var parent = operation.Parent; parent is not null && scope.Contains(parent.Syntax); parent = parent.Parent)
        {
            if (parent is IVariableDeclaratorOperation { Symbol: var local })
            {
                foreach (var reference in scope.Values.ReferencesTo(local))
                {
                    if (Surrounding(reference, scope, RetryWaits.IsWait))
                        return true;
                }

                return false;
            }
        }

        return false;
    }

    private static bool Surrounding(IOperation operation, RetryScope scope, Func<IInvocationOperation, bool> matches)
    {
        for (var parent = operation.Parent; parent is not null && scope.Contains(parent.Syntax); parent = parent.Parent)
        {
            if (parent is IInvocationOperation call && matches(call))
                return true;
        }

        return false;
    }
}

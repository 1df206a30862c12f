using BackendPatterns.Analyzers.Model;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>A query in a loop that one query before the loop can replace with the same answers.</summary>
/// <param name="Query">The query in the loop.</param>
/// <param name="Loop">The loop.</param>
/// <param name="Replaced">The expression that becomes a lookup: the call, or the <c>await</c> of it.</param>
/// <param name="Bulk">The call of another method that loads the rows, where the query stands in one; null where it is written before the loop.</param>
public sealed record BatchPlan(BatchQuery Query, BatchLoop Loop, ExpressionSyntax Replaced, BulkCall? Bulk = null)
{
    /// <summary>Returns the plan, or null where the answers are not provably the same.</summary>
    public static BatchPlan? For(IInvocationOperation call, BackendModel model, CancellationToken cancellationToken) =>
        BatchQuery.Of(call, model) is { } query ? For(query, model, cancellationToken) : null;

    /// <summary>The same for a query whose parts are known.</summary>
    public static BatchPlan? For(BatchQuery query, BackendModel model, CancellationToken cancellationToken)
    {
        if (BatchLoop.Around(query, model) is not { } loop || ReplacedBy(query, loop) is not { } replaced)
            return null;
        return BatchInvariance.Holds(query, loop, model) && BatchSharing.IsUnobservable(query, loop, model) && new BatchEffects(query, loop, model, cancellationToken).LeaveAnswersAlone()
            ? new BatchPlan(query, loop, replaced)
            : null;
    }

    /// <summary>The <c>await</c> of the call; the task, where a lambda hands it on to <c>Task.WhenAll</c>; the call itself where it is synchronous or enumerated.</summary>
    private static ExpressionSyntax? ReplacedBy(BatchQuery query, BatchLoop loop)
    {
        if (!query.IsAsync || query.Enumeration is not null)
            return query.Call.Syntax as ExpressionSyntax;
        return query.Await ?? (loop.FanOut is { IsUnwrapped: true } ? query.ReturnedTask : null);
    }
}

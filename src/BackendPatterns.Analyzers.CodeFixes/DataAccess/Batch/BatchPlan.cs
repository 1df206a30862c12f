using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model;
using Microsoft.CodeAnalysis;
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
    /// <summary>
    /// The interface methods and virtual methods that the loop calls, taken to run no other code than what this project sees; <see cref="BatchAssumptions"/>
    /// asks the whole solution.
    /// </summary>
    public ImmutableArray<IMethodSymbol> Assumed { get; init; } = ImmutableArray<IMethodSymbol>.Empty;

    /// <summary>Returns the plan, or null where the answers are not provably the same.</summary>
    public static BatchPlan? For(IInvocationOperation call, BackendModel model, CancellationToken cancellationToken) =>
        BatchQuery.Of(call, model) is { } query ? For(query, model, cancellationToken) : null;

    /// <summary>The same for a query whose parts are known.</summary>
    public static BatchPlan? For(BatchQuery query, BackendModel model, CancellationToken cancellationToken)
    {
        if (BatchLoop.Around(query, model) is not { } loop || ReplacedBy(query, loop) is not { } replaced)
            return null;
        var effects = new BatchEffects(query, loop, model, cancellationToken);
        return BatchInvariance.Holds(query, loop, model) && BatchSharing.IsUnobservable(query, loop, model) && effects.LeaveAnswersAlone()
            ? new BatchPlan(query, loop, replaced) { Assumed = effects.Assumed.ToImmutableArray() }
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

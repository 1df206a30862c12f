using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>A query in a loop that one query before the loop can replace with the same answers.</summary>
/// <param name="Query">The query in the loop.</param>
/// <param name="Loop">The loop.</param>
/// <param name="Replaced">The expression that becomes a lookup: the call, or the <c>await</c> of it.</param>
public sealed record BatchPlan(BatchQuery Query, BatchLoop Loop, ExpressionSyntax Replaced)
{
    /// <summary>Returns the plan, or null where the answers are not provably the same.</summary>
    public static BatchPlan? For(IInvocationOperation call, BackendModel model, CancellationToken cancellationToken)
    {
        if (BatchQuery.Of(call, model) is not { } query || BatchLoop.Around(query, model) is not { } loop || ReplacedBy(query) is not { } replaced)
            return null;
        return BatchInvariance.Holds(query, loop, model) && BatchSharing.IsUnobservable(query, loop, model) && new BatchEffects(query, loop, model, cancellationToken).LeaveAnswersAlone()
            ? new BatchPlan(query, loop, replaced)
            : null;
    }

    private static ExpressionSyntax? ReplacedBy(BatchQuery query)
    {
        if (!query.IsAsync)
            return query.Call.Syntax as ExpressionSyntax;
        IOperation awaited = query.Call;
        if (awaited.Parent is IInvocationOperation { TargetMethod.Name: "ConfigureAwait" } configured)
            awaited = configured;
        return awaited.Parent is IAwaitOperation { Syntax: AwaitExpressionSyntax syntax } ? syntax : null;
    }
}

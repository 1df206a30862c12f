using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>
/// <c>await Task.WhenAll(ids.Select(async id => …))</c>. A context runs one query at a time, so the tasks never did overlap where this
/// worked: https://learn.microsoft.com/ef/core/dbcontext-configuration/#avoiding-dbcontext-threading-issues
/// </summary>
/// <param name="Awaited">The <c>await</c>.</param>
/// <param name="Syntax">The <c>await</c> as it is written.</param>
/// <param name="Lambda">The lambda that makes one task per item.</param>
/// <param name="IsUnwrapped">True where nothing but the query makes them tasks: they become plain values.</param>
/// <param name="HasResults">True where the tasks have results.</param>
public sealed record BatchFanOut(IAwaitOperation Awaited, AwaitExpressionSyntax Syntax, LambdaExpressionSyntax Lambda, bool IsUnwrapped, bool HasResults)
{
    /// <summary>Returns the <c>await</c> of all tasks that a chain makes, or null where they are not awaited together.</summary>
    public static BatchFanOut? Over(IInvocationOperation chain, IInvocationOperation select, IAnonymousFunctionOperation lambda, BatchQuery query)
    {
        if (select.TargetMethod.Name is not "Select" || lambda.Syntax is not LambdaExpressionSyntax syntax || !IsListOf(chain, select))
            return null;
        IOperation value = chain;
        while (value.Parent is IConversionOperation or IParenthesizedOperation)
            value = value.Parent;
        if (value.Parent is not IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { Name: "WhenAll", ContainingType.Name: "Task" } whenAll } all }
            || all.Arguments.Length != 1)
        {
            return null;
        }

        IOperation task = all;
        if (task.Parent is IInvocationOperation { TargetMethod.Name: "ConfigureAwait" } configured)
            task = configured;
        if (task.Parent is not IAwaitOperation { Syntax: AwaitExpressionSyntax await } awaited)
            return null;
        if (HasCommentOutside(await, select.Syntax))
            return null;
        var isUnwrapped = lambda.Symbol.IsAsync ? AwaitsOnly(query, syntax) : query.ReturnedTask is not null;
        var fanOut = new BatchFanOut(awaited, await, syntax, isUnwrapped, whenAll.IsGenericMethod);
        return !isUnwrapped || fanOut.IsSameInOrder(lambda, query) ? fanOut : null;
    }

    /// <summary>A comment next to <c>Task.WhenAll</c> would be lost with it.</summary>
    private static bool HasCommentOutside(SyntaxNode await, SyntaxNode select) =>
        await.DescendantTrivia().Any(trivia => trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia
            && !select.Span.Contains(trivia.Span) && await.Span.Contains(trivia.Span));

    private static bool AwaitsOnly(BatchQuery query, LambdaExpressionSyntax lambda) =>
        lambda.DescendantTokens().Where(static token => token.IsKind(SyntaxKind.AwaitKeyword)).All(keyword => keyword == query.Await?.AwaitKeyword);

    /// <summary>
    /// A task that fails does not keep the others from running; a loop that fails ends, which shows where the lambda does more than return
    /// a value. A lambda without results becomes a loop, which has no place for <c>return</c>.
    /// </summary>
    private bool IsSameInOrder(IAnonymousFunctionOperation lambda, BatchQuery query)
    {
        if (!HasResults)
        {
            return Awaited.Parent is IExpressionStatementOperation { Syntax: ExpressionStatementSyntax } && lambda.Symbol.Parameters.Length == 1
                && query.Result is not BatchResult.RowOrThrow && Lambda is not { Block: null, ExpressionBody: AwaitExpressionSyntax or InvocationExpressionSyntax }
                && !Lambda.DescendantNodes().Any(static node => node is ReturnStatementSyntax);
        }

        return query.Result is not BatchResult.RowOrThrow
            || !lambda.Body.Descendants().Any(static operation => operation is IExpressionStatementOperation or IIncrementOrDecrementOperation or ICompoundAssignmentOperation);
    }

    private static bool IsListOf(IInvocationOperation chain, IInvocationOperation select) =>
        chain == select || (chain.TargetMethod.Name is "ToList" or "ToArray" && chain.Receiver()?.Unwrap() == select);
}

using System.Runtime.CompilerServices;
using BackendPatterns.Analyzers.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow.Retry;

/// <summary>The retries that several rules ask about: each loop is looked at once.</summary>
internal static class KnownRetries
{
    private static readonly ConditionalWeakTable<IOperation, StrongBox<RetryLoop?>> Answers = new();

    private static readonly HashSet<string> StatusNames = new(StringComparer.Ordinal)
    {
        "IsSuccessStatusCode", "StatusCode", "IsSuccess", "Success", "Succeeded", "IsSuccessful", "IsFailure", "IsError", "Failed",
    };

    /// <summary>Returns the retry that a loop, or a backward <c>goto</c>, is; null where it is none.</summary>
    public static RetryLoop? Of(IOperation loop, BackendModel model, CancellationToken cancellation)
    {
        if (Answers.TryGetValue(loop, out var known))
            return known.Value;
        var answer = Retries.Of(loop, model, cancellation);
        return Answers.GetValue(loop, _ => new StrongBox<RetryLoop?>(answer)).Value;
    }

    /// <summary>The same for a <c>while</c>, <c>do</c> or <c>for</c> whose text tells of a failure; null for every other, which is most of them.</summary>
    public static RetryLoop? WithVisibleFailure(IOperation loop, BackendModel model, CancellationToken cancellation) =>
        loop is IWhileLoopOperation or IForLoopOperation && MayRetry(loop.Syntax) ? Of(loop, model, cancellation) : null;

    /// <summary>False for most loops: nothing is caught in them, no status is looked at, and no <c>Try…Async</c> is called.</summary>
    private static bool MayRetry(SyntaxNode loop)
    {
        foreach (var token in loop.DescendantTokens())
        {
            if (token.IsKind(SyntaxKind.CatchKeyword))
                return true;
            if (token.IsKind(SyntaxKind.IdentifierToken)
                && (StatusNames.Contains(token.ValueText) || (token.ValueText.StartsWith("Try", StringComparison.Ordinal) && token.ValueText.EndsWith("Async", StringComparison.Ordinal))))
            {
                return true;
            }
        }

        return false;
    }
}

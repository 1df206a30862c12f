using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Model.Libraries;
using BackendPatterns.Analyzers.Model.Resilience;

namespace BackendPatterns.Analyzers.CodeFixes.Resilience;

/// <summary>Gives the options of a Polly 8 retry an exponential wait with jitter, and a limit.</summary>
internal static class StrategyBackoff
{
    private const string Retries = "MaxRetryAttempts";
    private const string BackoffType = "BackoffType";
    private const string Jitter = "UseJitter";
    private const string Delay = "Delay";

    // Four retries are five attempts, as many as the other fixes of this category make.
    private const string Most = "4";

    private const string Exponential = "global::Polly.DelayBackoffType.Exponential";

    /// <summary>Returns the options around a marked node with a limit and a backoff, or null where they are not set in an initializer.</summary>
    public static (SyntaxNode Old, SyntaxNode New)? Bounded(SyntaxNode node, SemanticModel semantics, PollyLibrary polly, CancellationToken cancellationToken)
    {
        if (CreationAround(node, semantics, polly, cancellationToken) is not var (creation, policy) || !policy.IsEndless)
            return null;
        var newLine = LineBreaks.In(creation.SyntaxTree.GetRoot(cancellationToken));
        var changed = StrategyInitializer.With(creation, Retries, Most, newLine);
        return (creation, WithBackoff(creation, changed, policy, newLine));
    }

    /// <summary>Returns the options around a marked node with a backoff, or null where they are not set in an initializer.</summary>
    public static (SyntaxNode Old, SyntaxNode New)? Waiting(SyntaxNode node, SemanticModel semantics, PollyLibrary polly, CancellationToken cancellationToken) =>
        CreationAround(node, semantics, polly, cancellationToken) is var (creation, policy)
            ? (creation, WithBackoff(creation, creation, policy, LineBreaks.In(creation.SyntaxTree.GetRoot(cancellationToken))))
            : null;

    private static BaseObjectCreationExpressionSyntax WithBackoff(BaseObjectCreationExpressionSyntax old, BaseObjectCreationExpressionSyntax changed, RetryPolicy policy, SyntaxTrivia newLine)
    {
        if (policy.Wait is PolicyWait.Unknown)
            return changed;
        // A base of zero stays zero, however it grows.
        if (policy.Wait is PolicyWait.None)
            changed = StrategyInitializer.With(changed, Delay, "global::System.TimeSpan.FromMilliseconds(200)", newLine);
        var isHttp = policy.Name.StartsWith("Http", StringComparison.Ordinal);
        var type = StrategyInitializer.ValueOf(old, BackoffType);
        if (type is null ? !isHttp : type.ToString().EndsWith("Constant", StringComparison.Ordinal))
            changed = StrategyInitializer.With(changed, BackoffType, Exponential, newLine);
        return StrategyInitializer.ValueOf(old, Jitter) is not null || !isHttp ? StrategyInitializer.With(changed, Jitter, "true", newLine) : changed;
    }

    private static (BaseObjectCreationExpressionSyntax Creation, RetryPolicy Policy)? CreationAround(SyntaxNode node, SemanticModel semantics, PollyLibrary polly, CancellationToken cancellationToken)
    {
        foreach (var ancestor in node.AncestorsAndSelf())
        {
            if (ancestor is StatementSyntax)
                return null;
            if (ancestor is BaseObjectCreationExpressionSyntax creation)
            {
                return semantics.GetOperation(creation, cancellationToken) is IObjectCreationOperation operation && StrategyRetry.Of(operation, polly) is { } policy
                    && !StrategyInitializer.IsOverwritten(creation, Retries, BackoffType, Jitter, Delay)
                    ? (creation, policy)
                    : null;
            }
        }

        return null;
    }
}

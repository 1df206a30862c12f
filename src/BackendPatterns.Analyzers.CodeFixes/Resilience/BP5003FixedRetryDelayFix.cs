using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.Flow.Retry;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Roslyn;
using BackendPatterns.Analyzers.Rules.Resilience;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Resilience;

/// <summary>Makes the wait of a retry grow from the constant that stood there, with full jitter and a cap.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BP5003FixedRetryDelayFix() : RuleFix(BP5003FixedRetryDelayAnalyzer.Id)
{
    protected override async Task<ImmutableArray<Remedy>> FindAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var semantics = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (root is null || semantics is null || node is not StatementSyntax loop || semantics.GetOperation(loop, cancellationToken) is not { } operation)
            return ImmutableArray<Remedy>.Empty;
        var model = BackendModel.For(semantics.Compilation);
        if (Retries.Of(operation, model, cancellationToken) is not { Wait: { IsOnly: true, Time.Milliseconds: { } milliseconds } wait } retry || milliseconds is not (>= 1 and <= int.MaxValue / 2))
            return ImmutableArray<Remedy>.Empty;
        if (TimedCall(wait.Syntax, semantics, cancellationToken) is not { } statement || Backoff.At(loop, semantics, cancellationToken) is not { } backoff)
            return ImmutableArray<Remedy>.Empty;

        var counter = AttemptCounter.Of(retry, model);
        var position = statement.SpanStart;
        var grows = counter?.IsBeforeAttempt(position) == false ? BackoffCounter.At(position, loop, counter) : BackoffCounter.New(loop);
        var call = Backoff.CallOf(statement);
        var exponent = grows.IsNew ? grows.Name + "++" : grows.ExponentFrom(0);
        var time = backoff.Time(exponent, (int)milliseconds, Start(call.ArgumentList.Arguments[0].Expression, milliseconds, semantics));
        var changed = (call.ArgumentList.Arguments.Count > 1 ? backoff.WithoutToken() : backoff).Waiting(statement, time);
        return grows.Replace(root, loop, loop.ReplaceNode(statement, changed)) is { } rewritten
            ? await IfItCompilesAsync(document, loop, document.WithSyntaxRoot(rewritten), "Make the wait grow, with jitter", nameof(BP5003FixedRetryDelayFix), cancellationToken).ConfigureAwait(false)
            : ImmutableArray<Remedy>.Empty;
    }

    /// <summary>The statement that a wait is, where it is nothing but <c>Task.Delay</c> or <c>Thread.Sleep</c>.</summary>
    private static ExpressionStatementSyntax? TimedCall(SyntaxNode wait, SemanticModel semantics, CancellationToken cancellationToken)
    {
        if (wait is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Delay" or "Sleep" }, ArgumentList.Arguments: [{ NameColon: null }, ..] } call
            || semantics.GetSymbolInfo(call, cancellationToken).Symbol is not IMethodSymbol { ContainingType: { Name: "Task" or "Thread" } type } || !(type.IsIn("System.Threading.Tasks") || type.IsIn("System.Threading")))
        {
            return null;
        }

        return call.FirstAncestorOrSelf<StatementSyntax>() is ExpressionStatementSyntax { Expression: var expression } statement && (expression == call || expression is AwaitExpressionSyntax)
            && call.Parent is AwaitExpressionSyntax or ExpressionStatementSyntax or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" } && Backoff.CallOf(statement) == call
            ? statement
            : null;
    }

    /// <summary>The constant that stood there as milliseconds: a number stays a number, a name keeps its name.</summary>
    private static string Start(ExpressionSyntax time, double milliseconds, SemanticModel semantics)
    {
        var isNumber = semantics.GetTypeInfo(time).Type is { SpecialType: SpecialType.System_Int32 };
        if (milliseconds == Math.Floor(milliseconds) && (time is LiteralExpressionSyntax || (time is InvocationExpressionSyntax { ArgumentList.Arguments: [{ Expression: LiteralExpressionSyntax }] } && !isNumber)))
            return Backoff.Number((int)milliseconds);
        var text = time.WithoutTrivia().ToFullString();
        if (!isNumber)
            return (time is IdentifierNameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax or ObjectCreationExpressionSyntax ? text : $"({text})") + ".TotalMilliseconds";
        return time is IdentifierNameSyntax or MemberAccessExpressionSyntax or LiteralExpressionSyntax ? text : $"({text})";
    }
}

using System.Globalization;
using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Model.Libraries;
using BackendPatterns.Analyzers.Model.Resilience;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace BackendPatterns.Analyzers.CodeFixes.Resilience;

/// <summary>Rewrites a fluent retry of Polly 7 into one that waits exponentially longer with jitter; a bounded one where that is asked for.</summary>
internal sealed class FluentBackoff
{
    // Four retries are five attempts, as many as the other fixes of this category make.
    private const int MostRetries = 4;

    private readonly InvocationExpressionSyntax _call;
    private readonly IInvocationOperation _operation;
    private readonly RetryPolicy _policy;
    private readonly SemanticModel _semantics;
    private readonly FreshNames _names;

    private FluentBackoff(InvocationExpressionSyntax call, IInvocationOperation operation, RetryPolicy policy, SemanticModel semantics)
    {
        _call = call;
        _operation = operation;
        _policy = policy;
        _semantics = semantics;
        _names = FreshNames.ForLambda(call);
    }

    private bool IsForever => _policy.Name.IndexOf("Forever", StringComparison.Ordinal) >= 0;

    /// <summary>Returns the rewritten call around a marked node, or null where the node is in no fluent retry, or what it is given cannot be carried over.</summary>
    public static (SyntaxNode Old, SyntaxNode New)? Around(SyntaxNode node, bool isBounded, SemanticModel semantics, PollyLibrary polly, CancellationToken cancellationToken)
    {
        foreach (var ancestor in node.AncestorsAndSelf())
        {
            if (ancestor is StatementSyntax)
                return null;
            if (ancestor is InvocationExpressionSyntax call && semantics.GetOperation(call, cancellationToken) is IInvocationOperation operation && FluentRetry.Of(operation, polly) is { } policy)
                return new FluentBackoff(call, operation, policy, semantics).Rewritten(isBounded) is { } changed ? (call, changed) : null;
        }

        return null;
    }

    private InvocationExpressionSyntax? Rewritten(bool isBounded)
    {
        var staysForever = IsForever && !isBounded;
        var arguments = new List<ArgumentSyntax>();
        if (!staysForever)
        {
            if (Count(isBounded) is not { } count)
                return null;
            arguments.Add(Argument(count));
        }

        if (Provider() is not { } provider)
            return null;
        arguments.Add(Argument(provider));
        if (ArgumentOf("onRetry") is { } onRetry)
        {
            if (new RetryCallback(onRetry, _names).For(staysForever, ArityOf(ArgumentOf("sleepDurationProvider"))) is not { } callback)
                return null;
            arguments.Add(Argument(callback));
        }

        var name = (staysForever ? "WaitAndRetryForever" : "WaitAndRetry") + (_policy.Name.EndsWith("Async", StringComparison.Ordinal) ? "Async" : "");
        return WithName(name) is { } target ? target.WithArgumentList(Laid(arguments)) : null;
    }

    private ExpressionSyntax? Count(bool isBounded)
    {
        if (isBounded)
            return Number(MostRetries);
        if (ArgumentOf("retryCount") is { Value.Syntax: ExpressionSyntax given })
            return given.WithoutTrivia();
        return _policy.Retries is { } retries ? Number(retries) : null;
    }

    private static ExpressionSyntax Number(int value) => ParseExpression(value.ToString(CultureInfo.InvariantCulture));

    /// <summary>The wait: kept where it is no constant, else exponential from that constant.</summary>
    private ExpressionSyntax? Provider()
    {
        var provider = ArgumentOf("sleepDurationProvider");
        if (_policy.Wait is PolicyWait.Unknown)
            return provider?.Value.Syntax is ExpressionSyntax kept ? kept.WithoutTrivia() : null;
        var attempt = _names.Take("attempt");
        var backoff = new Backoff(_semantics.Compilation, isAsync: false, token: null);
        var time = _policy.Wait is PolicyWait.None ? backoff.Time(attempt) : null;
        if (_policy.Wait is PolicyWait.Constant)
        {
            var constant = provider is not null ? ConstantTime.ResultOf(provider.Value) : ArgumentOf("sleepDurations") is { } list ? ConstantTime.FirstOf(list.Value) : null;
            if (constant is null || ConstantTime.Milliseconds(constant) is not { } start)
                return null;
            time = backoff.Time(attempt + " - 1", start);
        }

        return time is null ? null : SimpleLambdaExpression(Parameter(Identifier(attempt)), time.WithoutTrivia()).WithArrowToken(Token(SyntaxKind.EqualsGreaterThanToken).WithLeadingTrivia(Space).WithTrailingTrivia(Space));
    }

    /// <summary>How many parameters the wait that is kept has; one where it is written anew.</summary>
    private int ArityOf(IArgumentOperation? provider) =>
        _policy.Wait is PolicyWait.Unknown && provider?.Parameter?.Type is INamedTypeSymbol { DelegateInvokeMethod.Parameters.Length: var count } ? count : 1;

    private IArgumentOperation? ArgumentOf(string parameter)
    {
        foreach (var argument in _operation.Arguments)
        {
            // The callback is named onRetry or onRetryAsync.
            if (argument.ArgumentKind is ArgumentKind.Explicit && argument.Parameter is { Ordinal: > 0, Name: var name } && (name == parameter || name == parameter + "Async"))
                return argument;
        }

        return null;
    }

    private InvocationExpressionSyntax? WithName(string name) => _call.Expression switch
    {
        MemberAccessExpressionSyntax { Name: IdentifierNameSyntax old } access => _call.WithExpression(access.WithName(IdentifierName(name).WithTriviaFrom(old))),
        _ => null,
    };

    /// <summary>The arguments, each in a line of its own where they were.</summary>
    private ArgumentListSyntax Laid(List<ArgumentSyntax> arguments)
    {
        var list = _call.ArgumentList;
        var comma = Token(SyntaxKind.CommaToken);
        if (!list.OpenParenToken.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia) || list.Arguments.Count == 0)
            return list.WithArguments(SeparatedList(arguments, arguments.Skip(1).Select(_ => comma.WithTrailingTrivia(Space))));
        var newLine = LineBreaks.In(_call.SyntaxTree.GetRoot());
        var indentation = list.Arguments[0].GetLeadingTrivia().Where(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Take(1).ToList();
        return list.WithArguments(SeparatedList(
            arguments.Select(argument => argument.WithLeadingTrivia(indentation)), arguments.Skip(1).Select(_ => comma.WithTrailingTrivia(newLine))));
    }
}

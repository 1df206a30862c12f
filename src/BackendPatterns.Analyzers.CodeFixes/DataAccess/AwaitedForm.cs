using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Rules.DataAccess;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>Writes the awaited form of a call that blocks.</summary>
internal static class AwaitedForm
{
    /// <summary>Returns the expression, or null where the call is not written on a receiver, or where exceptions would be others than those that are caught.</summary>
    public static ExpressionSyntax? Of(BP1025BlockingCall found, SemanticModel semantics)
    {
        var original = (ExpressionSyntax)found.Operation.Syntax;
        var awaited = found.Task is { } task ? OfTask(task, original) : OfCall((IInvocationOperation)found.Operation, found.AsyncName, semantics);
        if (awaited is null)
            return null;
        ExpressionSyntax result = SyntaxFactory.AwaitExpression(
            SyntaxFactory.Token(SyntaxKind.AwaitKeyword).WithLeadingTrivia(original.GetLeadingTrivia()).WithTrailingTrivia(SyntaxFactory.Space), awaited.WithoutLeadingTrivia());
        return NeedsParentheses(original)
            ? SyntaxFactory.ParenthesizedExpression(result.WithoutTrivia()).WithTriviaFrom(original)
            : result.WithTrailingTrivia(original.GetTrailingTrivia());
    }

    /// <summary>Returns the loop over the query's rows as they come, or null where the loop is not written over a query.</summary>
    public static ForEachStatementSyntax? OfLoop(IForEachLoopOperation found, SemanticModel semantics)
    {
        if (found.Syntax is not ForEachStatementSyntax loop || MarkedQuery.With(found, "AsAsyncEnumerable") is not (ExpressionSyntax query, ExpressionSyntax rows))
            return null;
        if (TokenInScope(loop, semantics) is { } token)
        {
            rows = FluentChain.Call(rows.WithoutTrailingTrivia(), SyntaxFactory.Token(SyntaxKind.DotToken), "WithCancellation", SyntaxFactory.IdentifierName(token)).WithTrailingTrivia(query.GetTrailingTrivia());
        }

        return loop.WithExpression(rows)
            .WithAwaitKeyword(SyntaxFactory.Token(SyntaxKind.AwaitKeyword).WithLeadingTrivia(loop.ForEachKeyword.LeadingTrivia).WithTrailingTrivia(SyntaxFactory.Space))
            .WithForEachKeyword(loop.ForEachKeyword.WithLeadingTrivia());
    }

    /// <summary><c>Result</c> and <c>Wait</c> wrap the exception that <c>await</c> throws.</summary>
    private static ExpressionSyntax? OfTask(IOperation task, ExpressionSyntax original) =>
        original.Ancestors().OfType<TryStatementSyntax>().Any(static block => block.Catches.Any(static handler => handler.ToString().Contains("AggregateException")))
            ? null
            : (ExpressionSyntax)task.Syntax;

    private static ExpressionSyntax? OfCall(IInvocationOperation call, string asyncName, SemanticModel semantics)
    {
        if (call.Syntax is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } written || call.Receiver(semantics) != access.Expression)
            return null;
        SimpleNameSyntax name = access.Name is GenericNameSyntax generic
            ? generic.WithIdentifier(SyntaxFactory.Identifier(asyncName))
            : SyntaxFactory.IdentifierName(asyncName);
        return written.WithExpression(access.WithName(name.WithTriviaFrom(access.Name))).WithArgumentList(Arguments(call, written, semantics));
    }

    private static ArgumentListSyntax Arguments(IInvocationOperation call, InvocationExpressionSyntax written, SemanticModel semantics)
    {
        var list = written.ArgumentList;
        if (TokenInScope(written, semantics) is not { } token)
            return list;
        if (call.TargetMethod.Name is "Find")
        {
            // FindAsync(id, token) would take the token for a part of the key.
            if (list.Arguments.Count == 0 || call.Arguments is not [{ ArgumentKind: ArgumentKind.ParamArray }, ..] || ((CSharpParseOptions)written.SyntaxTree.Options).LanguageVersion < LanguageVersion.CSharp12)
                return list;
            return list.WithArguments(SyntaxFactory.SeparatedList(
                [SyntaxFactory.Argument(SyntaxFactory.ParseExpression("[" + list.Arguments + "]")), Added(token)], [SyntaxFactory.Token(SyntaxKind.CommaToken)]));
        }

        // A method that takes any number of values would take the token for one of them.
        if (call.TargetMethod.Parameters is [.., { IsParams: true }] && list.Arguments.Count > 1)
            return list;
        var argument = SyntaxFactory.Argument(SyntaxFactory.IdentifierName(token));
        if (list.Arguments.Any(static given => given.NameColon is not null))
            argument = argument.WithNameColon(SyntaxFactory.NameColon(SyntaxFactory.IdentifierName("cancellationToken"), SyntaxFactory.Token(SyntaxKind.ColonToken).WithTrailingTrivia(SyntaxFactory.Space)));
        return list.WithArguments(list.Arguments.Add(list.Arguments.Count == 0 ? argument : argument.WithLeadingTrivia(SyntaxFactory.Space)));
    }

    private static ArgumentSyntax Added(string token) => SyntaxFactory.Argument(SyntaxFactory.IdentifierName(token)).WithLeadingTrivia(SyntaxFactory.Space);

    /// <summary>Returns the parameter of the functions around a place that is a cancellation token, or null where there is none or more than one.</summary>
    internal static string? TokenInScope(SyntaxNode place, SemanticModel semantics)
    {
        for (var node = place.Parent; node is not null and not TypeDeclarationSyntax; node = node.Parent)
        {
            IEnumerable<ParameterSyntax>? parameters = node switch
            {
                BaseMethodDeclarationSyntax method => method.ParameterList.Parameters,
                LocalFunctionStatementSyntax function => function.ParameterList.Parameters,
                ParenthesizedLambdaExpressionSyntax lambda => lambda.ParameterList.Parameters,
                SimpleLambdaExpressionSyntax lambda => [lambda.Parameter],
                _ => null,
            };
            var tokens = parameters?.Where(parameter => semantics.GetDeclaredSymbol(parameter)?.Type is { Name: "CancellationToken" }).ToList();
            if (tokens is { Count: > 0 })
                return tokens.Count == 1 ? tokens[0].Identifier.Text : null;
        }

        return null;
    }

    private static ExpressionSyntax? Receiver(this IInvocationOperation call, SemanticModel semantics)
    {
        var access = (MemberAccessExpressionSyntax)((InvocationExpressionSyntax)call.Syntax).Expression;
        // Queryable.ToList(query) is called on no receiver.
        return semantics.GetSymbolInfo(access.Expression).Symbol is INamedTypeSymbol ? null : access.Expression;
    }

    internal static bool NeedsParentheses(ExpressionSyntax expression) => expression.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Expression == expression,
        ElementAccessExpressionSyntax access => access.Expression == expression,
        ConditionalAccessExpressionSyntax access => access.Expression == expression,
        InvocationExpressionSyntax call => call.Expression == expression,
        PostfixUnaryExpressionSyntax or WithExpressionSyntax => true,
        _ => false,
    };
}

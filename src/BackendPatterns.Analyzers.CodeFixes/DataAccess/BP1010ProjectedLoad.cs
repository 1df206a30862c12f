using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Model.Entities;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>Writes the query of a load with a projection before its terminal operator.</summary>
internal static class BP1010ProjectedLoad
{
    /// <summary>Operators that say how entities are loaded and nothing about a projection that has none.</summary>
    private static readonly HashSet<string> ForEntitiesOnly = new(StringComparer.Ordinal) { "Include", "ThenInclude", "AsNoTracking", "AsNoTrackingWithIdentityResolution" };

    /// <summary>
    /// Returns the call of the terminal operator with <c>.Select(…)</c> before it. A predicate of the operator becomes a <c>Where</c> before the projection, and
    /// includes and <c>AsNoTracking</c> in the same expression are dropped. Null for a call that is not written as <c>query.Operator(…)</c>.
    /// </summary>
    public static InvocationExpressionSyntax? Write(IInvocationOperation terminal, LambdaExpressionSyntax projection)
    {
        if (terminal.Syntax is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } call || !terminal.TargetMethod.IsExtensionMethod
            || access.Expression.IsMissing || terminal.Instance is not null || terminal.Arguments[0].Syntax.Span.Start != access.Expression.Span.Start)
        {
            return null;
        }

        var query = FluentChain.Without(access.Expression, IsForEntitiesOnly);
        call = call.WithExpression(access.WithExpression(query));
        if (PredicateOf(terminal) is { } predicate)
        {
            var index = ((InvocationExpressionSyntax)terminal.Syntax).ArgumentList.Arguments.IndexOf(predicate);
            if (index == 0)
                call = WithCallOnOwnLine(call);
            call = FluentChain.InsertBeforeLast(call.WithArgumentList(WithoutArgument(call.ArgumentList, index)), "Where", predicate.Expression.WithoutTrivia());
        }

        return FluentChain.InsertBeforeLast(call, "Select", projection);
    }

    /// <summary>Returns the collection of a loop with <c>.Select(…)</c> after it, before a final <c>AsAsyncEnumerable()</c>.</summary>
    public static ExpressionSyntax Write(ExpressionSyntax collection, LambdaExpressionSyntax projection)
    {
        var query = FluentChain.Without(collection, IsForEntitiesOnly);
        if (query is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "AsAsyncEnumerable" } } call)
            return FluentChain.InsertBeforeLast(call, "Select", projection);
        if (query is not (InvocationExpressionSyntax or MemberAccessExpressionSyntax or IdentifierNameSyntax))
            query = SyntaxFactory.ParenthesizedExpression(query.WithoutTrivia());
        return FluentChain.Call(query.WithoutTrailingTrivia(), SyntaxFactory.Token(SyntaxKind.DotToken), "Select", projection)
            .WithTrailingTrivia(collection.GetTrailingTrivia());
    }

    /// <summary>True for an operator that says how entities are loaded.</summary>
    public static bool IsForEntitiesOnly(InvocationExpressionSyntax call) => ForEntitiesOnly.Contains(((MemberAccessExpressionSyntax)call.Expression).Name.Identifier.ValueText);

    private static ArgumentSyntax? PredicateOf(IInvocationOperation terminal)
    {
        foreach (var argument in terminal.Arguments)
        {
            if (argument.Parameter is { Name: "predicate" } && argument.Syntax is ArgumentSyntax syntax)
                return syntax;
        }

        return null;
    }

    /// <summary>Arguments on lines of their own become calls on lines of their own.</summary>
    private static InvocationExpressionSyntax WithCallOnOwnLine(InvocationExpressionSyntax call)
    {
        var access = (MemberAccessExpressionSyntax)call.Expression;
        var lineBreak = call.ArgumentList.OpenParenToken.TrailingTrivia.Where(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)).Take(1).ToList();
        if (lineBreak.Count == 0 || access.Expression.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia))
            return call;
        var indentation = call.ArgumentList.Arguments[0].GetLeadingTrivia().Where(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia));
        return call.WithExpression(access
            .WithExpression(access.Expression.WithTrailingTrivia(lineBreak))
            .WithOperatorToken(access.OperatorToken.WithLeadingTrivia(indentation)));
    }

    private static ArgumentListSyntax WithoutArgument(ArgumentListSyntax list, int index)
    {
        var rest = list.Arguments.RemoveAt(index);
        // What remains of a list that was written over several lines fits on one.
        return list.DescendantTrivia().Any(trivia => !trivia.IsKind(SyntaxKind.WhitespaceTrivia) && !trivia.IsKind(SyntaxKind.EndOfLineTrivia))
            ? list.WithArguments(rest)
            : SyntaxFactory.ArgumentList(SyntaxFactory.SeparatedList(
                rest.Select(argument => argument.WithoutTrivia()),
                Enumerable.Repeat(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space), Math.Max(0, rest.Count - 1))))
                .WithTrailingTrivia(list.GetTrailingTrivia());
    }
}

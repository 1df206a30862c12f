using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Rewriting;

/// <summary>Fluent chains of calls.</summary>
public static class CallChain
{
    /// <summary>Returns the last call of the chain that a call begins or belongs to.</summary>
    public static InvocationExpressionSyntax EndOf(InvocationExpressionSyntax call)
    {
        while (call.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax next } member && member.Expression == call && next.Expression == member)
            call = next;
        return call;
    }

    /// <summary>Returns the chain with one more call without arguments: on a line of its own where the last call of the chain has one.</summary>
    public static InvocationExpressionSyntax Append(InvocationExpressionSyntax chain, string method, SyntaxTrivia endOfLine)
    {
        var trailing = chain.GetTrailingTrivia();
        var dot = SyntaxFactory.Token(SyntaxKind.DotToken);
        if (IndentationOfLastLink(chain) is { } indentation)
        {
            var endsLine = trailing.Any(SyntaxKind.EndOfLineTrivia);
            chain = endsLine ? chain : chain.WithTrailingTrivia(endOfLine);
            trailing = endsLine ? SyntaxTriviaList.Create(endOfLine) : trailing;
            dot = dot.WithLeadingTrivia(indentation);
        }
        else
        {
            chain = chain.WithoutTrailingTrivia();
        }

        return SyntaxFactory.InvocationExpression(
                SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, chain, dot, SyntaxFactory.IdentifierName(method)))
            .WithTrailingTrivia(trailing);
    }

    private static SyntaxTriviaList? IndentationOfLastLink(InvocationExpressionSyntax chain)
    {
        if (chain.Expression is not MemberAccessExpressionSyntax { Expression: var before, OperatorToken: var dot } || !before.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia))
            return null;
        return dot.LeadingTrivia.LastOrDefault(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)) is { RawKind: not 0 } whitespace
            ? SyntaxTriviaList.Create(whitespace)
            : SyntaxTriviaList.Empty;
    }
}

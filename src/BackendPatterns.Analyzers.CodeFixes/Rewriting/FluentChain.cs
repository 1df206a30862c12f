using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Rewriting;

/// <summary>Inserts calls into a fluent chain and takes calls out, in the layout that the chain has: on one line, or one call per line.</summary>
public static class FluentChain
{
    /// <summary>
    /// Returns <c>receiver.Name(argument)</c>, where the dot stands as <paramref name="dot"/> does. The line break that may follow the receiver stays before the dot.
    /// </summary>
    public static InvocationExpressionSyntax Call(ExpressionSyntax receiver, SyntaxToken dot, string name, params ExpressionSyntax[] arguments) =>
        SyntaxFactory.InvocationExpression(
            SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, receiver, dot.WithTrailingTrivia(), SyntaxFactory.IdentifierName(name)),
            SyntaxFactory.ArgumentList(SyntaxFactory.SeparatedList(
                arguments.Select(SyntaxFactory.Argument),
                Enumerable.Repeat(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space), Math.Max(0, arguments.Length - 1)))));

    /// <summary>
    /// Returns the chain with <c>.Name(argument)</c> inserted before its last call, whose other parts stay as they are.
    /// </summary>
    public static InvocationExpressionSyntax InsertBeforeLast(InvocationExpressionSyntax last, string name, ExpressionSyntax argument)
    {
        var access = (MemberAccessExpressionSyntax)last.Expression;
        var inserted = Call(access.Expression, access.OperatorToken, name, argument).WithTrailingTrivia(access.Expression.GetTrailingTrivia());
        return last.WithExpression(access.WithExpression(inserted).WithOperatorToken(access.OperatorToken.WithLeadingTrivia(LastIndentation(access.OperatorToken.LeadingTrivia))));
    }

    /// <summary>
    /// Returns the chain without the calls whose name is listed, down to the first receiver that is no call. A call with a comment next to it stays.
    /// </summary>
    public static ExpressionSyntax Without(ExpressionSyntax chain, Func<InvocationExpressionSyntax, bool> isRedundant)
    {
        var calls = new Stack<(InvocationExpressionSyntax Call, MemberAccessExpressionSyntax Access)>();
        var current = chain;
        while (current is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } call)
        {
            calls.Push((call, access));
            current = access.Expression;
        }

        while (calls.Count > 0)
        {
            var (call, access) = calls.Pop();
            if (isRedundant(call) && !HasComment(call, access))
                current = current.WithTrailingTrivia(call.GetTrailingTrivia());
            else
                current = call.WithExpression(access.WithExpression(current));
        }

        return current;
    }

    private static bool HasComment(InvocationExpressionSyntax call, MemberAccessExpressionSyntax access) =>
        access.OperatorToken.LeadingTrivia.Concat(access.Expression.GetTrailingTrivia()).Concat(call.GetTrailingTrivia()).Any(IsComment)
        || call.ArgumentList.DescendantTrivia().Any(IsComment);

    private static bool IsComment(SyntaxTrivia trivia) => !trivia.IsKind(SyntaxKind.WhitespaceTrivia) && !trivia.IsKind(SyntaxKind.EndOfLineTrivia);

    private static SyntaxTriviaList LastIndentation(SyntaxTriviaList trivia) =>
        trivia.Count > 0 && trivia[trivia.Count - 1].IsKind(SyntaxKind.WhitespaceTrivia) ? SyntaxFactory.TriviaList(trivia[trivia.Count - 1]) : SyntaxFactory.TriviaList();
}

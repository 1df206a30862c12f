using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Rewriting;

/// <summary>
/// Adds calls to a fluent chain and takes calls out, in the layout that the chain has: on one line, or one call per line.
/// </summary>
public static class FluentChain
{
    /// <summary>Returns the last call of the chain that a call begins or belongs to.</summary>
    public static InvocationExpressionSyntax EndOf(InvocationExpressionSyntax call)
    {
        while (call.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax next } member
               && member.Expression == call && next.Expression == member)
        {
            call = next;
        }

        return call;
    }

    /// <summary>Returns the calls of a chain from the last one to the first receiver that is no call.</summary>
    public static IEnumerable<InvocationExpressionSyntax> CallsOf(ExpressionSyntax chain)
    {
        while (chain is InvocationExpressionSyntax call)
        {
            yield return call;
            if (call.Expression is not MemberAccessExpressionSyntax access)
                yield break;
            chain = access.Expression;
        }
    }

    /// <summary>
    /// Returns the chain with one more call without arguments: on a line of its own where the last call of the chain has one.
    /// </summary>
    public static InvocationExpressionSyntax Append(InvocationExpressionSyntax chain, string method, SyntaxTrivia endOfLine)
    {
        var trailing = chain.GetTrailingTrivia();
        var dot = SyntaxFactory.Token(SyntaxKind.DotToken);
        if (chain.Expression is MemberAccessExpressionSyntax { Expression: var before, OperatorToken: var lastDot }
            && before.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia))
        {
            var endsLine = trailing.Any(SyntaxKind.EndOfLineTrivia);
            chain = endsLine ? chain : chain.WithTrailingTrivia(endOfLine);
            trailing = endsLine ? SyntaxTriviaList.Create(endOfLine) : trailing;
            dot = dot.WithLeadingTrivia(LastIndentation(lastDot.LeadingTrivia));
        }
        else
        {
            chain = chain.WithoutTrailingTrivia();
        }

        return Call(chain, dot, method).WithTrailingTrivia(trailing);
    }

    /// <summary>
    /// Returns <c>receiver.Name(argument)</c>, where the dot stands as <paramref name="dot"/> does. The line break that may follow the
    /// receiver stays before the dot.
    /// </summary>
    public static InvocationExpressionSyntax Call(
        ExpressionSyntax receiver, SyntaxToken dot, string name, params ExpressionSyntax[] arguments) =>
        SyntaxFactory.InvocationExpression(
            SyntaxFactory.MemberAccessExpression(
                SyntaxKind.SimpleMemberAccessExpression, receiver, dot.WithTrailingTrivia(), SyntaxFactory.IdentifierName(name)),
            SyntaxFactory.ArgumentList(SyntaxFactory.SeparatedList(
                arguments.Select(SyntaxFactory.Argument),
                Enumerable.Repeat(
                    SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space), Math.Max(0, arguments.Length - 1)))));

    /// <summary>
    /// Returns the chain with <c>.Name(arguments)</c> inserted before its last call, whose other parts stay as they are.
    /// </summary>
    public static InvocationExpressionSyntax InsertBeforeLast(InvocationExpressionSyntax last, string name, params ExpressionSyntax[] arguments)
    {
        var access = (MemberAccessExpressionSyntax)last.Expression;
        var inserted = Call(access.Expression, access.OperatorToken, name, arguments)
            .WithTrailingTrivia(WithoutComment(access.Expression.GetTrailingTrivia()));
        var indentation = LastIndentation(access.OperatorToken.LeadingTrivia);
        return last.WithExpression(access.WithExpression(inserted).WithOperatorToken(access.OperatorToken.WithLeadingTrivia(indentation)));
    }

    /// <summary>
    /// Returns <c>query.Name(argument)…</c> for a part of a chain, or a whole one, that stands in a tree: each call on a line of its own where the chain has that layout.
    /// </summary>
    public static ExpressionSyntax AppendCalls(ExpressionSyntax query, IEnumerable<(string Name, ExpressionSyntax Argument)> calls)
    {
        var (lineBreak, indentation) = LayoutAfter(query);
        var trailing = query.GetTrailingTrivia();
        var current = query is InvocationExpressionSyntax or MemberAccessExpressionSyntax or SimpleNameSyntax or ParenthesizedExpressionSyntax or ElementAccessExpressionSyntax or ThisExpressionSyntax
            ? query
            : SyntaxFactory.ParenthesizedExpression(query.WithoutTrivia()).WithTriviaFrom(query);
        if (!trailing.Any(SyntaxKind.EndOfLineTrivia))
            current = current.WithTrailingTrivia(lineBreak);
        foreach (var (name, argument) in calls)
            current = Call(current, SyntaxFactory.Token(SyntaxKind.DotToken).WithLeadingTrivia(indentation), name, argument).WithTrailingTrivia(lineBreak);
        return current.WithTrailingTrivia(trailing.Any(SyntaxKind.EndOfLineTrivia) ? lineBreak : trailing);
    }

    /// <summary>The line break and indentation between a query and the next call; none where the chain is written in one line.</summary>
    private static (SyntaxTriviaList LineBreak, SyntaxTriviaList Indentation) LayoutAfter(ExpressionSyntax query)
    {
        var before = query;
        var access = query.Parent as MemberAccessExpressionSyntax;
        if (access is null || access.Expression != query)
        {
            access = (query as InvocationExpressionSyntax)?.Expression as MemberAccessExpressionSyntax;
            before = access?.Expression;
        }

        var lineBreak = before?.GetTrailingTrivia().Where(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)).Take(1).ToList() ?? [];
        return access is null || lineBreak.Count == 0
            ? (SyntaxTriviaList.Empty, SyntaxTriviaList.Empty)
            : (SyntaxFactory.TriviaList(lineBreak), LastIndentation(access.OperatorToken.LeadingTrivia));
    }

    /// <summary>
    /// Returns the chain without the calls whose name is listed, down to the first receiver that is no call. A call with a comment next to
    /// it stays.
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

    private static bool IsComment(SyntaxTrivia trivia) =>
        !trivia.IsKind(SyntaxKind.WhitespaceTrivia) && !trivia.IsKind(SyntaxKind.EndOfLineTrivia);

    /// <summary>The comment stays with the call that it follows; its line break is repeated.</summary>
    private static SyntaxTriviaList WithoutComment(SyntaxTriviaList trivia) =>
        trivia.Any(IsComment) ? trivia.Where(static part => part.IsKind(SyntaxKind.EndOfLineTrivia)).ToSyntaxTriviaList() : trivia;

    private static SyntaxTriviaList LastIndentation(SyntaxTriviaList trivia) =>
        trivia.Count > 0 && trivia[trivia.Count - 1].IsKind(SyntaxKind.WhitespaceTrivia)
            ? SyntaxFactory.TriviaList(trivia[trivia.Count - 1])
            : SyntaxFactory.TriviaList();
}

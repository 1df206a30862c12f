using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Flow.Rows;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess.Wasted;

/// <summary>Writes a query with another terminal operator.</summary>
internal static class QueryEnding
{
    /// <summary>
    /// Returns the call with the operator of this name in place of its own, these arguments before its own, and without <c>Include</c> and <c>AsNoTracking</c> where no
    /// entity is loaded any more. Null for a call that is not written as <c>query.Operator(…)</c>.
    /// </summary>
    public static InvocationExpressionSyntax? With(IInvocationOperation terminal, string name, IReadOnlyList<ArgumentSyntax> arguments, bool loadsEntities)
    {
        if (!IsFluent(terminal, out var call, out var access))
            return null;
        var query = loadsEntities ? access.Expression : FluentChain.Without(access.Expression, BP1010ProjectedLoad.IsForEntitiesOnly);
        var written = call.WithExpression(access.WithExpression(query).WithName(SyntaxFactory.IdentifierName(name).WithTriviaFrom(access.Name)));
        if (arguments.Count == 0)
            return written;
        var list = call.ArgumentList;
        var all = arguments.Select(static argument => argument.WithoutTrivia()).Concat(list.Arguments.Select(static argument => argument.WithoutTrivia()));
        return written.WithArgumentList(list.WithArguments(SyntaxFactory.SeparatedList(all, Commas(arguments.Count + list.Arguments.Count - 1))));
    }

    /// <summary>Returns the call with another operator inserted before its own, or null as above.</summary>
    public static InvocationExpressionSyntax? WithOperatorBefore(InvocationExpressionSyntax call, string name, IReadOnlyList<ArgumentSyntax> arguments)
    {
        var access = (MemberAccessExpressionSyntax)call.Expression;
        var marker = SyntaxFactory.IdentifierName("x");
        var inserted = FluentChain.InsertBeforeLast(call, name, marker);
        var added = (InvocationExpressionSyntax)((MemberAccessExpressionSyntax)inserted.Expression).Expression;
        var list = added.ArgumentList.WithArguments(SyntaxFactory.SeparatedList(arguments.Select(static argument => argument.WithoutTrivia()), Commas(Math.Max(0, arguments.Count - 1))));
        return access.Expression.IsMissing ? null : inserted.ReplaceNode(added.ArgumentList, list);
    }

    /// <summary>Returns the expression that has the result (<c>await query.Operator(…).ConfigureAwait(false)</c>) with the new call in it.</summary>
    public static ExpressionSyntax ValueOf(ResultPlaces places, IInvocationOperation terminal, InvocationExpressionSyntax written)
    {
        var value = (ExpressionSyntax)places.Value.Syntax;
        return (value == terminal.Syntax ? written : value.ReplaceNode(terminal.Syntax, written)).WithoutTrivia();
    }

    /// <summary>Returns the expression in parentheses where the place that it goes to needs them.</summary>
    public static ExpressionSyntax InPlaceOf(SyntaxNode place, ExpressionSyntax value)
    {
        var needsParentheses = value is AwaitExpressionSyntax or PrefixUnaryExpressionSyntax
            && place.Parent is MemberAccessExpressionSyntax or ElementAccessExpressionSyntax or ConditionalAccessExpressionSyntax or PostfixUnaryExpressionSyntax;
        return (needsParentheses ? SyntaxFactory.ParenthesizedExpression(value) : value).WithTriviaFrom(place);
    }

    /// <summary>True where a comment stands in a node, outside the parts that are kept.</summary>
    public static bool HasCommentOutside(SyntaxNode removed, params SyntaxNode?[] kept) =>
        removed.DescendantTrivia().Any(trivia => trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia
            && removed.Span.Contains(trivia.Span) && !kept.Any(node => node?.Span.Contains(trivia.Span) == true));

    /// <summary>The arguments of an in-memory operator, without the rows.</summary>
    public static IReadOnlyList<ArgumentSyntax> ArgumentsOf(IOperation use) =>
        use is IInvocationOperation { Syntax: InvocationExpressionSyntax syntax } ? syntax.ArgumentList.Arguments.ToList() : [];

    /// <summary>True for <c>query.Operator(…)</c> on an extension operator, so that its name can be another one.</summary>
    private static bool IsFluent(IInvocationOperation terminal, out InvocationExpressionSyntax call, out MemberAccessExpressionSyntax access)
    {
        call = (terminal.Syntax as InvocationExpressionSyntax)!;
        access = (call?.Expression as MemberAccessExpressionSyntax)!;
        return access is not null && terminal.TargetMethod.IsExtensionMethod && terminal.Instance is null && !access.Expression.IsMissing
            && terminal.Arguments[0].Syntax.Span.Start == access.Expression.Span.Start;
    }

    private static IEnumerable<SyntaxToken> Commas(int count) => Enumerable.Repeat(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space), count);
}

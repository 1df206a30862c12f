using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.Rewriting;

/// <summary>The query that a report marks at its terminal operator, and changes of its operators.</summary>
internal static class MarkedQuery
{
    /// <summary>Returns the call whose name is marked, or the loop whose collection is; null for any other node.</summary>
    public static SyntaxNode? At(SyntaxNode node) =>
        node is SimpleNameSyntax { Parent: MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access } && access.Name == node ? call
        : node.AncestorsAndSelf().OfType<ForEachStatementSyntax>().FirstOrDefault(loop => loop.Expression == node);

    /// <summary>Returns the query of a terminal operator's call or of a loop, as it is written; null where it is not written before the operator.</summary>
    public static ExpressionSyntax? Of(IOperation operation) => operation switch
    {
        IForEachLoopOperation { Syntax: ForEachStatementSyntax loop } => loop.Expression,
        IInvocationOperation { Syntax: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } } terminal
            when terminal.Instance is null && terminal.Receiver() is { } receiver && access.Expression.Span.Contains(receiver.Syntax.Span) => access.Expression,
        _ => null,
    };

    /// <summary>
    /// Returns the node to replace and its replacement with one more operator without arguments at the end of the query; null where the query is not written before its terminal operator.
    /// </summary>
    public static (SyntaxNode Before, SyntaxNode After)? With(IOperation operation, string name)
    {
        if (Of(operation) is not { } query)
            return null;
        if (operation is IInvocationOperation { Syntax: InvocationExpressionSyntax call })
            return (call, FluentChain.InsertBeforeLast(call, name));
        if (query is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "AsAsyncEnumerable" } } enumerated)
            return (query, FluentChain.InsertBeforeLast(enumerated, name));
        var chain = query switch
        {
            InvocationExpressionSyntax written => FluentChain.Append(written, name, LineBreaks.In(query.SyntaxTree.GetRoot())),
            MemberAccessExpressionSyntax or IdentifierNameSyntax => FluentChain.Call(query.WithoutTrailingTrivia(), SyntaxFactory.Token(SyntaxKind.DotToken), name),
            _ => FluentChain.Call(SyntaxFactory.ParenthesizedExpression(query.WithoutTrivia()), SyntaxFactory.Token(SyntaxKind.DotToken), name),
        };
        // A set can be enumerated asynchronously, a query cannot.
        if (((IForEachLoopOperation)operation).IsAsynchronous)
            chain = FluentChain.Append(chain, "AsAsyncEnumerable", LineBreaks.In(query.SyntaxTree.GetRoot()));
        return (query, chain.WithTriviaFrom(query));
    }
}

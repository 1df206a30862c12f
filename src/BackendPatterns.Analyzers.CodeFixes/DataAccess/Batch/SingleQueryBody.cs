using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>A method body that does nothing but compute one value.</summary>
internal static class SingleQueryBody
{
    /// <summary>
    /// Returns what the method returns, where that is all it does: as its expression body, its only statement, or by way of one local.
    /// Null where there is more, a comment outside of the expression included, which would be lost.
    /// </summary>
    public static ExpressionSyntax? Of(MethodDeclarationSyntax declaration)
    {
        var value = declaration switch
        {
            { ExpressionBody.Expression: { } expression } => expression,
            { Body.Statements: [ReturnStatementSyntax { Expression: { } returned }] } => returned,
            {
                Body.Statements: [LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0, Declaration.Variables: [{ Initializer.Value: { } initializer } local] },
                    ReturnStatementSyntax { Expression: IdentifierNameSyntax name }]
            } when name.Identifier.ValueText == local.Identifier.ValueText => initializer,
            _ => null,
        };
        return value is null || HasCommentOutside(value, declaration) ? null : value;
    }

    /// <summary>Returns the call in a value of the form <c>call</c>, <c>await call</c> or <c>await call.ConfigureAwait(…)</c>.</summary>
    public static InvocationExpressionSyntax? CallIn(ExpressionSyntax value) =>
        // An async method and one that hands the task on give the same to a caller that awaits it.
        value is AwaitExpressionSyntax { Expression: InvocationExpressionSyntax awaited }
            ? Unconfigured(awaited)
            : value as InvocationExpressionSyntax;

    /// <summary>Where the method went on is nobody's business but its own.</summary>
    private static InvocationExpressionSyntax Unconfigured(InvocationExpressionSyntax awaited) =>
        awaited.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" } access
            ? access.Expression as InvocationExpressionSyntax ?? awaited
            : awaited;

    private static bool HasCommentOutside(SyntaxNode value, MethodDeclarationSyntax declaration) =>
        ((SyntaxNode?)declaration.Body ?? declaration.ExpressionBody!).DescendantTrivia()
        .Any(trivia => !value.Span.Contains(trivia.Span)
                       && trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia);
}

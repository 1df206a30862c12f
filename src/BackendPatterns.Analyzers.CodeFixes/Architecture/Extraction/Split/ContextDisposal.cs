using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction.Split;

/// <summary>
/// The disposal of an injected dependency by the endpoint: <c>if (disposing) _context.Dispose();</c>. The container disposes what it has made when the request ends,
/// https://learn.microsoft.com/dotnet/core/extensions/dependency-injection-guidelines#disposal-of-services, so nothing of it moves.
/// </summary>
internal static class ContextDisposal
{
    /// <summary>Returns the statements of a <c>Dispose</c> that do nothing but dispose dependencies; none for another handler.</summary>
    public static IReadOnlyList<StatementSyntax> In(SplitScope scope) =>
        scope.Handler is MethodDeclarationSyntax { Identifier.ValueText: "Dispose", Body: { } body } && scope.Method is { IsOverride: true, Parameters: [{ Type.SpecialType: SpecialType.System_Boolean }] }
            ? body.Statements.Where(statement => OnlyDisposes(statement, scope)).ToList()
            : [];

    private static bool OnlyDisposes(StatementSyntax statement, SplitScope scope) => statement switch
    {
        IfStatementSyntax { Condition: IdentifierNameSyntax, Else: null, Statement: var inner } => OnlyDisposes(inner, scope),
        BlockSyntax { Statements: { Count: > 0 } inner } => inner.All(step => step is ExpressionStatementSyntax && OnlyDisposes(step, scope)),
        ExpressionStatementSyntax { Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Dispose", Expression: var disposed }, ArgumentList.Arguments.Count: 0 } } =>
            IsMoved(disposed, scope),
        ExpressionStatementSyntax
        {
            Expression: ConditionalAccessExpressionSyntax
            {
                Expression: var disposed,
                WhenNotNull: InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax { Name.Identifier.ValueText: "Dispose" }, ArgumentList.Arguments.Count: 0 },
            },
        } => IsMoved(disposed, scope),
        _ => false,
    };

    private static bool IsMoved(ExpressionSyntax disposed, SplitScope scope) => scope.SymbolOf(disposed) is { } symbol && scope.Dependencies.Moved.ContainsKey(symbol);
}

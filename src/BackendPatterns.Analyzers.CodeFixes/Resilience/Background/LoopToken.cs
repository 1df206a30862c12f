using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Resilience.Background;

/// <summary>The token that stops a hosted loop.</summary>
internal static class LoopToken
{
    /// <summary>Returns the token that the loop's condition tests, else the parameter of the function around the loop; null where there is neither.</summary>
    public static string? Of(StatementSyntax loop, SemanticModel semantics, CancellationToken cancellationToken) =>
        Tested(loop, semantics, cancellationToken) ?? Parameter(loop, semantics, cancellationToken);

    private static string? Tested(StatementSyntax loop, SemanticModel semantics, CancellationToken cancellationToken)
    {
        var condition = loop switch
        {
            WhileStatementSyntax statement => statement.Condition,
            DoStatementSyntax statement => statement.Condition,
            ForStatementSyntax statement => statement.Condition,
            _ => null,
        };
        foreach (var node in condition?.DescendantNodesAndSelf() ?? [])
        {
            if (node is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "IsCancellationRequested", Expression: var token } && IsToken(semantics.GetTypeInfo(token, cancellationToken).Type))
                return token.WithoutTrivia().ToString();
        }

        return null;
    }

    private static string? Parameter(SyntaxNode loop, SemanticModel semantics, CancellationToken cancellationToken)
    {
        foreach (var node in loop.Ancestors())
        {
            var (parameters, isClosed) = node switch
            {
                BaseMethodDeclarationSyntax method => (method.ParameterList.Parameters, true),
                LocalFunctionStatementSyntax function => (function.ParameterList.Parameters, function.Modifiers.Any(SyntaxKind.StaticKeyword)),
                ParenthesizedLambdaExpressionSyntax lambda => (lambda.ParameterList.Parameters, lambda.Modifiers.Any(SyntaxKind.StaticKeyword)),
                _ => (default, false),
            };
            foreach (var parameter in parameters)
            {
                if (semantics.GetDeclaredSymbol(parameter, cancellationToken) is IParameterSymbol symbol && IsToken(symbol.Type))
                    return symbol.Name;
            }

            if (isClosed)
                return null;
        }

        return null;
    }

    private static bool IsToken(ITypeSymbol? type) => type is { Name: "CancellationToken" } && type.IsIn("System.Threading");
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction;

/// <summary>
/// A <c>Dispose(bool)</c> that does nothing but dispose what the container gave to a controller: it goes with it, because the container disposes what it made at the end of the
/// request, https://learn.microsoft.com/dotnet/core/extensions/dependency-injection/guidelines#disposal-of-services.
/// </summary>
internal static class DisposedFields
{
    public static bool IsDisposalOf(SyntaxNode handler, EndpointShape endpoint) =>
        handler is MethodDeclarationSyntax { Identifier.ValueText: "Dispose", ParameterList.Parameters: [var disposing], Body: { } body } method
        && method.Modifiers.Any(SyntaxKind.OverrideKeyword)
        && body.Statements.All(statement => IsDisposal(statement, endpoint, disposing.Identifier.ValueText));

    /// <summary>Returns the type without such a method.</summary>
    public static TypeDeclarationSyntax Without(TypeDeclarationSyntax type, EndpointShape endpoint) =>
        endpoint.Handlers.Any(handler => IsDisposalOf(handler, endpoint)) && type.Members.FirstOrDefault(static member => member is MethodDeclarationSyntax { Identifier.ValueText: "Dispose" }) is { } method
            ? type.WithMembers(type.Members.Remove(method))
            : type;

    private static bool IsDisposal(StatementSyntax statement, EndpointShape endpoint, string disposing) => statement switch
    {
        IfStatementSyntax { Else: null, Condition: IdentifierNameSyntax { Identifier.ValueText: var condition } } guarded => condition == disposing && IsDisposal(guarded.Statement, endpoint, disposing),
        BlockSyntax block => block.Statements.All(inner => IsDisposal(inner, endpoint, disposing)),
        ExpressionStatementSyntax { Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Dispose", Expression: var target } } } =>
            target is BaseExpressionSyntax
            || (target is IdentifierNameSyntax { Identifier.ValueText: var name } && endpoint.Values.Any(value => value is { Moves: true, Handler: null } && value.Symbol.Name == name)),
        _ => false,
    };
}

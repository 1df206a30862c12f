using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Roslyn;
using BackendPatterns.Analyzers.Rules.Architecture;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Contracts;

/// <summary>The endpoint at a reported place.</summary>
internal static class MarkedEndpoint
{
    /// <summary>Returns the endpoint of an action's name or of the name of a <c>Map…</c> call; null where it is none any more.</summary>
    public static AnsweringEndpoint? At(SyntaxNode node, SemanticModel semantics, BackendModel model) => node switch
    {
        MethodDeclarationSyntax method when semantics.GetDeclaredSymbol(method) is IMethodSymbol symbol => AnsweringEndpoint.Of(symbol, () => model.BodyOf(symbol), model),
        SimpleNameSyntax { Parent: MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } } when semantics.GetOperation(call) is IInvocationOperation mapping => AnsweringEndpoint.Of(mapping, model),
        _ => null,
    };

    /// <summary>Returns the declaration of the code that answers at a reported place: the action, or the lambda of a <c>Map…</c> call; null for a method that is mapped.</summary>
    public static SyntaxNode? HandlerAt(SyntaxNode node, SemanticModel semantics) => node switch
    {
        MethodDeclarationSyntax { Modifiers: var modifiers } method when !modifiers.Any(SyntaxKind.VirtualKeyword) && !modifiers.Any(SyntaxKind.OverrideKeyword) => method,
        SimpleNameSyntax { Parent: MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } } =>
            (semantics.GetOperation(call) as IInvocationOperation)?.Arguments.Select(static argument => argument.Value.AsLambda()?.Syntax).FirstOrDefault(static lambda => lambda is not null),
        _ => null,
    };
}

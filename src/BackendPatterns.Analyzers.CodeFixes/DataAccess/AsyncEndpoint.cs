using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FindSymbols;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>Makes an action or a minimal API lambda asynchronous.</summary>
internal static class AsyncEndpoint
{
    /// <summary>Returns the method or lambda around a place, or null where its type of result is written in a lambda.</summary>
    public static SyntaxNode? DeclarationOf(SyntaxNode place)
    {
        var function = place.Ancestors().FirstOrDefault(static node => node is MethodDeclarationSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax);
        return function is MethodDeclarationSyntax or ParenthesizedLambdaExpressionSyntax { ReturnType: null } or SimpleLambdaExpressionSyntax ? function : null;
    }

    /// <summary>Returns the function with <c>async</c>, a method with a task of its result.</summary>
    public static SyntaxNode MakeAsync(SyntaxNode function)
    {
        switch (function)
        {
            case MethodDeclarationSyntax method:
                var isVoid = method.ReturnType is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword };
                var task = SyntaxFactory.ParseTypeName(isVoid ? "Task" : $"Task<{method.ReturnType.WithoutTrivia()}>").WithTriviaFrom(method.ReturnType);
                return method.WithReturnType(task).AddModifiers(SyntaxFactory.Token(SyntaxKind.AsyncKeyword).WithTrailingTrivia(SyntaxFactory.Space));
            case LambdaExpressionSyntax lambda:
                var keyword = SyntaxFactory.Token(SyntaxKind.AsyncKeyword).WithLeadingTrivia(lambda.GetLeadingTrivia()).WithTrailingTrivia(SyntaxFactory.Space);
                return ((LambdaExpressionSyntax)lambda.WithoutLeadingTrivia()).WithAsyncKeyword(keyword);
            default:
                return function;
        }
    }

    /// <summary>True where no code of the solution calls the method; its name may be mentioned in <c>nameof</c>, and where <paramref name="isHarmless"/> says so.</summary>
    public static async Task<bool> IsOnlyCalledByFrameworkAsync(IMethodSymbol endpoint, Document document, CancellationToken cancellationToken, Func<SyntaxNode, bool>? isHarmless = null)
    {
        if (endpoint.MethodKind is MethodKind.AnonymousFunction)
            return true;
        foreach (var found in await SymbolFinder.FindReferencesAsync(endpoint, document.Project.Solution, cancellationToken).ConfigureAwait(false))
        {
            foreach (var place in found.Locations)
            {
                var root = await place.Document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
                var mention = root?.FindNode(place.Location.SourceSpan);
                if (mention?.Ancestors().OfType<InvocationExpressionSyntax>().FirstOrDefault() is not { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } }
                    && (mention is null || isHarmless?.Invoke(mention) != true))
                {
                    return false;
                }
            }
        }

        return true;
    }
}

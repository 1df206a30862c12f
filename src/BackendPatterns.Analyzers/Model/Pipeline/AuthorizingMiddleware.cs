using BackendPatterns.Analyzers.Model.Endpoints;
using BackendPatterns.Analyzers.Model.Libraries;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.Model.Pipeline;

/// <summary>Middleware of the application that decides who may pass: it reads endpoint metadata, asks whether the caller is signed in, or answers 401 or 403.</summary>
internal static class AuthorizingMiddleware
{
    private static readonly TreeWords Hints = new("RequestDelegate", "IMiddleware", ".Use(", "UseWhen(", "UseMiddleware", "IApplicationBuilder", "WebApplication");

    /// <summary>True where there is such middleware in this compilation, or a call that puts unreadable middleware with such a name into the pipeline.</summary>
    public static bool IsIn(BackendModel model, AspNetCore aspNetCore)
    {
        foreach (var tree in model.Compilation.SyntaxTrees)
        {
            if (!Hints.AnyIn(tree, CancellationToken.None) || model.SemanticModelOf(tree) is not { } semantics)
                continue;
            foreach (var node in tree.GetRoot().DescendantNodes())
            {
                if (node switch
                    {
                        TypeDeclarationSyntax type => IsMiddleware(type) && Denies(type),
                        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax member } call => IsDenying(call, member, semantics, aspNetCore),
                        _ => false,
                    })
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool IsMiddleware(TypeDeclarationSyntax type) =>
        type.Members.Any(static member =>
            member is MethodDeclarationSyntax { Identifier.ValueText: "InvokeAsync" or "Invoke", ParameterList.Parameters: [{ Type: { } first }, ..] }
            && first.ToString().EndsWith("HttpContext", StringComparison.Ordinal));

    private static bool IsDenying(InvocationExpressionSyntax call, MemberAccessExpressionSyntax member, SemanticModel semantics, AspNetCore aspNetCore)
    {
        var name = member.Name.Identifier.ValueText;
        if (name is "Use" or "UseWhen" or "MapWhen")
            return call.ArgumentList.Arguments.Any(static argument => argument.Expression is AnonymousFunctionExpressionSyntax lambda && Denies(lambda));
        if (!name.StartsWith("Use", StringComparison.Ordinal) || semantics.GetSymbolInfo(call).Symbol is not IMethodSymbol method)
            return false;
        if (name == "UseMiddleware" && method.TypeArguments is [{ DeclaringSyntaxReferences.IsEmpty: true } middleware])
            return !AuthorizationAttributes.IsFramework(middleware) && AuthorizationWords.OfAttributes.AreIn(middleware.Name);
        return method.DeclaringSyntaxReferences.IsEmpty
            && !AuthorizationAttributes.IsFramework(method)
            && method.ReturnType.IsOrImplements(aspNetCore.ApplicationBuilder)
            && AuthorizationWords.OfAttributes.AreIn(name);
    }

    /// <summary>True where code answers 401 or 403, or asks whether the caller is signed in or may do something.</summary>
    internal static bool Denies(SyntaxNode code)
    {
        // A handler of errors turns exceptions into 401 and 403; that decides nothing.
        foreach (var node in code.DescendantNodes(static node => node is not (CatchClauseSyntax or SwitchExpressionSyntax or SwitchStatementSyntax) && !TakesException(node)))
        {
            switch (node)
            {
                case IdentifierNameSyntax { Identifier.ValueText: var name } when name is "UnauthorizedAccessException" or "GetEndpoint" or "Status401Unauthorized" or "Status403Forbidden" or "Unauthorized" or "Forbidden"
                    or "ChallengeAsync" or "ForbidAsync" or "IsAuthenticated" or "IsInRole" or "AuthorizeAsync" or "IAuthorizationService" or "IAuthorizeData" or "AuthorizeAttribute":
                    return true;
                case GenericNameSyntax { Identifier.ValueText: "GetMetadata" }:
                    return true;
                case LiteralExpressionSyntax { Token.Value: 401 or 403 }:
                    return true;
            }
        }

        return false;
    }

    private static bool TakesException(SyntaxNode node) =>
        node is MethodDeclarationSyntax { ParameterList.Parameters: var parameters }
        && parameters.Any(static parameter => parameter.Type?.ToString().EndsWith("Exception", StringComparison.Ordinal) == true);
}

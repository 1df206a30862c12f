using System.Collections.Immutable;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Endpoints;

/// <summary>
/// Endpoints at which someone who is not signed in can try one password or code after the other: signing in, asking for a token, resetting a password. By what they
/// are called, or by what their handler calls of ASP.NET Core Identity.
/// </summary>
public sealed class CredentialEndpoints
{
    private static readonly HashSet<string> SignInNames = new(StringComparer.Ordinal)
    {
        "login", "log-in", "logon", "log-on", "signin", "sign-in", "authenticate", "token", "connect-token", "user-login", "login-user", "login-async", "sign-in-async", "authenticate-async",
        "get-token", "create-token", "generate-token", "issue-token",
    };

    private static readonly HashSet<string> ResetNames = new(StringComparer.Ordinal)
    {
        "forgot-password", "forgotten-password", "reset-password", "password-reset", "recover-password", "password-recovery", "forgot-password-async", "reset-password-async",
    };

    private static readonly HashSet<string> SignInCalls = new(StringComparer.Ordinal) { "PasswordSignInAsync", "CheckPasswordSignInAsync", "CheckPasswordAsync" };

    private static readonly HashSet<string> ResetCalls = new(StringComparer.Ordinal) { "ResetPasswordAsync", "GeneratePasswordResetTokenAsync" };

    private static readonly TreeWords Calls = new("PasswordSignInAsync", "CheckPasswordAsync", "ResetPasswordAsync", "GeneratePasswordResetTokenAsync", "AccessFailedAsync");

    private readonly BackendModel _model;
    private readonly Lazy<bool> _locksOut;

    internal CredentialEndpoints(BackendModel model)
    {
        _model = model;
        _locksOut = BackendModel.Once(LocksOut);
    }

    /// <summary>True for an endpoint that is open to guesses; not for one that signs people in where failures lock the account.</summary>
    public bool Contain(Endpoint endpoint, CancellationToken cancellation)
    {
        if ((endpoint.Verbs & HttpVerbs.Post) == 0 || (endpoint.Verbs & HttpVerbs.Get) != 0 || endpoint.Handler is not { } handler)
            return false;
        return Names(endpoint).Any(ResetNames.Contains) || HandlerCalls(handler, ResetCalls, cancellation)
            || ((Names(endpoint).Any(SignInNames.Contains) || HandlerCalls(handler, SignInCalls, cancellation)) && !_locksOut.Value);
    }

    /// <summary>The name of the handler, and the last word of the route.</summary>
    private static IEnumerable<string> Names(Endpoint endpoint)
    {
        if (endpoint.Handler is { MethodKind: not MethodKind.AnonymousFunction, Name: var name })
            yield return string.Join("-", NameWords.Of(name));
        var route = endpoint.Route ?? (endpoint.Kind is EndpointKind.Mapped ? endpoint.Name : null);
        if (route is not null)
            yield return string.Join("-", NameWords.Of(route.Substring(route.LastIndexOf('/') + 1)));
    }

    private bool HandlerCalls(IMethodSymbol handler, HashSet<string> names, CancellationToken cancellation)
    {
        foreach (var reference in handler.DeclaringSyntaxReferences)
        {
            if (!Calls.AnyIn(reference.SyntaxTree, cancellation) || _model.SemanticModelOf(reference.SyntaxTree) is not { } semantics)
                continue;
            foreach (var node in reference.GetSyntax(cancellation).DescendantNodes())
            {
                if (IdentityCall(node, names, semantics) is not null)
                    return true;
            }
        }

        return false;
    }

    private static IMethodSymbol? IdentityCall(SyntaxNode node, HashSet<string> names, SemanticModel semantics) =>
        node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } } call && names.Contains(name)
        && semantics.GetSymbolInfo(call).Symbol is IMethodSymbol method && IsOfIdentity(method.ContainingType)
            ? method
            : null;

    private static bool IsOfIdentity(INamedTypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (type.Name is "SignInManager" or "UserManager" && type.IsIn("Microsoft.AspNetCore.Identity"))
                return true;
        }

        return false;
    }

    // Somewhere a failed attempt counts against the account: signing in is the same code wherever it is called from.
    private bool LocksOut()
    {
        foreach (var tree in _model.Compilation.SyntaxTrees)
        {
            if (!Calls.AnyIn(tree, CancellationToken.None) || _model.SemanticModelOf(tree) is not { } semantics)
                continue;
            if (Calls.Contains(tree, "AccessFailedAsync", CancellationToken.None))
                return true;
            foreach (var node in tree.GetRoot().DescendantNodes())
            {
                if (IdentityCall(node, SignInCalls, semantics) is not null && semantics.GetOperation(node) is IInvocationOperation call
                    && call.Argument("lockoutOnFailure") is { } lockout && lockout.ConstantValue is not { HasValue: true, Value: false })
                {
                    return true;
                }
            }
        }

        return false;
    }
}

using System.Collections.Concurrent;
using BackendPatterns.Analyzers.Model.Calls;
using BackendPatterns.Analyzers.Model.Libraries;
using BackendPatterns.Analyzers.Model.Pipeline;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Endpoints;

/// <summary>
/// Authorization one call away from a handler: a service, or the handler of a request, that asks whether the caller is signed in, compares a signature or refuses; and an
/// attribute on the request that is sent. Calls are bound for that, so it is asked last. Only refusing counts: who the caller is, services ask for many other reasons.
/// </summary>
internal sealed class CalledChecks(BackendModel model, AspNetCore aspNetCore)
{
    private const int MostCalls = 64;

    private readonly ConcurrentDictionary<IMethodSymbol, bool> _refusing = new(SymbolEqualityComparer.Default);

    /// <summary>True where something that the code calls may refuse its caller.</summary>
    public bool AreBehind(SyntaxNode code)
    {
        if (model.SemanticModelOf(code.SyntaxTree) is not { } semantics)
            return false;
        foreach (var node in code.DescendantNodes().OfType<InvocationExpressionSyntax>().Take(MostCalls))
        {
            if (semantics.GetOperation(node) is IInvocationOperation call && !AuthorizationAttributes.IsFramework(call.TargetMethod) && (SendsGuardedRequest(call) || Refuses(call)))
                return true;
        }

        return false;
    }

    private bool SendsGuardedRequest(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Value.Unwrap().Type is not INamedTypeSymbol { DeclaringSyntaxReferences.IsEmpty: false, TypeKind: TypeKind.Class or TypeKind.Struct } request)
                continue;
            foreach (var attribute in request.GetAttributes())
            {
                if (attribute.AttributeClass is { } type && (type.IsOrImplements(aspNetCore.AuthorizeData) || AuthorizationWords.OfAttributes.AreIn(type.Name)))
                    return true;
            }
        }

        return false;
    }

    private bool Refuses(IInvocationOperation call)
    {
        if (Callee.Of(call, model) is not { } callee)
            return false;
        foreach (var body in model.Calls.Dispatch.Of(callee, model, static () => null, CancellationToken.None))
        {
            if (_refusing.TryGetValue(body.Method, out var known) ? known : _refusing.GetOrAdd(body.Method, Refuses(body.Method)))
                return true;
        }

        return false;
    }

    // A build does not have the source of other projects; what is reported must not depend on who looks.
    private bool Refuses(IMethodSymbol method) =>
        method.DeclaringSyntaxReferences is [var source, ..] && model.Compilation.ContainsSyntaxTree(source.SyntaxTree)
        && source.GetSyntax() is var code && (AuthorizingMiddleware.Denies(code) || ComparesSignature(code));

    private static bool ComparesSignature(SyntaxNode code) =>
        code.DescendantNodes().Any(static node => node is SimpleNameSyntax { Identifier.ValueText: var name } && (name == "FixedTimeEquals" || name.StartsWith("HMAC", StringComparison.Ordinal)));
}

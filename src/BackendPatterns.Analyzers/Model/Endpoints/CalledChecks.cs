using BackendPatterns.Analyzers.Model.Calls;
using BackendPatterns.Analyzers.Model.Pipeline;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Endpoints;

/// <summary>
/// Authorization one call away from a handler: a service, or the handler of a request, that asks whether the caller is signed in or refuses. Calls are bound for
/// that, so it is asked last. Only refusing counts: who the caller is, services ask for many other reasons.
/// </summary>
internal sealed class CalledChecks(BackendModel model)
{
    private const int MostCalls = 64;

    /// <summary>True where something that the code calls may refuse its caller.</summary>
    public bool AreBehind(SyntaxNode code)
    {
        if (model.SemanticModelOf(code.SyntaxTree) is not { } semantics)
            return false;
        foreach (var node in code.DescendantNodes().OfType<InvocationExpressionSyntax>().Take(MostCalls))
        {
            if (semantics.GetOperation(node) is IInvocationOperation call && !AuthorizationAttributes.IsFramework(call.TargetMethod) && Refuses(call))
                return true;
        }

        return false;
    }

    private bool Refuses(IInvocationOperation call)
    {
        if (Callee.Of(call, model) is not { } callee)
            return false;
        foreach (var body in model.Calls.Dispatch.Of(callee, model, static () => null, CancellationToken.None))
        {
            if (body.Method.DeclaringSyntaxReferences is [var source, ..] && AuthorizingMiddleware.Denies(source.GetSyntax()))
                return true;
        }

        return false;
    }
}

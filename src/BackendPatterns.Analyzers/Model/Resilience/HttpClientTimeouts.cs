using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Resilience;

/// <summary>
/// Whether an HTTP client ends the retries of its handlers. Its own time limit does, and so does a timeout in a handler that was added before: what is added first is outermost. The default
/// limit of 100 seconds is no decision of anybody and does not count here.
/// </summary>
internal static class HttpClientTimeouts
{
    private const int MostLinks = 64;

    /// <summary>True where the registration of a client, up to the call that adds a retry to it, sets a limit, or may.</summary>
    public static bool EndBefore(IInvocationOperation adds, BackendModel model)
    {
        if (IsLimitedLater(adds))
            return true;
        var current = adds.Receiver()?.Unwrap();
        for (var links = 0; links < MostLinks && current is not null; links++)
        {
            switch (current)
            {
                case IInvocationOperation call:
                    if (MayEnd(call, model))
                        return true;
                    if (call.TargetMethod.Name is "AddHttpClient")
                        return false;
                    current = call.Receiver()?.Unwrap();
                    break;
                case ILocalReferenceOperation local when LocalValues.Around(local).OnlyValueOf(local.Local) is { } value:
                    current = value.Unwrap();
                    break;
                default:
                    // A builder that was made elsewhere.
                    return current is not IParameterReferenceOperation { Parameter.ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.AnonymousFunction } };
            }
        }

        return true;
    }

    /// <summary>The client's own limit counts wherever it is set.</summary>
    private static bool IsLimitedLater(IInvocationOperation adds)
    {
        SyntaxNode current = adds.Syntax;
        for (var links = 0; links < MostLinks && current.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access && access.Expression == current; links++)
        {
            if (access.Name.Identifier.ValueText is "ConfigureHttpClient" && SetsTimeout(call.ArgumentList))
                return true;
            current = call;
        }

        return false;
    }

    private static bool MayEnd(IInvocationOperation call, BackendModel model)
    {
        switch (call.TargetMethod.Name)
        {
            case "AddHttpClient" or "ConfigureHttpClient":
                return SetsTimeout(call.Syntax is InvocationExpressionSyntax { ArgumentList: var list } ? list : call.Syntax) || IsLimitedByItsClient(call.TargetMethod, model);
            case "AddPolicyHandler":
                return call.Argument("policy") is not { } policy || PolicyKinds.Of(policy, model).Any(static kind => kind is PolicyKind.Timeout or PolicyKind.Unknown);
            case "AddResilienceHandler":
                return call.Syntax.ToString().IndexOf("Timeout", StringComparison.Ordinal) >= 0;
            case "AddTransientHttpErrorPolicy" or "SetHandlerLifetime" or "ConfigurePrimaryHttpMessageHandler" or "ConfigureHttpMessageHandlerBuilder" or "RedactLoggedHeaders" or "AddTypedClient" or "RemoveAllLoggers" or "AddDefaultLogger":
                return false;
            default:
                return true;
        }
    }

    /// <summary>A typed client may set the limit of the client that it is given.</summary>
    private static bool IsLimitedByItsClient(IMethodSymbol method, BackendModel model)
    {
        foreach (var client in method.TypeArguments)
        {
            foreach (var reference in client.DeclaringSyntaxReferences)
            {
                if (model.SemanticModelOf(reference.SyntaxTree) is null || SetsTimeout(reference.GetSyntax()))
                    return true;
            }
        }

        return false;
    }

    private static bool SetsTimeout(SyntaxNode node)
    {
        foreach (var inner in node.DescendantNodes())
        {
            if (inner is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment
                && assignment.Left is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Timeout" } or IdentifierNameSyntax { Identifier.ValueText: "Timeout" }
                && assignment.Right.ToString().IndexOf("Infinite", StringComparison.Ordinal) < 0)
            {
                return true;
            }
        }

        return false;
    }
}

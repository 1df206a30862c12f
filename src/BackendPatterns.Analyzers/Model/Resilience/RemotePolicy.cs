using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Resilience;

/// <summary>Whether a retry stands around a remote call: told by the outcomes that it handles, by the HTTP client that it is put into, by the delegate that it executes.</summary>
public static class RemotePolicy
{
    private const int MostOperations = 400;

    /// <summary>True where one of them shows a remote call. False also where nothing does, and for conflicts of concurrency, which are retried at once on purpose.</summary>
    public static bool Is(RetryPolicy policy, PolicyUses uses, BackendModel model, CancellationToken cancellation)
    {
        var isRemote = ResultOf(policy.Operation) is { Name: "HttpResponseMessage" } result && result.IsIn("System.Net.Http");
        if (policy.Handles is { } handles)
        {
            foreach (var part in handles.DescendantsAndSelf())
            {
                var type = HandledBy(part);
                if (type?.Name.IndexOf("Concurrency", StringComparison.Ordinal) >= 0)
                    return false;
                isRemote |= IsRemoteFailure(type) || part is IInvocationOperation { TargetMethod.Name: "HandleTransientHttpError" or "OrTransientHttpError" or "OrTransientHttpStatusCode" };
            }
        }

        if (isRemote)
            return true;
        foreach (var use in uses.All)
        {
            if (use.IsHttpClient || Executes(use.Call, model, cancellation))
                return true;
        }

        return false;
    }

    private static ITypeSymbol? ResultOf(IOperation operation) => operation switch
    {
        IInvocationOperation { TargetMethod.TypeArguments: [var result] } => result,
        IObjectCreationOperation { Type: INamedTypeSymbol { TypeArguments: [var result] } } => result,
        IObjectCreationOperation { Type.BaseType.TypeArguments: [var result] } => result,
        _ => null,
    };

    /// <summary>The type that a part of a predicate speaks about: <c>Handle&lt;T&gt;</c>, <c>Or&lt;T&gt;</c>, <c>is T</c>.</summary>
    private static ITypeSymbol? HandledBy(IOperation part) => part switch
    {
        IInvocationOperation { TargetMethod: { Name: "Handle" or "Or" or "HandleInner" or "OrInner" or "HandleResult" or "OrResult", TypeArguments: [var type] } } => type,
        IIsTypeOperation test => test.TypeOperand,
        IDeclarationPatternOperation { MatchedType: { } type } => type,
        ITypePatternOperation { MatchedType: var type } => type,
        IRecursivePatternOperation { MatchedType: { } type } => type,
        _ => null,
    };

    private static bool IsRemoteFailure(ITypeSymbol? type) => type?.Name switch
    {
        "HttpRequestException" or "HttpResponseMessage" => type.IsIn("System.Net.Http"),
        "RpcException" => type.IsIn("Grpc.Core"),
        "SocketException" => type.IsIn("System.Net.Sockets"),
        "WebException" => type.IsIn("System.Net"),
        _ => false,
    };

    private static bool Executes(IInvocationOperation call, BackendModel model, CancellationToken cancellation)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Value.AsLambda() is not { } lambda)
                continue;
            var count = 0;
            foreach (var operation in lambda.Body.Descendants())
            {
                if (++count > MostOperations)
                    return false;
                if (model.DataAccess.Classify(operation) is { Kind: RoundTripKind.Remote })
                    return true;
                if (operation is IInvocationOperation inner && model.Calls.RoundTripBehind(inner, RoundTripKind.Remote, cancellation) is not null)
                    return true;
            }
        }

        return false;
    }
}

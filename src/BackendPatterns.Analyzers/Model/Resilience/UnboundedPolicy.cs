using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Resilience;

/// <summary>Whether an endless retry has nothing that ends it.</summary>
public static class UnboundedPolicy
{
    /// <summary>
    /// True where a retry has no limit, none of its functions ends it, and it runs at a place that neither is background work, nor hands it a token, nor has a timeout around; or where it is
    /// used nowhere and can be used nowhere else.
    /// </summary>
    public static bool Is(RetryPolicy policy, PolicyUses uses, BackendModel model, CancellationToken cancellation)
    {
        if (!policy.IsEndless || policy.CapsDelay || PolicyDecisions.MayEnd(policy, model, cancellation))
            return false;
        foreach (var use in uses.All)
        {
            if (!use.IsEndedAround && (use.IsHttpClient || (!TakesToken(use.Call) && !IsCancelledInside(use.Call, policy) && !BackgroundWork.Is(use.Call.MemberAround(cancellation)))))
                return true;
        }

        return uses.All.IsEmpty && !uses.LeavesSight;
    }

    /// <summary>True where the execution can be cancelled: by a token, or by a context of version 8, which has one.</summary>
    private static bool TakesToken(IInvocationOperation execution)
    {
        foreach (var argument in execution.Arguments)
        {
            if (argument.ArgumentKind is not ArgumentKind.Explicit)
                continue;
            if (argument.Value.Unwrap().Type is { Name: "ResilienceContext" })
                return true;
            if (argument.Parameter?.Type is { Name: "CancellationToken" } && !IsNone(argument.Value.Unwrap()))
                return true;
        }

        return false;
    }

    /// <summary>True where the delegate hands a token of its surroundings on, and the failure of the cancelled call is not one that is tried again.</summary>
    private static bool IsCancelledInside(IInvocationOperation execution, RetryPolicy policy)
    {
        if (policy.Handles?.DescendantsAndSelf().Any(static part => part is IInvocationOperation { TargetMethod: { Name: "Handle" or "Or", TypeArguments: [{ Name: "Exception" or "SystemException" or "OperationCanceledException" or "TaskCanceledException" }] } }) == true)
            return false;
        foreach (var argument in execution.Arguments)
        {
            if (argument.Value.AsLambda() is not { } lambda)
                continue;
            foreach (var operation in lambda.Body.Descendants())
            {
                if (operation.Type is { Name: "CancellationToken" } && operation.ReferencedSymbol() is { } token && token.Name is not "None" && !IsParameterOf(token, lambda))
                    return true;
            }
        }

        return false;
    }

    private static bool IsParameterOf(ISymbol token, IAnonymousFunctionOperation lambda) =>
        token is IParameterSymbol && SymbolEqualityComparer.Default.Equals(token.ContainingSymbol, lambda.Symbol);

    private static bool IsNone(IOperation token) => token is IDefaultValueOperation or IPropertyReferenceOperation { Property: { Name: "None", IsStatic: true } };
}

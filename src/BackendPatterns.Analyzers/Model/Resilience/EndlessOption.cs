using System.Collections.Immutable;
using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Resilience;

/// <summary>Options of EF Core and gRPC that take the limit off their own retries.</summary>
public static class EndlessOption
{
    private const int MostSteps = 32;

    /// <summary>
    /// Returns the argument of <c>EnableRetryOnFailure</c>, or of the constructor of an execution strategy, that allows <see cref="int.MaxValue"/> retries; null for other calls.
    /// An execution strategy counts up to exactly that number (https://learn.microsoft.com/ef/core/miscellaneous/connection-resiliency).
    /// </summary>
    public static IArgumentOperation? OfEntityFramework(IMethodSymbol? method, IReadOnlyList<IArgumentOperation> arguments, INamedTypeSymbol? executionStrategy)
    {
        if (method is null || arguments.Count == 0 || (method.MethodKind is MethodKind.Constructor ? !method.ContainingType.IsOrDerivesFrom(executionStrategy) : !IsRetryOnFailure(method)))
            return null;
        foreach (var argument in arguments)
        {
            if (argument is { ArgumentKind: ArgumentKind.Explicit, Parameter.Name: "maxRetryCount", Value.ConstantValue: { HasValue: true, Value: int.MaxValue } })
                return argument;
        }

        return null;
    }

    /// <summary>
    /// Returns the assignment of <see cref="int.MaxValue"/> to <c>RetryPolicy.MaxAttempts</c> of gRPC that is unbounded; null otherwise. The channel limits the attempts to five of its own, so this
    /// takes <c>MaxRetryAttempts = null</c> on the same options (https://learn.microsoft.com/aspnet/core/grpc/retries).
    /// </summary>
    public static IOperation? OfGrpc(IObjectCreationOperation policy)
    {
        if (policy.Type is not { Name: "RetryPolicy" } || !policy.Type.IsIn("Grpc.Net.Client.Configuration") || Assigned(policy, "MaxAttempts") is not { } attempts)
            return null;
        return attempts.Value.Unwrap().ConstantValue is { HasValue: true, Value: int.MaxValue } && IsInUnlimitedChannel(policy) ? attempts : null;
    }

    /// <summary>The cheap part of the question: true where an object is created with a <c>MaxValue</c>.</summary>
    public static bool MayBeEntityFramework(SyntaxNode creation)
    {
        if (creation is not BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: > 0 } arguments })
            return false;
        foreach (var argument in arguments)
        {
            if (argument.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "MaxValue" })
                return true;
        }

        return false;
    }

    private static bool IsRetryOnFailure(IMethodSymbol method) =>
        method.Name is "EnableRetryOnFailure" && method.ContainingType.Name.EndsWith("DbContextOptionsBuilder", StringComparison.Ordinal);

    private static ISimpleAssignmentOperation? Assigned(IObjectCreationOperation creation, string property)
    {
        foreach (var initializer in creation.Initializer?.Initializers ?? ImmutableArray<IOperation>.Empty)
        {
            if (initializer is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: var name } } assignment && name == property)
                return assignment;
        }

        return null;
    }

    /// <summary>Follows the policy outwards, through locals that are used once, to the options of its channel.</summary>
    private static bool IsInUnlimitedChannel(IOperation value)
    {
        for (var steps = 0; steps < MostSteps && value is not null; steps++)
        {
            switch (value)
            {
                case IObjectCreationOperation creation when IsChannelOptions(creation.Type):
                    return Assigned(creation, "MaxRetryAttempts") is { } limit ? limit.Value.IsNull() : PolicyFlow.LocalOf(creation) is { } kept && IsLifted(kept, creation);
                case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "ServiceConfig", Instance: { } options } } when IsChannelOptions(options.Type) && options is not IInstanceReferenceOperation:
                    return options.ReferencedSymbol() is { } variable && IsLifted(variable, options);
            }

            if (PolicyFlow.LocalOf(value) is { } local && value is IObjectCreationOperation)
            {
                var references = LocalValues.Around(value).ReferencesTo(local);
                if (references.Count != 1)
                    return false;
                value = references[0];
            }

            value = value.Parent!;
        }

        return false;
    }

    private static bool IsChannelOptions(ITypeSymbol? type) => type is { Name: "GrpcChannelOptions" } && type.IsIn("Grpc.Net.Client");

    private static bool IsLifted(ISymbol variable, IOperation around)
    {
        var isLifted = false;
        foreach (var reference in LocalValues.Around(around).ReferencesTo(variable))
        {
            if (reference.Parent is IPropertyReferenceOperation { Property.Name: "MaxRetryAttempts", Parent: ISimpleAssignmentOperation assignment })
                isLifted = assignment.Value.IsNull();
        }

        return isLifted;
    }
}

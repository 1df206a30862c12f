using System.Collections.Immutable;
using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Model.Libraries;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Resilience;

/// <summary>What the parts around a retry do.</summary>
internal enum PolicyKind
{
    /// <summary>Nobody can see it.</summary>
    Unknown,

    /// <summary>Ends what it is around after some time.</summary>
    Timeout,

    /// <summary>A circuit breaker, fallback, cache or limiter: inside of a retry it may change what the retry sees.</summary>
    Deciding,

    /// <summary>Another retry, or what does nothing.</summary>
    Retry,
}

/// <summary>Tells what a policy or strategy is, through what it was stored in.</summary>
internal static class PolicyKinds
{
    private const int MostSteps = 16;

    /// <summary>Returns the kinds of the policies that a value is made of: several for a wrap, unknown for one that is not made in sight.</summary>
    public static ImmutableArray<PolicyKind> Of(IOperation value, BackendModel model)
    {
        var kinds = ImmutableArray.CreateBuilder<PolicyKind>();
        var pending = new Stack<IOperation>();
        pending.Push(value);
        for (var steps = 0; pending.Count > 0; steps++)
        {
            var current = pending.Pop().Unwrap();
            if (steps > MostSteps)
                return kinds.Append(PolicyKind.Unknown).ToImmutableArray();
            if (current is IInvocationOperation call && model.Libraries.Polly!.IsPolicy(call.Type) && call.TargetMethod.ContainingAssembly.Name is "Polly")
                AddCall(call, kinds, pending);
            else if (OriginOf(current, model) is { } origin)
                pending.Push(origin);
            else
                kinds.Add(PolicyKind.Unknown);
        }

        return kinds.ToImmutable();
    }

    /// <summary>Returns the kind that the name of a Polly method stands for: <c>TimeoutAsync</c> of version 7, <c>AddTimeout</c> of version 8.</summary>
    public static PolicyKind OfName(string name)
    {
        if (name.StartsWith("Add", StringComparison.Ordinal))
            name = name.Substring(3);
        return name.StartsWith("Timeout", StringComparison.Ordinal) ? PolicyKind.Timeout
            : name.StartsWith("Retry", StringComparison.Ordinal) || name.StartsWith("WaitAndRetry", StringComparison.Ordinal) || name.StartsWith("NoOp", StringComparison.Ordinal) ? PolicyKind.Retry
            : name.IndexOf("CircuitBreaker", StringComparison.Ordinal) >= 0 || name.StartsWith("Fallback", StringComparison.Ordinal) || name.StartsWith("Bulkhead", StringComparison.Ordinal)
              || name.StartsWith("RateLimit", StringComparison.Ordinal) || name.StartsWith("ConcurrencyLimiter", StringComparison.Ordinal) || name.StartsWith("Cache", StringComparison.Ordinal)
              || name.StartsWith("Hedging", StringComparison.Ordinal) || name.StartsWith("Chaos", StringComparison.Ordinal) ? PolicyKind.Deciding
            : PolicyKind.Unknown;
    }

    private static void AddCall(IInvocationOperation call, ImmutableArray<PolicyKind>.Builder kinds, Stack<IOperation> pending)
    {
        switch (call.TargetMethod.Name)
        {
            case "Wrap" or "WrapAsync":
                foreach (var part in PartsOf(call))
                    pending.Push(part);
                break;
            case "AsAsyncPolicy" or "AsPolicy" or "WithPolicyKey" when call.Receiver() is { } receiver:
                pending.Push(receiver);
                break;
            default:
                kinds.Add(OfName(call.TargetMethod.Name));
                break;
        }
    }

    /// <summary>Returns the policies of <c>outer.WrapAsync(inner)</c> or <c>Policy.WrapAsync(outer, …, inner)</c>, from the outermost; empty where they are in an array that is made elsewhere.</summary>
    public static ImmutableArray<IOperation> PartsOf(IInvocationOperation wrap)
    {
        var parts = ImmutableArray.CreateBuilder<IOperation>();
        if (wrap.Instance is { } outer)
            parts.Add(outer);
        foreach (var argument in wrap.Arguments)
        {
            if (argument.Value.Unwrap() is IArrayCreationOperation { Initializer.ElementValues: var elements })
                parts.AddRange(elements);
            else if (argument.Value.Type is not IArrayTypeSymbol)
                parts.Add(argument.Value);
        }

        return parts.ToImmutable();
    }

    /// <summary>Returns the only value of a local, of a readonly field or property, or of what a method without branches returns; null for anything else.</summary>
    private static IOperation? OriginOf(IOperation value, BackendModel model) => value switch
    {
        ILocalReferenceOperation local => LocalValues.Around(local).OnlyValueOf(local.Local),
        IFieldReferenceOperation { Field.IsReadOnly: true } field => InitializerOf(field.Field, model),
        IPropertyReferenceOperation { Property.SetMethod: null } property => InitializerOf(property.Property, model),
        IInvocationOperation { TargetMethod: { IsVirtual: false, IsAbstract: false } method } => model.BodyOf(method) is IBlockOperation { Operations: [IReturnOperation { ReturnedValue: { } returned }] } ? returned : null,
        _ => null,
    };

    private static IOperation? InitializerOf(ISymbol member, BackendModel model)
    {
        foreach (var reference in member.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax().InitialValue() is { } initializer)
                return model.SemanticModelOf(reference.SyntaxTree)?.GetOperation(initializer);
        }

        return null;
    }
}

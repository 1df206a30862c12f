using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Endpoints;

/// <summary>Finds code that counts requests in the memory of its own process: a dictionary or memory cache whose entries grow and are compared with a limit.</summary>
internal sealed class RequestCounters(BackendModel model)
{
    private const int MostBodies = 12;

    private static readonly HashSet<string> Stores = new(StringComparer.Ordinal)
    {
        "ConcurrentDictionary", "Dictionary", "IDictionary", "IMemoryCache", "MemoryCache",
    };

    /// <summary>Counting in one of these is shared by all processes, or is the framework's own limiter, or belongs to a call to somebody else.</summary>
    private static readonly HashSet<string> Others = new(StringComparer.Ordinal)
    {
        "IDistributedCache", "HybridCache", "IDatabase", "IDatabaseAsync", "IConnectionMultiplexer", "ConnectionMultiplexer", "DbContext", "RateLimiter", "PartitionedRateLimiter", "RateLimitLease",
        "OnRejectedContext", "HttpResponseMessage", "HttpClient", "HttpRequestException",
    };

    /// <summary>
    /// Returns what counts, where the code around an operation, or own code that it calls, counts requests in such a store; null where something else keeps the count, and where that is not clear.
    /// </summary>
    public IOperation? CountBehind(IOperation rejection, CancellationToken cancellation)
    {
        var pending = new Queue<IOperation>();
        var around = rejection.EnclosingFunction();
        pending.Enqueue(around ?? rejection.Root());
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var (hasStore, compares) = (false, false);
        IOperation? count = null;
        for (var bodies = 0; pending.Count > 0 && bodies < MostBodies; bodies++)
        {
            foreach (var operation in pending.Dequeue().DescendantsAndSelf())
            {
                cancellation.ThrowIfCancellationRequested();
                if (operation is IMemberReferenceOperation or IParameterReferenceOperation or ILocalReferenceOperation && IsOther(operation.Type))
                    return null;
                hasStore |= IsStore(operation, around);
                if (count is null && Grows(operation))
                    count = operation;
                compares |= operation is IBinaryOperation { OperatorKind: BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual or BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual } comparison
                    && IsNumber(comparison.LeftOperand.Type);
                if (operation is IInvocationOperation call && seen.Add(call.TargetMethod) && !call.TargetMethod.DeclaringSyntaxReferences.IsEmpty && model.BodyOf(call.TargetMethod, cancellation) is { } body)
                    pending.Enqueue(body);
            }
        }

        return hasStore && compares ? count : null;
    }

    /// <summary>A store that outlives the request: of a field, captured from outside the handler, or handed in by the container.</summary>
    private static bool IsStore(IOperation reference, IOperation? handler) => reference switch
    {
        IFieldReferenceOperation { Field: var field } => IsStoreType(field.Type),
        IPropertyReferenceOperation { Property: var property } => IsStoreType(property.Type) && property.ContainingType.DeclaringSyntaxReferences.Length > 0,
        IParameterReferenceOperation { Parameter.Type: var type } => type.Name is "IMemoryCache",
        ILocalReferenceOperation { Local: var local } => handler is not null && IsStoreType(local.Type) && !local.DeclaringSyntaxReferences.Any(declared => handler.Syntax.Span.Contains(declared.Span)),
        _ => false,
    };

    private static bool IsStoreType(ITypeSymbol type) =>
        Stores.Contains(type.Name)
        && (type.IsIn("System.Collections.Concurrent") || type.IsIn("System.Collections.Generic") || type.IsIn("Microsoft.Extensions.Caching.Memory"));

    private static bool IsOther(ITypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (Others.Contains(type.Name))
                return true;
        }

        return false;
    }

    private static bool Grows(IOperation operation) => operation switch
    {
        IIncrementOrDecrementOperation { Kind: OperationKind.Increment } => true,
        ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Add } => true,
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, RightOperand.ConstantValue: { HasValue: true, Value: 1 } } => true,
        IInvocationOperation { TargetMethod: { Name: "Increment", ContainingType.Name: "Interlocked" } } => true,
        IInvocationOperation { TargetMethod: { Name: "Enqueue" or "Add", ContainingType.Name: "Queue" or "ConcurrentQueue" or "List" } } => true,
        _ => false,
    };

    private static bool IsNumber(ITypeSymbol? type) => type?.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64;
}

using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Resilience;

/// <summary>Whether the functions that a retry is given end it: a predicate that counts, a delay or a callback that throws or cancels.</summary>
internal static class PolicyDecisions
{
    private const int MostOperations = 600;
    private const int MostDepth = 2;

    private static readonly HashSet<string> Endings = new(StringComparer.Ordinal) { "Cancel", "CancelAsync", "CancelAfter", "Exit", "FailFast", "StopApplication" };

    /// <summary>False only where every function is visible and nothing in it can end the retry.</summary>
    public static bool MayEnd(RetryPolicy policy, BackendModel model, CancellationToken cancellation)
    {
        foreach (var function in policy.Functions)
        {
            if (MayEnd(function, model, cancellation))
                return true;
        }

        return false;
    }

    private static bool MayEnd(IOperation function, BackendModel model, CancellationToken cancellation)
    {
        var value = function.Unwrap();
        switch (value)
        {
            case IAnonymousFunctionOperation lambda:
                return MayEnd(lambda.Body, lambda.Symbol, model, cancellation);
            case IMethodReferenceOperation group:
                return model.BodyOf(group.Method, cancellation) is not { } body || MayEnd(body, group.Method, model, cancellation);
            // A PredicateBuilder, whose lambdas stand in its chain.
            case IConversionOperation { OperatorMethod: not null, Operand: var builder }:
                return IsOutOfSight(builder) || builder.DescendantsAndSelf().Any(part => part is IAnonymousFunctionOperation or IMethodReferenceOperation && MayEnd(part, model, cancellation));
            default:
                return !value.IsNull();
        }
    }

    /// <summary>True for a builder that was not made on the spot.</summary>
    private static bool IsOutOfSight(IOperation builder)
    {
        var current = builder.Unwrap();
        for (var links = 0; links < MostOperations && current is IInvocationOperation { Instance: { } instance }; links++)
            current = instance.Unwrap();
        return current is not IObjectCreationOperation;
    }

    private static bool MayEnd(IOperation body, IMethodSymbol function, BackendModel model, CancellationToken cancellation)
    {
        var isPredicate = IsBoolean(function.ReturnType.UnwrapTask());
        var pending = new Queue<(IOperation Body, IMethodSymbol Function, int Depth)>();
        pending.Enqueue((body, function, 0));
        var count = 0;
        while (pending.Count > 0)
        {
            var (current, owner, depth) = pending.Dequeue();
            foreach (var operation in current.DescendantsAndSelf())
            {
                cancellation.ThrowIfCancellationRequested();
                if (++count > MostOperations || Ends(operation) || (isPredicate && MayCount(operation, owner)))
                    return true;
                if (operation is not IInvocationOperation { TargetMethod: var callee } || callee.DeclaringSyntaxReferences.IsEmpty)
                    continue;
                if (model.BodyOf(callee, cancellation) is { } inner && depth < MostDepth)
                    pending.Enqueue((inner, callee, depth + 1));
                else if (isPredicate)
                    return true;
            }
        }

        return false;
    }

    private static bool IsBoolean(ITypeSymbol type) => type.SpecialType is SpecialType.System_Boolean;

    private static bool Ends(IOperation operation) => operation switch
    {
        IThrowOperation => true,
        IInvocationOperation { TargetMethod.Name: var name } => Endings.Contains(name) || name.StartsWith("ThrowIf", StringComparison.Ordinal),
        _ => false,
    };

    /// <summary>What is neither the outcome nor constant: the number of the attempt, a counter, a clock, a token, a setting.</summary>
    private static bool MayCount(IOperation operation, IMethodSymbol function) => operation switch
    {
        IIncrementOrDecrementOperation or ICompoundAssignmentOperation => true,
        IPropertyReferenceOperation { Property: { Name: "AttemptNumber" or "Context" } } => true,
        IPropertyReferenceOperation { Instance: null, Property.SetMethod: not null } or IPropertyReferenceOperation { Property: { Name: "Now" or "UtcNow" } } => true,
        IFieldReferenceOperation { Field: { IsConst: false, IsReadOnly: false, ContainingType.TypeKind: not TypeKind.Enum } } => true,
        IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } => true,
        ILocalReferenceOperation { Local: { IsConst: false } local } => !IsOwn(local, function),
        IParameterReferenceOperation { Parameter: var parameter } => !IsOwn(parameter, function),
        _ => false,
    };

    /// <summary>True for a variable of the function itself or of a lambda in it.</summary>
    private static bool IsOwn(ISymbol variable, IMethodSymbol function)
    {
        for (var current = variable.ContainingSymbol; current is IMethodSymbol method; current = method.ContainingSymbol)
        {
            if (SymbolEqualityComparer.Default.Equals(method.OriginalDefinition, function.OriginalDefinition))
                return true;
        }

        return false;
    }
}

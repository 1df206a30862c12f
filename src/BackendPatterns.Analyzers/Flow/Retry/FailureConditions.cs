using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow.Retry;

/// <summary>
/// Which conditions look at nothing but the failure itself (or at what stays the same in every iteration). Such a condition gives the same answer as long as the
/// operation fails in the same way, so it is no bound. Whatever cannot be proven to be one of these may be a bound.
/// </summary>
internal sealed class FailureConditions(RetryScope scope, AttemptClassifier attempts, AttemptOutcome outcome, CancellationToken cancellation)
{
    private readonly Dictionary<ISymbol, bool> _locals = new(SymbolEqualityComparer.Default);

    /// <summary>True where the condition depends on the failure only.</summary>
    public bool DependsOnFailureOnly(IOperation condition)
    {
        var pending = new Stack<IOperation>();
        pending.Push(condition);
        for (var count = 0; pending.Count > 0; count++)
        {
            var operation = pending.Pop();
            if (operation is IFlowCaptureReferenceOperation)
            {
                var written = outcome.Written(operation);
                if (ReferenceEquals(written, operation))
                    return false;
                operation = written;
            }

            if (count > 400 || !Allows(operation))
                return false;
            if (operation is IAwaitOperation)
                continue;
            foreach (var child in operation.ChildOperations)
                pending.Push(child);
        }

        return true;
    }

    private bool Allows(IOperation operation)
    {
        switch (operation)
        {
            case ILiteralOperation or IConversionOperation or IBinaryOperation or IUnaryOperation or IIsTypeOperation or IIsPatternOperation or IIsNullOperation or IPatternOperation
                or IPropertySubpatternOperation or IConditionalOperation or ICoalesceOperation or IConditionalAccessOperation or IConditionalAccessInstanceOperation or IParenthesizedOperation
                or ISwitchExpressionOperation or ISwitchExpressionArmOperation or IArgumentOperation or IArrayCreationOperation or IArrayInitializerOperation or ITypeOfOperation
                or IDefaultValueOperation or ITupleOperation or IAnonymousFunctionOperation or IFlowAnonymousFunctionOperation or IDelegateCreationOperation or IBlockOperation or IReturnOperation
                or ICaughtExceptionOperation or IDiscardOperation or IInstanceReferenceOperation:
                return true;
            case var collection when collection.IsParamsCollection():
                return true;
            case IFieldReferenceOperation { Field: var field }:
                return field.IsConst || field.IsReadOnly || field.ContainingType.TypeKind is TypeKind.Enum;
            case ILocalReferenceOperation { Local: var local }:
                return Allows(local);
            case IParameterReferenceOperation { Parameter: var parameter }:
                return !scope.Changes(parameter);
            case IPropertyReferenceOperation property:
                return property.Instance is { } instance && IsPartOfFailure(instance);
            case ISimpleAssignmentOperation { Target: ILocalReferenceOperation }:
                return true;
            case IIncrementOrDecrementOperation { Target: ILocalReferenceOperation { Local: var counter } }:
                return FreshCounters.Contain(counter, scope);
            case IAwaitOperation awaited:
                return IsOutcome(awaited);
            case IInvocationOperation call:
                return Allows(call);
            default:
                return false;
        }
    }

    private bool Allows(IInvocationOperation call)
    {
        if (PureCalls.IsPure(call.TargetMethod))
            return true;
        // Whether another element follows: the sequence starts anew in every iteration of the loop around it.
        if (call is { IsImplicit: true, TargetMethod.Name: "MoveNext" or "MoveNextAsync" })
            return true;
        if (outcome.IsOfAttempt(call) && !IsInHandler(call))
            return IsOutcome(call);
        if (call.TargetMethod.MethodKind is MethodKind.DelegateInvoke)
            return false;
        var isElsewhere = call.TargetMethod.DeclaringSyntaxReferences.IsEmpty;
        // A detector of another assembly that is given the exception and nothing else has nothing to count with.
        return isElsewhere ? call.TargetMethod.IsStatic && !call.Arguments.IsEmpty : !VisibleBodies.MayBound(call.TargetMethod, scope.Model, cancellation);
    }

    /// <summary>An awaited result that is asked for more than yes or no, outside a handler: the answer of the attempt. A bare <c>bool</c> may come from a retry policy.</summary>
    private bool IsOutcome(IOperation attempt)
    {
        var type = attempt.Type?.UnwrapTask();
        return attempts.Classify(attempt) is not null && !IsInHandler(attempt) && (type?.SpecialType is not SpecialType.System_Boolean || outcome.SuccessWhen(attempt) is not null);
    }

    /// <summary>True for a member of the exception, of the response, or of a value computed from them; a member of a service or of an option may say anything.</summary>
    private bool IsPartOfFailure(IOperation instance)
    {
        for (var depth = 0; depth < 32; depth++)
        {
            instance = outcome.Written(instance).Unwrap();
            switch (instance)
            {
                case IPropertyReferenceOperation { Instance: { } inner }:
                    instance = inner;
                    continue;
                case IInvocationOperation { Instance: { } inner } call when PureCalls.IsPure(call.TargetMethod):
                    instance = inner;
                    continue;
                case ILocalReferenceOperation { Local: var local }:
                    return (scope.Changes(local) || local.Type.TypeKind is TypeKind.Struct or TypeKind.Enum || local.Type.SpecialType is SpecialType.System_String) && Allows(local);
                case IParameterReferenceOperation { Parameter: var parameter }:
                    return parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction };
                case IConditionalAccessInstanceOperation or ICaughtExceptionOperation or ILiteralOperation or IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.PatternInput }:
                    return true;
                case IAwaitOperation or ISimpleAssignmentOperation or IInvocationOperation:
                    return outcome.IsOfAttempt(instance);
                default:
                    return false;
            }
        }

        return false;
    }

    private bool Allows(ILocalSymbol local)
    {
        if (_locals.TryGetValue(local, out var known))
            return known;
        _locals[local] = true;
        if (FreshCounters.Contain(local, scope))
            return true;
        var allowed = !scope.IsChangedElsewhere(local);
        foreach (var value in scope.WritesInside(local))
        {
            if (value is null ? !IsCaughtOrMatched(local) : !DependsOnFailureOnly(value))
            {
                allowed = false;
                break;
            }
        }

        return _locals[local] = allowed;
    }

    /// <summary>The variable of a catch clause or of a pattern.</summary>
    private bool IsCaughtOrMatched(ILocalSymbol local)
    {
        foreach (var reference in local.DeclaringSyntaxReferences)
        {
            var node = reference.GetSyntax(cancellation);
            if (node is Microsoft.CodeAnalysis.CSharp.Syntax.CatchDeclarationSyntax)
                return true;
            if (node is Microsoft.CodeAnalysis.CSharp.Syntax.SingleVariableDesignationSyntax { Parent: Microsoft.CodeAnalysis.CSharp.Syntax.PatternSyntax })
                return scope.Contains(node) && scope.Values.WritesTo(local).Count == 1;
        }

        return false;
    }

    private bool IsInHandler(IOperation operation)
    {
        for (var parent = scope.Semantics.GetOperation(operation.Syntax, cancellation)?.Parent; parent is not null && scope.Contains(parent.Syntax); parent = parent.Parent)
        {
            if (parent is ICatchClauseOperation)
                return true;
        }

        return false;
    }
}

using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow.Retry;

/// <summary>What a condition says about the last attempt: a status test has a side for success and a side for failure.</summary>
internal sealed class AttemptOutcome(RetryScope scope, AttemptClassifier attempts)
{
    private static readonly HashSet<string> SuccessMembers = new(StringComparer.Ordinal)
    {
        "IsSuccessStatusCode", "IsSuccess", "Success", "Succeeded", "Successful", "IsSuccessful", "IsOk", "Ok", "HasSucceeded", "WasSuccessful",
    };

    private static readonly HashSet<string> FailureMembers = new(StringComparer.Ordinal) { "IsFailure", "IsError", "IsFailed", "Failed", "HasError", "HasErrors", "HasFailed" };

    /// <summary>Waiting for a state of the other side is its purpose, not a retry.</summary>
    private static readonly string[] Questions = ["Is", "Has", "Can", "Check", "Exists", "Wait", "Ping", "Probe", "Test", "Verify", "Are", "Contains"];

    /// <summary>A <c>Try…</c> of an in-memory structure or of a lock: <c>false</c> means empty, full or taken, not failed.</summary>
    private static readonly string[] InMemoryTries =
    [
        "TryAdd", "TryTake", "TryEnqueue", "TryDequeue", "TryPush", "TryPop", "TryWrite", "TryRead", "TryPeek", "TryGet", "TryUpdate", "TryRemove", "TryParse", "TryAcquire",
        "TryEnter", "TryLock", "TrySet", "TryReserve", "TryConnect", "TryReconnect", "TryReceive", "TryConsume", "TryMove", "TryFind", "TryNext", "TryClaim", "TryInsert", "TryCreate",
    ];

    private static readonly string[] Actions = ["Send", "Publish", "Save", "Upload", "Push", "Post", "Put", "Submit", "Deliver", "Notify", "Transmit", "Flush", "Commit"];

    /// <summary>Returns which value of a condition means that the attempt succeeded, or null where the condition is no status test.</summary>
    public bool? SuccessWhen(IOperation condition)
    {
        var expected = true;
        for (var depth = 0; depth < 16; depth++)
        {
            condition = Written(condition).Unwrap();
            switch (condition)
            {
                case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not:
                    expected = !expected;
                    condition = not.Operand;
                    continue;
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison when BooleanSide(comparison) is { } side:
                    expected ^= side.Value ^ comparison.OperatorKind is BinaryOperatorKind.Equals;
                    condition = side.Other;
                    continue;
                case ISimpleAssignmentOperation assignment:
                    condition = assignment.Value;
                    continue;
                case ILocalReferenceOperation { Local: { Type.SpecialType: SpecialType.System_Boolean } local } when OnlyValueInside(local) is { } value:
                    condition = value;
                    continue;
                case IConditionalAccessOperation access:
                    condition = access.WhenNotNull;
                    continue;
            }

            return Polarity(condition) is { } polarity ? polarity == expected : null;
        }

        return null;
    }

    /// <summary>True where a value comes from an attempt of this loop: the local it was stored in, or the awaited call itself.</summary>
    public bool IsOfAttempt(IOperation? value)
    {
        for (var depth = 0; depth < 16 && value is not null; depth++)
        {
            value = Written(value).UnwrapAwait();
            switch (value)
            {
                case ILocalReferenceOperation { Local: var local }:
                    value = OnlyValueInside(local);
                    continue;
                case ISimpleAssignmentOperation assignment:
                    value = assignment.Value;
                    continue;
                case IConditionalAccessInstanceOperation { Parent: { } } instance:
                    value = AccessedBy(instance);
                    continue;
                case IInvocationOperation call:
                    return IsAttempt(call);
                case IPropertyReferenceOperation { Property.Name: "Result", Instance: IInvocationOperation task }:
                    return IsAttempt(task);
                default:
                    return false;
            }
        }

        return false;
    }

    /// <summary>Returns the operation as it was written: the lowered graph keeps parts of an expression in temporaries that carry the syntax of the part.</summary>
    public IOperation Written(IOperation operation) =>
        operation is IFlowCaptureReferenceOperation && scope.Semantics.GetOperation(operation.Syntax) is { } written ? written : operation;

    private bool IsAttempt(IInvocationOperation call)
    {
        if (call.TargetMethod.Name is "GetResult" or "GetAwaiter")
            return call.Instance is IInvocationOperation inner && (inner.TargetMethod.Name is not "GetAwaiter" ? attempts.Classify(inner) is not null : inner.Instance is IInvocationOperation task && attempts.Classify(task) is not null);
        return attempts.ClassifyWithAwait(call) is not null;
    }

    private bool? Polarity(IOperation condition)
    {
        switch (condition)
        {
            case IPropertyReferenceOperation { Property: { Type.SpecialType: SpecialType.System_Boolean } property } reference when IsOfAttempt(reference.Instance) && IsStatusMember(property):
                return SuccessMembers.Contains(property.Name) ? true : FailureMembers.Contains(property.Name) ? false : null;
            case IBinaryOperation binary:
                return OfStatusCode(binary);
            case IIsPatternOperation pattern:
                return OfPattern(pattern);
            case IAwaitOperation or IInvocationOperation:
                return condition.UnwrapAwait() is IInvocationOperation call && IsStatusCall(call) ? true : null;
            default:
                return null;
        }
    }

    /// <summary>A method whose <c>false</c> says that the work was not done.</summary>
    private bool IsStatusCall(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (method.ReturnType.UnwrapTask().SpecialType is not SpecialType.System_Boolean || !IsAttempt(call))
            return false;
        if (method.Name.StartsWith("Try", StringComparison.Ordinal))
            return !NameWords.StartsWithAny(method.Name, InMemoryTries) && (RetryWaits.In(scope) is not null || VisibleBodies.LeavesProcess(method, scope.Model, attempts)) && VisibleBodies.MayLeaveProcess(method, scope.Model, attempts);
        if (NameWords.StartsWithAny(method.Name, Actions) && method.ReturnType.IsTask())
            return true;
        return !NameWords.StartsWithAny(method.Name, Questions) && VisibleBodies.TellsWhetherItWorked(method, scope.Model, attempts);
    }

    private static bool IsStatusMember(IPropertySymbol property)
    {
        if (property.Name is "IsSuccessStatusCode")
            return true;
        // A job, an order or a payment that "succeeded" is a state that is polled for; a result or a response is the outcome of the call.
        var name = property.ContainingType.Name;
        return name.EndsWith("Result", StringComparison.Ordinal) || name.EndsWith("Response", StringComparison.Ordinal) || name.EndsWith("Outcome", StringComparison.Ordinal);
    }

    private bool? OfStatusCode(IBinaryOperation binary)
    {
        if (!IsCode(binary.LeftOperand) || Written(binary.RightOperand).Unwrap().ConstantValue is not { HasValue: true, Value: int number })
            return null;
        return binary.OperatorKind switch
        {
            BinaryOperatorKind.Equals => OfCode(number),
            BinaryOperatorKind.NotEquals => !OfCode(number),
            var comparison => OfLimit(comparison, number),
        };
    }

    private bool IsCode(IOperation operation) => Written(operation).Unwrap() is IPropertyReferenceOperation { Property.Name: "StatusCode" } code && IsOfAttempt(code.Instance);

    private static bool? OfLimit(BinaryOperatorKind comparison, int limit) => comparison switch
    {
        _ when limit < 299 => null,
        BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual => false,
        BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual => true,
        _ => null,
    };

    /// <summary>What a status says about the next attempt; the other ones neither say that the work is done nor that it may be later.</summary>
    private static bool? OfCode(int status) => status switch
    {
        200 or 201 or 204 => true,
        408 or 429 or 500 or 502 or 503 or 504 => false,
        _ => null,
    };

    private static bool? OfCode(IPatternOperation pattern, int depth = 0)
    {
        if (depth > 16)
            return null;
        switch (pattern)
        {
            case IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: int status } }:
                return OfCode(status);
            case IRelationalPatternOperation { Value.ConstantValue: { HasValue: true, Value: int limit } } relation:
                return OfLimit(relation.OperatorKind, limit);
            case INegatedPatternOperation not:
                return !OfCode(not.Pattern, depth + 1);
            case IBinaryPatternOperation both:
                var (left, right) = (OfCode(both.LeftPattern, depth + 1), OfCode(both.RightPattern, depth + 1));
                return left == right ? left : both.OperatorKind is BinaryOperatorKind.And && (left ?? right) is { } known && (left is null || right is null) ? known : null;
            default:
                return null;
        }
    }

    private bool? OfPattern(IIsPatternOperation pattern)
    {
        var negated = false;
        var tested = pattern.Pattern;
        while (tested is INegatedPatternOperation not)
        {
            negated = !negated;
            tested = not.Pattern;
        }

        bool? polarity = tested switch
        {
            IConstantPatternOperation or IRelationalPatternOperation or IBinaryPatternOperation when IsCode(pattern.Value) => OfCode(tested),
            IRecursivePatternOperation { PropertySubpatterns: [{ Member: IPropertyReferenceOperation { Property: var property }, Pattern: IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: bool wanted } } }] }
                when IsOfAttempt(pattern.Value) && IsStatusMember(property) && (SuccessMembers.Contains(property.Name) || FailureMembers.Contains(property.Name)) =>
                SuccessMembers.Contains(property.Name) == wanted,
            _ => null,
        };
        return polarity is { } known ? known != negated : null;
    }

    private static (bool Value, IOperation Other)? BooleanSide(IBinaryOperation comparison)
    {
        if (comparison.RightOperand.Unwrap().ConstantValue is { HasValue: true, Value: bool right })
            return (right, comparison.LeftOperand);
        return comparison.LeftOperand.Unwrap().ConstantValue is { HasValue: true, Value: bool left } ? (left, comparison.RightOperand) : null;
    }

    private static IOperation? AccessedBy(IConditionalAccessInstanceOperation instance)
    {
        for (var parent = instance.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IConditionalAccessOperation access)
                return access.Operation;
        }

        return null;
    }

    private IOperation? OnlyValueInside(ILocalSymbol local)
    {
        IOperation? only = null;
        foreach (var value in scope.WritesInside(local))
        {
            if (value is { ConstantValue.HasValue: true })
                continue;
            if (value is null || only is not null)
                return null;
            only = value;
        }

        return only;
    }
}

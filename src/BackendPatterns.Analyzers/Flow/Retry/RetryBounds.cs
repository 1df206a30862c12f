using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow.Retry;

/// <summary>Calls and element reads that end a loop in the end, without a condition of their own: cancellation, a sequence that runs out, a helper that throws.</summary>
internal sealed class RetryBounds(RetryScope scope, AttemptClassifier attempts, CancellationToken cancellation)
{
    private static readonly string[] TellingWords =
        ["Retry", "Retries", "Attempt", "Throw", "Policy", "Limit", "Budget", "Circuit", "Breaker", "Deadline", "Timeout", "Expire", "Cancel", "Backoff", "BackOff", "Strategy"];

    /// <summary>Returns the test for cancellation that the loop makes anywhere, or null. Where it stands and what it does is left to the author.</summary>
    public RetryBound? CancellationTest()
    {
        foreach (var operation in scope.Operations)
        {
            if (operation is IMemberReferenceOperation { Member.Name: "IsCancellationRequested" or "RequestAborted" or "ApplicationStopping" or "HasShutdownStarted" }
                or IInvocationOperation { TargetMethod.Name: "ThrowIfCancellationRequested" })
            {
                return new RetryBound(RetryBoundKind.Cancellation, operation.Syntax);
            }
        }

        return null;
    }

    /// <summary>Returns the bound that an operation is, or null.</summary>
    public RetryBound? At(IOperation operation)
    {
        switch (operation)
        {
            case IArrayElementReferenceOperation { Indices: [var index] } when CountsUp(index):
                return new RetryBound(RetryBoundKind.Call, operation.Syntax);
            case IPropertyReferenceOperation { Property: { IsIndexer: true, Parameters: [{ Type.SpecialType: SpecialType.System_Int32 }] }, Arguments: [var argument] } when CountsUp(argument.Value):
                return new RetryBound(RetryBoundKind.Call, operation.Syntax);
            case IInvocationOperation call when scope.SelfCall?.Calls(call.TargetMethod) != true:
                return OfCall(call);
            default:
                return null;
        }
    }

    private RetryBound? OfCall(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (IsToken(argument) && Escapes(call))
                return new RetryBound(RetryBoundKind.Cancellation, call.Syntax);
        }

        return EndsTheLoop(call) ? new RetryBound(RetryBoundKind.Call, call.Syntax) : null;
    }

    private bool EndsTheLoop(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (call.IsImplicit || method.Name is "Dispose" or "DisposeAsync")
            return false;
        if (method.Name is "Dequeue" or "Pop" && method.ContainingType.ContainingNamespace.Is("System.Collections.Generic"))
            return true;
        if (AttemptClassifier.IsLogging(method) || PureCalls.IsPure(method) || method.ContainingType.ContainingNamespace.Is("System.Threading.Tasks") || method.ContainingType.ContainingNamespace.Is("System.Threading"))
            return false;
        if (IsTried(call))
            return false;
        if (!method.DeclaringSyntaxReferences.IsEmpty && VisibleBodies.HasBody(method, scope.Model))
            return VisibleBodies.Throws(method, scope.Model, cancellation);
        return TakesProgress(call) || IsTelling(call);
    }

    /// <summary>A call outside every handler that may fail for outside reasons: it is what the loop tries, not what ends it.</summary>
    private bool IsTried(IInvocationOperation call) =>
        attempts.ClassifyWithAwait(call) is not null && !scope.IsInHandler(call.Syntax);

    private bool TakesProgress(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            foreach (var part in argument.Value.DescendantsAndSelf())
            {
                if (part is IIncrementOrDecrementOperation || (part is ILocalReferenceOperation or IParameterReferenceOperation && IsCounter(part.ReferencedSymbol()!)))
                    return true;
            }
        }

        return false;
    }

    private static bool IsTelling(IInvocationOperation call)
    {
        foreach (var word in TellingWords)
        {
            if (call.TargetMethod.Name.Contains(word) || call.TargetMethod.ContainingType.Name.Contains(word) || call.Instance.ReferencedSymbol()?.Name.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0)
                return true;
        }

        return false;
    }

    private bool CountsUp(IOperation index)
    {
        var counts = false;
        foreach (var part in index.DescendantsAndSelf())
        {
            if (part is IBinaryOperation { OperatorKind: BinaryOperatorKind.Remainder or BinaryOperatorKind.And } or IInvocationOperation)
                return false;
            counts |= part is IIncrementOrDecrementOperation || (part is ILocalReferenceOperation && IsCounter(part.ReferencedSymbol()!));
        }

        return counts;
    }

    private bool IsCounter(ISymbol variable)
    {
        foreach (var reference in scope.Values.ReferencesTo(variable))
        {
            if (reference.Parent is IIncrementOrDecrementOperation or ICompoundAssignmentOperation && scope.Contains(reference.Syntax))
                return true;
        }

        return false;
    }

    private bool IsToken(IArgumentOperation argument)
    {
        if (argument.ArgumentKind is not ArgumentKind.Explicit || argument.Value.Type is not { Name: "CancellationToken" })
            return false;
        return argument.Value.Unwrap() switch
        {
            IDefaultValueOperation or ILiteralOperation => false,
            IPropertyReferenceOperation { Instance: null, Property.Name: "None" } => false,
            // A source made anew for every attempt limits the attempt, not the loop.
            IPropertyReferenceOperation { Property.Name: "Token", Instance: ILocalReferenceOperation { Local: var source } } =>
                !(scope.Values.OnlyValueOf(source) is IObjectCreationOperation created && scope.Contains(created.Syntax)),
            _ => true,
        };
    }

    /// <summary>True where an <c>OperationCanceledException</c> thrown here leaves the loop.</summary>
    private bool Escapes(IInvocationOperation call)
    {
        IOperation? child = scope.Semantics.GetOperation(call.Syntax, cancellation);
        for (var parent = child?.Parent; parent is not null && scope.Contains(parent.Syntax); child = parent, parent = parent.Parent)
        {
            if (parent is ITryOperation attempt && attempt.Body == child && Swallows(attempt))
                return false;
        }

        return true;
    }

    private bool Swallows(ITryOperation attempt)
    {
        foreach (var handler in attempt.Catches)
        {
            if (handler.ExceptionType is not { } type || type is { Name: "Exception" or "SystemException" or "Object" } || type.IsCancellation())
            {
                if (handler.Filter is not null)
                    continue;
                return !LetsGo(handler);
            }
        }

        return false;
    }

    /// <summary>True where a handler ends by leaving, or looks at cancellation before it goes on.</summary>
    private bool LetsGo(ICatchClauseOperation handler)
    {
        if (!StartsAnew(handler) && handler.Handler.Operations is [.., IThrowOperation or IReturnOperation or IBranchOperation { BranchKind: BranchKind.Break } or IExpressionStatementOperation { Operation: IThrowOperation }])
            return true;
        foreach (var operation in handler.Handler.Descendants())
        {
            var tested = operation switch
            {
                IIsTypeOperation test => test.TypeOperand,
                ITypePatternOperation pattern => pattern.MatchedType,
                IDeclarationPatternOperation pattern => pattern.MatchedType,
                _ => null,
            };
            if (tested.IsCancellation())
                return true;
        }

        return false;
    }

    /// <summary>True where a handler leads back to the beginning by a self-call: it leaves only when that call does.</summary>
    private bool StartsAnew(ICatchClauseOperation handler) => scope.SelfCall is { Call.Syntax: var call } && handler.Syntax.Span.Contains(call.Span);
}

using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow.Retry;

/// <summary>What is known about the value of a flag: a <c>bool</c> local, or a local that is compared with null.</summary>
internal enum FlagValue
{
    Unknown,

    /// <summary><c>true</c>, or not null.</summary>
    Yes,

    /// <summary><c>false</c>, or null.</summary>
    No,
}

/// <summary>One thing that happens in a block, in the order of execution.</summary>
/// <param name="Syntax">Where.</param>
/// <param name="Attempt">The operation that is tried, or null.</param>
/// <param name="Bound">What ends a retry that comes here often enough, or null.</param>
/// <param name="Flag">The number of the flag that gets a value, or -1.</param>
/// <param name="Value">The value.</param>
/// <param name="SuccessWhen">For a flag that keeps the outcome of the attempt: its value on success; otherwise null.</param>
/// <param name="ThrowsOnFailure">True for <c>EnsureSuccessStatusCode</c>: it throws where the status is that of a failure.</param>
/// <param name="StartsAnew">True for the call by which the function repeats itself.</param>
internal sealed record LoopEvent(
    SyntaxNode Syntax, Attempt? Attempt = null, RetryBound? Bound = null, int Flag = -1, FlagValue Value = FlagValue.Unknown, bool? SuccessWhen = null, bool ThrowsOnFailure = false, bool StartsAnew = false);

/// <summary>The attempts, bounds and flags in the blocks of a loop.</summary>
internal sealed class LoopEvents
{
    private const int MostFlags = 8;

    private static readonly LoopEvent[] None = [];

    private readonly RetryScope _scope;
    private readonly AttemptClassifier _attempts;
    private readonly AttemptOutcome _outcome;
    private readonly RetryBounds _bounds;
    private readonly List<ILocalSymbol> _flags = [];
    private readonly LoopEvent[][] _events;

    public LoopEvents(LoopGraph loop, RetryScope scope, AttemptClassifier attempts, AttemptOutcome outcome, RetryBounds bounds)
    {
        (_scope, _attempts, _outcome, _bounds) = (scope, attempts, outcome, bounds);
        var blocks = loop.Graph.Blocks;
        foreach (var block in blocks)
        {
            if (!loop.IsOutside(block) && block.BranchValue is { } value)
                AddFlagsOf(value);
        }

        _events = new LoopEvent[blocks.Length][];
        foreach (var block in blocks)
            _events[block.Ordinal] = loop.IsOutside(block) ? None : EventsOf(block);
    }

    /// <summary>Returns what happens in a block, in order.</summary>
    public LoopEvent[] In(BasicBlock block) => _events[block.Ordinal];

    /// <summary>Returns the state of all flags on entry to the loop.</summary>
    public int InitialFlags()
    {
        var flags = 0;
        for (var number = 0; number < _flags.Count; number++)
        {
            FlagValue? only = null;
            foreach (var value in _scope.Values.WritesTo(_flags[number]))
            {
                if (value is not null && _scope.Contains(value.Syntax))
                    continue;
                only = only is null && value is not null ? ConstantOf(value) : FlagValue.Unknown;
            }

            flags = With(flags, number, only ?? FlagValue.Unknown);
        }

        return flags;
    }

    /// <summary>Returns the flags with one of them changed.</summary>
    public static int With(int flags, int number, FlagValue value) => (flags & ~(3 << (2 * number))) | ((int)value << (2 * number));

    /// <summary>Returns what a condition is when the flags have these values, or null where they do not tell.</summary>
    public bool? Evaluate(IOperation condition, int flags)
    {
        var expected = true;
        for (var depth = 0; depth < 16; depth++)
        {
            condition = condition.Unwrap();
            switch (condition)
            {
                case { ConstantValue: { HasValue: true, Value: bool constant } }:
                    return constant == expected;
                case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not:
                    expected = !expected;
                    condition = not.Operand;
                    continue;
                case ILocalReferenceOperation { Local: var local }:
                    return ValueOf(local, flags) is { } value ? value == expected : null;
                case ISimpleAssignmentOperation { Target: ILocalReferenceOperation target }:
                    condition = target;
                    continue;
                case IInvocationOperation call when VisibleBodies.AlwaysReturns(call.TargetMethod, _scope.Model) is { } always:
                    return always == expected;
                default:
                    return NullTest(condition) is { } test && ValueOf(test.Local, flags) is { } isThere ? (isThere != test.IsNull) == expected : null;
            }
        }

        return null;
    }

    private static (ILocalSymbol Local, bool IsNull)? NullTest(IOperation condition)
    {
        switch (condition)
        {
            case IIsNullOperation { Operand: var operand } when LocalOf(operand) is { } local:
                return (local, true);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } binary:
                var equal = binary.OperatorKind is BinaryOperatorKind.Equals;
                if (binary.RightOperand.IsNull() && LocalOf(binary.LeftOperand) is { } left)
                    return (left, equal);
                return binary.LeftOperand.IsNull() && LocalOf(binary.RightOperand) is { } right ? (right, equal) : null;
            case IIsPatternOperation { Pattern: IConstantPatternOperation { Value: var value }, Value: var tested } when value.IsNull() && LocalOf(tested) is { } local:
                return (local, true);
            case IIsPatternOperation { Pattern: INegatedPatternOperation { Pattern: IConstantPatternOperation { Value: var value } }, Value: var tested } when value.IsNull() && LocalOf(tested) is { } local:
                return (local, false);
            default:
                return null;
        }
    }

    private static ILocalSymbol? LocalOf(IOperation operation) => operation.Unwrap() switch
    {
        ILocalReferenceOperation reference => reference.Local,
        ISimpleAssignmentOperation { Target: ILocalReferenceOperation reference } => reference.Local,
        _ => null,
    };

    private bool? ValueOf(ILocalSymbol local, int flags)
    {
        var number = NumberOf(local);
        return number < 0 ? null : (FlagValue)((flags >> (2 * number)) & 3) switch
        {
            FlagValue.Yes => true,
            FlagValue.No => false,
            _ => null,
        };
    }

    private void AddFlagsOf(IOperation condition)
    {
        while (condition.Unwrap() is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not)
            condition = not.Operand;
        var local = LocalOf(condition) is { Type.SpecialType: SpecialType.System_Boolean } flag ? flag : NullTest(condition.Unwrap())?.Local;
        if (local is not null && NumberOf(local) < 0 && _flags.Count < MostFlags)
            _flags.Add(local);
    }

    private int NumberOf(ILocalSymbol local) => _flags.FindIndex(flag => SymbolEqualityComparer.Default.Equals(flag, local));

    private LoopEvent[] EventsOf(BasicBlock block)
    {
        var events = new List<LoopEvent>();
        foreach (var operation in LoopGraph.OperationsOf(block))
        {
            var first = events.Count;
            foreach (var descendant in operation.DescendantsAndSelf())
                AddEvents(descendant, events);
            // Parts of an expression are listed after the whole, but happen before it: what ends first, and is smallest, happens first.
            events.Sort(first, events.Count - first, Comparer<LoopEvent>.Create(static (a, b) =>
                a.Syntax.Span.End != b.Syntax.Span.End ? a.Syntax.Span.End.CompareTo(b.Syntax.Span.End)
                : a.Syntax.SpanStart != b.Syntax.SpanStart ? b.Syntax.SpanStart.CompareTo(a.Syntax.SpanStart)
                : (a.Flag >= 0).CompareTo(b.Flag >= 0)));
        }

        return events.Count == 0 ? None : [.. events];
    }

    private void AddEvents(IOperation operation, List<LoopEvent> events)
    {
        if (operation is IInvocationOperation && operation.Syntax == _scope.SelfCall?.Call.Syntax)
        {
            events.Add(new LoopEvent(operation.Syntax, StartsAnew: true));
            return;
        }

        if (_attempts.Classify(operation) is { } attempt)
            events.Add(new LoopEvent(operation.Syntax, Attempt: attempt));
        if (_bounds.At(operation) is { } bound)
            events.Add(new LoopEvent(operation.Syntax, Bound: bound));
        switch (operation)
        {
            case IInvocationOperation { TargetMethod.Name: "EnsureSuccessStatusCode" }:
                events.Add(new LoopEvent(operation.Syntax, ThrowsOnFailure: true));
                break;
            case ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var local }, Value: var value } when NumberOf(local) is >= 0 and var number:
                events.Add(Assigned(operation, number, local, value));
                break;
            case ILocalReferenceOperation { Local: var local, Parent: ICompoundAssignmentOperation or IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } } when NumberOf(local) is >= 0 and var number:
                events.Add(new LoopEvent(operation.Parent.Syntax, Flag: number));
                break;
        }
    }

    private LoopEvent Assigned(IOperation assignment, int number, ILocalSymbol local, IOperation value)
    {
        if (local.Type.SpecialType is SpecialType.System_Boolean && _outcome.SuccessWhen(value) is { } success)
            return new LoopEvent(assignment.Syntax, Flag: number, SuccessWhen: success);
        var known = ConstantOf(value);
        // A method that declares a result that is never null gives one when it succeeds.
        if (known is FlagValue.Unknown && local.Type.SpecialType is not SpecialType.System_Boolean && _outcome.IsOfAttempt(value) && value.Type is { NullableAnnotation: not NullableAnnotation.Annotated })
            known = FlagValue.Yes;
        return new LoopEvent(assignment.Syntax, Flag: number, Value: known);
    }

    private static FlagValue ConstantOf(IOperation value)
    {
        value = value.Unwrap();
        return value switch
        {
            { ConstantValue: { HasValue: true, Value: var constant } } => constant is null or false ? FlagValue.No : FlagValue.Yes,
            IObjectCreationOperation or ICaughtExceptionOperation => FlagValue.Yes,
            ILocalReferenceOperation { Local: var local } when local.DeclaringSyntaxReferences is [var only] && only.GetSyntax() is Microsoft.CodeAnalysis.CSharp.Syntax.CatchDeclarationSyntax => FlagValue.Yes,
            _ => FlagValue.Unknown,
        };
    }
}

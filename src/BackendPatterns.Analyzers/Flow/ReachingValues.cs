using System.Collections.Immutable;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow;

/// <summary>
/// The values that a local or parameter may have at one place: an assignment that every way to the place passes hides those before it, one that may be jumped over
/// (in an <c>if</c>, a loop, a <c>try</c>) does not.
/// </summary>
/// <param name="Values">The expressions, the nearest one first; empty where they are not known.</param>
/// <param name="IncludesEntry">True where the value that a parameter came in with, or no value at all, may still be there.</param>
/// <param name="AreKnown">False where a value is no expression of its own (<c>out</c>, deconstruction, <c>++</c>).</param>
public sealed record ReachingValues(ImmutableArray<IOperation> Values, bool IncludesEntry, bool AreKnown)
{
    private static readonly ReachingValues Unknown = new(ImmutableArray<IOperation>.Empty, IncludesEntry: true, AreKnown: false);

    /// <summary>Returns the values that a variable may have where it is mentioned.</summary>
    public static ReachingValues At(IOperation reference, ISymbol variable)
    {
        var writes = LocalValues.Around(reference).WritesTo(variable);
        var known = ImmutableArray.CreateBuilder<IOperation>(writes.Count);
        foreach (var write in writes)
        {
            if (write is null)
                return Unknown;
            known.Add(write);
        }

        if (known.Count == 0 || (known.Count == 1 && variable is ILocalSymbol && !known[0].Syntax.Span.Contains(reference.Syntax.Span)))
            return new ReachingValues(known.ToImmutable(), IncludesEntry: true, AreKnown: true);
        // Functions run at other times than they stand in the text.
        var function = reference.EnclosingFunction();
        foreach (var write in known)
        {
            if (write.EnclosingFunction() != function)
                return new ReachingValues(known.ToImmutable(), IncludesEntry: true, AreKnown: true);
        }

        return InOrder(reference, known);
    }

    private static ReachingValues InOrder(IOperation reference, ImmutableArray<IOperation>.Builder writes)
    {
        writes.Sort(static (one, other) => other.Syntax.SpanStart.CompareTo(one.Syntax.SpanStart));
        var reached = ImmutableArray.CreateBuilder<IOperation>();
        Dictionary<IOperation, HashSet<IOperation>>? covered = null;
        var isHidden = false;
        foreach (var write in writes)
        {
            var isBefore = write.Syntax.Span.End <= reference.Syntax.SpanStart;
            if (!isBefore)
            {
                if (ShareLoop(write, reference))
                    reached.Add(write);
                continue;
            }

            if (isHidden || IsHiddenInArm(write, covered) || MissesOrLeaves(write, reference))
                continue;
            reached.Add(write);
            isHidden = IsPassed(write, reference, ref covered);
        }

        return new ReachingValues(reached.ToImmutable(), IncludesEntry: !isHidden, AreKnown: true);
    }

    /// <summary>True where the write comes round again before the place does.</summary>
    private static bool ShareLoop(IOperation write, IOperation place)
    {
        for (IOperation? current = write.Parent; current is not null; current = current.Parent)
        {
            if (current is ILoopOperation loop && loop.Syntax.Span.Contains(place.Syntax.Span))
                return true;
        }

        return false;
    }

    /// <summary>True where the write stands in an arm that the place is not in, and either the place is in another arm, or the arm ends the member.</summary>
    private static bool MissesOrLeaves(IOperation write, IOperation place)
    {
        if (ShareLoop(write, place))
            return false;
        for (var (child, parent) = (write, write.Parent); parent is not null; (child, parent) = (parent, parent.Parent))
        {
            if (!IsArm(child, parent))
                continue;
            if (parent.Syntax.Span.Contains(place.Syntax.Span))
                return !child.Syntax.Span.Contains(place.Syntax.Span) && !IsInCondition(place, parent);
            if (EndsMember(child))
                return true;
        }

        return false;
    }

    /// <summary>True where every way to the place passes the write, or one of the writes in the other arms of the same choice.</summary>
    private static bool IsPassed(IOperation write, IOperation place, ref Dictionary<IOperation, HashSet<IOperation>>? covered)
    {
        for (var (child, parent) = (write, write.Parent); parent is not null; (child, parent) = (parent, parent.Parent))
        {
            if (parent.Syntax.Span.Contains(place.Syntax.Span))
                return parent is not ITryOperation || child.Syntax.Span.Contains(place.Syntax.Span);
            if (IsArm(child, parent))
            {
                covered ??= [];
                if (!covered.TryGetValue(parent, out var arms))
                    covered.Add(parent, arms = []);
                arms.Add(child);
                if (!AreAllCovered(parent, arms))
                    return false;
            }
            else if (MayBeJumpedOver(child, parent))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>True where a later write in the same arm is passed before the arm is left.</summary>
    private static bool IsHiddenInArm(IOperation write, Dictionary<IOperation, HashSet<IOperation>>? covered)
    {
        if (covered is null)
            return false;
        for (var (child, parent) = (write, write.Parent); parent is not null; (child, parent) = (parent, parent.Parent))
        {
            if (covered.TryGetValue(parent, out var arms) && arms.Contains(child))
                return true;
        }

        return false;
    }

    private static bool IsArm(IOperation child, IOperation parent) => parent switch
    {
        IConditionalOperation choice => child != choice.Condition,
        ISwitchOperation => child is ISwitchCaseOperation,
        _ => false,
    };

    private static bool IsInCondition(IOperation place, IOperation choice) => choice switch
    {
        IConditionalOperation conditional => conditional.Condition.Syntax.Span.Contains(place.Syntax.Span),
        ISwitchOperation { Value: var value } => value.Syntax.Span.Contains(place.Syntax.Span),
        _ => false,
    };

    private static bool AreAllCovered(IOperation choice, HashSet<IOperation> arms)
    {
        switch (choice)
        {
            case IConditionalOperation { WhenFalse: { } otherwise } conditional:
                return IsCovered(conditional.WhenTrue, arms) && IsCovered(otherwise, arms);
            case ISwitchOperation choices:
                var hasDefault = false;
                foreach (var section in choices.Cases)
                {
                    if (!IsCovered(section, arms))
                        return false;
                    foreach (var clause in section.Clauses)
                        hasDefault |= clause is IDefaultCaseClauseOperation;
                }

                return hasDefault;
            default:
                return false;
        }
    }

    private static bool IsCovered(IOperation arm, HashSet<IOperation> arms) => arms.Contains(arm) || EndsMember(arm);

    private static bool MayBeJumpedOver(IOperation child, IOperation parent) => parent switch
    {
        ILoopOperation loop => child == loop.Body && loop is not IWhileLoopOperation { ConditionIsTop: false },
        ITryOperation attempt => child != attempt.Finally,
        ICatchClauseOperation or ISwitchExpressionArmOperation or ICoalesceOperation or IConditionalAccessOperation => true,
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } logical => child != logical.LeftOperand,
        _ => false,
    };

    private static bool EndsMember(IOperation arm) => arm switch
    {
        IReturnOperation or IThrowOperation => true,
        IBlockOperation { Operations: [.., var last] } => last is IReturnOperation or IThrowOperation || (last is IExpressionStatementOperation { Operation: IThrowOperation }),
        ISwitchCaseOperation { Body: [.., var last] } => EndsMember(last),
        _ => false,
    };
}

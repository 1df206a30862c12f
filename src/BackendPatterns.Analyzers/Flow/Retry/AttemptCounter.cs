using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow.Retry;

/// <summary>The local or parameter that counts the attempts of a retry, and is compared to end it.</summary>
public sealed class AttemptCounter
{
    /// <summary>Beyond this the number of attempts does not matter to anybody.</summary>
    private const int MostAttempts = 1_000;

    private readonly RetryScope _scope;
    private readonly SyntaxNode _step;
    private readonly SyntaxNode _attempt;

    private AttemptCounter(RetryScope scope, SyntaxNode attempt, ISymbol variable, SyntaxNode step, int by)
    {
        (_scope, _attempt, Variable, _step, Step) = (scope, attempt, variable, step, by);
        First = FirstValue();
    }

    /// <summary>The local or parameter.</summary>
    public ISymbol Variable { get; }

    /// <summary>What one attempt adds: 1, or -1 for a counter that counts down.</summary>
    public int Step { get; }

    /// <summary>The value before the first attempt, or null where it is not known.</summary>
    public int? First { get; }

    /// <summary>How often the operation is tried when it always fails, or null where the limit is not known.</summary>
    public int? Attempts { get; private set; }

    /// <summary>
    /// True where every failed attempt counts: the step stands in the header of a <c>for</c>, in a condition that is always evaluated, or in a statement of the body or of a handler.
    /// </summary>
    public bool CountsEveryFailure
    {
        get
        {
            for (var node = _step; node.Parent is { } parent && node != _scope.Loop.Syntax; node = parent)
            {
                var isConditional = parent switch
                {
                    IfStatementSyntax test => test.Condition != node,
                    ConditionalExpressionSyntax choice => choice.Condition != node,
                    BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression or (int)SyntaxKind.CoalesceExpression } both => both.Right == node && !IsInFilter(both),
                    SwitchSectionSyntax or SwitchExpressionArmSyntax or ElseClauseSyntax => true,
                    _ => false,
                };
                if (isConditional)
                    return false;
            }

            return true;
        }
    }

    /// <summary>Returns the counter of a retry, or null where it has none, or one that is changed at several places.</summary>
    public static AttemptCounter? Of(RetryLoop retry, BackendModel model) => RetryScope.Of(retry.Loop, model) is { } scope ? Of(scope) : null;

    internal static AttemptCounter? Of(RetryScope scope)
    {
        if (Retries.FirstAttempt(scope, new AttemptClassifier(scope.Model, scope.Values)) is not { Call.Syntax: var attempt })
            return null;
        AttemptCounter? best = null;
        foreach (var operation in scope.Operations)
        {
            if (StepOf(operation) is not { } step || ChangesElsewhere(scope, step.Variable))
                continue;
            var counter = new AttemptCounter(scope, attempt, step.Variable, operation.Syntax, step.By);
            if (counter.IsCompared() && (best is null || (counter.Attempts ?? MostAttempts) < (best.Attempts ?? MostAttempts)))
                best = counter;
        }

        return best;
    }

    /// <summary>
    /// Returns the value that the counter has when a position in the loop's body is reached for the first time after a failure, or null where it is not known. A position before the attempt is
    /// then reached in the second iteration.
    /// </summary>
    public int? ValueAfterFailureAt(int position)
    {
        var steps = (position <= _attempt.SpanStart ? 1 : 0) + (!IsIncrementor(_step) && _step.SpanStart < position ? 1 : 0);
        return First + (Step * steps);
    }

    /// <summary>True for a position of the loop's body that every iteration comes to before it tries.</summary>
    public bool IsBeforeAttempt(int position) => position <= _attempt.SpanStart;

    private static (ISymbol Variable, int By)? StepOf(IOperation operation) => operation switch
    {
        IIncrementOrDecrementOperation { Target: var target, Type.SpecialType: SpecialType.System_Int32 } step when VariableOf(target) is { } variable => (variable, step.Kind is OperationKind.Increment ? 1 : -1),
        ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Subtract, Value.ConstantValue: { HasValue: true, Value: 1 } } step when VariableOf(step.Target) is { } variable =>
            (variable, step.OperatorKind is BinaryOperatorKind.Add ? 1 : -1),
        _ => null,
    };

    private static ISymbol? VariableOf(IOperation operation) => operation.Unwrap() switch
    {
        ILocalReferenceOperation { Local: { RefKind: RefKind.None } local } => local,
        IParameterReferenceOperation { Parameter: { RefKind: RefKind.None } parameter } => parameter,
        _ => null,
    };

    private static bool ChangesElsewhere(RetryScope scope, ISymbol variable)
    {
        var writes = 0;
        foreach (var reference in scope.Values.ReferencesTo(variable))
        {
            if (reference.IsWritten() && scope.Contains(reference.Syntax))
                writes++;
        }

        return writes != 1;
    }

    private int? FirstValue()
    {
        int? first = null;
        var writes = 0;
        foreach (var value in _scope.Values.WritesTo(Variable))
        {
            if (value is null)
                continue;
            writes++;
            first = NumberOf(value);
        }

        // A write outside the loop that is no expression of its own would be a second null beside the step.
        return writes == 1 && _scope.Values.WritesTo(Variable).Count == 2 ? first : null;
    }

    /// <summary>Looks for the comparisons that end the loop, and counts the attempts up to the first of them.</summary>
    private bool IsCompared()
    {
        var isCompared = false;
        foreach (var operation in _scope.Operations)
        {
            if (operation is not IBinaryOperation comparison || LimitOf(comparison) is not { } limit || !EndsTheLoop(comparison.Syntax))
                continue;
            isCompared = true;
            if (First is { } first && NumberOf(limit.Value) is { } number && Count(first, comparison, limit.Operator, number) is { } attempts && attempts < (Attempts ?? MostAttempts))
                Attempts = attempts;
        }

        return isCompared;
    }

    /// <summary>The other side of a comparison of the counter, with the operator as if the counter stood on the left.</summary>
    private (BinaryOperatorKind Operator, IOperation Value)? LimitOf(IBinaryOperation comparison)
    {
        if (comparison.OperatorKind is not (BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual
            or BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals))
        {
            return null;
        }

        if (IsCounter(comparison.LeftOperand))
            return (comparison.OperatorKind, comparison.RightOperand);
        return IsCounter(comparison.RightOperand) ? (comparison.OperatorKind.Mirrored(), comparison.LeftOperand) : null;
    }

    private bool IsCounter(IOperation operand)
    {
        operand = operand.Unwrap();
        return SymbolEqualityComparer.Default.Equals(StepOf(operand)?.Variable ?? VariableOf(operand), Variable);
    }

    private int? NumberOf(IOperation value) =>
        new WaitTime(_scope).Of(value) is { Kind: RetryWaitKind.Constant, Milliseconds: { } number } && number is > -MostAttempts and < int.MaxValue ? (int)number : null;

    /// <summary>Runs the counter: attempt, step and comparison in the order in which an iteration comes to them.</summary>
    private int? Count(int first, IBinaryOperation comparison, BinaryOperatorKind kind, int limit)
    {
        var isInside = comparison.Syntax.Span.Contains(_step.Span);
        var stepsFirst = isInside ? _step is PrefixUnaryExpressionSyntax or AssignmentExpressionSyntax : IsBefore(_step, comparison.Syntax);
        var comparesFirst = IsBefore(comparison.Syntax, _attempt);
        var value = first;
        for (var attempts = 0; attempts < MostAttempts; attempts++)
        {
            // The attempt stands before, between or after the other two.
            var compared = value + (stepsFirst ? Step : 0);
            if (comparesFirst && Ends(compared, kind, limit))
                return attempts;
            if (!comparesFirst && Ends(compared, kind, limit))
                return attempts + 1;
            value += Step;
        }

        return null;
    }

    private bool Ends(int value, BinaryOperatorKind kind, int limit) => kind switch
    {
        BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals => value == limit,
        BinaryOperatorKind.LessThan => value < limit == Step < 0,
        BinaryOperatorKind.LessThanOrEqual => value <= limit == Step < 0,
        BinaryOperatorKind.GreaterThan => value > limit == Step > 0,
        _ => value >= limit == Step > 0,
    };

    /// <summary>True for a comparison in the condition of the loop, in an exception filter, in an <c>if</c> that leaves or goes on, or in the value of a flag.</summary>
    private bool EndsTheLoop(SyntaxNode comparison)
    {
        var node = comparison;
        while (node.Parent is ParenthesizedExpressionSyntax or PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression }
               or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression })
        {
            node = node.Parent;
        }

        return node.Parent switch
        {
            WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax => node.Parent == _scope.Loop.Syntax,
            CatchFilterClauseSyntax => true,
            IfStatementSyntax test => test.Condition == node && (Jumps(test.Statement) || (test.Else is { Statement: var other } && Jumps(other))),
            AssignmentExpressionSyntax or EqualsValueClauseSyntax => true,
            _ => false,
        };
    }

    private static bool Jumps(StatementSyntax statement) =>
        (statement is BlockSyntax { Statements: [.., var last] } ? last : statement) is ThrowStatementSyntax or ReturnStatementSyntax or BreakStatementSyntax or ContinueStatementSyntax or GotoStatementSyntax;

    private static bool IsInFilter(SyntaxNode node) => node.FirstAncestorOrSelf<SyntaxNode>(static ancestor => ancestor is StatementSyntax or CatchFilterClauseSyntax) is CatchFilterClauseSyntax;

    private bool IsBefore(SyntaxNode first, SyntaxNode second)
    {
        var isFirstLate = IsIncrementor(first);
        return isFirstLate == IsIncrementor(second) ? first.SpanStart < second.SpanStart : !isFirstLate;
    }

    private bool IsIncrementor(SyntaxNode node) => _scope.Loop.Syntax is ForStatementSyntax { Incrementors: { Count: > 0 } incrementors } && incrementors.Span.Contains(node.Span);
}

using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow;

/// <summary>What repeats an operation, within the member that contains it.</summary>
public static class Loops
{
    private static readonly ConditionalWeakTable<IOperation, StrongBox<ImmutableArray<ISymbol>>> Elements = new();

    /// <summary>
    /// Returns the repetitions around an operation, innermost first: loop statements, and lambdas or method groups that run per item. A local function,
    /// and a lambda that is not known to run per item, is the end of the search; inside an expression tree nothing is executed, so nothing repeats.
    /// </summary>
    public static ImmutableArray<Repetition> Enclosing(IOperation operation) => Enclosing(operation, depth: 0);

    /// <summary>The same for a question that was asked from within the body of an own operator, <paramref name="depth"/> operators deep.</summary>
    internal static ImmutableArray<Repetition> Enclosing(IOperation operation, int depth)
    {
        ImmutableArray<Repetition>.Builder? found = null;
        var from = operation;
        if (operation is IMethodReferenceOperation group && PerItemOperators.CallOf(group, depth) is { } operatorCall)
        {
            Add(ref found, PerItem(operatorCall, group, ImmutableArray<ISymbol>.Empty, depth));
            from = operatorCall;
        }

        for (var current = from.Parent; current is not null; from = current, current = current.Parent)
        {
            if (current is ILoopOperation loop)
            {
                if (Statement(loop, from) is { } repetition)
                    Add(ref found, repetition);
            }
            else if (current is ILocalFunctionOperation)
            {
                break;
            }
            else if (current is IAnonymousFunctionOperation lambda)
            {
                if (IsTranslated(lambda))
                    return ImmutableArray<Repetition>.Empty;
                if (PerItemOperators.CallOf(lambda, depth) is not { } call)
                    break;
                Add(ref found, PerItem(call, lambda.Body, ElementsOf(lambda), depth));
                current = call;
            }
        }

        return found?.ToImmutable() ?? ImmutableArray<Repetition>.Empty;
    }

    /// <summary>True for a lambda that is converted to an expression tree.</summary>
    public static bool IsTranslated(IAnonymousFunctionOperation lambda) =>
        lambda.Parent?.Type is { } type && type.IsIn("System.Linq.Expressions");

    private static void Add(ref ImmutableArray<Repetition>.Builder? found, Repetition repetition) =>
        (found ??= ImmutableArray.CreateBuilder<Repetition>()).Add(repetition);

    private static Repetition PerItem(IInvocationOperation call, IOperation body, ImmutableArray<ISymbol> elements, int depth) =>
        new(RepetitionKind.PerItemCall, call, elements, PerItemOperators.SequenceOf(call, depth), body);

    // Every operation in the lambda asks, and a symbol makes the list of its parameters anew each time.
    private static ImmutableArray<ISymbol> ElementsOf(IAnonymousFunctionOperation lambda) =>
        Elements.GetValue(lambda, static function => new StrongBox<ImmutableArray<ISymbol>>(ElementParametersOf((IAnonymousFunctionOperation)function))).Value;

    private static ImmutableArray<ISymbol> ElementParametersOf(IAnonymousFunctionOperation lambda)
    {
        var elements = ImmutableArray.CreateBuilder<ISymbol>(lambda.Symbol.Parameters.Length);
        foreach (var parameter in lambda.Symbol.Parameters)
        {
            if (parameter.Type.Name is not ("CancellationToken" or "ParallelLoopState"))
                elements.Add(parameter);
        }

        return elements.ToImmutable();
    }

    private static Repetition? Statement(ILoopOperation loop, IOperation from) => loop switch
    {
        IForEachLoopOperation each when from == each.Body => new Repetition(
            each.IsAsynchronous ? RepetitionKind.AwaitForEach : RepetitionKind.ForEach, each, each.Locals.CastArray<ISymbol>(), each.Collection, each.Body),
        IForLoopOperation counted when from == counted.Body || from == counted.Condition || counted.AtLoopBottom.Contains(from) => new Repetition(
            RepetitionKind.For, counted, counted.Locals.CastArray<ISymbol>(), SequenceCountedBy(counted.Condition), counted.Body),
        IWhileLoopOperation tested when from == tested.Body || from == tested.Condition => new Repetition(
            tested.ConditionIsTop ? RepetitionKind.While : RepetitionKind.DoWhile, tested, ImmutableArray<ISymbol>.Empty, SequenceCountedBy(tested.Condition), tested.Body),
        _ => null,
    };

    /// <summary><c>i &lt; orders.Count</c>, <c>queue.Any()</c>, <c>stack.Count &gt; 0</c>: the collection whose size bounds the loop.</summary>
    private static IOperation? SequenceCountedBy(IOperation? condition)
    {
        if (condition is null)
            return null;
        foreach (var operation in condition.DescendantsAndSelf())
        {
            switch (operation)
            {
                case IPropertyReferenceOperation { Property.Name: "Count" or "Length", Instance: { } instance } when IsCollection(instance):
                    return instance;
                case IInvocationOperation { TargetMethod.Name: "Count" or "Any" or "TryDequeue" or "TryPop" or "TryPeek" or "TryTake" } call
                    when call.Receiver() is { } receiver && IsCollection(receiver):
                    return receiver;
            }
        }

        return null;
    }

    private static bool IsCollection(IOperation operation) =>
        operation.Unwrap().Type is { SpecialType: not SpecialType.System_String } type && type.ElementTypeOfSequence() is not null;
}

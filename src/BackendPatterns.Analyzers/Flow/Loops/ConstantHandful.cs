using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow;

/// <summary>A loop over items that the author wrote down: an array literal, the values of an enum, a count up to a constant of at most five.</summary>
public static class ConstantHandful
{
    private const int Handful = 5;
    private const int MostSteps = 16;

    public static bool Is(Repetition repetition) =>
        repetition.Operation is IForLoopOperation { Condition: { } condition, Before: var before }
            ? CountsToAHandful(condition, before)
            : repetition.Sequence is { } sequence && IsWrittenDown(sequence);

    /// <summary>True below <c>if (i == 3 || i == 4)</c>: a loop reaches the call as often as the author wrote down.</summary>
    public static bool IsChosenByCounter(Repetition repetition, IOperation call)
    {
        var from = call;
        for (var current = call.Parent; current is not null && current != repetition.Operation; from = current, current = current.Parent)
        {
            if (current is IConditionalOperation conditional && from == conditional.WhenTrue && ComparesCounter(conditional.Condition, repetition))
                return true;
        }

        return false;
    }

    private static bool ComparesCounter(IOperation condition, Repetition repetition)
    {
        var pending = new Stack<IOperation>();
        pending.Push(condition);
        while (pending.Count > 0)
        {
            if (pending.Pop().Unwrap() is not IBinaryOperation binary)
                return false;
            if (binary.OperatorKind is BinaryOperatorKind.ConditionalOr)
            {
                pending.Push(binary.LeftOperand);
                pending.Push(binary.RightOperand);
            }
            else if (binary.OperatorKind is not BinaryOperatorKind.Equals || !binary.RightOperand.ConstantValue.HasValue
                     || repetition.Kind is not RepetitionKind.For || binary.LeftOperand.ReferencedSymbol() is not { } counter || !repetition.ElementSymbols.Contains(counter))
            {
                return false;
            }
        }

        return true;
    }

    private static bool CountsToAHandful(IOperation condition, IEnumerable<IOperation> before)
    {
        if (condition is not IBinaryOperation { RightOperand.ConstantValue: { HasValue: true, Value: int bound } })
            return condition is IBinaryOperation { OperatorKind: BinaryOperatorKind.LessThan, RightOperand: var right } && Counted(right) is { } counted && IsWrittenDown(counted);
        foreach (var statement in before)
        {
            foreach (var operation in statement.DescendantsAndSelf())
            {
                if (operation is IVariableInitializerOperation { Value.ConstantValue: { HasValue: true, Value: int start } })
                    return Math.Abs((long)bound - start) <= Handful;
            }
        }

        return false;
    }

    private static IOperation? Counted(IOperation bound) =>
        bound.Unwrap() is IPropertyReferenceOperation { Property.Name: "Count" or "Length", Instance: { } instance } ? instance : null;

    private static bool IsWrittenDown(IOperation sequence)
    {
        var current = sequence.Unwrap();
        for (var steps = 0; steps < MostSteps; steps++)
        {
            if (IsLiteral(current.Syntax))
                return true;
            switch (current)
            {
                case IInvocationOperation { TargetMethod: { Name: "GetValues" or "GetNames", ContainingType.Name: "Enum" } }:
                    return true;
                case IInvocationOperation { TargetMethod: { Name: "Range", ContainingType.Name: "Enumerable" } } range:
                    return range.ArgumentAt(1)?.ConstantValue is { HasValue: true, Value: <= Handful };
                case IInvocationOperation { TargetMethod: { Name: "Repeat", ContainingType.Name: "Enumerable" } } repeat:
                    return repeat.ArgumentAt(1)?.ConstantValue is { HasValue: true, Value: <= Handful };
                case IInvocationOperation { TargetMethod: { Name: "Create", ContainingType.Name: "ImmutableArray" or "ImmutableList" or "ImmutableHashSet" } } create:
                    return IsWrittenDownInPlace(create);
                case IInvocationOperation call when call.TargetMethod.IsIn("System.Linq") && call.TargetMethod.Name is not ("SelectMany" or "Concat" or "Union") && call.Receiver() is { } receiver:
                    current = receiver.Unwrap();
                    break;
                case IInvocationOperation { TargetMethod: { Name: "AsSpan" or "AsReadOnly" } } view when view.Receiver() is { } receiver:
                    current = receiver.Unwrap();
                    break;
                case ILocalReferenceOperation local when LocalValues.Around(local).OnlyValueOf(local.Local) is { } value && !IsFilled(local):
                    current = value.Unwrap();
                    break;
                case IFieldReferenceOperation { Field: { IsReadOnly: true } or { IsConst: true } } field:
                    return IsWrittenDownMember(field.Field);
                case IPropertyReferenceOperation { Property: { SetMethod: null, IsIndexer: false, IsVirtual: false, IsAbstract: false } property }:
                    return IsWrittenDownMember(property);
                default:
                    return false;
            }
        }

        return false;
    }

    private static bool IsWrittenDownMember(ISymbol member)
    {
        foreach (var declaration in member.DeclaringSyntaxReferences)
        {
            if (declaration.GetSyntax().InitialValue() is { } value && IsLiteral(value))
                return true;
        }

        return false;
    }

    /// <summary>True where the items are the arguments themselves, and not one array that holds them.</summary>
    private static bool IsWrittenDownInPlace(IInvocationOperation create)
    {
        foreach (var argument in create.Arguments)
        {
            if (!argument.IsParams() && argument.Value.Type.ElementTypeOfSequence() is not null)
                return false;
        }

        return create.Arguments.Length > 0;
    }

    /// <summary>A list that starts as a literal and grows is no literal.</summary>
    private static bool IsFilled(ILocalReferenceOperation local)
    {
        foreach (var reference in LocalValues.Around(local).ReferencesTo(local.Local))
        {
            if (reference.Parent is IInvocationOperation { TargetMethod.Name: var name } call && call.Instance == reference
                && (name.StartsWith("Add", StringComparison.Ordinal) || name.StartsWith("Insert", StringComparison.Ordinal)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsLiteral(SyntaxNode value) => value switch
    {
        ArrayCreationExpressionSyntax { Initializer.Expressions.Count: > 0 } => true,
        ImplicitArrayCreationExpressionSyntax => true,
        InitializerExpressionSyntax { RawKind: (int)SyntaxKind.ArrayInitializerExpression } => true,
        BaseObjectCreationExpressionSyntax { ArgumentList: null or { Arguments.Count: 0 }, Initializer: { RawKind: (int)SyntaxKind.CollectionInitializerExpression, Expressions.Count: > 0 } } => true,
        BaseObjectCreationExpressionSyntax { ArgumentList: null or { Arguments.Count: 0 }, Initializer: { RawKind: (int)SyntaxKind.ObjectInitializerExpression, Expressions: { Count: > 0 } entries } } =>
            entries.All(entry => entry is AssignmentExpressionSyntax { Left: ImplicitElementAccessSyntax }),
        CollectionExpressionSyntax collection => collection.Elements.Count > 0 && collection.Elements.All(element => element is ExpressionElementSyntax),
        _ => false,
    };
}

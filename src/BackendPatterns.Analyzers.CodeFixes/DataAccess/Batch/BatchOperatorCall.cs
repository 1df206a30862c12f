using System.Collections.Immutable;
using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>A query in a lambda that LINQ calls for every item, there and then: <c>ids.Select(id => …).ToList()</c>.</summary>
public static class BatchOperatorCall
{
    private static readonly HashSet<string> Lazy = new(StringComparer.Ordinal)
    {
        "Select", "SelectMany", "Where", "OrderBy", "OrderByDescending", "ThenBy", "ThenByDescending", "Distinct", "GroupBy", "Reverse",
    };

    /// <summary>Operators that read every item of the sequence before they return.</summary>
    private static readonly HashSet<string> Consuming = new(StringComparer.Ordinal)
    {
        "ToList", "ToArray", "ToHashSet", "ToDictionary", "ToLookup", "Sum", "Average", "Min", "Max",
    };

    /// <summary>
    /// Returns the call without its key, or null where it does not run for every item right in its statement, or something else in the
    /// statement happens before.
    /// </summary>
    public static BatchLoop? Of(Repetition repetition, BatchQuery query, BackendModel model)
    {
        if (repetition.Operation is not IInvocationOperation call || !IsOfLinq(call.TargetMethod) || call.Receiver() is not { } receiver
            || repetition.Body.Parent is not IAnonymousFunctionOperation { Symbol: { Parameters: [var item, ..] } function } lambda
            || lambda.Syntax is not LambdaExpressionSyntax || !TakesItems(lambda) || BatchSequence.Of(receiver, isAsynchronous: false, leavesEarly: false, model) is not { } sequence
            || Consumption(call) is not { } consumption)
        {
            return null;
        }

        var fanOut = BatchFanOut.Over(consumption, call, lambda, query);
        if ((function.IsAsync || consumption.Type.ElementTypeOfSequence().IsTask()) && fanOut is null)
            return null;
        IOperation outermost = fanOut is null ? consumption : fanOut.Awaited;
        if ((fanOut is null && !IsConsumed(consumption)) || StatementAround(outermost) is not { } statement)
            return null;
        return new BatchLoop(repetition, statement, new BatchItem(item.Name, item), query.ItemKey, sequence, RegionsOf(call, consumption)) { FanOut = fanOut };
    }

    private static bool IsOfLinq(IMethodSymbol method) =>
        (method.ContainingType.Name is "Enumerable" && method.IsIn("System.Linq") && (Lazy.Contains(method.Name) || Consuming.Contains(method.Name)))
        || (method is { ContainingType.Name: "List", Name: "ForEach" or "ConvertAll" } && method.IsIn("System.Collections.Generic"));

    /// <summary>The results that <c>GroupBy</c> selects are made of keys and groups, not of items.</summary>
    private static bool TakesItems(IAnonymousFunctionOperation lambda)
    {
        IOperation value = lambda;
        while (value.Parent is IDelegateCreationOperation or IConversionOperation)
            value = value.Parent;
        return value.Parent is IArgumentOperation { Parameter.Name: not "resultSelector" };
    }

    private static bool IsConsumed(IInvocationOperation call) => !(call.TargetMethod.ContainingType.Name is "Enumerable" && Lazy.Contains(call.TargetMethod.Name));

    /// <summary>The last call of the LINQ chain that goes on from a call; null where an operator in it does not read every item.</summary>
    private static IInvocationOperation? Consumption(IInvocationOperation call)
    {
        for (var steps = 0; steps < 64; steps++)
        {
            if (IsConsumed(call))
                return call;
            IOperation value = call;
            while (value.Parent is IConversionOperation or IParenthesizedOperation)
                value = value.Parent;
            if (value.Parent is not IArgumentOperation { Parent: IInvocationOperation next } || next.Receiver() is not { } receiver || receiver.Unwrap() != call)
                return call;
            if (!IsOfLinq(next.TargetMethod))
                return null;
            call = next;
        }

        return null;
    }

    /// <summary>The lambdas of the chain take turns: what the later ones do happens between two items of the first.</summary>
    private static ImmutableArray<IOperation> RegionsOf(IInvocationOperation first, IInvocationOperation last)
    {
        var regions = ImmutableArray.CreateBuilder<IOperation>();
        for (var call = last; call is not null; call = call == first ? null : call.Receiver()?.Unwrap() as IInvocationOperation)
        {
            foreach (var argument in call.Arguments)
            {
                if (call.Instance is not null || argument.Parameter?.Ordinal > 0)
                    regions.Add(argument.Value);
            }
        }

        return regions.ToImmutable();
    }

    /// <summary>Returns the statement in a block whose first effect is the call, or null.</summary>
    private static StatementSyntax? StatementAround(IOperation call)
    {
        for (var current = call; current.Parent is { } parent; current = parent)
        {
            switch (parent)
            {
                case IExpressionStatementOperation or IVariableDeclarationGroupOperation or IReturnOperation { Syntax: ReturnStatementSyntax }:
                    return HasQuietPredecessors(current, parent) && parent.Syntax is StatementSyntax { Parent: BlockSyntax } statement ? statement : null;
                case IForEachLoopOperation loop when loop.Collection == current:
                    return loop.Syntax is StatementSyntax { Parent: BlockSyntax } each ? each : null;
                case IAnonymousFunctionOperation or IConditionalAccessOperation or IConditionalOperation or ICoalesceOperation or ISwitchExpressionOperation or IBlockOperation
                    or ILoopOperation or IBinaryOperation or ICoalesceAssignmentOperation or IIsPatternOperation or ILocalFunctionOperation:
                    return null;
            }

            if (!HasQuietPredecessors(current, parent))
                return null;
        }

        return null;
    }

    private static bool HasQuietPredecessors(IOperation current, IOperation parent)
    {
        foreach (var child in parent.ChildOperations)
        {
            if (child == current)
                return true;
            if (!child.DescendantsAndSelf().All(static operation => operation is ILocalReferenceOperation or IParameterReferenceOperation or IMemberReferenceOperation
                    or IInstanceReferenceOperation or ILiteralOperation or IConversionOperation or IArgumentOperation or IBinaryOperation or ISimpleAssignmentOperation
                    or IInterpolatedStringOperation or IInterpolatedStringTextOperation or IInterpolationOperation or INameOfOperation or ITypeOfOperation))
            {
                return false;
            }
        }

        return true;
    }
}

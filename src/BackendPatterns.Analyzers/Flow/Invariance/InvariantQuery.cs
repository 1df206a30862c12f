using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow;

/// <summary>A read that provably asks for the same in every turn, of rows that the loop does not change.</summary>
public static class InvariantQuery
{
    /// <summary>True where the read that was found in a loop, and does not depend on its element, can only answer the same in every turn.</summary>
    public static bool Is(PerElementTrip found, BackendModel model)
    {
        var (call, repetition) = (found.Call, found.Repetition);
        // What another project's code depends on besides its arguments is not known, whether its source is seen or not.
        if (CallSites.TripOf(found, model) is not { } read || !model.Compilation.ContainsSyntaxTree(read.Operation.Syntax.SyntaxTree) || !IsRepeatable(read))
            return false;
        var region = repetition.Operation is ILoopOperation loop ? loop : repetition.Body;
        if ((repetition.Sequence is null && repetition.IsOpenEnded) || WaitsOrYields(region) || IsForFailures(call, region))
            return false;
        call = call is IForEachLoopOperation enumeration ? enumeration.Collection : call;
        var element = ValueFlow.OfElement(repetition, model.Libraries);
        if (IsForOneKindOfElement(call, region, element))
            return false;
        var sites = CallSites.Of(found, model);
        if (!AsksTheSame(call, region, found.Chain is null, element, model))
            return false;
        for (var i = 1; i < sites.Length; i++)
        {
            if (!SameEachTurn.InMethod(sites[i].Call, sites[i].Region, model.Libraries) || OwnContext.Is(sites[i], model.Libraries))
                return false;
        }

        return !OwnContext.Is(sites[0], model.Libraries) && !AnswerEndsLoop(call, region, model) && !LoopWrites.May(region, call, model);
    }

    /// <summary>Reads that the change tracker serves, that are there to see changes, or whose command changes on the way are no repetition of one query.</summary>
    private static bool IsRepeatable(RoundTrip read)
    {
        if (read.Operation is IForEachLoopOperation)
            return true;
        if (read.Operation is not IInvocationOperation call)
            return false;
        var name = call.TargetMethod.Name;
        return read.Library switch
        {
            DataLibrary.EntityFrameworkCore => name is not ("Find" or "FindAsync") && !call.TargetMethod.IsIn("Microsoft.EntityFrameworkCore.ChangeTracking") && !HasVolatileSql(read.Query),
            DataLibrary.Identity => name is not ("FindByIdAsync" or "GetUserAsync"),
            DataLibrary.Dapper => call.Argument("sql") is { } sql && !VolatileSql.Is(VolatileSql.TextOf(sql)),
            DataLibrary.MongoDb => true,
            _ => false,
        };
    }

    private static bool HasVolatileSql(QueryChain? query)
    {
        if (query?.Source is not IInvocationOperation source || !source.TargetMethod.Name.StartsWith("FromSql", StringComparison.Ordinal) && !source.TargetMethod.Name.StartsWith("SqlQuery", StringComparison.Ordinal))
            return query is not null && query.Operators.Any(step => step.TargetMethod.Name.StartsWith("FromSql", StringComparison.Ordinal) && IsVolatileCall(step));
        return IsVolatileCall(source);
    }

    private static bool IsVolatileCall(IInvocationOperation source) =>
        (source.Argument("sql") ?? source.ArgumentAt(1)) is not { } sql || VolatileSql.Is(VolatileSql.TextOf(sql));

    /// <summary>The query itself, or what a call is made on and is given as far as its query can depend on it.</summary>
    private static bool AsksTheSame(IOperation call, IOperation region, bool isDirect, ValueFlow element, BackendModel model)
    {
        if (isDirect || call is not IInvocationOperation invocation)
            return isDirect && SameEachTurn.InLoop(call, region, model.Libraries);
        if (invocation.Instance is { } instance && !SameEachTurn.InLoop(instance, region, model.Libraries))
            return false;
        foreach (var argument in invocation.Arguments)
        {
            if (!element.Reaches(argument.Value) && !SameEachTurn.InLoop(argument.Value, region, model.Libraries))
                return false;
        }

        return true;
    }

    /// <summary>A loop that waits looks at what changes meanwhile; between the items of an iterator its caller runs.</summary>
    private static bool WaitsOrYields(IOperation region) =>
        region.DescendantsAndSelf().Any(operation => operation switch
        {
            IInvocationOperation { TargetMethod: { Name: "Delay", ContainingType.Name: "Task" } or { Name: "Sleep", ContainingType.Name: "Thread" } or { Name: "WaitForNextTickAsync" } } => true,
            IReturnOperation { Kind: OperationKind.YieldReturn } => true,
            _ => false,
        });

    private static bool IsForFailures(IOperation call, IOperation region)
    {
        for (var current = call.Parent; current is not null && current != region; current = current.Parent)
        {
            if (current is ICatchClauseOperation)
                return true;
        }

        return false;
    }

    /// <summary>
    /// An arm of a <c>switch</c> over the element, or of <c>if (kind == A) … else if (kind == B) …</c>, runs for one kind of element only: often for none, so that one query before the loop may
    /// be one too many.
    /// </summary>
    private static bool IsForOneKindOfElement(IOperation call, IOperation region, ValueFlow element)
    {
        for (var current = call; current.Parent is { } parent && current != region; current = parent)
        {
            var chosenBy = (current, parent) switch
            {
                (ISwitchCaseOperation, ISwitchOperation choice) => choice.Value,
                (ISwitchExpressionArmOperation, ISwitchExpressionOperation choice) => choice.Value,
                (_, IConditionalOperation choice) when current != choice.Condition && IsOneOfSeveral(choice) => KindAskedFor(choice),
                _ => null,
            };
            if (chosenBy is not null && element.Reaches(chosenBy))
                return true;
        }

        return false;
    }

    private static bool IsOneOfSeveral(IConditionalOperation choice) =>
        Only(choice.WhenFalse) is IConditionalOperation next ? KindAskedFor(next) is not null
        : choice.Parent is IConditionalOperation before && before.WhenFalse == choice && KindAskedFor(before) is not null;

    private static IOperation? Only(IOperation? operation) => operation is IBlockOperation { Operations: [var only] } ? only : operation;

    /// <summary>Returns what a condition compares with a constant, <c>kind</c> in <c>kind == Kind.Brand</c>; null where it compares something else.</summary>
    private static IOperation? KindAskedFor(IConditionalOperation choice) => choice.Condition.Unwrap() switch
    {
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } comparison when comparison.RightOperand.Unwrap().ConstantValue is { HasValue: true, Value: not null } => comparison.LeftOperand,
        IIsPatternOperation { Pattern: IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: not null } } } test => test.Value,
        _ => null,
    };

    /// <summary>The loop asks each time whether to go on, as for a flag that somebody else sets. A row that is missing altogether is no such answer.</summary>
    private static bool AnswerEndsLoop(IOperation call, IOperation region, BackendModel model)
    {
        if (region is not ILoopOperation loop)
            return false;
        var answer = ValueFlow.OfResult(call, region, model.Libraries);
        foreach (var exit in Exits.Of(loop))
        {
            for (var current = exit.Parent; current is not null && current != loop; current = current.Parent)
            {
                if (current is IConditionalOperation { Condition: var condition } && answer.Reaches(condition) && !IsNullTest(condition))
                    return true;
            }
        }

        return false;
    }

    private static bool IsNullTest(IOperation condition) => condition.Unwrap() switch
    {
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison => comparison.LeftOperand.IsNull() || comparison.RightOperand.IsNull(),
        IIsPatternOperation { Pattern: IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: null } } } => true,
        IIsPatternOperation { Pattern: INegatedPatternOperation { Pattern: IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: null } } } } => true,
        _ => false,
    };
}

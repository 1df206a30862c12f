using System.Collections.Immutable;
using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>What the query in the loop gives back.</summary>
public enum BatchResult
{
    RowOrNull,
    RowOrThrow,
    List,
    Array,

    /// <summary>The rows themselves: a <c>foreach</c> enumerates the query.</summary>
    Rows,

    /// <summary>Whether there is a row.</summary>
    Any,

    Count,
    LongCount,
}

/// <summary>A query for the rows of one key, taken apart.</summary>
/// <param name="Call">The call that executes it, or the last operator of a query that a <c>foreach</c> enumerates.</param>
/// <param name="Source">What the executing operator is called on; for <c>Find</c> the set.</param>
/// <param name="Predicate">The predicate of the executing operator, or null.</param>
/// <param name="Equality">The comparison of the row's key with the item's; null for <c>Find</c>.</param>
/// <param name="RowKey">The property of the row that is compared.</param>
/// <param name="ItemKey">What it is compared with.</param>
/// <param name="Row">The entity.</param>
/// <param name="Result">What the query gives back.</param>
/// <param name="CancellationToken">The token that is passed, or null.</param>
/// <param name="Operators">The operators between the set and the executing call.</param>
/// <param name="Projection">The lambda of a <c>Select</c> right before the executing call, or null.</param>
public sealed record BatchQuery(
    IInvocationOperation Call, ExpressionSyntax Source, LambdaExpressionSyntax? Predicate, BinaryExpressionSyntax? Equality, IPropertySymbol RowKey, IOperation ItemKey,
    INamedTypeSymbol Row, BatchResult Result, ExpressionSyntax? CancellationToken, ImmutableArray<IInvocationOperation> Operators, IAnonymousFunctionOperation? Projection = null)
{
    private static readonly HashSet<string> KeptOperators = new(StringComparer.Ordinal)
    {
        "Where", "Include", "ThenInclude", "AsNoTracking", "AsNoTrackingWithIdentityResolution", "AsTracking", "AsSplitQuery", "AsSingleQuery", "IgnoreQueryFilters",
        "IgnoreAutoIncludes", "TagWith", "OrderBy", "OrderByDescending", "ThenBy", "ThenByDescending",
    };

    /// <summary>Grouping and <c>Distinct</c> follow these; an order or an include would be lost on the way.</summary>
    private static readonly HashSet<string> CountedOperators = new(StringComparer.Ordinal)
    {
        "Where", "AsNoTracking", "AsNoTrackingWithIdentityResolution", "AsTracking", "IgnoreQueryFilters", "IgnoreAutoIncludes", "TagWith",
    };

    /// <summary>True where no two rows that the query can find have the same key.</summary>
    public bool IsUnique { get; init; }

    /// <summary>The first call of the ordering, where the row is the first one of several with its key; null where there is only one.</summary>
    public IInvocationOperation? GroupOrder { get; init; }

    /// <summary>The other columns of the key that <c>Find</c> is given, with their values.</summary>
    public ImmutableArray<(IPropertySymbol Column, ExpressionSyntax Value)> FixedKeys { get; init; } = ImmutableArray<(IPropertySymbol, ExpressionSyntax)>.Empty;

    public bool IsFind => Equality is null;

    public bool IsAsync => Enumeration is { } loop ? loop.IsAsynchronous : Call.TargetMethod.ReturnType.IsTask();

    public bool IsSingleRow => Result is BatchResult.RowOrNull or BatchResult.RowOrThrow;

    public bool IsCounted => Result is BatchResult.Any or BatchResult.Count or BatchResult.LongCount;

    /// <summary>The <c>foreach</c> that enumerates the query, or null where a call executes it.</summary>
    public IForEachLoopOperation? Enumeration => Result is BatchResult.Rows ? EnumerationOf(Call) : null;

    /// <summary>The <c>await</c> of the call, or null.</summary>
    public AwaitExpressionSyntax? Await
    {
        get
        {
            IOperation awaited = Call;
            if (awaited.Parent is IInvocationOperation { TargetMethod.Name: "ConfigureAwait" } configured)
                awaited = configured;
            return (awaited.Parent as IAwaitOperation)?.Syntax as AwaitExpressionSyntax;
        }
    }

    /// <summary>The task that a lambda returns instead of awaiting it: the call, or <c>AsTask()</c> of it; null where it does not.</summary>
    public ExpressionSyntax? ReturnedTask
    {
        get
        {
            IOperation task = Call;
            while (task.Parent is IConversionOperation or IParenthesizedOperation or IInvocationOperation { TargetMethod.Name: "AsTask" })
                task = task.Parent;
            return IsAsync && task.Parent is IReturnOperation { Parent: IBlockOperation { Parent: IAnonymousFunctionOperation } } ? task.Syntax as ExpressionSyntax : null;
        }
    }

    public bool Has(string operatorName) => Operators.Any(call => call.TargetMethod.Name == operatorName);

    /// <summary>
    /// Returns the parts, or null where the call has another shape or the key is not one whose values compare alike in C# and in every
    /// database. Where the call stands in a method that is called per item, the key is in <paramref name="varying"/>, a parameter of the method.
    /// </summary>
    public static BatchQuery? Of(IInvocationOperation call, BackendModel model, IParameterSymbol? varying = null)
    {
        var query = call.TargetMethod.Name is "Find" or "FindAsync" ? BatchFind.Of(call, model, varying) : OfOperators(call, model, varying);
        return query is not null && BatchKeyEquality.IsComparable(query.RowKey.Type, query.ItemKey.Type) ? query : null;
    }

    /// <summary>Returns the token that a call passes on, or null.</summary>
    public static ExpressionSyntax? TokenOf(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.Type.Name is "CancellationToken" && argument.ArgumentKind is ArgumentKind.Explicit)
                return argument.Value.Syntax as ExpressionSyntax;
        }

        return null;
    }

    private static BatchQuery? OfOperators(IInvocationOperation call, BackendModel model, IParameterSymbol? varying)
    {
        if (ResultOf(call) is not { } result || SourceOf(call, result) is not { Syntax: ExpressionSyntax source } queried)
            return null;
        if (model.DataAccess.QueryOf(queried) is not { } chain || !IsSet(chain.Source, model) || chain.Source.Type.ElementTypeOfSequence() is not INamedTypeSymbol row)
            return null;
        var select = chain.Operators is [.., { TargetMethod.Name: "Select" } last] ? last : null;
        var steps = select is null ? chain.Operators : chain.Operators.RemoveAt(chain.Operators.Length - 1);
        var terminal = result is BatchResult.Rows ? null : call;
        if (!AreKept(steps, result, source) || (terminal is not null && HasMoreThanAPredicate(terminal)))
            return null;
        var predicates = steps.Where(step => step.TargetMethod.Name is "Where").Append(terminal).OfType<IInvocationOperation>().Select(LambdaOf).OfType<IAnonymousFunctionOperation>();
        if (BatchKeyEquality.In(predicates, call, row, model, varying) is not { Comparison: { } comparison } equality)
            return null;
        var query = new BatchQuery(
            call, source, terminal is null ? null : LambdaOf(terminal)?.Syntax as LambdaExpressionSyntax, comparison, equality.RowKey, equality.ItemKey, row, result,
            terminal is null ? null : TokenOf(terminal), chain.Operators) { IsUnique = equality.FindsOneRow(row, model) };
        if (query.IsSingleRow && !query.IsUnique)
            return select is null && query.RowKey.Type.IsValueType ? BatchFirstOfGroup.Of(query, steps, model) : null;
        return select is null ? query : WithProjection(query, select);
    }

    private static BatchQuery? WithProjection(BatchQuery query, IInvocationOperation select) =>
        query is { Predicate: null, IsCounted: false } && select.Syntax == query.Source && select.Receiver() is { Syntax: ExpressionSyntax unprojected }
            && ProjectionOf(select, query.Result, query.ItemKey) is { } projection
            ? query with { Source = unprojected, Projection = projection }
            : null;

    /// <summary>A step that is not written in the query itself was followed through a local.</summary>
    private static bool AreKept(ImmutableArray<IInvocationOperation> steps, BatchResult result, ExpressionSyntax source)
    {
        var kept = result is BatchResult.Any or BatchResult.Count or BatchResult.LongCount ? CountedOperators : KeptOperators;
        return steps.All(step => kept.Contains(step.TargetMethod.Name) && source.Span.Contains(step.Syntax.Span));
    }

    /// <summary>What is executed: the receiver of the executing call, or the enumerated expression without <c>AsAsyncEnumerable</c>.</summary>
    private static IOperation? SourceOf(IInvocationOperation call, BatchResult result) =>
        result is not BatchResult.Rows || call.TargetMethod.Name is "AsAsyncEnumerable" or "AsEnumerable" ? call.Receiver() : call;

    /// <summary>
    /// Returns the lambda, or null where a missing row could not be told from a projected null, or from a default value where the key may
    /// be null.
    /// </summary>
    private static IAnonymousFunctionOperation? ProjectionOf(IInvocationOperation select, BatchResult result, IOperation itemKey)
    {
        if (LambdaOf(select) is not { Symbol.Parameters.Length: 1, Body.Operations: [IReturnOperation { ReturnedValue: { } value }], Syntax: LambdaExpressionSyntax { ExpressionBody: not null } } lambda)
            return null;
        // What is written would have another type in the place where the rewrite puts it.
        if (value is IConversionOperation { IsImplicit: true })
            return null;
        var isUnclear = result switch
        {
            BatchResult.RowOrThrow => value.Unwrap() is not (IObjectCreationOperation { Type.IsReferenceType: true } or IAnonymousObjectCreationOperation),
            BatchResult.RowOrNull => value.Type is not { IsReferenceType: true } && itemKey.Type?.OriginalDefinition.SpecialType is SpecialType.System_Nullable_T,
            _ => false,
        };
        return isUnclear ? null : lambda;
    }

    private static BatchResult? ResultOf(IInvocationOperation call) => call.TargetMethod.Name switch
    {
        "FirstOrDefault" or "FirstOrDefaultAsync" or "SingleOrDefault" or "SingleOrDefaultAsync" => BatchResult.RowOrNull,
        "First" or "FirstAsync" or "Single" or "SingleAsync" => BatchResult.RowOrThrow,
        "ToList" or "ToListAsync" => BatchResult.List,
        "ToArray" or "ToArrayAsync" => BatchResult.Array,
        "Any" or "AnyAsync" => BatchResult.Any,
        "Count" or "CountAsync" => BatchResult.Count,
        "LongCount" or "LongCountAsync" => BatchResult.LongCount,
        _ => EnumerationOf(call) is not null ? BatchResult.Rows : null,
    };

    private static IForEachLoopOperation? EnumerationOf(IInvocationOperation call)
    {
        IOperation collection = call;
        while (collection.Parent is IConversionOperation or IParenthesizedOperation)
            collection = collection.Parent;
        return collection.Parent is IForEachLoopOperation loop && loop.Collection == collection ? loop : null;
    }

    private static bool IsSet(IOperation source, BackendModel model) =>
        model.Libraries.EntityFrameworkCore?.IsDbSet(source.Type) == true
            && source is not IInvocationOperation { TargetMethod.Name: not "Set" };

    private static IAnonymousFunctionOperation? LambdaOf(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Value.AsLambda() is { } lambda)
                return lambda;
        }

        return null;
    }

    private static bool HasMoreThanAPredicate(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter is { Ordinal: > 0 } parameter && argument.ArgumentKind is ArgumentKind.Explicit && argument.Value.AsLambda() is null && parameter.Type.Name is not "CancellationToken")
                return true;
        }

        return false;
    }
}

using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Rewriting;
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
}

/// <summary>A query for the rows of one key, taken apart.</summary>
/// <param name="Call">The call that executes it.</param>
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

    public bool IsFind => Equality is null;

    public bool IsAsync => Call.TargetMethod.ReturnType.IsTask();

    public bool IsSingleRow => Result is BatchResult.RowOrNull or BatchResult.RowOrThrow;

    public bool Has(string operatorName) => Operators.Any(call => call.TargetMethod.Name == operatorName);

    /// <summary>
    /// Returns the parts, or null where the call has another shape or the key is not one whose values compare alike in C# and in every
    /// database.
    /// </summary>
    public static BatchQuery? Of(IInvocationOperation call, BackendModel model)
    {
        var query = call.TargetMethod.Name is "Find" or "FindAsync" ? OfFind(call, model) : OfOperators(call, model);
        return query is not null && HasComparableKey(query) ? query : null;
    }

    private static BatchQuery? OfFind(IInvocationOperation call, BackendModel model)
    {
        if (call.Instance is not { Syntax: ExpressionSyntax instance } || model.Libraries.EntityFrameworkCore is not { } entityFramework)
            return null;
        var isOnContext = entityFramework.IsDbContext(call.TargetMethod.ContainingType) && call.TargetMethod.TypeArguments.Length == 1;
        var row = isOnContext ? call.TargetMethod.TypeArguments[0] : entityFramework.IsDbSet(call.Instance.Type) ? call.Instance.Type.ElementTypeOfSequence() : null;
        if (row is not INamedTypeSymbol entity || KeyOf(entity, model) is not { } key || OnlyKeyValue(call) is not { } value)
            return null;
        var typeName = isOnContext ? ((call.Syntax as InvocationExpressionSyntax)?.Expression as MemberAccessExpressionSyntax)?.Name as GenericNameSyntax : null;
        if (isOnContext && typeName is null)
            return null;
        var source = isOnContext
            ? Microsoft.CodeAnalysis.CSharp.SyntaxFactory.ParseExpression($"{instance}.Set{typeName!.TypeArgumentList}()")
            : instance;
        return new BatchQuery(
            call, source, Predicate: null, Equality: null, key, value, entity, BatchResult.RowOrNull, TokenOf(call), ImmutableArray<IInvocationOperation>.Empty);
    }

    private static IOperation? OnlyKeyValue(IInvocationOperation call)
    {
        if (call.Arguments.IsEmpty || call.Arguments[0].Value.Unwrap() is not IArrayCreationOperation { Initializer.ElementValues: [var only] })
            return CollectionExpressionValue(call);
        return only.Unwrap();
    }

    /// <summary><c>FindAsync([id], token)</c>: Roslyn 4.8 has no operation for a collection expression.</summary>
    private static IOperation? CollectionExpressionValue(IInvocationOperation call)
    {
        if (call.Syntax is InvocationExpressionSyntax { ArgumentList.Arguments: [{ Expression: CollectionExpressionSyntax { Elements: [ExpressionElementSyntax element] } }, ..] })
            return call.SemanticModel?.GetOperation(element.Expression)?.Unwrap();
        return null;
    }

    private static BatchQuery? OfOperators(IInvocationOperation call, BackendModel model)
    {
        if (ResultOf(call.TargetMethod.Name) is not { } result || call.Receiver() is not { Syntax: ExpressionSyntax source } receiver)
            return null;
        if (model.DataAccess.QueryOf(receiver) is not { } chain || !IsSet(chain.Source, model) || chain.Source.Type.ElementTypeOfSequence() is not INamedTypeSymbol row)
            return null;
        var select = chain.Operators is [.., { TargetMethod.Name: "Select" } last] ? last : null;
        foreach (var step in select is null ? chain.Operators : chain.Operators.RemoveAt(chain.Operators.Length - 1))
        {
            // A step that is not written here was followed through a local.
            if (!KeptOperators.Contains(step.TargetMethod.Name) || !source.Span.Contains(step.Syntax.Span))
                return null;
        }

        var predicates = chain.Operators.Where(step => step.TargetMethod.Name is "Where").Append(call).Select(LambdaOf).OfType<IAnonymousFunctionOperation>().ToList();
        var comparisons = predicates.SelectMany(Conjuncts).Select(KeyComparison).OfType<(IBinaryOperation, IPropertyReferenceOperation, IOperation)>().ToList();
        var found = comparisons.Where(comparison => IsCandidate(comparison.Item2, result, row, model) && DependsOnAnything(comparison.Item3)).ToList();
        if (found is not [var (equality, rowKey, itemKey)] || equality.Syntax is not BinaryExpressionSyntax comparisonSyntax || HasMoreThanAPredicate(call))
            return null;
        if (select is null)
            return new BatchQuery(call, source, LambdaOf(call)?.Syntax as LambdaExpressionSyntax, comparisonSyntax, rowKey.Property, itemKey, row, result, TokenOf(call), chain.Operators);
        if (LambdaOf(call) is not null || select.Syntax != source || select.Receiver() is not { Syntax: ExpressionSyntax unprojected } || ProjectionOf(select, result, itemKey) is not { } projection)
            return null;
        return new BatchQuery(call, unprojected, Predicate: null, comparisonSyntax, rowKey.Property, itemKey, row, result, TokenOf(call), chain.Operators, projection);
    }

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
            BatchResult.RowOrNull => value.Type is not { IsReferenceType: true } && itemKey.Type?.IsNullableValue() == true,
            _ => false,
        };
        return isUnclear ? null : lambda;
    }

    private static BatchResult? ResultOf(string terminal) => terminal switch
    {
        "FirstOrDefault" or "FirstOrDefaultAsync" or "SingleOrDefault" or "SingleOrDefaultAsync" => BatchResult.RowOrNull,
        "First" or "FirstAsync" or "Single" or "SingleAsync" => BatchResult.RowOrThrow,
        "ToList" or "ToListAsync" => BatchResult.List,
        "ToArray" or "ToArrayAsync" => BatchResult.Array,
        _ => null,
    };

    private static bool IsSet(IOperation source, BackendModel model) =>
        model.Libraries.EntityFrameworkCore?.IsDbSet(source.Type) == true
            && source is not IInvocationOperation { TargetMethod.Name: not "Set" };

    private static bool IsCandidate(IPropertyReferenceOperation rowKey, BatchResult result, INamedTypeSymbol row, BackendModel model) =>
        result is BatchResult.List or BatchResult.Array || SymbolEqualityComparer.Default.Equals(KeyOf(row, model), rowKey.Property);

    private static IPropertySymbol? KeyOf(INamedTypeSymbol entity, BackendModel model)
    {
        var description = model.Entities.Describe(entity);
        return description is { IsReadable: true, Key: [var key] } ? description.Member(key)?.Property : null;
    }

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

    private static IEnumerable<IOperation> Conjuncts(IAnonymousFunctionOperation lambda)
    {
        if (lambda.Body.Operations is not [IReturnOperation { ReturnedValue: { } condition }])
            yield break;
        var pending = new Stack<IOperation>();
        pending.Push(condition.Unwrap());
        while (pending.Count > 0)
        {
            var current = pending.Pop();
            if (current is IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both)
            {
                pending.Push(both.RightOperand.Unwrap());
                pending.Push(both.LeftOperand.Unwrap());
            }
            else
            {
                yield return current;
            }
        }
    }

    private static (IBinaryOperation, IPropertyReferenceOperation, IOperation)? KeyComparison(IOperation conjunct)
    {
        if (conjunct is not IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } equality)
            return null;
        var left = equality.LeftOperand.Unwrap();
        var right = equality.RightOperand.Unwrap();
        return IsRowMember(left) ? (equality, (IPropertyReferenceOperation)left, right)
            : IsRowMember(right) ? (equality, (IPropertyReferenceOperation)right, left)
            : null;
    }

    private static bool IsRowMember(IOperation operation) =>
        operation is IPropertyReferenceOperation { Instance: IParameterReferenceOperation { Parameter.ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.LambdaMethod } } };

    private static bool DependsOnAnything(IOperation itemKey) => !itemKey.ConstantValue.HasValue && !IsRowMember(itemKey);

    private static ExpressionSyntax? TokenOf(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.Type.Name is "CancellationToken" && argument.ArgumentKind is ArgumentKind.Explicit)
                return argument.Value.Syntax as ExpressionSyntax;
        }

        return null;
    }

    /// <summary>
    /// Numbers, GUIDs and enums of one and the same type. Text is compared by the database's collation, which C# does not know; two
    /// nullable sides match null with null.
    /// </summary>
    private static bool HasComparableKey(BatchQuery query)
    {
        var rowType = query.RowKey.Type;
        var itemType = query.ItemKey.Type;
        if (itemType is null || !SymbolEqualityComparer.Default.Equals(rowType.WithoutNullable(), itemType.WithoutNullable()) || (rowType.IsNullableValue() && itemType.IsNullableValue()))
            return false;
        var key = rowType.WithoutNullable();
        return key.TypeKind is TypeKind.Enum
               || key.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_Int16
               || (key.Name is "Guid" && key.IsIn("System"));
    }
}

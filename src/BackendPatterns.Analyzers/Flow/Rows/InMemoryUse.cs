using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Model.Libraries;
using BackendPatterns.Analyzers.Model.Translation;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow.Rows;

/// <summary>What an in-memory operator makes of loaded rows.</summary>
public enum InMemoryKind
{
    /// <summary>One value of all rows: <c>Count</c>, <c>Any</c>, <c>Sum</c>.</summary>
    Aggregate,

    /// <summary>One of the rows: <c>First</c>, <c>Single</c>, <c>Find</c>.</summary>
    Search,

    /// <summary>Fewer rows, the same ones in another order, or one for each group of them.</summary>
    Filter,
}

/// <summary>One in-memory operator on loaded rows that the query has too.</summary>
/// <param name="Operation">The call, or the reference to <c>Count</c> or <c>Length</c>.</param>
/// <param name="Operator">The name of the query's operator without <c>Async</c>.</param>
/// <param name="Kind">What it makes of the rows.</param>
/// <param name="Level">Whether the query gives the same answer; never <see cref="Translation.Unknown"/>.</param>
public sealed record InMemoryUse(IOperation Operation, string Operator, InMemoryKind Kind, Translation Level)
{
    /// <summary>How the operator is written: <c>Count</c>, <c>Find</c>.</summary>
    public string Name => Operation is IInvocationOperation call ? call.TargetMethod.Name : ((IPropertyReferenceOperation)Operation).Property.Name;

    /// <summary>
    /// Returns the operator that rows are used in, or null where the use is no such operator or the query is not known to be able to do it.
    /// </summary>
    /// <param name="rows">The expression that has the rows, or the result of another operator on them.</param>
    /// <param name="query">The query that loads them.</param>
    /// <param name="shape">What the rows are made of; null where that is not known.</param>
    /// <param name="model">The model.</param>
    public static InMemoryUse? Of(IOperation rows, QueryChain query, RowShape? shape, BackendModel model)
    {
        switch (rows.Parent)
        {
            case IPropertyReferenceOperation { Property.Name: "Count" or "Length" } size when size.Instance == rows:
                return new InMemoryUse(size, "Count", InMemoryKind.Aggregate, Translation.SameAnswer);
            case IInvocationOperation call when call.Instance == rows && call.TargetMethod.ContainingType is { Name: "List" } list && list.ContainingNamespace.Is("System.Collections.Generic"):
                return OfList(call, shape, model);
            case IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { IsExtensionMethod: true, ContainingType: { Name: "Enumerable" } type } } call } argument
                when call.Arguments[0] == argument && type.ContainingNamespace.Is("System.Linq"):
                return OfLinq(call, query, shape, model);
            default:
                return null;
        }
    }

    private static InMemoryUse? OfList(IInvocationOperation call, RowShape? shape, BackendModel model) => call.TargetMethod.Name switch
    {
        "Exists" => WithCondition(call, "Any", InMemoryKind.Aggregate, shape, model),
        "TrueForAll" => WithCondition(call, "All", InMemoryKind.Aggregate, shape, model),
        "Find" => WithCondition(call, "FirstOrDefault", InMemoryKind.Search, shape, model),
        "FindAll" => WithCondition(call, "Where", InMemoryKind.Filter, shape, model),
        "Contains" => OfContains(call, shape, model),
        _ => null,
    };

    private static InMemoryUse? OfLinq(IInvocationOperation call, QueryChain query, RowShape? shape, BackendModel model)
    {
        var name = call.TargetMethod.Name;
        // Groups can be counted in SQL; one of them, or a part of them, cannot be taken.
        if (name is not ("Count" or "LongCount" or "Any") && query.Has("GroupBy"))
            return null;
        switch (name)
        {
            case "Count" or "LongCount" or "Any":
                return call.Arguments.Length == 1 ? Known(call, name, InMemoryKind.Aggregate, Translation.SameAnswer) : WithCondition(call, name, InMemoryKind.Aggregate, shape, model);
            case "All":
                return WithCondition(call, name, InMemoryKind.Aggregate, shape, model);
            case "First" or "FirstOrDefault" or "Single" or "SingleOrDefault":
                return call.Arguments.Length == 1 ? Known(call, name, InMemoryKind.Search, Translation.SameAnswer) : WithCondition(call, name, InMemoryKind.Search, shape, model);
            // EF Core has no Last without an order.
            case "Last" or "LastOrDefault" when IsOrdered(query):
                return call.Arguments.Length == 1 ? Known(call, name, InMemoryKind.Search, Translation.SameAnswer) : WithCondition(call, name, InMemoryKind.Search, shape, model);
            case "Sum" or "Min" or "Max" or "Average":
                return OfNumbers(call, shape, model);
            case "Contains":
                return OfContains(call, shape, model);
            case "Where":
                return WithCondition(call, name, InMemoryKind.Filter, shape, model);
            case "OrderBy" or "OrderByDescending" or "ThenBy" or "ThenByDescending":
                return OfOrder(call, query, shape, model);
            case "Take" or "Skip" when call.ArgumentAt(1) is { Type.SpecialType: SpecialType.System_Int32 } number:
                return Known(call, name, InMemoryKind.Filter, CapturedValues.Of(number));
            case "GroupBy":
                return InMemoryGroups.Of(call, shape, model) is { } groups ? Known(call, name, InMemoryKind.Filter, groups.Level) : null;
            // In memory it keeps the order of the query, which SQL drops.
            case "Distinct" when call.Arguments.Length == 1 && shape is { IsEntity: false } && QueryOrder.IsMissing(QueryOrder.NearestIn(query.Ways)):
                return Known(call, name, InMemoryKind.Filter, OfDistinct(call, shape, model.Libraries.DatabaseProviders));
            default:
                return null;
        }
    }

    private static InMemoryUse? Known(IInvocationOperation call, string name, InMemoryKind kind, Translation level) =>
        level is Translation.Unknown ? null : new InMemoryUse(call, name, kind, level);

    private static InMemoryUse? WithCondition(IInvocationOperation call, string name, InMemoryKind kind, RowShape? shape, BackendModel model) =>
        shape is not null && OnlyArgument(call).AsLambda() is { } lambda ? Known(call, name, kind, LambdaTranslation.Of(lambda, shape, model)) : null;

    /// <summary>The argument beside the rows, where there is exactly one.</summary>
    private static IOperation? OnlyArgument(IInvocationOperation call)
    {
        var first = call.Instance is null ? 1 : 0;
        return call.Arguments.Length == first + 1 ? call.Arguments[first].Value : null;
    }

    private static InMemoryUse? OfNumbers(IInvocationOperation call, RowShape? shape, BackendModel model)
    {
        if (shape is null || call.Arguments.Length > 2)
            return null;
        var lambda = OnlyArgument(call).AsLambda();
        if (call.Arguments.Length == 2 && lambda is null)
            return null;
        var level = lambda is null ? shape.Whole : LambdaTranslation.Of(lambda, shape, model);
        var type = lambda is null ? call.Arguments[0].Value.Unwrap().Type.ElementTypeOfSequence() : lambda.Symbol.ReturnType;
        return Known(call, call.TargetMethod.Name, InMemoryKind.Aggregate, Least(level, OfNumber(call.TargetMethod.Name, type, model.Libraries.DatabaseProviders)));
    }

    internal static Translation OfNumber(string name, ITypeSymbol? type, DatabaseProviders providers)
    {
        if (!ScalarTypes.Contains(type) || (ScalarTypes.IsWeak(type) && !providers.CompareEveryNumber))
            return Translation.Unknown;
        var isExact = ScalarTypes.IsWholeNumber(type) || ScalarTypes.Underlying(type)?.SpecialType is SpecialType.System_Decimal or SpecialType.System_DateTime;
        return isExact && name is not "Average" ? Translation.SameAnswer : Translation.Translated;
    }

    private static InMemoryUse? OfContains(IInvocationOperation call, RowShape? shape, BackendModel model)
    {
        if (shape is null || OnlyArgument(call) is not { } value || !ScalarTypes.Contains(value.Type))
            return null;
        var level = ScalarTypes.IsText(value.Type) && !model.Libraries.DatabaseProviders.CompareTextExactly ? Translation.Translated : Translation.SameAnswer;
        return Known(call, "Contains", InMemoryKind.Aggregate, Least(level, Least(shape.Whole, CapturedValues.Of(value))));
    }

    private static InMemoryUse? OfOrder(IInvocationOperation call, QueryChain query, RowShape? shape, BackendModel model)
    {
        if (shape is null || OnlyArgument(call).AsLambda() is not { } lambda)
            return null;
        var (key, providers) = (lambda.Symbol.ReturnType, model.Libraries.DatabaseProviders);
        if (!ScalarTypes.Contains(key) || (ScalarTypes.IsWeak(key) && !providers.CompareEveryNumber))
            return null;
        // Text follows the culture in memory, an enum may be stored as text, and Guids have an order of their own in each database.
        var isExact = ScalarTypes.IsWholeNumber(key) || ScalarTypes.Underlying(key)?.SpecialType is SpecialType.System_DateTime or SpecialType.System_Decimal or SpecialType.System_Boolean;
        var hasNulls = ScalarTypes.IsNullable(key) && !providers.OrderNullsFirst;
        // Rows that compare equal keep the order of the query in memory.
        var level = isExact && !hasNulls && query.IsComplete && !IsOrdered(query) ? Translation.SameAnswer : Translation.Translated;
        return Known(call, call.TargetMethod.Name, InMemoryKind.Filter, Least(level, LambdaTranslation.Of(lambda, shape, model)));
    }

    private static Translation OfDistinct(IInvocationOperation call, RowShape shape, DatabaseProviders providers)
    {
        var type = call.Arguments[0].Value.Unwrap().Type.ElementTypeOfSequence();
        if (shape.Whole is not Translation.Unknown)
            return ScalarTypes.IsText(type) && !providers.CompareTextExactly ? Translation.Translated : shape.Whole;
        if (type is not { IsAnonymousType: true })
            return Translation.Unknown;
        var level = providers.CompareTextExactly ? Translation.SameAnswer : Translation.Translated;
        foreach (var member in type.GetMembers())
        {
            if (member is IPropertySymbol property)
                level = Least(level, shape.Members.TryGetValue(property.Name, out var known) ? known : Translation.Unknown);
        }

        return level;
    }

    private static bool IsOrdered(QueryChain query) => query.Has("OrderBy") || query.Has("OrderByDescending");

    private static Translation Least(Translation one, Translation other) => one < other ? one : other;
}

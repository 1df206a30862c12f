using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Translation;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow.Rows;

/// <summary>Loaded rows that are grouped in memory, and of whose groups only the key, counts, sums and the like are kept: what <c>GROUP BY</c> gives.</summary>
/// <param name="GroupBy">The call that groups the rows.</param>
/// <param name="Result">The <c>Select</c> or <c>ToDictionary</c> that keeps a row per group.</param>
/// <param name="Level">Whether the query gives the same groups.</param>
public sealed record InMemoryGroups(IInvocationOperation GroupBy, IInvocationOperation Result, Translation Level)
{
    private static readonly HashSet<string> OrderBlind = new(StringComparer.Ordinal) { "ToDictionary", "ToHashSet", "Count", "LongCount", "Any", "All", "Sum", "Min", "Max" };

    /// <summary>True where the groups become a dictionary: from the key to the one value that is kept.</summary>
    public bool IsDictionary => Result.TargetMethod.Name is "ToDictionary";

    /// <summary>
    /// True where it does not matter in which order the groups come: in memory that of their first rows, in SQL any.
    /// </summary>
    public bool IsOrderIrrelevant =>
        IsDictionary || (Result.WalkUpValue().Parent is IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation { TargetMethod.ContainingType.Name: "Enumerable" } next }
            && (OrderBlind.Contains(next.TargetMethod.Name) || (next.TargetMethod.Name is "OrderBy" or "OrderByDescending" && SortsByKey(next))));

    /// <summary>Returns the groups that a call makes of rows of this shape, or null where more is kept of a group, or EF Core is not known to translate it.</summary>
    public static InMemoryGroups? Of(IInvocationOperation groupBy, RowShape? shape, BackendModel model)
    {
        if (shape is null || groupBy.TargetMethod.Name is not "GroupBy" || groupBy.Arguments.Length != 2 || groupBy.ArgumentAt(1).AsLambda() is not { } key
            || OfKey(key, shape, model) is var level && level is Translation.Unknown
            || groupBy.WalkUpValue().Parent is not IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation { TargetMethod: { Name: var name, ContainingType.Name: "Enumerable" } } result })
        {
            return null;
        }

        var parts = name switch
        {
            "Select" when result.Arguments.Length == 2 => PartsOf(result.ArgumentAt(1).AsLambda()),
            "ToDictionary" when result.Arguments.Length == 3 => EntryOf(result.ArgumentAt(1).AsLambda(), result.ArgumentAt(2).AsLambda()),
            _ => default,
        };
        if (parts.IsDefaultOrEmpty || !parts.Any(static part => part.Value.Unwrap() is IInvocationOperation))
            return null;
        foreach (var (group, value) in parts)
            level = Least(level, OfPart(value, group, shape, model));
        return level is Translation.Unknown ? null : new InMemoryGroups(groupBy, result, level);
    }

    /// <summary>What a lambda of a group makes: the values of an anonymous object, of an initializer or of a constructor.</summary>
    private static ImmutableArray<(IParameterSymbol Group, IOperation Value)> PartsOf(IAnonymousFunctionOperation? lambda)
    {
        if (lambda is not { Symbol: { IsAsync: false, Parameters: [var group] }, Body.Operations: [IReturnOperation { ReturnedValue: { } made }] })
            return default;
        IEnumerable<IOperation?>? values = made.Unwrap() switch
        {
            IAnonymousObjectCreationOperation { Initializers: var all } => all.Select(Assigned),
            IObjectCreationOperation { Arguments: var arguments, Initializer: null } => arguments.Select(static argument => argument.Value),
            IObjectCreationOperation { Arguments.IsEmpty: true, Initializer.Initializers: var all } => all.Select(Assigned),
            _ => null,
        };
        var parts = values?.Select(value => (group, value!)).ToImmutableArray() ?? default;
        return parts.IsDefault || parts.Any(static part => part.Item2 is null) ? default : parts;
    }

    private static IOperation? Assigned(IOperation initializer) => initializer is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation, Value: var value } ? value : null;

    /// <summary><c>ToDictionary(g => g.Key, g => g.Count())</c>.</summary>
    private static ImmutableArray<(IParameterSymbol Group, IOperation Value)> EntryOf(IAnonymousFunctionOperation? key, IAnonymousFunctionOperation? element) =>
        key is { Symbol.Parameters: [var first], Body.Operations: [IReturnOperation { ReturnedValue: { } entry }] } && IsKeyOf(entry, first)
        && element is { Symbol: { IsAsync: false, Parameters: [var second] }, Body.Operations: [IReturnOperation { ReturnedValue: { } value }] }
            ? ImmutableArray.Create((second, value))
            : default;

    private static Translation OfKey(IAnonymousFunctionOperation key, RowShape shape, BackendModel model)
    {
        var level = LambdaTranslation.Of(key, shape, model);
        if (level is Translation.Unknown || key.Body.Operations is not [IReturnOperation { ReturnedValue: { } value }])
            return Translation.Unknown;
        var types = value.Unwrap() is IAnonymousObjectCreationOperation { Initializers: var parts } ? parts.Select(static part => Assigned(part)?.Type) : [key.Symbol.ReturnType];
        var providers = model.Libraries.DatabaseProviders;
        foreach (var type in types)
        {
            if (!ScalarTypes.Contains(type) || ScalarTypes.IsFraction(type) || (ScalarTypes.IsWeak(type) && !providers.CompareEveryNumber))
                return Translation.Unknown;
            // Without regard to case, two texts are one group.
            if (ScalarTypes.IsText(type) && !providers.CompareTextExactly)
                level = Least(level, Translation.Translated);
        }

        return level;
    }

    private static Translation OfPart(IOperation value, IParameterSymbol group, RowShape shape, BackendModel model)
    {
        value = value.Unwrap();
        if (IsKeyOf(value, group) || (value is IPropertyReferenceOperation { Instance: { } instance, Property.ContainingType.IsAnonymousType: true } && IsKeyOf(instance, group)))
            return Translation.SameAnswer;
        if (value is not IInvocationOperation { TargetMethod: { Name: var name, ContainingType.Name: "Enumerable" } } call || call.ArgumentAt(0)?.Unwrap() is not IParameterReferenceOperation { Parameter: var rows }
            || !SymbolEqualityComparer.Default.Equals(rows, group))
        {
            return Translation.Unknown;
        }

        if (name is "Count" or "LongCount" && call.Arguments.Length == 1)
            return Translation.SameAnswer;
        if (call.Arguments.Length != 2 || call.ArgumentAt(1).AsLambda() is not { } selector || LambdaTranslation.Of(selector, shape, model) is var level && level is Translation.Unknown)
            return Translation.Unknown;
        return name switch
        {
            "Count" or "LongCount" => level,
            "Sum" or "Min" or "Max" or "Average" => Least(level, InMemoryUse.OfNumber(name, selector.Symbol.ReturnType, model.Libraries.DatabaseProviders)),
            _ => Translation.Unknown,
        };
    }

    /// <summary>By a member that holds the key as it is: no two groups have the same.</summary>
    private bool SortsByKey(IInvocationOperation order)
    {
        if (order.Arguments.Length != 2 || order.ArgumentAt(1).AsLambda() is not { Body.Operations: [IReturnOperation { ReturnedValue: { } by }] }
            || by.Unwrap() is not IPropertyReferenceOperation { Property.Name: var name, Instance: IParameterReferenceOperation }
            || Result.ArgumentAt(1).AsLambda() is not { Symbol.Parameters: [var group], Body.Operations: [IReturnOperation { ReturnedValue: { } made }] })
        {
            return false;
        }

        var initializers = made.Unwrap() switch
        {
            IAnonymousObjectCreationOperation { Initializers: var all } => all,
            IObjectCreationOperation { Initializer.Initializers: var all } => all,
            _ => ImmutableArray<IOperation>.Empty,
        };
        return initializers.Any(part => part is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: var member }, Value: var value } && member == name && IsKeyOf(value, group));
    }

    private static bool IsKeyOf(IOperation value, IParameterSymbol group) =>
        value.Unwrap() is IPropertyReferenceOperation { Property: { Name: "Key", ContainingType.Name: "IGrouping" }, Instance: { } instance }
        && instance.Unwrap() is IParameterReferenceOperation { Parameter: var parameter } && SymbolEqualityComparer.Default.Equals(parameter, group);

    private static Translation Least(Translation one, Translation other) => one < other ? one : other;
}

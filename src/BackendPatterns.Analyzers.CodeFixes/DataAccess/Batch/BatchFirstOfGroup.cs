using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Entities;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>The first of several rows with a key, in an order that leaves no choice: the database can pick it for all keys at once.</summary>
public static class BatchFirstOfGroup
{
    /// <summary>EF Core translates the first row of each group since this version: https://learn.microsoft.com/ef/core/what-is-new/ef-core-6.0/whatsnew#improved-groupby-support</summary>
    private static readonly Version FirstThatTranslates = new(6, 0);

    private static readonly HashSet<string> Before = new(StringComparer.Ordinal) { "Where", "AsNoTracking", "AsTracking", "IgnoreQueryFilters", "TagWith" };

    /// <summary>Returns the query with its ordering, or null where more than one row might be the first one.</summary>
    public static BatchQuery? Of(BatchQuery query, ImmutableArray<IInvocationOperation> steps, BackendModel model)
    {
        var start = 0;
        while (start < steps.Length && Before.Contains(steps[start].TargetMethod.Name))
            start++;
        var orders = steps.Skip(start).ToList();
        if (orders.Count == 0 || query.Predicate is not null || !query.Call.TargetMethod.Name.StartsWith("First", StringComparison.Ordinal)
            || !orders.All(IsOrder) || !orders.Any(order => IsByUniqueColumn(order, query, model)) || LoadsMore(query.Row, model) || !Translates(model))
        {
            return null;
        }

        return query with { GroupOrder = orders[0] };
    }

    private static bool IsOrder(IInvocationOperation step) =>
        step.TargetMethod.Name is "OrderBy" or "OrderByDescending" or "ThenBy" or "ThenByDescending" && step.TargetMethod.Parameters.Length == 2;

    private static bool IsByUniqueColumn(IInvocationOperation order, BatchQuery query, BackendModel model) =>
        order.ArgumentAt(1).AsLambda()?.Body.Operations is [IReturnOperation { ReturnedValue: { } value }]
        && value.Unwrap() is IPropertyReferenceOperation { Property: var column, Instance: IParameterReferenceOperation }
        && model.Entities.Describe(query.Row) is { IsReadable: true, Key: [var key] } && key == column.Name;

    /// <summary>Owned objects and automatic includes are not known to come along with the first row of a group.</summary>
    private static bool LoadsMore(INamedTypeSymbol row, BackendModel model) =>
        model.Entities.Describe(row).Members.Any(member => member.IsAutoIncluded || member.Kind is EntityMemberKind.Owned or EntityMemberKind.Json
            || (member.IsNavigation && (member.Target is not { } target || !model.Entities.IsEntity(target))));

    private static bool Translates(BackendModel model) =>
        model.Libraries.EntityFrameworkCore is { } entityFramework && entityFramework.DbContext.ContainingAssembly.Identity.Version >= FirstThatTranslates;
}

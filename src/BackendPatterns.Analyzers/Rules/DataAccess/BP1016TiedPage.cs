using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Model.Entities;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.DataAccess;

/// <summary>A page of rows whose order leaves ties; the analyzer and its fix ask the same question.</summary>
/// <param name="Page">The page.</param>
/// <param name="Orders">The orders, one per way to the query, that may leave ties.</param>
public sealed record BP1016TiedPage(PagedQuery Page, ImmutableArray<SortKeys> Orders)
{
    /// <summary>Returns what a call pages, or null where it pages nothing, where the order is unique, or where that is not known.</summary>
    public static BP1016TiedPage? Of(IInvocationOperation call, BackendModel model)
    {
        if (PagedQuery.Of(call, model) is not { } page)
            return null;
        var ways = page.Chain.Ways;
        var stops = QueryOrder.NearestIn(ways);
        if (!stops.AreReadable || stops.Operators.IsEmpty)
            return null;
        var orders = ImmutableArray.CreateBuilder<SortKeys>();
        HashSet<string>? fixedColumns = null;
        foreach (var stop in stops.Operators)
        {
            if (SortKeys.Of(stop, model) is { } keys && keys.MayTie(fixedColumns ??= FixedColumnsIn(ways), model))
                orders.Add(keys);
        }

        return orders.Count == 0 ? null : new BP1016TiedPage(page, orders.ToImmutable());
    }

    /// <summary>The columns that a filter of the query compares with one value: together with them an index on several columns may be unique.</summary>
    private static HashSet<string> FixedColumnsIn(QueryWays ways)
    {
        var columns = new HashSet<string>(StringComparer.Ordinal);
        foreach (var call in ways.Operators)
        {
            if (call.TargetMethod.Name is not "Where" || call.ArgumentAt(1).AsLambda() is not { } lambda)
                continue;
            foreach (var part in lambda.Body.Descendants())
            {
                if (part is not IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } comparison)
                    continue;
                Add(comparison.LeftOperand);
                Add(comparison.RightOperand);
            }
        }

        return columns;

        void Add(IOperation side)
        {
            if (side.Unwrap() is IPropertyReferenceOperation { Instance: IParameterReferenceOperation } column)
                columns.Add(column.Property.Name);
        }
    }
}

using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Model.Entities;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>What a query lacks to be read in pages: an order, or the last columns of it.</summary>
/// <param name="Place">The part of the query to add to; null where nothing is missing.</param>
/// <param name="Calls">What to add.</param>
internal sealed record PageOrder(ExpressionSyntax? Place, IReadOnlyList<(string Name, ExpressionSyntax Argument)> Calls)
{
    /// <summary>Returns it for the query that a call executes, or null where the order cannot be read, differs from way to way, or cannot be completed.</summary>
    public static PageOrder? Of(IInvocationOperation call, BackendModel model)
    {
        if (call.Receiver() is not { } receiver || model.DataAccess.QueryOf(receiver) is not { } chain)
            return null;
        var stops = QueryOrder.NearestIn(chain.Ways);
        if (QueryOrder.IsMissing(stops))
        {
            return KeyOrder.PlaceIn(receiver, model) is var (place, keys)
                ? new PageOrder(place, keys.Select(static (key, i) => (i == 0 ? "OrderBy" : "ThenBy", (ExpressionSyntax)key)).ToList())
                : null;
        }

        if (stops is not { AreKnown: true, Sources.IsEmpty: true, Operators: [var last] } || last.Syntax is not InvocationExpressionSyntax written || SortKeys.Of(last, model) is not { } order)
            return null;
        if (!order.MayTie(new HashSet<string>(StringComparer.Ordinal), model))
            return new PageOrder(Place: null, []);
        return KeyOrder.MissingIn(order, written, model) is { IsEmpty: false } missing
            ? new PageOrder(written, missing.Select(static key => ("ThenBy", (ExpressionSyntax)key)).ToList())
            : null;
    }
}

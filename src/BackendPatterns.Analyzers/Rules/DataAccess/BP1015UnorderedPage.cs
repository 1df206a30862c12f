using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.DataAccess;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.DataAccess;

/// <summary>A page of a query without order; the analyzer and its fix ask the same question.</summary>
public static class BP1015UnorderedPage
{
    /// <summary>Returns what a call pages, or null where it pages nothing, where the rows have an order, or where that is not known.</summary>
    public static PagedQuery? Of(IInvocationOperation call, BackendModel model)
    {
        if (PagedQuery.Of(call, model) is not { } page)
            return null;
        var stops = QueryOrder.NearestIn(page.Chain.Ways);
        return stops.AreKnown && QueryOrder.IsMissing(stops) && ComesFromDatabase(page.Chain, stops, model) ? page : null;
    }

    private static bool ComesFromDatabase(QueryChain chain, QueryStops stops, BackendModel model)
    {
        if (stops.Sources.IsEmpty)
            return chain.Provider is QueryProvider.EntityFrameworkCore;
        foreach (var source in stops.Sources)
        {
            if (model.DataAccess.QueryOf(source)?.Provider is not QueryProvider.EntityFrameworkCore)
                return false;
        }

        return true;
    }
}

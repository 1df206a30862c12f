using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.DataAccess;

/// <summary>What the operators of a query do to the order of its rows.</summary>
public static class QueryOrder
{
    /// <summary>True for <c>OrderBy</c> and its like: the rows have this order from here on.</summary>
    public static bool Starts(IInvocationOperation call) => call.TargetMethod.Name is "OrderBy" or "OrderByDescending" or "Order" or "OrderDescending";

    /// <summary>True for <c>ThenBy</c> and <c>ThenByDescending</c>.</summary>
    public static bool Continues(IInvocationOperation call) => call.TargetMethod.Name is "ThenBy" or "ThenByDescending";

    /// <summary>
    /// True for operators after which the order is no longer promised: EF Core drops what <c>OrderBy</c> said before them (it warns of that at <c>Distinct</c>:
    /// https://learn.microsoft.com/dotnet/api/microsoft.entityframeworkcore.diagnostics.coreeventid.distinctafterorderbywithoutrowlimitingoperatorwarning).
    /// </summary>
    public static bool Loses(IInvocationOperation call) =>
        call.TargetMethod.Name is "Distinct" or "GroupBy" or "Union" or "Concat" or "Except" or "Intersect" && call.TargetMethod.ContainingType.Name is "Queryable";

    /// <summary>True where the rows come from SQL or a function of the database, which may order them.</summary>
    public static bool MayStart(IInvocationOperation call) =>
        call.TargetMethod.Name.StartsWith("FromSql", StringComparison.Ordinal) || call.TargetMethod.Name.StartsWith("SqlQuery", StringComparison.Ordinal)
        || call.TargetMethod.Name is "FromExpression";

    /// <summary>Goes back from the end of a query, on each way to the nearest operator that has to do with order.</summary>
    public static QueryStops NearestIn(QueryWays ways) => ways.StopsAt(static call => Starts(call) || Continues(call) || Loses(call) || MayStart(call));

    /// <summary>True where the rows certainly have no order, as far as <paramref name="stops"/> of <see cref="NearestIn"/> tell; whether they come from a parameter is left to the caller.</summary>
    public static bool IsMissing(QueryStops stops) =>
        stops.AreReadable && stops.Operators.All(Loses) && !stops.Sources.Any(static source => source is IInvocationOperation call && MayStart(call));
}

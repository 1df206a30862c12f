using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.DataAccess;

/// <summary>A <c>Skip</c>, or a call of a method in source that skips, on a query without order; the analyzer and its fix ask the same question.</summary>
/// <param name="Call">The call.</param>
/// <param name="Query">The query that it is given.</param>
public sealed record BP1015UnorderedPage(IInvocationOperation Call, IOperation Query)
{
    /// <summary>Where to report: the name of the method.</summary>
    public Location Place => Call.Syntax is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: var name } } ? name.GetLocation() : Call.Syntax.GetLocation();

    /// <summary>Returns the finding that a call is, or null where it skips no rows, where the rows have an order, or where that is not known.</summary>
    public static BP1015UnorderedPage? Of(IInvocationOperation call, BackendModel model)
    {
        if (IsSkip(call.TargetMethod))
            return call.ArgumentAt(1) is { } count && SkipsPages(count) && call.ArgumentAt(0) is { } skipped ? Of(call, skipped, model) : null;
        return model.DataAccess.PagedParameterOf(call.TargetMethod) is { } parameter && call.ArgumentAt(parameter.Ordinal) is { } given ? Of(call, given, model) : null;
    }

    /// <summary>True for <c>Queryable.Skip</c>.</summary>
    public static bool IsSkip(IMethodSymbol method) => method is { Name: "Skip", ContainingType.Name: "Queryable" } && method.ContainingType.IsIn("System.Linq");

    /// <summary>Not for <c>Skip(0)</c>, and not for a random number of rows: a random row needs no order.</summary>
    private static bool SkipsPages(IOperation count)
    {
        if (count.ConstantValue is { HasValue: true, Value: 0 })
            return false;
        var value = count.Unwrap() is ILocalReferenceOperation { Local: var local } ? LocalValues.Around(count).OnlyValueOf(local) ?? count : count;
        return !value.DescendantsAndSelf().Any(static part => part is IInvocationOperation { TargetMethod.ContainingType.Name: "Random" or "RandomNumberGenerator" });
    }

    private static BP1015UnorderedPage? Of(IInvocationOperation call, IOperation query, BackendModel model)
    {
        if (model.DataAccess.QueryOf(query) is not { Provider: not QueryProvider.Memory } chain || call.IsInExpressionTree(model.Libraries.Linq.Expression))
            return null;
        var stops = QueryOrder.NearestIn(chain.Ways);
        return stops.AreKnown && QueryOrder.IsMissing(stops) && ComesFromDatabase(chain, stops, model) ? new BP1015UnorderedPage(call, query) : null;
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

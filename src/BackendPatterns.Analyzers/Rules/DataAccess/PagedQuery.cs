using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.DataAccess;

/// <summary>A <c>Skip</c>, or a call of a method in source that skips rows of a query without ordering them itself.</summary>
/// <param name="Call">The call.</param>
/// <param name="Query">The query that it is given.</param>
/// <param name="Chain">The same, read.</param>
public sealed record PagedQuery(IInvocationOperation Call, IOperation Query, QueryChain Chain)
{
    /// <summary>Where to report: the name of the method.</summary>
    public Location Place => Call.Syntax is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: var name } } ? name.GetLocation() : Call.Syntax.GetLocation();

    /// <summary>Returns what a call pages, or null where it skips no rows of a query that may be one of EF Core, or is translated as a part of another query.</summary>
    public static PagedQuery? Of(IInvocationOperation call, BackendModel model)
    {
        IOperation? query;
        if (call.TargetMethod is { Name: "Skip", ContainingType.Name: "Queryable" } method && method.ContainingType.IsIn("System.Linq"))
            query = call.ArgumentAt(1) is { } count && SkipsPages(count) ? call.ArgumentAt(0) : null;
        else
            query = model.DataAccess.PagedParameterOf(call.TargetMethod) is { } parameter ? call.ArgumentAt(parameter.Ordinal) : null;
        return query is not null && model.DataAccess.QueryOf(query) is { Provider: not QueryProvider.Memory } chain && !call.IsInExpressionTree(model.Libraries.Linq.Expression)
            ? new PagedQuery(call, query, chain)
            : null;
    }

    /// <summary>Not for <c>Skip(0)</c>, and not for a random number of rows: a random row needs no order.</summary>
    private static bool SkipsPages(IOperation count)
    {
        if (count.ConstantValue is { HasValue: true, Value: 0 })
            return false;
        var value = count.Unwrap() is ILocalReferenceOperation { Local: var local } ? LocalValues.Around(count).OnlyValueOf(local) ?? count : count;
        return !value.DescendantsAndSelf().Any(static part => part is IInvocationOperation { TargetMethod.ContainingType.Name: "Random" or "RandomNumberGenerator" });
    }
}

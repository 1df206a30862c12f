using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow;

/// <summary>What makes one execution of a query differ from the next, as far as rows are concerned.</summary>
public static class QueryText
{
    /// <summary>
    /// Returns the sources of a flow that choose the rows a query reads; none where the whole SQL text comes from the source (a list of scripts is
    /// so many different queries), and not what only bounds their number (<c>Take</c>).
    /// </summary>
    public static ulong SourcesOf(IOperation query, ValueFlow flow) => SourcesOf(query, flow, countsSkip: true);

    /// <summary>The same without what only chooses the page (<c>Skip</c>): a query that depends on nothing else is the next page of the same rows.</summary>
    public static ulong SourcesOfRows(IOperation query, ValueFlow flow) => SourcesOf(query, flow, countsSkip: false);

    private static ulong SourcesOf(IOperation query, ValueFlow flow, bool countsSkip)
    {
        if (query is IInvocationOperation call && call.Argument("sql") is { } sql && flow.Reaches(sql) && !IsComposed(sql.Unwrap()))
            return 0;
        var sources = 0UL;
        var current = query;
        while (current is IInvocationOperation step && step.Receiver() is { } receiver && step.TargetMethod.IsExtensionMethod)
        {
            foreach (var argument in step.Arguments)
            {
                if (argument.Value != receiver && step.TargetMethod.Name is not ("Take" or "TakeLast") && (countsSkip || step.TargetMethod.Name is not "Skip"))
                    sources |= flow.SourcesOf(argument.Value);
            }

            current = receiver.Unwrap();
        }

        return sources | flow.SourcesOf(current);
    }

    private static bool IsComposed(IOperation sql)
    {
        if (sql is ILocalReferenceOperation local && LocalValues.Around(local).OnlyValueOf(local.Local) is { } value)
            sql = value.Unwrap();
        return sql is IInterpolatedStringOperation or IBinaryOperation or IInvocationOperation || sql.ConstantValue.HasValue;
    }
}

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
        var sources = 0UL;
        var current = query;
        while (current is IInvocationOperation step && step.Receiver() is { } receiver && step.TargetMethod.IsExtensionMethod)
        {
            if (IsWholeText(SqlOf(step), flow))
                return 0;
            foreach (var argument in step.Arguments)
            {
                if (argument.Value != receiver && step.TargetMethod.Name is not ("Take" or "TakeLast") && (countsSkip || step.TargetMethod.Name is not "Skip"))
                    sources |= flow.SourcesOf(argument.Value);
            }

            current = receiver.Unwrap();
        }

        return current is IInvocationOperation source && (IsWholeText(SqlOf(source), flow) || IsWholeText(TextOfCommand(source.Instance), flow)) ? 0
            : sources | flow.SourcesOf(current) | (current is IInvocationOperation { Instance: { } command } ? SourcesOfParameters(command, flow) : 0);
    }

    /// <summary>What the parameters of an ADO.NET command hold that was put together before: <c>command.Parameters.Add(id)</c>, and <c>id.Value = …</c> later.</summary>
    private static ulong SourcesOfParameters(IOperation command, ValueFlow flow)
    {
        if (command.Unwrap() is not ILocalReferenceOperation { Local: var local } reference)
            return 0;
        var sources = 0UL;
        foreach (var use in LocalValues.Around(reference).ReferencesTo(local))
        {
            if (use.Parent is not IPropertyReferenceOperation { Property.Name: "Parameters", Parent: IInvocationOperation { TargetMethod.Name: "Add" } added })
                continue;
            foreach (var argument in added.Arguments)
                sources |= flow.SourcesOf(argument.Value);
            if (added.WalkUpValue().Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var parameter } })
                sources |= flow.SourcesOf(parameter);
        }

        return sources;
    }

    /// <summary>The SQL argument of EF Core and Dapper, also inside a <c>CommandDefinition</c>.</summary>
    private static IOperation? SqlOf(IInvocationOperation call)
    {
        if (call.Argument("sql") is { } sql)
            return sql;
        return call.Argument("command") is { } command && ValueOf(command) is IObjectCreationOperation { Type.Name: "CommandDefinition", Arguments: [{ Value: var text }, ..] } ? text : null;
    }

    /// <summary>What the command of ADO.NET that is executed was given as its text, where that is one value.</summary>
    private static IOperation? TextOfCommand(IOperation? instance)
    {
        if (instance?.Unwrap() is not ILocalReferenceOperation { Local: var local } reference)
            return null;
        IOperation? text = null;
        foreach (var use in LocalValues.Around(reference).ReferencesTo(local))
        {
            if (use.Parent is not IPropertyReferenceOperation { Property.Name: "CommandText", Parent: ISimpleAssignmentOperation assignment } property || assignment.Target != property)
                continue;
            if (text is not null)
                return null;
            text = assignment.Value;
        }

        return text ?? (ValueOf(reference) is IObjectCreationOperation { Arguments: [{ Value: var given }, ..] } && given.Type?.SpecialType is SpecialType.System_String ? given : null);
    }

    private static bool IsWholeText(IOperation? sql, ValueFlow flow) => sql is not null && flow.Reaches(sql) && !IsComposed(ValueOf(sql));

    private static IOperation ValueOf(IOperation value) =>
        value.Unwrap() is ILocalReferenceOperation local && LocalValues.Around(local).OnlyValueOf(local.Local) is { } only ? only.UnwrapAwait() : value.UnwrapAwait();

    /// <summary>True for a text that is put together around a value of the source; a text that is read from a file of the source is its own.</summary>
    private static bool IsComposed(IOperation sql) => sql switch
    {
        IInterpolatedStringOperation or IBinaryOperation => true,
        IInvocationOperation { TargetMethod: var method } => !method.DeclaringSyntaxReferences.IsEmpty || method.ContainingType is { SpecialType: SpecialType.System_String } or { Name: "StringBuilder" },
        _ => sql.ConstantValue.HasValue,
    };
}

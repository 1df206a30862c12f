using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.DataAccess;

/// <summary>SQL text that says itself whether it writes.</summary>
internal static class WritingSql
{
    private static readonly string[] Verbs = ["insert", "update", "delete", "merge", "replace", "truncate"];

    /// <summary>True for a call with a SQL argument whose constant text starts with a writing verb; false where the text is not known.</summary>
    public static bool Is(IInvocationOperation call)
    {
        if (call.Argument("sql") is not { } sql)
            return false;
        if (TextOf(sql.Unwrap()) is not { } text)
            return false;
        text = text.TrimStart();
        foreach (var verb in Verbs)
        {
            if (text.StartsWith(verb, StringComparison.OrdinalIgnoreCase) && (text.Length == verb.Length || char.IsWhiteSpace(text[verb.Length])))
                return true;
        }

        return false;
    }

    private static string? TextOf(IOperation sql)
    {
        if (sql is ILocalReferenceOperation local && LocalValues.Around(local).OnlyValueOf(local.Local) is { } value)
            sql = value.Unwrap();
        // The first operand of a concatenation, however long, tells the verb.
        while (sql is IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, ConstantValue.HasValue: false, LeftOperand: var left })
            sql = left.Unwrap();
        return sql switch
        {
            { ConstantValue: { HasValue: true, Value: string text } } => text,
            IInterpolatedStringOperation { Parts: [IInterpolatedStringTextOperation { Text.ConstantValue: { HasValue: true, Value: string start } }, ..] } => start,
            _ => null,
        };
    }
}

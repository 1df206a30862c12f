using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow;

/// <summary>SQL text that answers differently each time, locks, or does more than read; a text that is not known counts as such.</summary>
public static class VolatileSql
{
    private static readonly string[] Words =
    [
        "random(", "rand(", "newid(", "newsequentialid(", "gen_random_uuid(", "uuid(", "now(", "getdate(", "getutcdate(", "sysdate", "current_timestamp", "current_time",
        "nextval", "next value for", "for update", "for share", "updlock", "skip locked", "exec ", "execute ", "call ", "insert ", "update ", "delete ", "merge ", "pg_sleep", "get_lock", "applock",
    ];

    public static bool Is(string? text)
    {
        if (text is null)
            return true;
        var start = text.TrimStart();
        if (!start.StartsWith("select", StringComparison.OrdinalIgnoreCase) && !start.StartsWith("with", StringComparison.OrdinalIgnoreCase))
            return true;
        foreach (var word in Words)
        {
            if (text.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0)
                return true;
        }

        return false;
    }

    /// <summary>Returns the text that an argument is: a constant, or the constant parts of an interpolated string; null where it is not known.</summary>
    public static string? TextOf(IOperation sql)
    {
        var value = Roslyn.OperationExtensions.Unwrap(sql);
        if (value is ILocalReferenceOperation local && LocalValues.Around(local).OnlyValueOf(local.Local) is { } only)
            value = Roslyn.OperationExtensions.Unwrap(only);
        if (value.ConstantValue is { HasValue: true, Value: string constant })
            return constant;
        return value is IInterpolatedStringOperation interpolated
            ? string.Concat(interpolated.Parts.Select(part => part is IInterpolatedStringTextOperation { Text.ConstantValue: { HasValue: true, Value: string text } } ? text : "?"))
            : null;
    }
}

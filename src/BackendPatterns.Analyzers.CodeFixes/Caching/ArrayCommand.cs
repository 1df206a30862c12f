using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.Caching;

/// <summary>A Redis command for one key, field or value that has an overload for an array of them with the same effect.</summary>
/// <param name="Call">The call.</param>
/// <param name="Fixed">The argument that stays the same: the key of the hash, set or list; null where the keys are what differs.</param>
/// <param name="Varying">The arguments that differ per element, in the order of the array's elements.</param>
/// <param name="ElementType">The type of the array's elements.</param>
/// <param name="IsRead">True where the answer is what the command is for.</param>
/// <remarks>
/// All of these send nothing for an empty array. Commands that count (<c>KeyExistsAsync(RedisKey[])</c>) answer something else than one by one and are not
/// listed: https://github.com/StackExchange/StackExchange.Redis/blob/main/src/StackExchange.Redis/RedisDatabase.cs
/// </remarks>
public sealed record ArrayCommand(IInvocationOperation Call, IOperation? Fixed, IReadOnlyList<IOperation> Varying, string ElementType, bool IsRead)
{
    /// <summary>Returns the command, or null where there is no array form with the same effect, or an option (expiry, condition, flags) is given that it may not have.</summary>
    public static ArrayCommand? Of(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (method.ContainingType is not { Name: "IDatabase" or "IDatabaseAsync" } || !method.IsIn("StackExchange.Redis") || call.Instance is null)
            return null;
        var given = call.Arguments.Where(argument => argument.ArgumentKind is ArgumentKind.Explicit).OrderBy(argument => argument.Parameter?.Ordinal).ToList();
        if (given.Any(argument => argument.Parameter is not { Type: { Name: "RedisKey" or "RedisValue" } }))
            return null;
        var values = given.Select(argument => Written(argument.Value)).ToList();
        var name = method.Name.EndsWith("Async", StringComparison.Ordinal) ? method.Name.Substring(0, method.Name.Length - "Async".Length) : method.Name;
        return (name, values) switch
        {
            ("StringGet", [var key]) => new ArrayCommand(call, null, [key], "RedisKey", IsRead: true),
            ("HashGet", [var key, var field]) => new ArrayCommand(call, key, [field], "RedisValue", IsRead: true),
            ("KeyDelete", [var key]) => new ArrayCommand(call, null, [key], "RedisKey", IsRead: false),
            ("StringSet", [var key, var value]) => new ArrayCommand(call, null, [key, value], "KeyValuePair<RedisKey, RedisValue>", IsRead: false),
            ("HashSet", [var key, var field, var value]) => new ArrayCommand(call, key, [field, value], "HashEntry", IsRead: false),
            ("SetAdd" or "SetRemove" or "HashDelete" or "ListLeftPush" or "ListRightPush", [var key, var value]) => new ArrayCommand(call, key, [value], "RedisValue", IsRead: false),
            _ => null,
        };
    }

    /// <summary>Returns what was written where a key or value is expected: below the conversion to it.</summary>
    private static IOperation Written(IOperation value)
    {
        while (value is IConversionOperation { IsImplicit: true } or IParenthesizedOperation)
            value = value is IConversionOperation conversion ? conversion.Operand : ((IParenthesizedOperation)value).Operand;
        return value;
    }

    /// <summary>Returns the text of one array element: a cast to its type where the array would not have it otherwise, or its constructor.</summary>
    public string ElementText(IReadOnlyList<IOperation> values)
    {
        if (values.Count > 1)
            return $"new {ElementType}({string.Join(", ", values.Select(value => value.Syntax.ToString()))})";
        var text = values[0].Syntax.ToString();
        if (values[0].Type?.Name == ElementType)
            return text;
        return values[0] is IInterpolatedStringOperation or ILocalReferenceOperation or IMemberReferenceOperation or IInvocationOperation or ILiteralOperation or IParameterReferenceOperation
            ? $"({ElementType}){text}"
            : $"({ElementType})({text})";
    }

    /// <summary>
    /// True where a value may be null: one by one that throws in its turn, or deletes (<c>StringSet</c> and <c>HashSet</c> of null); in an array it throws at once. A
    /// <c>RedisKey</c> or <c>RedisValue</c> that is already made is taken for one, except where null means to delete.
    /// </summary>
    public bool MayBeNull(IOperation value, SemanticModel semantics)
    {
        var written = value.Unwrap();
        if (written is IInterpolatedStringOperation || written.ConstantValue is { HasValue: true, Value: not null })
            return false;
        return written is { Type.IsValueType: true }
            ? (written.Type.Name is "RedisKey" or "RedisValue" && Varying.Count > 1) || written.Type.OriginalDefinition.SpecialType is SpecialType.System_Nullable_T
            : semantics.GetTypeInfo(written.Syntax).Nullability.FlowState is not NullableFlowState.NotNull;
    }
}

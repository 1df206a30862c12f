using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.ApiDesign;

/// <summary>Get-or-create: the row, or a value of it, is written where it was found to be missing or out of date, so asking again writes nothing.</summary>
internal static class CreatedWhenMissing
{
    private const int MostParts = 32;

    /// <summary>True where a call stands where something is known to be missing: in <c>if (row == null)</c>, right of <c>??</c>, after <c>if (row != null) return</c>; or where the member around it is named so.</summary>
    public static bool Is(IOperation call)
    {
        for (var (child, parent) = (call, call.Parent); parent is not null and not IAnonymousFunctionOperation; (child, parent) = (parent, parent.Parent))
        {
            switch (parent)
            {
                case ICoalesceOperation coalesce when child == coalesce.WhenNull:
                case ICoalesceAssignmentOperation assignment when child == assignment.Value:
                    return true;
                case IConditionalOperation choice when child == choice.WhenTrue ? Tells(choice.Condition, isMissing: true) : child == choice.WhenFalse && Tells(choice.Condition, isMissing: false):
                    return true;
                case IBlockOperation block when LeavesBefore(block, child):
                    return true;
            }
        }

        return IsNamedSo(call);
    }

    private static bool LeavesBefore(IBlockOperation block, IOperation statement)
    {
        foreach (var before in block.Operations)
        {
            if (ReferenceEquals(before, statement))
                return false;
            if (before is IConditionalOperation { WhenFalse: null } choice && Leaves(choice.WhenTrue) && Tells(choice.Condition, isMissing: false))
                return true;
        }

        return false;
    }

    private static bool Leaves(IOperation arm) => arm is IReturnOperation || arm is IBlockOperation { Operations: [.., IReturnOperation] };

    /// <summary>True where a condition, or a part of it that is joined by <c>&amp;&amp;</c> or <c>||</c>, holds because something is missing (or is not).</summary>
    private static bool Tells(IOperation condition, bool isMissing)
    {
        var parts = new Stack<(IOperation Part, bool IsMissing)>();
        parts.Push((condition, isMissing));
        for (var steps = 0; parts.Count > 0 && steps < MostParts; steps++)
        {
            var (part, missing) = parts.Pop();
            switch (part.Unwrap())
            {
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } joined:
                    parts.Push((joined.RightOperand, missing));
                    parts.Push((joined.LeftOperand, missing));
                    break;
                case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } negated:
                    parts.Push((negated.Operand, !missing));
                    break;
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison when IsNothing(comparison.RightOperand) || IsNothing(comparison.LeftOperand):
                    if (comparison.OperatorKind is BinaryOperatorKind.Equals == missing)
                        return true;
                    break;
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.GreaterThan } comparison when IsNothing(comparison.RightOperand) && !missing:
                    return true;
                case IIsPatternOperation { Pattern: var pattern }:
                    if (IsNullPattern(pattern) is { } isNull && isNull == missing)
                        return true;
                    break;
                case IInvocationOperation { TargetMethod.Name: "IsNullOrEmpty" or "IsNullOrWhiteSpace" }:
                    if (missing)
                        return true;
                    break;
                case var value when missing ? SaysSo(value, IsAge) : SaysSo(value, IsPresence):
                    return true;
            }
        }

        return false;
    }

    private static bool IsNothing(IOperation operand) =>
        operand.IsNull() || operand.Unwrap() is IDefaultValueOperation or { ConstantValue: { HasValue: true, Value: 0 or 0L or "" } } || operand.Unwrap() is IFieldReferenceOperation { Field.Name: "Empty" };

    private static bool? IsNullPattern(IPatternOperation pattern) => pattern switch
    {
        INegatedPatternOperation { Pattern: var inner } => !IsNullPattern(inner),
        IConstantPatternOperation { Value: var value } when value.IsNull() => true,
        IRecursivePatternOperation or IDeclarationPatternOperation => false,
        _ => null,
    };

    /// <summary><c>await db.Orders.AnyAsync(…)</c>, <c>value.HasValue</c>, <c>exists</c>, <c>cache.TryGetValue(…)</c>, <c>isFresh</c>.</summary>
    private static bool IsPresence(string word) => word is "any" or "exists" or "exist" or "contains" or "has" or "existing" or "found" or "try" or "fresh" or "valid";

    /// <summary><c>isStale</c>, <c>NeedsRefresh(…)</c>, <c>row.ExpiresAt &lt; now</c>.</summary>
    private static bool IsAge(string word) => word is "stale" or "needs" or "need" or "refresh" or "outdated" or "expired" or "expires" or "expiry" or "expiration" or "missing";

    private static bool SaysSo(IOperation value, Func<string, bool> isWord)
    {
        if (value is IBinaryOperation { OperatorKind: BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual } comparison)
            return SaysSo(comparison.LeftOperand.Unwrap(), isWord) || SaysSo(comparison.RightOperand.Unwrap(), isWord);
        var name = value.UnwrapAwait() switch
        {
            IInvocationOperation call => call.TargetMethod.Name,
            IPropertyReferenceOperation { Property: { Name: "Value" }, Instance: IPropertyReferenceOperation inner } => inner.Property.Name,
            IPropertyReferenceOperation property => property.Property.Name,
            ILocalReferenceOperation local => local.Local.Name,
            _ => "",
        };
        foreach (var word in NameWords.Of(name))
        {
            if (isWord(word))
                return true;
        }

        return false;
    }

    private static bool IsNamedSo(IOperation call)
    {
        if (call is IInvocationOperation { TargetMethod.Name: var called } && IsName(called))
            return true;
        return call.MemberAround() is { Name: var around } && IsName(around);
    }

    private static bool IsName(string name)
    {
        var words = NameWords.Of(name);
        for (var i = 0; i < words.Length; i++)
        {
            if (words[i] is "ensure" || (words[i] is "or" && i > 0 && i + 1 < words.Length && words[i + 1] is "create" or "add" or "insert" or "new" or "default")
                || (words[i] is "if" && i + 1 < words.Length && words[i + 1] is "not" or "missing" or "needed" or "necessary" or "required"))
            {
                return true;
            }
        }

        return false;
    }
}

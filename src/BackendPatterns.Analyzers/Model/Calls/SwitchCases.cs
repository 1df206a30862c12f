using System.Collections.Immutable;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Calls;

/// <summary>The constants of an enumeration type that lead into a section of a <c>switch</c>, an arm of a switch expression, or past an <c>is</c>.</summary>
internal static class SwitchCases
{
    /// <summary>Returns what must hold of the value of a <c>switch</c> for a section to run, or null where that cannot be said in constants.</summary>
    public static ChoiceCondition? ConditionOf(ISwitchCaseOperation section, ISwitchOperation choice)
    {
        // 'goto case' enters a section with a value of another.
        if (choice.Descendants().Any(static operation => operation is IBranchOperation { BranchKind: BranchKind.GoTo }))
            return null;
        if (!section.Clauses.Any(static clause => clause is IDefaultCaseClauseOperation))
            return section.Clauses.Select(ValueOf).ToList() is var own && own.All(static value => value is not null) ? OneOf(own) : null;
        var others = choice.Cases.Where(other => other != section).SelectMany(static other => other.Clauses).Select(CertainValueOf).Where(static value => value is not null).ToList();
        return others.Count > 0 ? OneOf(others) with { IsOneOf = false } : null;
    }

    /// <summary>Returns what must hold of the value of a switch expression for an arm to run, or null where that cannot be said in constants.</summary>
    public static ChoiceCondition? ConditionOf(ISwitchExpressionArmOperation arm, ISwitchExpressionOperation choice)
    {
        if (arm.Pattern is not IDiscardPatternOperation)
            return ValuesOf(arm.Pattern);
        var others = ImmutableArray<long>.Empty;
        foreach (var other in choice.Arms)
        {
            if (other.Guard is null && ValuesOf(other.Pattern) is { IsOneOf: true, Values: var values })
                others = others.AddRange(values);
        }

        return others.IsEmpty ? null : new ChoiceCondition(0, others, IsOneOf: false);
    }

    /// <summary>Returns the constants that a pattern names (<c>Kind.A or Kind.B</c>, <c>not Kind.A</c>), or null for any other pattern.</summary>
    public static ChoiceCondition? ValuesOf(IPatternOperation pattern)
    {
        var isOneOf = true;
        if (pattern is INegatedPatternOperation { Pattern: var inner })
            (pattern, isOneOf) = (inner, false);
        var values = ImmutableArray.CreateBuilder<long>();
        while (pattern is IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.Or, RightPattern: IConstantPatternOperation right } either && Choices.ValueOf(right.Value.Unwrap()) is { } value)
        {
            values.Add(value);
            pattern = either.LeftPattern;
        }

        if (pattern is not IConstantPatternOperation last || Choices.ValueOf(last.Value.Unwrap()) is not { } first)
            return null;
        values.Add(first);
        return new ChoiceCondition(0, values.ToImmutable(), isOneOf);
    }

    private static ChoiceCondition OneOf(IEnumerable<long?> values) => new(0, values.Select(static value => value!.Value).ToImmutableArray(), IsOneOf: true);

    // A guard makes a section run less often; the value still has to be this one.
    private static long? ValueOf(ICaseClauseOperation clause) => clause switch
    {
        ISingleValueCaseClauseOperation { Value: var value } => Choices.ValueOf(value.Unwrap()),
        IPatternCaseClauseOperation { Pattern: IConstantPatternOperation { Value: var value } } => Choices.ValueOf(value.Unwrap()),
        _ => null,
    };

    private static long? CertainValueOf(ICaseClauseOperation clause) => clause is IPatternCaseClauseOperation { Guard: not null } ? null : ValueOf(clause);
}

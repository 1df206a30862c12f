using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow.Sql;

/// <summary>The values that a local has where it is read.</summary>
internal static class SqlLocals
{
    /// <summary>
    /// Returns what is assigned and added to a local before a place, in source order; from the last assignment on that replaces the value on every way to the place.
    /// </summary>
    public static IReadOnlyList<IOperation> ValuesBefore(ILocalReferenceOperation place)
    {
        var values = LocalValues.Around(place);
        var found = new List<IOperation>();
        foreach (var value in values.WritesTo(place.Local))
        {
            if (value is not null)
                found.Add(value);
        }

        foreach (var reference in values.ReferencesTo(place.Local))
        {
            if (reference.Parent is ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Add } sum && sum.Target == reference)
                found.Add(sum.Value);
        }

        found.RemoveAll(value => value.Syntax.SpanStart > place.Syntax.SpanStart);
        found.Sort(static (one, other) => one.Syntax.SpanStart.CompareTo(other.Syntax.SpanStart));
        for (var i = found.Count - 1; i > 0; i--)
        {
            if (Replaces(found[i], place))
                return found.GetRange(i, found.Count - i);
        }

        return found;
    }

    /// <summary>Returns the loop whose element a local is, or null.</summary>
    public static IForEachLoopOperation? LoopOver(ILocalReferenceOperation place)
    {
        for (var current = place.Parent; current is not null; current = current.Parent)
        {
            if (current is IForEachLoopOperation loop && loop.Locals.Contains(place.Local, SymbolEqualityComparer.Default))
                return loop;
        }

        return null;
    }

    private static bool Replaces(IOperation value, ILocalReferenceOperation place)
    {
        var assignment = value.Parent;
        while (assignment is IConversionOperation or IParenthesizedOperation)
            assignment = assignment.Parent;
        if (assignment is not ISimpleAssignmentOperation { Parent: IExpressionStatementOperation { Parent: IBlockOperation block } } || !place.IsWithin(block))
            return false;
        return !value.DescendantsAndSelf().Any(inner => inner is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, place.Local));
    }
}

using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow;

/// <summary>The offset or page number advances from turn to turn. Keyset paging is recognised by its empty page (<see cref="ResultLeavesLoop"/>).</summary>
public static class Paging
{
    private static readonly HashSet<string> OffsetNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "page", "pageNumber", "pageIndex", "pageNo", "offset", "skip", "cursor", "start", "startIndex", "continuationToken", "currentPage",
    };

    public static bool AdvancesIn(Repetition repetition, IOperation call, ValueFlow element)
    {
        if (repetition.Kind is RepetitionKind.ForEach or RepetitionKind.AwaitForEach or RepetitionKind.PerItemCall && !CountsPages(repetition))
            return false;
        foreach (var operation in call.DescendantsAndSelf())
        {
            if (operation is IInvocationOperation { TargetMethod.Name: "Skip" or "ElementAt" or "ElementAtAsync" } && element.Reaches(operation))
                return true;
            if (operation is IArgumentOperation { Parameter: { } parameter } argument && OffsetNames.Contains(parameter.Name) && element.Reaches(argument.Value))
                return true;
        }

        return false;
    }

    /// <summary><c>foreach (var page in Enumerable.Range(0, pages))</c>.</summary>
    private static bool CountsPages(Repetition repetition) =>
        repetition.Sequence?.Unwrap() is IInvocationOperation { TargetMethod: { Name: "Range", ContainingType.Name: "Enumerable" } };
}

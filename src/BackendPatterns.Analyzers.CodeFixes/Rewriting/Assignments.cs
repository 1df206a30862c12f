using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.Rewriting;

/// <summary>What a region of code assigns to.</summary>
public static class Assignments
{
    /// <summary>True where the region gives a variable or member a value, on whatever object: assignment, <c>++</c>, deconstruction, <c>ref</c> or <c>out</c>.</summary>
    public static bool Assigns(this IOperation region, ISymbol symbol)
    {
        foreach (var operation in region.DescendantsAndSelf())
        {
            var target = operation switch
            {
                IAssignmentOperation assignment => assignment.Target,
                IIncrementOrDecrementOperation step => step.Target,
                IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument => argument.Value,
                _ => null,
            };
            if (target is not null && Mentions(target, symbol))
                return true;
        }

        return false;
    }

    private static bool Mentions(IOperation target, ISymbol symbol)
    {
        if (target is not ITupleOperation)
            return SymbolEqualityComparer.Default.Equals(target.ReferencedSymbol()?.OriginalDefinition, symbol.OriginalDefinition);
        return target.DescendantsAndSelf().Any(part => SymbolEqualityComparer.Default.Equals(part.ReferencedSymbol()?.OriginalDefinition, symbol.OriginalDefinition));
    }
}

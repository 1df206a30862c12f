using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FindSymbols;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>
/// A project sees the implementations of an interface that stand in it and below it; those above it (a class of the web project that implements an
/// interface of the domain) are found in the solution.
/// </summary>
public static class BatchAssumptions
{
    /// <summary>True where no method of the solution may run in place of those that the project sees.</summary>
    public static async Task<bool> HoldAsync(BatchPlan plan, BackendModel model, Solution solution, CancellationToken cancellationToken)
    {
        foreach (var method in plan.Assumed)
        {
            var seen = new HashSet<string>(model.Calls.BodiesOf(method, cancellationToken).Select(static body => body.ToDisplayString()), StringComparer.Ordinal);
            var found = method.ContainingType.TypeKind is TypeKind.Interface
                ? await SymbolFinder.FindImplementationsAsync(method, solution, cancellationToken: cancellationToken).ConfigureAwait(false)
                : await SymbolFinder.FindOverridesAsync(method, solution, cancellationToken: cancellationToken).ConfigureAwait(false);
            if (found.Any(body => !body.IsAbstract && !seen.Contains(body.OriginalDefinition.ToDisplayString())))
                return false;
        }

        return true;
    }
}

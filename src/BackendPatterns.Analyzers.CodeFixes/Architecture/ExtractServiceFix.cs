using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Rules.Architecture;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture;

/// <summary>
/// Base of the fixes that move the data access of an endpoint type into a service of its own. A type with both, a context and a repository, gets one service for both, whichever
/// of the two reports is fixed.
/// </summary>
public abstract class ExtractServiceFix(string ruleId) : RuleFix(ruleId)
{
    private const string Key = "ExtractService";

    protected sealed override async Task<ImmutableArray<Remedy>> FindAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        var extraction = await ExtractAsync(document, node, cancellationToken).ConfigureAwait(false);
        return extraction is { Solution: { } solution, Title: { } title }
            ? ImmutableArray.Create(new Remedy(title, Key, _ => Task.FromResult(solution)))
            : ImmutableArray<Remedy>.Empty;
    }

    /// <summary>Returns the change, or why there is none.</summary>
    internal static async Task<ServiceExtraction> ExtractAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        if (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } semantics)
            return new ServiceExtraction(null, null, "no semantics");
        var model = BackendModel.For(semantics.Compilation);
        var allowed = LayeringOptions.AllowedDependencies.In(document.Project.AnalyzerOptions, semantics.SyntaxTree);
        return await ServiceExtraction.OfAsync(document, node, type => MustLeave(type, model) && !allowed.Contains(type.Name), cancellationToken).ConfigureAwait(false);
    }

    private static bool MustLeave(ITypeSymbol type, BackendModel model) =>
        model.DataAccessTypes.Contain(type) || model.Repositories.Contain(type);
}

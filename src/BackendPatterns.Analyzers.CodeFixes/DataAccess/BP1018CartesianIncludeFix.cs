using System.Collections.Immutable;
using BackendPatterns.Analyzers.CodeFixes.Framework;
using BackendPatterns.Analyzers.CodeFixes.Rewriting;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Entities;
using BackendPatterns.Analyzers.Roslyn;
using BackendPatterns.Analyzers.Rules.DataAccess;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>Fix of BP1018: each collection is loaded with a command of its own.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BP1018CartesianIncludeFix() : RuleFix(BP1018CartesianIncludeAnalyzer.Id)
{
    private const string Split = "AsSplitQuery";

    protected override async Task<ImmutableArray<Remedy>> FindAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        if (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } semantics || MarkedQuery.At(node) is not { } place)
            return ImmutableArray<Remedy>.Empty;
        var model = BackendModel.For(semantics.Compilation);
        if (semantics.GetOperation(place, cancellationToken) is not { } operation || BP1018SiblingCollections.Of(operation, model) is not { } found
            || !AreSameRowsEachTime(found, model) || MarkedQuery.With(operation, Split) is not var (before, after))
        {
            return ImmutableArray<Remedy>.Empty;
        }

        var root = semantics.SyntaxTree.GetRoot(cancellationToken).ReplaceNode(before, after);
        var changed = document.WithSyntaxRoot(UsingDirectives.AddMissing(root, semantics, place.SpanStart, ("Microsoft.EntityFrameworkCore", "RelationalQueryableExtensions")));
        return await IfItCompilesAsync(document, place, changed, "Load each collection with a command of its own ('AsSplitQuery')", Split, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Every command of a split query looks for the rows again. Where only some of them are taken, the order has to be total, or the commands may take different ones
    /// (https://learn.microsoft.com/ef/core/querying/single-split-queries#split-queries).
    /// </summary>
    private static bool AreSameRowsEachTime(BP1018SiblingCollections found, BackendModel model)
    {
        if (!found.Query.Operators.Any(call => call.TargetMethod.Name is "Skip" or "Take") && !TakesFirst(found.Operation))
            return true;
        if (found.Query is not { IsComplete: true, SourceElementType: INamedTypeSymbol row })
            return false;
        var entity = model.Entities.Describe(row);
        return found.Query.Operators.Any(call => IsOrderedByUnique(call, entity));
    }

    private static bool TakesFirst(IOperation operation) =>
        operation is IInvocationOperation { TargetMethod.Name: var name } && (name.StartsWith("First", StringComparison.Ordinal) || name.StartsWith("Last", StringComparison.Ordinal));

    private static bool IsOrderedByUnique(IInvocationOperation call, EntityType entity) =>
        call.TargetMethod.Name is "OrderBy" or "OrderByDescending" or "ThenBy" or "ThenByDescending"
        && call.ArgumentAt(1).AsLambda() is { Body.Operations: [IReturnOperation { ReturnedValue: { } value }] }
        && value.Unwrap() is IPropertyReferenceOperation { Instance: { } instance } property && instance.Unwrap() is IParameterReferenceOperation
        && entity.IsUnique(property.Property.Name);
}

using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Model.Entities;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Flow.Rows;

/// <summary>
/// Tracked rows fill the navigations of other tracked entities, so that a load can matter although nobody uses its result
/// (https://learn.microsoft.com/ef/core/querying/related-data/eager, "navigation fix-up").
/// </summary>
public static class FixUp
{
    /// <summary>True where the same member reads a navigation that leads to this entity: it may have its value from this load.</summary>
    public static bool MayMatter(QueryChain query, ITypeSymbol entity, IOperation load, BackendModel model)
    {
        if (!IsTracked(query))
            return false;
        foreach (var operation in load.Root().Descendants())
        {
            if (operation is IPropertyReferenceOperation { Instance: not null } reference && LeadsTo(reference.Type, entity)
                && model.Entities.Find(reference.Property.ContainingType) is not null && !operation.IsInExpressionTree(model.Libraries.Linq.Expression))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True where rows of this query fill each other's navigations: a tree of categories.</summary>
    public static bool LinksItsRows(QueryChain query, EntityType entity)
    {
        if (!IsTracked(query) && !query.Has("AsNoTrackingWithIdentityResolution"))
            return false;
        foreach (var member in entity.Members)
        {
            if (member is { IsNavigation: true, Target: INamedTypeSymbol target } && (entity.Symbol.IsOrDerivesFrom(target) || target.IsOrDerivesFrom(entity.Symbol)))
                return true;
        }

        return false;
    }

    /// <summary>True where a member changes entities of this type: a tracked row is then the changed object, and what the query sees is not.</summary>
    public static bool IsChangedInSameMember(QueryChain query, INamedTypeSymbol entity, IOperation load)
    {
        if (query.Has("AsNoTracking"))
            return false;
        foreach (var operation in load.Root().Descendants())
        {
            if (operation is IPropertyReferenceOperation property && property.IsWritten() && entity.IsOrDerivesFrom(property.Property.ContainingType))
                return true;
        }

        return false;
    }

    private static bool IsTracked(QueryChain query) => !query.Has("AsNoTracking") && !query.Has("AsNoTrackingWithIdentityResolution");

    private static bool LeadsTo(ITypeSymbol? type, ITypeSymbol entity) =>
        SymbolEqualityComparer.Default.Equals(type, entity) || SymbolEqualityComparer.Default.Equals(type.ElementTypeOfSequence(), entity);
}

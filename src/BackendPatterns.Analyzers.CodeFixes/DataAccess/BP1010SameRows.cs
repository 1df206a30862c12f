using BackendPatterns.Analyzers.Flow.Rows;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Roslyn;
using BackendPatterns.Analyzers.Rules.DataAccess;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.CodeFixes.DataAccess;

/// <summary>Whether a projection sees the same rows and the same values as the load of the entities does.</summary>
internal static class BP1010SameRows
{
    /// <summary>
    /// False where entities of this type are changed in the same member (a tracking query returns the changed objects, a projection the rows in the database), where an
    /// include that a projection ignores may leave rows out, and where a property that is read is more than its column.
    /// </summary>
    public static bool AreLoadedBy(BP1010UnprojectedLoad found, BackendModel model)
    {
        foreach (var read in found.Uses.Reads)
        {
            if (!read.Reference.Property.IsAutoProperty())
                return false;
        }

        return !MayLeaveRowsOut(found.Load.Query, model) && !FixUp.IsChangedInSameMember(found.Load.Query, found.Load.Entity.Symbol, found.Load.Operation);
    }

    /// <summary>
    /// An <c>Include</c> of a required navigation joins, and with a global query filter on the other side the join drops rows
    /// (https://learn.microsoft.com/ef/core/querying/filters#accessing-entity-with-query-filter-using-required-navigation). A projection that does not use it does not join.
    /// </summary>
    public static bool MayLeaveRowsOut(QueryChain query, BackendModel model)
    {
        foreach (var call in query.Operators)
        {
            if (call.TargetMethod.Name is not ("Include" or "ThenInclude"))
                continue;
            if (call.ArgumentAt(1).AsLambda() is not { Body.Operations: [IReturnOperation { ReturnedValue: { } value }] } || value.Unwrap() is not IPropertyReferenceOperation navigation)
                return true;
            var isCollection = navigation.Type.ElementTypeOfSequence() is not null;
            var isOptional = navigation.Property.NullableAnnotation is NullableAnnotation.Annotated;
            var mayBeFiltered = model.Entities.HasQueryFilters || !SymbolEqualityComparer.Default.Equals(navigation.Property.ContainingAssembly, model.Compilation.Assembly);
            if (!isCollection && !isOptional && mayBeFiltered)
                return true;
        }

        return false;
    }
}

using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Model.Entities;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.DataAccess;

/// <summary>
/// Collections that one query joins side by side, so that each row comes back once for each combination of their elements
/// (https://learn.microsoft.com/ef/core/querying/single-split-queries#cartesian-explosion). A collection below another one multiplies nothing. The analyzer and its fix ask the same question.
/// </summary>
/// <param name="Operation">The call of the terminal operator, or the loop over the query.</param>
/// <param name="Query">The query.</param>
/// <param name="First">The path of one collection.</param>
/// <param name="Second">The path of another one.</param>
/// <param name="Places">Where the two are included or projected.</param>
public sealed record BP1018SiblingCollections(IOperation Operation, QueryChain Query, string First, string Second, IReadOnlyList<Location> Places)
{
    private static readonly HashSet<string> Terminals = new(StringComparer.Ordinal)
    {
        "ToList", "ToListAsync", "ToArray", "ToArrayAsync", "ToDictionary", "ToDictionaryAsync", "ToHashSet", "ToHashSetAsync", "ToLookup", "Load", "LoadAsync", "ForEachAsync",
        "First", "FirstOrDefault", "Single", "SingleOrDefault", "Last", "LastOrDefault",
        "FirstAsync", "FirstOrDefaultAsync", "SingleAsync", "SingleOrDefaultAsync", "LastAsync", "LastOrDefaultAsync",
    };

    /// <summary>Returns the first two collections that an operation joins side by side, or null where there are none, where one command is asked for, or where that is not known.</summary>
    public static BP1018SiblingCollections? Of(IOperation operation, BackendModel model)
    {
        if (model.DataAccess.QueryEndedBy(operation, Terminals) is not { } source || operation.IsInExpressionTree(model.Libraries.Linq.Expression) || model.DataAccess.ReadBy(operation) is not { } query)
            return null;
        var (entities, collections) = CollectionsOf(source, query, model);
        if (!TryFindSiblings(collections, out var first, out var second) || entities is null || EagerLoading.Of(entities, model) is not { } eager)
            return null;
        if (SaysHow(eager.Operators) || SaysHow(query.Operators) || model.Entities.Contexts.ChoosesSplitting(eager.Context) is not ContextAnswer.No)
            return null;
        if (entities.Unwrap().Type.ElementTypeOfSequence() is INamedTypeSymbol row && KeyFilter.SelectsOne(model.Entities.Describe(row), operation, eager.Operators))
            return null;
        return new BP1018SiblingCollections(operation, query, first.Path, second.Path, [first.Place, second.Place]);
    }

    /// <summary>The part of the query that has entities as rows, and the collections that are loaded with them.</summary>
    private static (IOperation? Entities, List<LoadedCollection> Collections) CollectionsOf(IOperation source, QueryChain query, BackendModel model)
    {
        for (var at = query.Operators.Length - 1; at >= 0; at--)
        {
            var call = query.Operators[at];
            if (call.TargetMethod is not { Name: "Select", ContainingType.Name: "Queryable" } || call.ArgumentAt(1).AsLambda() is not { } projection)
                continue;
            if (projection.Body.Operations is [IReturnOperation { ReturnedValue: { } value }] && value.Unwrap() is IParameterReferenceOperation)
                continue;
            // What follows the projection has to be known as well.
            return query.IsComplete ? (call.Receiver(), LoadedCollection.ProjectedBy(projection, model)) : (null, []);
        }

        return EagerLoading.Of(source, model) is { } eager && source.Unwrap().Type.ElementTypeOfSequence() is { } row
            ? (source, LoadedCollection.IncludedBy(eager, query, row))
            : (null, []);
    }

    private static bool TryFindSiblings(List<LoadedCollection> collections, out LoadedCollection first, out LoadedCollection second)
    {
        for (var i = 1; i < collections.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                (first, second) = (collections[j], collections[i]);
                if (!first.IsAbove(second) && !second.IsAbove(first))
                    return true;
            }
        }

        (first, second) = (LoadedCollection.None, LoadedCollection.None);
        return false;
    }

    private static bool SaysHow(IReadOnlyList<IInvocationOperation> operators)
    {
        foreach (var call in operators)
        {
            if (call.TargetMethod.Name is "AsSplitQuery" or "AsSingleQuery")
                return true;
        }

        return false;
    }
}

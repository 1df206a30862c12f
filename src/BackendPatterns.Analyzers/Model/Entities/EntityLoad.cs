using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Entities;

/// <summary>A terminal operator, or a <c>foreach</c> over a query, that loads whole entities through EF Core.</summary>
/// <param name="Operation">The call of the terminal operator, or the loop.</param>
/// <param name="Query">What the operator is called on.</param>
/// <param name="Entity">The type of the rows.</param>
public sealed record EntityLoad(IOperation Operation, QueryChain Query, EntityType Entity)
{
    private static readonly HashSet<string> SingleRowOperators = new(StringComparer.Ordinal)
    {
        "First", "FirstOrDefault", "Single", "SingleOrDefault", "Last", "LastOrDefault", "ElementAt", "ElementAtOrDefault",
        "FirstAsync", "FirstOrDefaultAsync", "SingleAsync", "SingleOrDefaultAsync", "LastAsync", "LastOrDefaultAsync", "ElementAtAsync", "ElementAtOrDefaultAsync",
    };

    private static readonly HashSet<string> Operators = new(SingleRowOperators, StringComparer.Ordinal)
    {
        "ToList", "ToListAsync", "ToArray", "ToArrayAsync", "ToDictionary", "ToDictionaryAsync", "ToLookup",
    };

    /// <summary>True for <c>First</c>, <c>SingleOrDefaultAsync</c> and their like.</summary>
    public bool IsSingleRow => Operation is IInvocationOperation call && SingleRowOperators.Contains(call.TargetMethod.Name);

    /// <summary>The query as it stands before the operator, or the collection of the loop.</summary>
    public IOperation Source => Operation is IForEachLoopOperation loop ? loop.Collection : ((IInvocationOperation)Operation).Receiver()!;

    /// <summary>How messages name the operator: <c>ToListAsync</c>, <c>foreach</c>.</summary>
    public string Name => TerminalPlace.Of(Operation).Name;

    /// <summary>Where to report: the name of the operator, or the collection of the loop.</summary>
    public Location Place => TerminalPlace.Of(Operation).Location;

    /// <summary>
    /// Returns what an operation loads, or null where it loads no whole entities of a known type: another call, a projection, rows from elsewhere,
    /// a query inside an expression tree.
    /// </summary>
    public static EntityLoad? Of(IOperation operation, BackendModel model)
    {
        if (model.DataAccess.QueryEndedBy(operation, Operators)?.Unwrap().Type.ElementTypeOfSequence() is not INamedTypeSymbol { TypeKind: TypeKind.Class, IsAnonymousType: false } row)
            return null;
        return model.Entities.LoadOf(operation, row);
    }

    /// <summary>The part of the answer that costs something: once per operation, whichever rules ask (<see cref="EntityModel.LoadOf"/>).</summary>
    internal static EntityLoad? Compute(IOperation operation, INamedTypeSymbol row, BackendModel model)
    {
        if (model.DataAccess.ReadBy(operation) is not { } query)
            return null;
        if (!KeepsEntities(query) || operation.IsInExpressionTree(model.Libraries.Linq.Expression))
            return null;
        var entity = model.Entities.Find(row) ?? (IsSetOf(query, row, model) ? model.Entities.Describe(row) : null);
        return entity is null ? null : new EntityLoad(operation, query, entity);
    }

    private static bool IsSetOf(QueryChain query, INamedTypeSymbol row, BackendModel model) =>
        model.Libraries.EntityFrameworkCore!.IsDbSet(query.Source.Type) && SymbolEqualityComparer.Default.Equals(query.SourceElementType, row);

    /// <summary>False where an operator makes new rows (<c>Select(x => new Customer { … })</c>) or continues in memory.</summary>
    private static bool KeepsEntities(QueryChain query)
    {
        foreach (var call in query.Operators)
        {
            if (call.TargetMethod.ContainingType is { Name: "Enumerable" or "AsyncEnumerable" })
                return false;
            if (call.TargetMethod.Name is "Select" or "SelectMany" or "Join" or "GroupJoin" or "LeftJoin" or "RightJoin" or "Zip" && !SelectsWhole(call))
                return false;
        }

        return true;
    }

    private static bool SelectsWhole(IInvocationOperation call)
    {
        if (call.Arguments[^1].Value.AsLambda() is not { Body.Operations: [IReturnOperation { ReturnedValue: { } value }] })
            return false;
        var current = value.Unwrap();
        while (current is IPropertyReferenceOperation { Instance: { } instance })
            current = instance.Unwrap();
        return current is IParameterReferenceOperation;
    }
}

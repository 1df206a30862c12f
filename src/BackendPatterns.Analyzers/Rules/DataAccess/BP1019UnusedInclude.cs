using System.Collections.Immutable;
using BackendPatterns.Analyzers.Flow;
using BackendPatterns.Analyzers.Flow.Rows;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Model.Entities;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.DataAccess;

/// <summary>Includes of a query that load nothing, or more than is asked for. The analyzer and its fix ask the same question.</summary>
/// <param name="Operation">The call of the terminal operator, or the loop over the query.</param>
/// <param name="Includes">The calls of <c>Include</c> and <c>ThenInclude</c>.</param>
/// <param name="IsDropped">True where the query returns no entities, so that EF Core ignores the includes; false where only the number of included rows is read.</param>
public sealed record BP1019UnusedInclude(IOperation Operation, ImmutableArray<IInvocationOperation> Includes, bool IsDropped)
{
    private static readonly HashSet<string> Aggregates = new(StringComparer.Ordinal)
    {
        "Any", "All", "Count", "LongCount", "Sum", "Min", "Max", "Average", "AnyAsync", "AllAsync", "CountAsync", "LongCountAsync", "SumAsync", "MinAsync", "MaxAsync", "AverageAsync",
    };

    private static readonly HashSet<string> Terminals = new(Aggregates, StringComparer.Ordinal)
    {
        "ToList", "ToListAsync", "ToArray", "ToArrayAsync", "ToDictionary", "ToDictionaryAsync", "ToHashSet", "ToHashSetAsync", "First", "FirstOrDefault", "Single", "SingleOrDefault",
        "FirstAsync", "FirstOrDefaultAsync", "SingleAsync", "SingleOrDefaultAsync",
    };

    /// <summary>Returns the includes of the query that an operation executes which are not needed, or null where there are none or that is not known.</summary>
    public static BP1019UnusedInclude? Of(IOperation operation, BackendModel model, CancellationToken cancellation)
    {
        if (model.DataAccess.QueryEndedBy(operation, Terminals) is null || operation.IsInExpressionTree(model.Libraries.Linq.Expression) || model.DataAccess.ReadBy(operation) is not { } query)
            return null;
        var includes = query.Operators.Where(static call => call.TargetMethod.Name is "Include" or "ThenInclude").ToImmutableArray();
        if (includes.IsEmpty || !includes.All(include => IsOnlyFor(operation, include)))
            return null;
        if (operation is IInvocationOperation aggregate && Aggregates.Contains(aggregate.TargetMethod.Name))
            return new BP1019UnusedInclude(operation, includes, IsDropped: true);
        return LastProjection(query) is { } projection
            ? Projected.WithoutEntities(projection, model) ? new BP1019UnusedInclude(operation, includes, IsDropped: true) : null
            : OnlyCounted(operation, includes, model, cancellation);
    }

    /// <summary><c>await q.CountAsync()</c> before <c>await q.ToListAsync()</c>: the include in <c>q</c> is for the second.</summary>
    private static bool IsOnlyFor(IOperation operation, IInvocationOperation include)
    {
        if (include.IsWithin(operation))
            return true;
        for (var current = include.Parent; current is not (null or IBlockOperation or IExpressionStatementOperation); current = current.Parent)
        {
            if (current is IVariableDeclaratorOperation declarator)
                return LocalValues.Around(operation).ReferencesTo(declarator.Symbol) is [var only] && only.IsWithin(operation);
        }

        return false;
    }

    private static IAnonymousFunctionOperation? LastProjection(QueryChain query)
    {
        for (var at = query.Operators.Length - 1; at >= 0; at--)
        {
            var call = query.Operators[at];
            if (call.TargetMethod.Name is "Include" or "ThenInclude" || call.TargetMethod.ContainingType.Name is "Enumerable" or "AsyncEnumerable")
                return null;
            if (call.TargetMethod.Name is "Select" && call.ArgumentAt(1).AsLambda() is { } projection)
                return projection;
        }

        return null;
    }

    /// <summary>A collection that is included, and of which nothing but the number of elements is read.</summary>
    private static BP1019UnusedInclude? OnlyCounted(IOperation operation, ImmutableArray<IInvocationOperation> includes, BackendModel model, CancellationToken cancellation)
    {
        if (EntityLoad.Of(operation, model) is not { } load)
            return null;
        var paths = includes.Select(EagerLoading.PathOf).ToList();
        if (paths.Contains(null) || BP1010UnprojectedLoad.Of(operation, model, cancellation) is not null)
            return null;
        var uses = RowUses.Everywhere(load, operation, model, cancellation);
        if (!uses.IsUnderstood || uses.Escapes.Count > 0)
            return null;
        for (var i = 0; i < includes.Length; i++)
        {
            var reads = uses.Navigations.Where(read => read.Path == paths[i]).ToList();
            var isLeaf = !paths.Exists(path => path!.StartsWith(paths[i] + ".", StringComparison.Ordinal));
            if (isLeaf && includes[i].TargetMethod.Name is "Include" && reads.Count > 0 && reads.TrueForAll(static read => IsCount(read.Reference)))
                return new BP1019UnusedInclude(operation, ImmutableArray.Create(includes[i]), IsDropped: false);
        }

        return null;
    }

    private static bool IsCount(IPropertyReferenceOperation collection)
    {
        var value = collection.WalkUpValue();
        return value.Parent switch
        {
            IPropertyReferenceOperation { Property.Name: "Count" or "Length" } => true,
            IInvocationOperation { TargetMethod.Name: "Count" or "LongCount" or "Any" } call => call.Arguments.Length <= 1,
            IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { Name: "Count" or "LongCount" or "Any", ContainingType.Name: "Enumerable" } } call } => call.Arguments.Length == 1,
            _ => false,
        };
    }

    /// <summary>
    /// Whether the result of a projection holds entities. EF Core ignores includes where it does not; where a whole entity, or a collection of them, is part of the result, its includes may be loaded.
    /// </summary>
    private static class Projected
    {
        private const int MostSteps = 64;

        public static bool WithoutEntities(IAnonymousFunctionOperation projection, BackendModel model)
        {
            foreach (var part in projection.Body.Descendants())
            {
                if (part is IParameterReferenceOperation reference && !ColumnTypes.Contains(reference.Type!) && !EndsInColumn(reference, model))
                    return false;
            }

            return true;
        }

        private static bool EndsInColumn(IOperation value, BackendModel model)
        {
            for (var steps = 0; steps < MostSteps; steps++)
            {
                switch (value.Parent)
                {
                    case IConversionOperation { OperatorMethod: null } or IParenthesizedOperation:
                        value = value.Parent;
                        continue;
                    case IPropertyReferenceOperation member when member.Instance == value:
                        value = member;
                        break;
                    case IInvocationOperation call when call.Instance == value:
                        value = call;
                        break;
                    case IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation { TargetMethod.IsExtensionMethod: true } call } when call.TargetMethod.ContainingNamespace.Is("System.Linq"):
                        value = call;
                        break;
                    case IBinaryOperation comparison:
                        return comparison.LeftOperand.IsNull() || comparison.RightOperand.IsNull();
                    default:
                        return false;
                }

                var result = value.Type!;
                if (ColumnTypes.Contains(result) || (value is IInvocationOperation { TargetMethod.Name: "Select" } && result.ElementTypeOfSequence() is { } element && !model.Entities.IsEntity(element)))
                    return true;
            }

            return false;
        }
    }
}

using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model.DataAccess;
using BackendPatterns.Analyzers.Model.Entities;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Translation;

/// <summary>What the rows of a query are made of, as far as a further operator of the query needs to know.</summary>
public sealed class RowShape
{
    private static readonly HashSet<string> Reshaping = new(StringComparer.Ordinal)
    {
        "SelectMany", "Join", "GroupJoin", "LeftJoin", "RightJoin", "Zip", "GroupBy", "Cast", "OfType", "Concat", "Union", "Except", "Intersect", "Chunk", "DefaultIfEmpty",
    };

    private RowShape(EntityType? entity, ImmutableDictionary<string, Translation> members, Translation whole, IncludedNavigations included)
    {
        Entity = entity;
        Members = members;
        Whole = whole;
        Included = included;
    }

    /// <summary>The mapping of the rows, where they are whole entities.</summary>
    public EntityType? Entity { get; }

    /// <summary>What is known of the members of a projected row.</summary>
    public ImmutableDictionary<string, Translation> Members { get; }

    /// <summary>What is known of the row itself, where it is one value.</summary>
    public Translation Whole { get; }

    /// <summary>The navigations that the query loads.</summary>
    internal IncludedNavigations Included { get; }

    /// <summary>True where no two rows can be equal, so that <c>Distinct</c> means nothing.</summary>
    public bool IsEntity => Entity is not null;

    /// <summary>Returns the rows of a query, or null where they are not known: a join, an own extension method, a projection that cannot be read.</summary>
    public static RowShape? Of(QueryChain query, BackendModel model)
    {
        IInvocationOperation? projection = null;
        foreach (var call in query.Operators)
        {
            var name = call.TargetMethod.Name;
            if (Reshaping.Contains(name) || call.TargetMethod.ContainingType.Name is "Enumerable" or "AsyncEnumerable")
                return null;
            if (name is not "Select")
                continue;
            if (projection is not null)
                return null;
            projection = call;
        }

        var included = IncludedNavigations.Of(query);
        if (query.SourceElementType is not INamedTypeSymbol { TypeKind: TypeKind.Class, IsAnonymousType: false } source)
            return null;
        var entity = model.Entities.Find(source) ?? (model.Libraries.EntityFrameworkCore?.IsDbSet(query.Source.Type) == true ? model.Entities.Describe(source) : null);
        if (entity is not { IsReadable: true })
            return null;
        var rows = new RowShape(entity, ImmutableDictionary<string, Translation>.Empty, Translation.Unknown, included);
        return projection is null ? rows : Projected(projection, rows, model);
    }

    private static RowShape? Projected(IInvocationOperation projection, RowShape rows, BackendModel model)
    {
        if (projection.ArgumentAt(1).AsLambda() is not { Symbol.Parameters.Length: 1, Body.Operations: [IReturnOperation { ReturnedValue: { } value }] } lambda)
            return null;
        var initializers = value.Unwrap() switch
        {
            IAnonymousObjectCreationOperation { Initializers: var all } => all,
            IObjectCreationOperation { Arguments.IsEmpty: true, Initializer.Initializers: var all } => all,
            _ => default,
        };
        if (initializers.IsDefault)
        {
            return ScalarTypes.Contains(value.Type)
                ? new RowShape(null, ImmutableDictionary<string, Translation>.Empty, LambdaTranslation.Of(lambda, rows, model), rows.Included)
                : null;
        }

        var members = ImmutableDictionary.CreateBuilder<string, Translation>(StringComparer.Ordinal);
        foreach (var initializer in initializers)
        {
            if (initializer is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: { } member }, Value: { } assigned } && ScalarTypes.Contains(member.Type))
                members[member.Name] = LambdaTranslation.OfValue(assigned, lambda, rows, model);
        }

        return new RowShape(null, members.ToImmutable(), Translation.Unknown, rows.Included);
    }
}

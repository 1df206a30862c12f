using BackendPatterns.Analyzers.Model.Entities;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Translation;

/// <summary>What a chain of members of a row leads to.</summary>
internal enum RowPathKind
{
    /// <summary>A value that the database computes.</summary>
    Value,

    /// <summary>The row itself, an owned object, or another row.</summary>
    Entity,

    /// <summary>Other rows.</summary>
    Collection,
}

/// <summary>The end of a chain of members.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Level">What is known of it.</param>
/// <param name="Type">Its type.</param>
/// <param name="Entity">The mapping of the rows that it is or has.</param>
internal sealed record RowPath(RowPathKind Kind, Translation Level, ITypeSymbol? Type, EntityType? Entity = null)
{
    /// <summary>The path of the navigations that lead here.</summary>
    public string Path { get; init; } = "";

    /// <summary>True where a converter stands between the column and the value.</summary>
    public bool IsConverted { get; init; }

    /// <summary>True for the row itself.</summary>
    public bool IsRow { get; init; }
}

/// <summary>Follows <c>x.Customer.Name.Length</c> from the parameter of a lambda to the value.</summary>
internal sealed class RowPaths(RowShape rows, BackendModel model, IReadOnlyDictionary<IParameterSymbol, EntityType?> parameters)
{
    private const int MaximumLength = 12;

    /// <summary>Returns what a chain leads to, or null where it does not start at a row or leads to nothing that is stored.</summary>
    public RowPath? Find(IOperation operation)
    {
        var members = new Stack<IPropertySymbol>();
        var current = operation.Unwrap();
        while (current is IPropertyReferenceOperation { Instance: { } instance, Property: { IsIndexer: false } property } && members.Count < MaximumLength)
        {
            members.Push(property);
            current = instance.Unwrap();
        }

        if (current is not IParameterReferenceOperation { Parameter: var parameter } || !parameters.TryGetValue(parameter, out var entity))
            return null;
        RowPath? path = entity is not null
            ? new RowPath(RowPathKind.Entity, Translation.SameAnswer, parameter.Type, entity) { IsRow = true }
            : rows.Whole is not Translation.Unknown ? new RowPath(RowPathKind.Value, rows.Whole, parameter.Type) : null;
        if (path is null)
            return members.Count > 0 && rows.Members.TryGetValue(members.Pop().Name, out var level) ? Follow(new RowPath(RowPathKind.Value, level, LastPopped(operation, members.Count)), members) : null;
        return Follow(path, members);
    }

    private static ITypeSymbol? LastPopped(IOperation operation, int above)
    {
        var current = operation.Unwrap();
        for (; above > 0 && current is IPropertyReferenceOperation { Instance: { } instance }; above--)
            current = instance.Unwrap();
        return current.Type;
    }

    private RowPath? Follow(RowPath path, Stack<IPropertySymbol> members)
    {
        var found = path;
        while (members.Count > 0 && found is not null)
        {
            var property = members.Pop();
            found = found.Kind switch
            {
                RowPathKind.Entity => OfEntity(found, property),
                RowPathKind.Value when !found.IsConverted => new RowPath(RowPathKind.Value, Least(found.Level, TranslatedMembers.Of(property, model.Libraries.DatabaseProviders)), property.Type),
                RowPathKind.Collection when property.Name is "Count" => new RowPath(RowPathKind.Value, found.Level, property.Type),
                _ => null,
            };
        }

        return found;
    }

    private RowPath? OfEntity(RowPath owner, IPropertySymbol property)
    {
        if (owner.Entity!.Member(property.Name) is not { } member)
            return null;
        // What a getter adds to its column is lost in a query.
        var level = property.IsAutoProperty() ? owner.Level : Least(owner.Level, Translation.Translated);
        var name = owner.Path.Length == 0 ? member.Name : owner.Path + "." + member.Name;
        switch (member.Kind)
        {
            case EntityMemberKind.Column when ScalarTypes.Contains(member.Property.Type):
                return new RowPath(RowPathKind.Value, level, member.Property.Type) { IsConverted = member.IsConverted };
            case EntityMemberKind.Owned when member.Target is INamedTypeSymbol owned:
                return new RowPath(RowPathKind.Entity, level, owned, model.Entities.Describe(owned)) { Path = name };
            case EntityMemberKind.Reference when member.Target is INamedTypeSymbol target:
                // In memory a missing row is an exception, in SQL a null.
                var isSure = owner.Path.Length == 0 && member.Property.NullableAnnotation is NullableAnnotation.NotAnnotated && IsLoaded(member, name);
                return new RowPath(RowPathKind.Entity, isSure ? level : Least(level, Translation.Translated), target, model.Entities.Describe(target)) { Path = name };
            case EntityMemberKind.Collection when member.Target is INamedTypeSymbol element:
                // What is loaded may be a part of it, or nothing.
                return new RowPath(RowPathKind.Collection, Least(level, Translation.Translated), member.Property.Type, model.Entities.Describe(element)) { Path = name };
            default:
                return null;
        }
    }

    private bool IsLoaded(EntityMember member, string path) => member.IsAutoIncluded || rows.Included.Contains(path);

    private static Translation Least(Translation one, Translation other) => one < other ? one : other;
}

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Entities;

/// <summary>
/// How one type is mapped: by the conventions of EF Core, by attributes, and by the fluent configuration that this compilation has in source.
/// </summary>
public sealed class EntityType
{
    private readonly Dictionary<string, EntityMember> _members = new(StringComparer.Ordinal);

    internal EntityType(
        INamedTypeSymbol symbol, ImmutableArray<EntityMember> members, ImmutableArray<string> key, ImmutableArray<ImmutableArray<string>> uniqueSets, bool isReadable)
    {
        Symbol = symbol;
        Members = members;
        Key = key;
        UniqueSets = uniqueSets;
        IsReadable = isReadable;
        foreach (var member in members)
            _members[member.Name] = member;
        Columns = members.SelectMany(member => member.Columns()).ToImmutableArray();
    }

    public INamedTypeSymbol Symbol { get; }

    /// <summary>The public properties, those of base types included.</summary>
    public ImmutableArray<EntityMember> Members { get; }

    /// <summary>The names of the properties of the primary key; empty where the type has none or it is not known.</summary>
    public ImmutableArray<string> Key { get; }

    /// <summary>The property names of alternate keys and of unique indexes without a filter.</summary>
    public ImmutableArray<ImmutableArray<string>> UniqueSets { get; }

    /// <summary>
    /// False where configuration names properties in a way that cannot be read (a variable, a computed string): keys and columns may then differ from what is listed.
    /// </summary>
    public bool IsReadable { get; }

    /// <summary>The paths of the columns of this type itself. Columns of derived types in the same table, shadow properties and discriminators are not listed.</summary>
    public ImmutableArray<string> Columns { get; }

    /// <summary>Returns the member with this name, or null where the type has no such public property.</summary>
    public EntityMember? Member(string name) => _members.TryGetValue(name, out var member) ? member : null;

    /// <summary>True where no two rows can have the same value of this property: it alone is the primary key, an alternate key or a unique index.</summary>
    public bool IsUnique(string propertyName)
    {
        if (!IsReadable)
            return false;
        if (Key is [var only] && only == propertyName)
            return true;
        foreach (var set in UniqueSets)
        {
            if (set is [var single] && single == propertyName)
                return true;
        }

        return false;
    }
}

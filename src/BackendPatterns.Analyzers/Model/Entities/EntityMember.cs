using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Entities;

/// <summary>How a property of an entity is stored.</summary>
public enum EntityMemberKind
{
    /// <summary>Not stored: <c>[NotMapped]</c>, ignored, or without a setter.</summary>
    NotMapped,

    /// <summary>One column.</summary>
    Column,

    /// <summary>An owned or complex object: one column per column of its own.</summary>
    Owned,

    /// <summary>An object that is stored as JSON: one column.</summary>
    Json,

    /// <summary>Another entity.</summary>
    Reference,

    /// <summary>Other entities, or owned ones in a table of their own.</summary>
    Collection,
}

/// <summary>A public property of an entity, or of an owned object inside one.</summary>
public sealed class EntityMember
{
    internal EntityMember(IPropertySymbol property, EntityMemberKind kind, ITypeSymbol? target = null, ImmutableArray<EntityMember> members = default, bool isAutoIncluded = false)
    {
        Property = property;
        Kind = kind;
        Target = target;
        Members = members.IsDefault ? ImmutableArray<EntityMember>.Empty : members;
        IsAutoIncluded = isAutoIncluded;
    }

    public IPropertySymbol Property { get; }

    public string Name => Property.Name;

    public EntityMemberKind Kind { get; }

    /// <summary>The type on the other side of a navigation, or of the owned object; null for columns.</summary>
    public ITypeSymbol? Target { get; }

    /// <summary>The members of an owned object; empty for every other kind.</summary>
    public ImmutableArray<EntityMember> Members { get; }

    /// <summary>True where the model says that every query loads this navigation (<c>AutoInclude</c>).</summary>
    public bool IsAutoIncluded { get; }

    /// <summary>True where configuration in source gives the property a value converter: what is stored is then not what is read.</summary>
    public bool IsConverted { get; internal init; }

    /// <summary>True for a reference or collection navigation.</summary>
    public bool IsNavigation => Kind is EntityMemberKind.Reference or EntityMemberKind.Collection;

    /// <summary>Returns the paths of the columns that store the property, such as <c>Name</c> or <c>Address.City</c>; empty for navigations and for what is not stored.</summary>
    public IEnumerable<string> Columns(string prefix = "")
    {
        var pending = new Stack<(EntityMember Member, string Prefix)>();
        pending.Push((this, prefix));
        while (pending.Count > 0)
        {
            var (member, before) = pending.Pop();
            if (member.Kind is EntityMemberKind.Column or EntityMemberKind.Json)
                yield return before + member.Name;
            for (var at = member.Members.Length - 1; at >= 0; at--)
                pending.Push((member.Members[at], before + member.Name + "."));
        }
    }
}

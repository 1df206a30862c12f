using System.Collections.Immutable;

namespace BackendPatterns.Analyzers.Model.Entities;

/// <summary>What one call of a builder says about the members that it selects.</summary>
internal enum MemberRole
{
    Column,
    Ignored,
    Owned,
    OwnedCollection,
    Reference,
    Collection,
    Json,
    Key,
    AlternateKey,
}

/// <summary>What configuration code says about one type.</summary>
internal sealed class TypeConfiguration
{
    private readonly Dictionary<string, MemberRole> _roles = new(StringComparer.Ordinal);
    private readonly HashSet<string> _autoIncluded = new(StringComparer.Ordinal);
    private readonly HashSet<string> _converted = new(StringComparer.Ordinal);
    private readonly List<ImmutableArray<string>> _uniqueSets = [];

    /// <summary>True where <c>Entity&lt;T&gt;()</c> was called.</summary>
    public bool IsEntity { get; set; }

    /// <summary>True where objects of this type are stored as JSON.</summary>
    public bool IsJson { get; set; }

    /// <summary>True for <c>HasNoKey</c>.</summary>
    public bool HasNoKey { get; private set; }

    /// <summary>The primary key, or default where none is configured.</summary>
    public ImmutableArray<string> Key { get; private set; }

    /// <summary>False where a call selects members in a way that cannot be read.</summary>
    public bool IsReadable { get; private set; } = true;

    public IReadOnlyList<ImmutableArray<string>> UniqueSets => _uniqueSets;

    /// <summary>Returns what a method of a builder says about the members it selects, or null for the methods that say nothing about storage.</summary>
    public static MemberRole? RoleOf(string method) => method switch
    {
        "Property" or "PrimitiveCollection" => MemberRole.Column,
        "Ignore" => MemberRole.Ignored,
        "OwnsOne" or "ComplexProperty" => MemberRole.Owned,
        "OwnsMany" or "ComplexCollection" => MemberRole.OwnedCollection,
        "HasOne" => MemberRole.Reference,
        "HasMany" => MemberRole.Collection,
        "HasKey" or "HasNoKey" => MemberRole.Key,
        "HasAlternateKey" => MemberRole.AlternateKey,
        _ => null,
    };

    /// <summary>Returns what is said about the member with this name, or null.</summary>
    public MemberRole? RoleOfMember(string name) => _roles.TryGetValue(name, out var role) ? role : null;

    public bool IsAutoIncluded(string name) => _autoIncluded.Contains(name);

    /// <summary>True for a property with a value converter of its own.</summary>
    public bool IsConverted(string name) => _converted.Contains(name);

    /// <summary>Adds what one call says; <paramref name="members"/> is default where they cannot be read.</summary>
    public void Add(MemberRole role, ImmutableArray<string> members)
    {
        if (members.IsDefault)
        {
            IsReadable = false;
            return;
        }

        switch (role)
        {
            case MemberRole.Key:
                Key = members;
                HasNoKey |= members.IsEmpty;
                break;
            case MemberRole.AlternateKey:
                _uniqueSets.Add(members);
                break;
            default:
                foreach (var member in members)
                {
                    // JSON refines what OwnsOne of the same member said, in whichever order the two calls are met.
                    if (role is MemberRole.Json || RoleOfMember(member) is not MemberRole.Json)
                        _roles[member] = role;
                }

                break;
        }
    }

    public void AddUnique(ImmutableArray<string> members)
    {
        if (!members.IsDefaultOrEmpty)
            _uniqueSets.Add(members);
    }

    public void AddConverted(ImmutableArray<string> members)
    {
        if (!members.IsDefault)
            _converted.UnionWith(members);
    }

    public void AddAutoIncluded(ImmutableArray<string> members)
    {
        if (!members.IsDefault)
            _autoIncluded.UnionWith(members);
    }
}

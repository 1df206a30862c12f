using System.Collections.Immutable;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Entities;

/// <summary>Applies EF Core's conventions, the mapping attributes and the fluent configuration to one type.</summary>
internal sealed class EntityTypeReader(FluentConfiguration configuration, Func<ITypeSymbol, bool> isEntity)
{
    private const int MaximumDepth = 4;

    public EntityType Read(INamedTypeSymbol type)
    {
        var configured = configuration.Of(type).ToList();
        var uniqueSets = ImmutableArray.CreateBuilder<ImmutableArray<string>>();
        foreach (var part in configured)
            uniqueSets.AddRange(part.UniqueSets);
        AddUniqueIndexes(type, uniqueSets);
        var members = Members(type, depth: 0);
        return new EntityType(type, members, KeyOf(type, members, configured), uniqueSets.ToImmutable(), configured.TrueForAll(part => part.IsReadable));
    }

    private ImmutableArray<EntityMember> Members(ITypeSymbol type, int depth)
    {
        var members = ImmutableArray.CreateBuilder<EntityMember>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var configured = configuration.Of(type).ToList();
        for (var current = type; current is { SpecialType: not SpecialType.System_Object }; current = current.BaseType)
        {
            foreach (var member in current.MembersByPlace())
            {
                if (member is IPropertySymbol { IsStatic: false, IsIndexer: false, GetMethod.DeclaredAccessibility: Accessibility.Public } property
                    && property.ExplicitInterfaceImplementations.IsEmpty && property.Name != "EqualityContract" && names.Add(property.Name))
                {
                    members.Add(Member(property, configured, depth));
                }
            }
        }

        return members.ToImmutable();
    }

    private EntityMember Member(IPropertySymbol property, List<TypeConfiguration> configured, int depth)
    {
        MemberRole? role = null;
        var isAutoIncluded = false;
        var isConverted = false;
        foreach (var part in configured)
        {
            isConverted |= part.IsConverted(property.Name);
            role ??= part.RoleOfMember(property.Name);
            isAutoIncluded |= part.IsAutoIncluded(property.Name);
        }

        var type = property.Type;
        return role switch
        {
            MemberRole.Ignored => new EntityMember(property, EntityMemberKind.NotMapped),
            MemberRole.Column => new EntityMember(property, EntityMemberKind.Column) { IsConverted = isConverted },
            MemberRole.Json => new EntityMember(property, EntityMemberKind.Json, type),
            MemberRole.Owned => Owned(property, depth),
            MemberRole.Reference => new EntityMember(property, EntityMemberKind.Reference, type, isAutoIncluded: isAutoIncluded),
            MemberRole.Collection or MemberRole.OwnedCollection =>
                new EntityMember(property, EntityMemberKind.Collection, type.ElementTypeOfSequence() ?? type, isAutoIncluded: isAutoIncluded || role is MemberRole.OwnedCollection),
            _ => ByConvention(property, depth, isAutoIncluded),
        };
    }

    private EntityMember ByConvention(IPropertySymbol property, int depth, bool isAutoIncluded)
    {
        var type = property.Type;
        if (property.SetMethod is null || property.HasAttribute("NotMappedAttribute", "System.ComponentModel.DataAnnotations.Schema")
            || configuration.IsIgnored(type) || type.TypeKind is TypeKind.Delegate or TypeKind.Dynamic || type.SpecialType is SpecialType.System_Object)
        {
            return new EntityMember(property, EntityMemberKind.NotMapped);
        }

        if (ColumnTypes.Contains(type) || HasColumnType(property))
            return new EntityMember(property, EntityMemberKind.Column);
        if (type.ElementTypeOfSequence() is { } element)
            return new EntityMember(property, configuration.IsIgnored(element) ? EntityMemberKind.NotMapped : EntityMemberKind.Collection, element, isAutoIncluded: isAutoIncluded);
        if (!isEntity(type) && (configuration.IsOwned(type) || type.HasAttribute("OwnedAttribute", "Microsoft.EntityFrameworkCore")
                                || type.HasAttribute("ComplexTypeAttribute", "System.ComponentModel.DataAnnotations.Schema")))
        {
            return Owned(property, depth);
        }

        return type.TypeKind is TypeKind.Class
            ? new EntityMember(property, EntityMemberKind.Reference, type, isAutoIncluded: isAutoIncluded)
            : new EntityMember(property, EntityMemberKind.NotMapped);
    }

    private EntityMember Owned(IPropertySymbol property, int depth)
    {
        var type = property.Type;
        foreach (var part in configuration.Of(type))
        {
            if (part.IsJson)
                return new EntityMember(property, EntityMemberKind.Json, type);
        }

        return depth >= MaximumDepth
            ? new EntityMember(property, EntityMemberKind.Column)
            : new EntityMember(property, EntityMemberKind.Owned, type, Members(type, depth + 1));
    }

    private static bool HasColumnType(IPropertySymbol property)
    {
        foreach (var attribute in property.GetAttributes())
        {
            if (attribute.AttributeClass is { Name: "ColumnAttribute" } && attribute.NamedArguments.Any(argument => argument.Key is "TypeName"))
                return true;
        }

        return false;
    }

    private static ImmutableArray<string> KeyOf(INamedTypeSymbol type, ImmutableArray<EntityMember> members, List<TypeConfiguration> configured)
    {
        foreach (var part in configured)
        {
            if (part.HasNoKey)
                return ImmutableArray<string>.Empty;
            if (!part.Key.IsDefault)
                return part.Key;
        }

        if (type.HasAttribute("KeylessAttribute", "Microsoft.EntityFrameworkCore"))
            return ImmutableArray<string>.Empty;
        for (var current = type; current is not null; current = current.BaseType)
        {
            foreach (var attribute in current.GetAttributes())
            {
                if (attribute.Is("PrimaryKeyAttribute", "Microsoft.EntityFrameworkCore"))
                    return attribute.Strings();
            }
        }

        var marked = members.Where(member => member.Property.HasAttribute("KeyAttribute", "System.ComponentModel.DataAnnotations")).Select(member => member.Name).ToImmutableArray();
        if (!marked.IsEmpty)
            return marked;
        var byName = members.FirstOrDefault(member => member.Kind is EntityMemberKind.Column && string.Equals(member.Name, "Id", StringComparison.OrdinalIgnoreCase))
                     ?? members.FirstOrDefault(member => member.Kind is EntityMemberKind.Column && string.Equals(member.Name, type.Name + "Id", StringComparison.OrdinalIgnoreCase));
        return byName is null ? ImmutableArray<string>.Empty : ImmutableArray.Create(byName.Name);
    }

    private static void AddUniqueIndexes(INamedTypeSymbol type, ImmutableArray<ImmutableArray<string>>.Builder sets)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            foreach (var attribute in current.GetAttributes())
            {
                if (attribute.Is("IndexAttribute", "Microsoft.EntityFrameworkCore")
                    && attribute.NamedArguments.Any(argument => argument is { Key: "IsUnique", Value.Value: true }))
                {
                    sets.Add(attribute.Strings());
                }
            }
        }
    }
}

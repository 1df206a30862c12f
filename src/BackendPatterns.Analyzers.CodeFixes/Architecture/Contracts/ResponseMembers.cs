using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Entities;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Contracts;

/// <summary>Which members of an entity a response record has: all that the serializer writes of it but its navigations.</summary>
internal static class ResponseMembers
{
    /// <summary>
    /// Returns the columns in the order in which they are written; empty where the entity has more to write than columns and navigations that stay unloaded: computed properties, owned
    /// objects, a navigation that the query or its getter loads, another type that a row may have.
    /// </summary>
    public static ImmutableArray<IPropertySymbol> Of(EntityLoad load, BackendModel model)
    {
        var members = ImmutableArray.CreateBuilder<IPropertySymbol>();
        foreach (var member in load.Entity.Members)
        {
            if (member.Property.GetAttributes().Any(static attribute => attribute is { AttributeClass.Name: "JsonIgnoreAttribute", NamedArguments.IsEmpty: true }))
                continue;
            switch (member.Kind)
            {
                case EntityMemberKind.Column when member.Property.IsAutoProperty():
                    members.Add(member.Property);
                    break;
                case EntityMemberKind.Reference or EntityMemberKind.Collection
                    when !member.IsAutoIncluded && model.Entities.LazyLoading.Of(member.Property, ContextOf(load)) is LazyLoadingState.Off && !IsOwned(member):
                    break;
                default:
                    return ImmutableArray<IPropertySymbol>.Empty;
            }
        }

        return HasDerived(load.Entity.Symbol, model.Compilation) ? ImmutableArray<IPropertySymbol>.Empty : members.ToImmutable();
    }

    private static ITypeSymbol? ContextOf(EntityLoad load) => (load.Query.Source as Microsoft.CodeAnalysis.Operations.IMemberReferenceOperation)?.Instance?.Type;

    private static bool IsOwned(EntityMember member) => member.Target?.HasAttribute("OwnedAttribute", "Microsoft.EntityFrameworkCore") == true;

    /// <summary>The serializer writes what a row is, not what the query says.</summary>
    private static bool HasDerived(INamedTypeSymbol entity, Compilation compilation)
    {
        if (entity.IsSealed)
            return false;
        foreach (var type in compilation.GlobalNamespace.Types())
        {
            if (type.TypeKind is TypeKind.Class && SymbolEqualityComparer.Default.Equals(type.BaseType, entity))
                return true;
        }

        return false;
    }
}

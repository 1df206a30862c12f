using System.Collections.Concurrent;
using BackendPatterns.Analyzers.Model.Logging;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Endpoints;

/// <summary>A member of a payload that nobody but its owner may read.</summary>
/// <param name="Property">The property, of the payload or of an object inside it.</param>
/// <param name="Holder">The type whose member it is, as the payload has it: a base class may declare it.</param>
/// <param name="IsVerifier">True for what is kept in place of a password (hash, salt, stamp): no answer is made to hand it out.</param>
public sealed record SensitiveMember(IPropertySymbol Property, ITypeSymbol Holder, bool IsVerifier);

/// <summary>Secrets among what the serializer writes of a payload.</summary>
internal sealed class SensitiveMembers(BackendModel model)
{
    private const int MostTypes = 40;

    private readonly ConcurrentDictionary<ITypeSymbol, IReadOnlyList<SensitiveMember>> _known = new(SymbolEqualityComparer.Default);

    /// <summary>
    /// Returns the secrets in a payload, itself and in the objects inside it. Related entities of an entity are not looked into: whether they are loaded is not known.
    /// </summary>
    public IReadOnlyList<SensitiveMember> In(ITypeSymbol payload) => _known.TryGetValue(payload, out var known) ? known : _known.GetOrAdd(payload, Find(payload));

    private List<SensitiveMember> Find(ITypeSymbol payload)
    {
        var found = new List<SensitiveMember>();
        var seen = new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default);
        var pending = new Queue<ITypeSymbol>();
        pending.Enqueue(payload);
        while (pending.Count > 0 && seen.Count < MostTypes)
        {
            var type = pending.Dequeue();
            if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
                type = nullable.TypeArguments[0];
            if (!seen.Add(type))
                continue;
            if (type.ElementTypeOfSequence() is { } element)
                pending.Enqueue(element);
            else if (type is { SpecialType: SpecialType.None, TypeKind: TypeKind.Class or TypeKind.Struct or TypeKind.Interface } && !IsOfRuntime(type))
                AddMembers(type, found, pending);
        }

        return found;
    }

    private void AddMembers(ITypeSymbol type, List<SensitiveMember> found, Queue<ITypeSymbol> pending)
    {
        var isRow = MayBeRow(type);
        foreach (var property in SerializedMembers.Of(type, MayBeSecret))
        {
            if (IsText(property.Type))
            {
                if (SecretNames.ContainVerifier(property.Name) && IsStored(property))
                    found.Add(new SensitiveMember(property, type, IsVerifier: true));
                else if (SecretNames.Contain(property.Name) && IsStored(property))
                    found.Add(new SensitiveMember(property, type, IsVerifier: false));
            }
            else if (!isRow || !IsRow(property.Type.ElementTypeOfSequence() ?? property.Type))
            {
                pending.Enqueue(property.Type);
            }
        }
    }

    /// <summary>False for text that is not named like a secret, and for numbers, dates and enums.</summary>
    private static bool MayBeSecret(IPropertySymbol property) =>
        IsText(property.Type) ? SecretNames.ContainVerifier(property.Name) || SecretNames.Contain(property.Name)
        : property.Type is not ({ SpecialType: (>= SpecialType.System_Boolean and <= SpecialType.System_String) or SpecialType.System_DateTime } or { TypeKind: TypeKind.Enum });

    /// <summary>True for an entity, and for a class with an id: it may be one that only another project knows.</summary>
    private bool MayBeRow(ITypeSymbol type) => IsRow(type) || Properties(type, "Id").Any();

    private bool IsRow(ITypeSymbol type) => model.Entities.IsEntity(type) || Properties(type, "PasswordHash").Any(static property => property.IsIn("Microsoft.AspNetCore.Identity"));

    private static IEnumerable<IPropertySymbol> Properties(ITypeSymbol type, string name)
    {
        for (var current = type; current is { SpecialType: SpecialType.None }; current = current.BaseType)
        {
            foreach (var member in current.GetMembers(name))
            {
                if (member is IPropertySymbol property)
                    yield return property;
            }
        }
    }

    private static bool IsText(ITypeSymbol type) => type.SpecialType is SpecialType.System_String || type is IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Byte };

    /// <summary>A getter with a body may mask what it returns.</summary>
    private static bool IsStored(IPropertySymbol property) => property.DeclaringSyntaxReferences.IsEmpty || property.ContainingType is { TypeKind: TypeKind.Interface } or { IsAnonymousType: true } || property.IsAutoProperty();

    /// <summary>Types of the runtime hold no members of an application, apart from what their type arguments are.</summary>
    private static bool IsOfRuntime(ITypeSymbol type) =>
        type.ContainingNamespace.IsBelow("System") && type is not INamedTypeSymbol { Arity: > 0 };
}

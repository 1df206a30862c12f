using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Endpoints;

/// <summary>
/// What the JSON serializers write of an object: its public properties with a getter
/// (https://learn.microsoft.com/dotnet/standard/serialization/system-text-json/ignore-properties).
/// </summary>
internal static class SerializedMembers
{
    private const int Always = 1;

    /// <summary>
    /// Returns those of the properties of a type and its bases that matter and surely are written: none of a type with a converter of its own, none with an attribute that may leave it
    /// out. Attributes have to be bound, so what matters is asked before them.
    /// </summary>
    public static IEnumerable<IPropertySymbol> Of(ITypeSymbol type, Func<IPropertySymbol, bool> matters)
    {
        HashSet<string>? names = null;
        for (var current = type; current is { SpecialType: SpecialType.None }; current = current.BaseType)
        {
            if (HasConverter(current))
                yield break;
            foreach (var member in current.MembersByPlace())
            {
                if (member is IPropertySymbol { IsStatic: false, IsIndexer: false, GetMethod.DeclaredAccessibility: Accessibility.Public, DeclaredAccessibility: Accessibility.Public } property
                    && property.Name != "EqualityContract" && (names ??= new(StringComparer.Ordinal)).Add(property.Name) && matters(property) && !MayBeLeftOut(property, current))
                {
                    yield return property;
                }
            }
        }
    }

    private static bool HasConverter(ITypeSymbol type)
    {
        foreach (var attribute in type.GetAttributes())
        {
            if (attribute.AttributeClass is { Name: "JsonConverterAttribute" })
                return true;
        }

        return false;
    }

    private static bool MayBeLeftOut(IPropertySymbol property, ITypeSymbol type)
    {
        var isMember = false;
        foreach (var attribute in property.GetAttributes())
        {
            if (attribute.AttributeClass is not { } kind)
                continue;
            isMember |= kind.Name is "DataMemberAttribute" or "JsonPropertyAttribute";
            if (kind.Name is "JsonConverterAttribute" or "IgnoreDataMemberAttribute" or "JsonExtensionDataAttribute" || (kind.Name is "JsonIgnoreAttribute" && Ignores(attribute)) || SaysUnwritten(kind.Name))
                return true;
        }

        // With a contract only its members are written, as far as the serializer knows contracts.
        return !isMember && type.HasAttribute("DataContractAttribute", "System.Runtime.Serialization");
    }

    /// <summary>Without a condition, or with <c>Always</c>: any other condition is about default values.</summary>
    private static bool Ignores(AttributeData attribute)
    {
        foreach (var argument in attribute.NamedArguments)
        {
            if (argument.Key is "Condition")
                return argument.Value.Value is Always;
        }

        return true;
    }

    /// <summary>Attributes of the application that its serializer may look for.</summary>
    private static bool SaysUnwritten(string attribute)
    {
        foreach (var word in NameWords.Of(attribute))
        {
            if (word is "mask" or "masked" or "redact" or "redacted" or "hide" or "hidden" or "sensitive" or "secret" or "exclude" or "ignore")
                return attribute is not "JsonIgnoreAttribute";
        }

        return false;
    }
}

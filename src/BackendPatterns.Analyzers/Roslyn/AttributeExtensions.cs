using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Roslyn;

/// <summary>Questions about the attributes of a symbol.</summary>
public static class AttributeExtensions
{
    /// <summary>True where the symbol itself has the attribute with this type name and namespace.</summary>
    public static bool HasAttribute(this ISymbol symbol, string typeName, string fullNamespace)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (attribute.Is(typeName, fullNamespace))
                return true;
        }

        return false;
    }

    /// <summary>True for an attribute of the type with this name and namespace.</summary>
    public static bool Is(this AttributeData attribute, string typeName, string fullNamespace) =>
        attribute.AttributeClass is { } type && type.Name == typeName && type.ContainingNamespace.Is(fullNamespace);

    /// <summary>Returns the strings among the positional arguments, those of a <c>params</c> array included, in order.</summary>
    public static ImmutableArray<string> Strings(this AttributeData attribute)
    {
        var strings = ImmutableArray.CreateBuilder<string>();
        foreach (var argument in attribute.ConstructorArguments)
        {
            if (argument.Kind is not TypedConstantKind.Array)
            {
                if (argument.Value is string text)
                    strings.Add(text);
                continue;
            }

            if (argument.Values.IsDefault)
                continue;
            foreach (var element in argument.Values)
            {
                if (element.Value is string text)
                    strings.Add(text);
            }
        }

        return strings.ToImmutable();
    }
}

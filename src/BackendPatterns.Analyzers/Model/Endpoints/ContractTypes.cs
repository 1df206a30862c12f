using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Endpoints;

/// <summary>The types of this solution that a request or a response is made of: a type, its bases, and the types of its properties, of lists and generic types the parts.</summary>
internal sealed class ContractTypes
{
    private const int MostTypes = 5_000;

    /// <summary>What was added, as definitions.</summary>
    public HashSet<ITypeSymbol> All { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>Adds a type with all that is inside it.</summary>
    public void Add(ITypeSymbol type)
    {
        var pending = new Stack<ITypeSymbol>();
        pending.Push(type);
        while (pending.Count > 0 && All.Count < MostTypes)
        {
            var current = pending.Pop();
            if (current is IArrayTypeSymbol array)
            {
                pending.Push(array.ElementType);
                continue;
            }

            if (current is not INamedTypeSymbol { SpecialType: SpecialType.None, TypeKind: TypeKind.Class or TypeKind.Struct or TypeKind.Interface } named)
                continue;
            foreach (var argument in named.TypeArguments)
                pending.Push(argument);
            if (named.ContainingNamespace.IsBelow("System") || named.ContainingNamespace.IsBelow("Microsoft") || !All.Add(named.OriginalDefinition))
                continue;
            if (named.BaseType is { } parent)
                pending.Push(parent);
            foreach (var member in named.GetMembers())
            {
                if (member is IPropertySymbol { IsStatic: false, DeclaredAccessibility: Accessibility.Public } property)
                    pending.Push(property.Type);
            }
        }
    }
}

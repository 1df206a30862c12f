using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model.Entities;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Flow.Rows;

/// <summary>An expression whose value is, or contains, rows of a load (or what their navigations and owned members lead to).</summary>
/// <param name="Operation">The expression.</param>
/// <param name="Entity">The mapping of the rows.</param>
/// <param name="Path">The path from the loaded row to them; empty for the loaded rows themselves.</param>
/// <param name="IsNavigation">True where the path leads to other rows, whose columns are not those of the loaded ones.</param>
/// <param name="Depth">How many bodies of other members were entered on the way.</param>
internal sealed record RowValue(IOperation Operation, EntityType Entity, string Path, bool IsNavigation, int Depth)
{
    private const int MaximumNesting = 4;

    /// <summary>The calls and property references through which other bodies were entered, outermost first.</summary>
    public ImmutableArray<IOperation> Entries { get; init; } = ImmutableArray<IOperation>.Empty;

    /// <summary>Where the member of the load has the rows: the expression itself, or what leads to the body it stands in.</summary>
    public IOperation Site => Entries.IsEmpty ? Operation : Entries[0];

    /// <summary>The same rows as another expression.</summary>
    public RowValue In(IOperation operation) => this with { Operation = operation };

    public string PathTo(string member) => Path.Length == 0 ? member : Path + "." + member;

    /// <summary>True where a value of this type is one of the rows: the entity, one of its base classes or interfaces.</summary>
    public bool IsRow(ITypeSymbol? type)
    {
        if (type is null or { SpecialType: SpecialType.System_Object })
            return false;
        return type.TypeKind switch
        {
            TypeKind.Class => Entity.Symbol.IsOrDerivesFrom(type as INamedTypeSymbol),
            TypeKind.Interface => type is INamedTypeSymbol contract && Implements(contract),
            _ => false,
        };
    }

    /// <summary>True where a value of this type is a row or can contain one: a collection, dictionary, group, task, tuple or anonymous object.</summary>
    public bool IsCarriedBy(ITypeSymbol? type) => IsCarriedBy(type, 0);

    private bool IsCarriedBy(ITypeSymbol? type, int nesting)
    {
        if (nesting > MaximumNesting)
            return false;
        switch (type)
        {
            case null:
                return false;
            case IArrayTypeSymbol array:
                return IsCarriedBy(array.ElementType, nesting + 1);
            case INamedTypeSymbol { IsAnonymousType: true } anonymous:
                return anonymous.GetMembers().Any(member => member is IPropertySymbol property && IsCarriedBy(property.Type, nesting + 1));
            case INamedTypeSymbol { Arity: > 0 } generic when IsRow(generic):
                return true;
            case INamedTypeSymbol { Arity: > 0 } generic when generic.ContainingNamespace.IsBelow("System"):
                return generic.TypeArguments.Any(argument => IsCarriedBy(argument, nesting + 1));
            default:
                return IsRow(type);
        }
    }

    private bool Implements(INamedTypeSymbol contract)
    {
        foreach (var candidate in Entity.Symbol.AllInterfaces)
        {
            if (SymbolEqualityComparer.Default.Equals(candidate, contract))
                return true;
        }

        return false;
    }
}

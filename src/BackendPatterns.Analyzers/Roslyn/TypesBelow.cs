using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Roslyn;

/// <summary>
/// The types that are, inherit or implement one type of a library. It is asked of the type of every value that is followed: of few types, again and again, and to walk up their
/// interfaces each time was a fiftieth of all time.
/// </summary>
/// <param name="type">A class or an interface, or null where the library lacks it: nothing is below it then.</param>
public sealed class TypesBelow(INamedTypeSymbol? type)
{
    private readonly ConcurrentDictionary<ITypeSymbol, bool> _known = new(SymbolEqualityComparer.Default);

    /// <summary>True where a type is, inherits or implements it. False for null.</summary>
    public bool Contain(ITypeSymbol? candidate)
    {
        // An anonymous type is below object alone. Those in each other, whose properties have the same names, have one hash code, and each is compared with all.
        if (type is null || candidate is null or { IsAnonymousType: true })
            return false;
        // Whatever it is constructed with, a type is below what its definition is below.
        var definition = candidate.OriginalDefinition;
        return _known.TryGetValue(definition, out var known) ? known : _known.GetOrAdd(definition, Find(definition));
    }

    private bool Find(ITypeSymbol candidate) => type!.TypeKind is TypeKind.Interface ? candidate.IsOrImplements(type) : candidate.IsOrDerivesFrom(type);
}

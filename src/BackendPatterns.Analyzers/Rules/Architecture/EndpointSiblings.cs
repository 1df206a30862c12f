using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Endpoints;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Rules.Architecture;

/// <summary>What the other endpoint types of the application do: the convention that one of them may break.</summary>
internal sealed class EndpointSiblings(Compilation compilation, EndpointModel endpoints, Func<INamedTypeSymbol, ImmutableArray<EndpointDependency>> forbiddenIn)
{
    private const int Fewest = 4;
    private const double Share = 0.7;

    private readonly Lazy<Dictionary<ISymbol, bool>> _complying = BackendModel.Once(() => Find(compilation, endpoints, forbiddenIn));

    /// <summary>True where there are at least four other endpoint types, and at least 70 % of them take nothing forbidden.</summary>
    public bool Comply(INamedTypeSymbol except)
    {
        var others = _complying.Value.Where(entry => !SymbolEqualityComparer.Default.Equals(entry.Key, except)).ToList();
        return others.Count >= Fewest && others.Count(static entry => entry.Value) >= Share * others.Count;
    }

    private static Dictionary<ISymbol, bool> Find(Compilation compilation, EndpointModel endpoints, Func<INamedTypeSymbol, ImmutableArray<EndpointDependency>> forbiddenIn)
    {
        var complying = new Dictionary<ISymbol, bool>(SymbolEqualityComparer.Default);
        foreach (var type in compilation.Assembly.GlobalNamespace.Types().Where(type => !type.IsAbstract && endpoints.Dependencies.IsEndpointType(type)).Concat(endpoints.TypesWithMapCalls))
            complying[type] = forbiddenIn(type).IsEmpty;
        return complying;
    }
}

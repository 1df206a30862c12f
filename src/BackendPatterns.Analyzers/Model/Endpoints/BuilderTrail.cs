using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Endpoints;

/// <summary>What was already visited on the way through builders, and how deep the way is.</summary>
internal sealed class BuilderTrail
{
    private readonly HashSet<ISymbol> _visited;

    public BuilderTrail()
        : this(new HashSet<ISymbol>(SymbolEqualityComparer.Default), 0, false, null)
    {
    }

    private BuilderTrail(HashSet<ISymbol> visited, int depth, bool resultIsFollowed, IMethodSymbol? maker)
    {
        Maker = maker;
        _visited = visited;
        Depth = depth;
        ResultIsFollowed = resultIsFollowed;
    }

    /// <summary>The way from the callers of a method on: nothing is visited yet but what the method itself does to its parameter, which whoever asks for its callers has looked at.</summary>
    public static BuilderTrail Outside(IParameterSymbol parameter, int depth) => new(new HashSet<ISymbol>(SymbolEqualityComparer.Default) { parameter }, depth, false, null);

    public int Depth { get; }

    /// <summary>True inside a method whose caller's use of the result is looked at as well.</summary>
    public bool ResultIsFollowed { get; }

    public bool Enter(ISymbol variable) => _visited.Add(variable);

    /// <summary>The method whose result is asked for: what it is given is where the way ends. Null outside of one.</summary>
    public IMethodSymbol? Maker { get; }

    public BuilderTrail Inner(bool resultIsFollowed) => new(_visited, Depth + 1, resultIsFollowed, null);

    public BuilderTrail Inside(IMethodSymbol maker) => new(_visited, Depth + 1, true, maker);
}

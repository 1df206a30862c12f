using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.CodeFixes.Architecture.Extraction.Split;

/// <summary>What a new service gets from outside, by the symbols that stand for it in the endpoint type or handler: fields, properties, parameters.</summary>
/// <param name="Moved">The data access that has to leave, with its name in the service.</param>
/// <param name="Shared">Injected services that may be used on both sides, with their names in the service; a service method says which it needs.</param>
public sealed record ServiceDependencies(IReadOnlyDictionary<ISymbol, string> Moved, IReadOnlyDictionary<ISymbol, string> Shared)
{
    /// <summary>Returns the name of a dependency in the service, or null for a symbol that is none.</summary>
    public string? NameOf(ISymbol symbol) => Moved.TryGetValue(symbol, out var moved) ? moved : Shared.TryGetValue(symbol, out var shared) ? shared : null;
}

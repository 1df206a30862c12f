using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Endpoints;

/// <summary>The types that requests fill, by the parameters of actions and handlers and by the properties of pages, with all that is inside them.</summary>
public sealed class RequestContracts
{
    private readonly Lazy<HashSet<ITypeSymbol>> _types;

    internal RequestContracts(EndpointModel endpoints) => _types = BackendModel.Once(() => Find(endpoints));

    /// <summary>True for a type that a request may fill.</summary>
    public bool Contain(ITypeSymbol type) => _types.Value.Contains(type.OriginalDefinition);

    private static HashSet<ITypeSymbol> Find(EndpointModel endpoints)
    {
        var contracts = new ContractTypes();
        foreach (var handler in endpoints.Handlers)
        {
            foreach (var parameter in handler.Parameters)
            {
                // A service is an interface, or has no properties that could lead to a contract.
                if (parameter.Type.TypeKind is not TypeKind.Interface || parameter.Type is INamedTypeSymbol { Arity: > 0 })
                    contracts.Add(parameter.Type);
            }
        }

        return contracts.All;
    }
}

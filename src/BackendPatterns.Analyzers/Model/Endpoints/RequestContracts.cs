using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Endpoints;

/// <summary>The types that requests fill, by the parameters of actions and handlers and by the properties of pages, with all that is inside them.</summary>
public sealed class RequestContracts
{
    private readonly Lazy<HashSet<ITypeSymbol>> _ofActions;
    private readonly Lazy<HashSet<ITypeSymbol>> _ofMapped;

    internal RequestContracts(EndpointModel endpoints)
    {
        _ofActions = BackendModel.Once(() => TypesOf(endpoints.Controllers.All.SelectMany(controller => endpoints.Controllers.ActionsOf(controller))));
        _ofMapped = BackendModel.Once(() => TypesOf(endpoints.MapCallsInSource.Select(call => endpoints.MappedBy(call)?.Handler).OfType<IMethodSymbol>()));
    }

    /// <summary>True for a type that a request may fill. Actions are declared; calls that map endpoints have to be found first.</summary>
    public bool Contain(ITypeSymbol type) => _ofActions.Value.Contains(type.OriginalDefinition) || _ofMapped.Value.Contains(type.OriginalDefinition);

    private static HashSet<ITypeSymbol> TypesOf(IEnumerable<IMethodSymbol> handlers)
    {
        var contracts = new ContractTypes();
        foreach (var parameter in handlers.SelectMany(static handler => handler.Parameters))
        {
            // A service is an interface, or has no properties that could lead to a contract.
            if (parameter.Type.TypeKind is not TypeKind.Interface || parameter.Type is INamedTypeSymbol { Arity: > 0 })
                contracts.Add(parameter.Type);
        }

        return contracts.All;
    }
}

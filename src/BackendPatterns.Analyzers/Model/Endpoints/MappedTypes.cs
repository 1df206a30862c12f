using BackendPatterns.Analyzers.Model.Libraries;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Endpoints;

/// <summary>
/// Types whose public methods become endpoints by one call: SignalR hubs (<c>MapHub&lt;T&gt;</c>) and gRPC services (<c>MapGrpcService&lt;T&gt;</c>).
/// </summary>
public sealed class MappedTypes
{
    private static readonly TreeWords Hints = new(".MapHub<", ".MapGrpcService<", ".AddFilter");

    private readonly BackendModel _model;
    private readonly AspNetCore _aspNetCore;
    private readonly EndpointModel _endpoints;
    private readonly AuthorizationAttributes _attributes;
    private readonly Lazy<Mappings> _mappings;

    internal MappedTypes(BackendModel model, AspNetCore aspNetCore, EndpointModel endpoints, AuthorizationAttributes attributes)
    {
        _model = model;
        _aspNetCore = aspNetCore;
        _endpoints = endpoints;
        _attributes = attributes;
        _mappings = BackendModel.Once(Find);
    }

    /// <summary>Every hub and gRPC service that is mapped in this compilation and declared in source, in the order of the calls.</summary>
    public IEnumerable<INamedTypeSymbol> All => _mappings.Value.Order;

    /// <summary>True for a class that derives from SignalR's <c>Hub</c>.</summary>
    public bool IsHub(INamedTypeSymbol type) => _aspNetCore.Hub is not null && type is { TypeKind: TypeKind.Class, IsAbstract: false } && type.BaseType.IsOrDerivesFrom(_aspNetCore.Hub);

    /// <summary>True for a hub or service that is mapped in this compilation.</summary>
    public bool AreMapped(INamedTypeSymbol type) => _mappings.Value.ByType.ContainsKey(type);

    /// <summary>True where the methods of hubs are called through a filter that may authorize.</summary>
    public bool HaveHubFilter => _mappings.Value.HasFilter;

    /// <summary>Returns the methods that clients can call: the public ones of a hub and its bases, the overrides of a gRPC service.</summary>
    public IEnumerable<IMethodSymbol> MethodsOf(INamedTypeSymbol type)
    {
        var isHub = IsHub(type);
        HashSet<ISymbol>? overridden = null;
        for (var current = type; current is { SpecialType: not SpecialType.System_Object } && !AuthorizationAttributes.IsFramework(current); current = current.BaseType)
        {
            foreach (var member in current.MembersByPlace())
            {
                if (member is not IMethodSymbol { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Public, IsStatic: false, IsAbstract: false } method || overridden?.Contains(method) == true)
                    continue;
                for (var hidden = method.OverriddenMethod; hidden is not null; hidden = hidden.OverriddenMethod)
                    (overridden ??= new(SymbolEqualityComparer.Default)).Add(hidden);
                if (isHub ? !OverridesFramework(method) && !IsDispose(method) : method.IsOverride && !OverridesFramework(method))
                    yield return method;
            }
        }
    }

    /// <summary>Returns a method of a hub or gRPC service as endpoint.</summary>
    public Endpoint MethodOf(IMethodSymbol method, INamedTypeSymbol type)
    {
        var stance = _attributes.On(type);
        var words = System.Collections.Immutable.ImmutableArray.CreateBuilder<System.Collections.Immutable.ImmutableArray<string>>();
        words.Add(NameWords.Of(method.Name));
        words.Add(NameWords.Of(type.Name));
        string? route = null;
        if (_mappings.Value.ByType.TryGetValue(type, out var calls))
        {
            foreach (var call in calls)
            {
                stance = stance.And(_endpoints.StanceOfMapping(call));
                route = call.Argument("pattern")?.Unwrap().ConstantValue is { HasValue: true, Value: string pattern } ? pattern : null;
                EndpointNames.AddSegments(route, words);
            }
        }

        var ofMethod = _attributes.On(method);
        // A hub authorizes twice: who connects, and who calls a method. To let anyone in is possible for the connection only.
        // https://learn.microsoft.com/aspnet/core/signalr/authn-and-authz
        stance = IsHub(type) && (stance is AuthorizationStance.Authorized || ofMethod is AuthorizationStance.Authorized) ? AuthorizationStance.Authorized : stance.And(ofMethod);
        return new Endpoint(
            IsHub(type) ? EndpointKind.HubMethod : EndpointKind.GrpcMethod, method.Name, method, HttpVerbs.Unknown, route, stance,
            method.Locations.FirstOrDefault(static location => location.IsInSource) ?? Location.None, words.ToImmutable());
    }

    private static bool OverridesFramework(IMethodSymbol method)
    {
        while (method.OverriddenMethod is { } overridden)
            method = overridden;
        return method.ContainingType.SpecialType is SpecialType.System_Object || AuthorizationAttributes.IsFramework(method);
    }

    private static bool IsDispose(IMethodSymbol method) => method.Name is "Dispose" or "DisposeAsync" && method.Parameters.IsEmpty;

    private Mappings Find()
    {
        var found = new Mappings();
        foreach (var tree in _model.Trees)
        {
            if (!Hints.AnyIn(tree, CancellationToken.None) || _model.SemanticModelOf(tree) is not { } semantics)
                continue;
            foreach (var node in tree.GetRoot().DescendantNodes())
            {
                if (node is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: var name } } invocation)
                    continue;
                if (name.Identifier.ValueText is "MapHub" or "MapGrpcService" && semantics.GetOperation(invocation) is IInvocationOperation call)
                    Add(call, found);
                else if (name.Identifier.ValueText == "AddFilter" && semantics.GetSymbolInfo(invocation).Symbol is IMethodSymbol method && method.IsIn("Microsoft.AspNetCore.SignalR"))
                    found.HasFilter = true;
            }
        }

        return found;
    }

    private static void Add(IInvocationOperation call, Mappings found)
    {
        if (!call.TargetMethod.IsIn("Microsoft.AspNetCore.Builder") || call.TargetMethod.TypeArguments is not [INamedTypeSymbol type, ..])
            return;
        if (!found.ByType.TryGetValue(type, out var calls))
        {
            found.ByType.Add(type, calls = []);
            if (!type.DeclaringSyntaxReferences.IsEmpty)
                found.Order.Add(type);
        }

        calls.Add(call);
    }

    private sealed class Mappings
    {
        public Dictionary<INamedTypeSymbol, List<IInvocationOperation>> ByType { get; } = new(SymbolEqualityComparer.Default);

        public List<INamedTypeSymbol> Order { get; } = [];

        public bool HasFilter { get; set; }
    }
}

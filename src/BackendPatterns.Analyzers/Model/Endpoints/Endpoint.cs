using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Endpoints;

/// <summary>How an endpoint is declared.</summary>
public enum EndpointKind
{
    /// <summary>A public method of a controller.</summary>
    Action,

    /// <summary><c>app.MapPost(…)</c> and its like.</summary>
    Mapped,

    /// <summary>A handler of a Razor page: <c>OnPost</c>.</summary>
    Page,

    /// <summary>A method of a SignalR hub that clients call.</summary>
    HubMethod,

    /// <summary>A method of a gRPC service.</summary>
    GrpcMethod,
}

/// <summary>One entry point of the application.</summary>
/// <param name="Kind">How it is declared.</param>
/// <param name="Name">What reports call it: the action, or the verb and route.</param>
/// <param name="Handler">The action, the method of a method group, or the symbol of a lambda; null where the handler is a value that cannot be followed.</param>
/// <param name="Verbs">The HTTP methods it answers.</param>
/// <param name="Route">The route template, group prefixes included, where it is constant; otherwise null.</param>
/// <param name="Stance">What attributes and conventions on the endpoint, its type and its groups say; the fallback of the application is not part of it.</param>
/// <param name="Location">The action's name or the <c>Map…</c> name.</param>
/// <param name="Words">The words that the author named it with: of each route segment, of the action, of its controller.</param>
public sealed record Endpoint(
    EndpointKind Kind,
    string Name,
    IMethodSymbol? Handler,
    HttpVerbs Verbs,
    string? Route,
    AuthorizationStance Stance,
    Location Location,
    ImmutableArray<ImmutableArray<string>> Words)
{
    /// <summary>True where calling it is meant to change something; clients call methods of a hub for that.</summary>
    public bool ChangesState => Kind is EndpointKind.HubMethod || Verbs.ChangeState();
}

using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Model.Endpoints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Rules.Security;

/// <summary>The question of the rules on missing authorization: may anyone call this endpoint, although nobody said so?</summary>
internal static class UnguardedEndpoints
{
    /// <summary>
    /// True where nothing says who may call an endpoint: nothing on it, its type, its groups, nothing for the whole application, no check in its own code, and its name does not say
    /// that it is for everyone. False where one of these could not be read, where the host is elsewhere, and where the application does not use authorization.
    /// </summary>
    public static bool Contain(Endpoint endpoint, SyntaxTree tree, RuleRegistration rule, EndpointModel endpoints) =>
        endpoint.Stance is AuthorizationStance.None
        && !EndpointNames.SayAnonymous(endpoint, rule.Options, tree)
        && IsReachedUnguarded(endpoint, endpoints)
        && !HaveStanceForAll(endpoints.Authorization)
        && (endpoint.Kind is EndpointKind.Mapped || endpoint.Handler is not { } handler || !endpoints.Checks.MayAuthorize(handler));

    /// <summary>The same for a minimal API endpoint, whose handler may be a lambda.</summary>
    public static bool Contain(Endpoint endpoint, IInvocationOperation call, RuleRegistration rule, EndpointModel endpoints) =>
        Contain(endpoint, call.Syntax.SyntaxTree, rule, endpoints) && MappedEndpoints.HandlerOf(call) switch
        {
            IAnonymousFunctionOperation lambda => !endpoints.Checks.MayAuthorize(lambda),
            IMethodReferenceOperation reference => !endpoints.Checks.MayAuthorize(reference.Method),
            _ => false,
        };

    private static bool IsReachedUnguarded(Endpoint endpoint, EndpointModel endpoints) => endpoint.Kind switch
    {
        EndpointKind.Mapped => endpoints.Authorization.HasHost,
        EndpointKind.Action => endpoints.Authorization.MapsControllers && !endpoints.Authorization.CoversControllers,
        EndpointKind.Page => endpoints.Pages.Conventions.AreMapped && !endpoints.Authorization.HasGlobalFilter,
        EndpointKind.HubMethod => endpoints.MappedTypes.AreMapped(endpoint.Handler!.ContainingType) && !endpoints.MappedTypes.HaveHubFilter,
        _ => false,
    };

    private static bool HaveStanceForAll(AppAuthorization app) => app.HasFallback || !app.IsUsed || app.HasAuthorizingMiddleware;
}

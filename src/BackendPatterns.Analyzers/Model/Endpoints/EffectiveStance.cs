namespace BackendPatterns.Analyzers.Model.Endpoints;

/// <summary>Who may call an endpoint in the end: its own stance, that of the whole application, and the checks in its code.</summary>
public static class EffectiveStance
{
    /// <summary>Returns the stance of an endpoint; unknown where filters, conditions, middleware or its own code decide.</summary>
    public static AuthorizationStance Of(Endpoint endpoint, EndpointModel endpoints)
    {
        var app = endpoints.Authorization;
        var stance = endpoint.Kind switch
        {
            EndpointKind.Action => endpoint.Stance.And(app.OfControllers),
            EndpointKind.Page => endpoint.Stance.And(app.OfGlobalFilters),
            EndpointKind.HubMethod when endpoints.MappedTypes.HaveHubFilter => endpoint.Stance.And(AuthorizationStance.Unknown),
            _ => endpoint.Stance,
        };
        if (stance is AuthorizationStance.None)
            stance = app.OfFallback;
        var isChecked = stance is AuthorizationStance.None && (app.HasAuthorizingMiddleware || (endpoint.Handler is { } handler && endpoints.Checks.MayAuthorize(handler)));
        return isChecked ? AuthorizationStance.Unknown : stance;
    }
}

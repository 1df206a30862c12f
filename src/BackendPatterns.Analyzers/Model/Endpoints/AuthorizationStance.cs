namespace BackendPatterns.Analyzers.Model.Endpoints;

/// <summary>What the code says about who may call an endpoint. A greater value decides over a smaller one.</summary>
public enum AuthorizationStance
{
    /// <summary>Nothing is said: anyone may call it, unless the application has a fallback.</summary>
    None,

    /// <summary>Something that may authorize could not be read.</summary>
    Unknown,

    /// <summary>Callers are authorized.</summary>
    Authorized,

    /// <summary>Anyone may call it, and the code says so. ASP.NET Core lets it win over every requirement.</summary>
    Anonymous,
}

/// <summary>Combines what several places say about one endpoint.</summary>
public static class AuthorizationStanceExtensions
{
    /// <summary>Returns the stance of an endpoint to which both apply.</summary>
    public static AuthorizationStance And(this AuthorizationStance one, AuthorizationStance other) => one > other ? one : other;
}

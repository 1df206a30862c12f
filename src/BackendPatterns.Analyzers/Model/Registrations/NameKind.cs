namespace BackendPatterns.Analyzers.Model.Registrations;

/// <summary>What an application registers under a name and refers to by it.</summary>
public enum NameKind
{
    /// <summary><c>AuthorizationOptions.AddPolicy</c>.</summary>
    AuthorizationPolicy,

    /// <summary><c>RateLimiterOptions.AddPolicy</c>, <c>AddFixedWindowLimiter</c> and its like.</summary>
    RateLimiterPolicy,

    /// <summary><c>CorsOptions.AddPolicy</c>.</summary>
    CorsPolicy,

    /// <summary><c>OutputCacheOptions.AddPolicy</c>.</summary>
    OutputCachePolicy,

    /// <summary><c>AddScheme</c>, <c>AddJwtBearer</c>, <c>AddCookie</c> and their like.</summary>
    AuthenticationScheme,
}

/// <summary>A set of kinds.</summary>
[Flags]
internal enum NameKinds
{
    None = 0,
    AuthorizationPolicy = 1 << NameKind.AuthorizationPolicy,
    RateLimiterPolicy = 1 << NameKind.RateLimiterPolicy,
    CorsPolicy = 1 << NameKind.CorsPolicy,
    OutputCachePolicy = 1 << NameKind.OutputCachePolicy,
    AuthenticationScheme = 1 << NameKind.AuthenticationScheme,
    All = AuthorizationPolicy | RateLimiterPolicy | CorsPolicy | OutputCachePolicy | AuthenticationScheme,
}

/// <summary>What is true of a kind whatever is registered.</summary>
public static class NameKindExtensions
{
    /// <summary>
    /// How the framework compares names: authorization and output caching keep theirs in dictionaries that ignore case, the others in
    /// ordinal ones.
    /// </summary>
    public static StringComparer Comparer(this NameKind kind) =>
        kind is NameKind.AuthorizationPolicy or NameKind.OutputCachePolicy ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    /// <summary>What messages call it.</summary>
    public static string Noun(this NameKind kind) => kind switch
    {
        NameKind.AuthorizationPolicy => "authorization policy",
        NameKind.RateLimiterPolicy => "rate limiter policy",
        NameKind.CorsPolicy => "CORS policy",
        NameKind.OutputCachePolicy => "output cache policy",
        _ => "authentication scheme",
    };

    internal static NameKinds AsSet(this NameKind kind) => (NameKinds)(1 << (int)kind);
}

using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model.Endpoints;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;

namespace BackendPatterns.Analyzers.Model.Registrations;

/// <summary>What one call of the framework registers.</summary>
/// <param name="Kind">Of which kind.</param>
/// <param name="Parameter">The parameter that has the name; null where the names are fixed.</param>
/// <param name="Fixed">The names that it registers whatever its arguments are; default where they are not known.</param>
internal readonly record struct FrameworkRegistration(NameKind Kind, IParameterSymbol? Parameter, ImmutableArray<string> Fixed);

/// <summary>The methods of ASP.NET Core that register names, and those that only announce that there may be some.</summary>
internal static class FrameworkRegistrations
{
    /// <summary>Registered by IIS and HTTP.sys servers.</summary>
    public const string WindowsScheme = "Windows";

    /// <summary>The name behind <c>CorsOptions.AddDefaultPolicy</c>.</summary>
    public const string DefaultCorsPolicy = "__DefaultCorsPolicy";

    private static readonly ImmutableArray<string> IdentityCookies = ImmutableArray.Create(
        "Identity.Application", "Identity.External", "Identity.TwoFactorRememberMe", "Identity.TwoFactorUserId");

    /// <summary>What the extension methods of <c>AuthenticationBuilder</c> register where their call does not name a scheme.</summary>
    private static readonly Dictionary<string, ImmutableArray<string>> DefaultSchemes = new(StringComparer.Ordinal)
    {
        ["AddJwtBearer"] = ImmutableArray.Create("Bearer"),
        ["AddBearerToken"] = ImmutableArray.Create("BearerToken"),
        ["AddCookie"] = ImmutableArray.Create("Cookies"),
        ["AddOpenIdConnect"] = ImmutableArray.Create("OpenIdConnect"),
        ["AddCertificate"] = ImmutableArray.Create("Certificate"),
        ["AddNegotiate"] = ImmutableArray.Create("Negotiate"),
        ["AddWsFederation"] = ImmutableArray.Create("WsFederation"),
        ["AddGoogle"] = ImmutableArray.Create("Google"),
        ["AddFacebook"] = ImmutableArray.Create("Facebook"),
        ["AddMicrosoftAccount"] = ImmutableArray.Create("Microsoft"),
        ["AddTwitter"] = ImmutableArray.Create("Twitter"),
        ["AddIdentityCookies"] = IdentityCookies,
        ["AddApplicationCookie"] = ImmutableArray.Create("Identity.Application"),
        ["AddExternalCookie"] = ImmutableArray.Create("Identity.External"),
        ["AddTwoFactorRememberMeCookie"] = ImmutableArray.Create("Identity.TwoFactorRememberMe"),
        ["AddTwoFactorUserIdCookie"] = ImmutableArray.Create("Identity.TwoFactorUserId"),
    };

    /// <summary>Returns what a method of the framework registers, or null where it registers no name.</summary>
    public static FrameworkRegistration? Of(IMethodSymbol definition)
    {
        switch (definition.ContainingType.Name)
        {
            case "AuthorizationOptions" or "AuthorizationBuilder":
                return Named(definition, NameKind.AuthorizationPolicy, "name");
            case "RateLimiterOptions" or "RateLimiterOptionsExtensions":
                return Named(definition, NameKind.RateLimiterPolicy, "policyName");
            case "CorsOptions":
                return definition.Name == "AddDefaultPolicy"
                    ? new FrameworkRegistration(NameKind.CorsPolicy, null, ImmutableArray.Create(DefaultCorsPolicy))
                    : Named(definition, NameKind.CorsPolicy, "name");
            case "OutputCacheOptions":
                return Named(definition, NameKind.OutputCachePolicy, "name");
            case "AuthenticationOptions":
                return Named(definition, NameKind.AuthenticationScheme, "name");
            case "AuthenticationBuilder":
                return Named(definition, NameKind.AuthenticationScheme, "authenticationScheme");
            // Schemes that come and go while the application runs.
            case "IAuthenticationSchemeProvider" or "AuthenticationSchemeProvider" when definition.Name is "AddScheme" or "TryAddScheme":
                return new FrameworkRegistration(NameKind.AuthenticationScheme, null, default);
        }

        if (!definition.IsExtensionMethod)
            return null;
        return definition.Parameters[0].Type.Name == "AuthenticationBuilder" ? Scheme(definition) : Announced(definition);
    }

    private static FrameworkRegistration? Named(IMethodSymbol definition, NameKind kind, string parameterName)
    {
        if (!definition.Name.StartsWith("Add", StringComparison.Ordinal))
            return null;
        foreach (var parameter in definition.Parameters)
        {
            if (parameter.Name == parameterName && parameter.Type.SpecialType is SpecialType.System_String)
                return new FrameworkRegistration(kind, parameter, ImmutableArray<string>.Empty);
        }

        return null;
    }

    private static FrameworkRegistration Scheme(IMethodSymbol definition) =>
        Named(definition, NameKind.AuthenticationScheme, "authenticationScheme")
        ?? new FrameworkRegistration(NameKind.AuthenticationScheme, null, DefaultSchemes.TryGetValue(definition.Name, out var names) ? names : default);

    private static FrameworkRegistration? Announced(IMethodSymbol definition) => definition.Name switch
    {
        "AddAuthorization" or "AddAuthorizationCore" or "AddAuthorizationBuilder" => new(NameKind.AuthorizationPolicy, null, ImmutableArray<string>.Empty),
        "AddRateLimiter" => new(NameKind.RateLimiterPolicy, null, ImmutableArray<string>.Empty),
        "AddCors" => new(NameKind.CorsPolicy, null, ImmutableArray<string>.Empty),
        "AddOutputCache" => new(NameKind.OutputCachePolicy, null, ImmutableArray<string>.Empty),
        "AddAuthentication" => new(NameKind.AuthenticationScheme, null, ImmutableArray<string>.Empty),
        "AddIdentity" or "AddDefaultIdentity" => new(NameKind.AuthenticationScheme, null, IdentityCookies),
        "AddIdentityApiEndpoints" => new(NameKind.AuthenticationScheme, null, IdentityCookies.Add("Identity.Bearer").Add("Identity.BearerAndApplication")),
        "AddApiAuthorization" => new(NameKind.AuthenticationScheme, null, default),
        _ => null,
    };

    /// <summary>True for types of ASP.NET Core and .NET.</summary>
    public static bool IsFramework(ISymbol symbol) => AuthorizationAttributes.IsFramework(symbol);

    /// <summary>Returns the kinds whose lookup a provider type replaces.</summary>
    public static NameKinds ReplacedBy(string providerType) => providerType switch
    {
        "IAuthorizationPolicyProvider" or "DefaultAuthorizationPolicyProvider" => NameKinds.AuthorizationPolicy,
        "ICorsPolicyProvider" or "DefaultCorsPolicyProvider" => NameKinds.CorsPolicy,
        "IAuthenticationSchemeProvider" or "AuthenticationSchemeProvider" => NameKinds.AuthenticationScheme,
        "IOutputCachePolicyProvider" => NameKinds.OutputCachePolicy,
        _ => NameKinds.None,
    };
}

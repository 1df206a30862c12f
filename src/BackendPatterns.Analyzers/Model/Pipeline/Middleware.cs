using BackendPatterns.Analyzers.Model.Calls;
using BackendPatterns.Analyzers.Model.Endpoints;
using BackendPatterns.Analyzers.Model.Libraries;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Pipeline;

/// <summary>What one call adds to a pipeline.</summary>
public enum Middleware
{
    /// <summary>Middleware of the framework or of a library that no other one depends on.</summary>
    Other,

    /// <summary>The call is of another assembly and may add anything.</summary>
    Unknown,

    /// <summary><c>Use</c>, <c>UseMiddleware</c>, <c>Run</c>: middleware of the application itself.</summary>
    Own,

    /// <summary><c>Map</c>, <c>MapWhen</c>, <c>UseWhen</c>: a pipeline of its own for some requests.</summary>
    Branch,

    /// <summary>Endpoints are mapped; nothing runs at this place.</summary>
    Mapping,

    Routing,

    /// <summary><c>UseEndpoints</c>, <c>UseMvc</c>: the endpoint that routing found runs here, and nothing after it.</summary>
    Endpoints,

    Authentication,
    Authorization,
    Cors,
    RateLimiter,
    OutputCache,
    ResponseCaching,
    Session,
    ExceptionHandler,
}

/// <summary>Tells by its method what a call adds to a pipeline.</summary>
internal static class MiddlewareCalls
{
    private static readonly Dictionary<string, Middleware> Framework = new(StringComparer.Ordinal)
    {
        ["UseRouting"] = Middleware.Routing,
        ["UseEndpoints"] = Middleware.Endpoints,
        ["UseMvc"] = Middleware.Endpoints,
        ["UseMvcWithDefaultRoute"] = Middleware.Endpoints,
        ["UseAuthentication"] = Middleware.Authentication,
        ["UseAuthorization"] = Middleware.Authorization,
        ["UseCors"] = Middleware.Cors,
        ["UseRateLimiter"] = Middleware.RateLimiter,
        ["UseOutputCache"] = Middleware.OutputCache,
        ["UseResponseCaching"] = Middleware.ResponseCaching,
        ["UseSession"] = Middleware.Session,
        ["UseExceptionHandler"] = Middleware.ExceptionHandler,
        ["Use"] = Middleware.Own,
        ["UseMiddleware"] = Middleware.Own,
        ["Run"] = Middleware.Own,
        ["Map"] = Middleware.Branch,
        ["MapWhen"] = Middleware.Branch,
        ["UseWhen"] = Middleware.Branch,
    };

    // Libraries whose middleware neither signs in nor authorizes nor routes nor writes CORS headers.
    private static readonly string[] Harmless =
    [
        "AspNetCore.HealthChecks", "Asp.Versioning", "Elastic.", "Elmah", "FastEndpoints", "Finbuckle.MultiTenant", "Hangfire", "HealthChecks.", "Hellang.Middleware", "HotChocolate",
        "MiniProfiler", "NSwag", "NWebsec", "OpenTelemetry", "Prometheus", "Quartz", "Scalar", "Sentry", "Serilog", "SixLabors", "StackExchange.Exceptional", "Swashbuckle",
        "WebMarkupMin", "WebOptimizer",
    ];

    /// <summary>The names of the framework's methods that add middleware whose order matters.</summary>
    internal static readonly MentionedNames Ordered = new(Framework.Where(static pair => pair.Value > Middleware.Endpoints).Select(static pair => pair.Key));

    /// <summary>Returns what a call adds whose method has no source in this compilation.</summary>
    public static Middleware Of(IInvocationOperation call, AspNetCore aspNetCore)
    {
        var method = call.TargetMethod;
        if (method.MethodKind is MethodKind.DelegateInvoke)
            return Middleware.Unknown;
        if (AuthorizationAttributes.IsFramework(method))
        {
            if (!Framework.TryGetValue(method.Name, out var middleware))
                return method.Name.StartsWith("Map", StringComparison.Ordinal) ? Middleware.Mapping : Middleware.Other;
            if (method.Name == "Map" && !method.ReturnType.IsOrImplements(aspNetCore.ApplicationBuilder))
                return Middleware.Mapping;
            // WebApplication.Run() starts the application; Run(handler) is middleware.
            return method.Name == "Run" && call.Instance is not null ? Middleware.Other : middleware;
        }

        // https://docs.duendesoftware.com/identityserver/reference/di: "UseIdentityServer includes a call to UseAuthentication".
        if (method.Name == "UseIdentityServer")
            return Middleware.Authentication;
        if (method.Name.StartsWith("Map", StringComparison.Ordinal))
            return Middleware.Mapping;
        return IsHarmless(method) ? Middleware.Other : Middleware.Unknown;
    }

    /// <summary>True where the method comes from a library that is known to leave these matters alone.</summary>
    public static bool IsHarmless(ISymbol symbol)
    {
        if (symbol.ContainingAssembly is not { Name: var assembly })
            return false;
        foreach (var prefix in Harmless)
        {
            if (assembly.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}

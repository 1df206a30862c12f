using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Cors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;

namespace ValidCode;

/// <summary>Names of policies and schemes, registered in the usual ways and spelt as the framework compares them.</summary>
public static class PolicyNames
{
    public const string Publishing = "Publishing";

    private static readonly string Partners = "partners";

    public static void Run(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddAuthentication("Bearer").AddScheme<AuthenticationSchemeOptions, NoOne>("Bearer", null);
        builder.Services.AddAuthorizationBuilder().AddPolicy("Admin", policy => policy.RequireRole("admin"));
        builder.Services.AddAuthorization(options => AddRole(options, Publishing, "creator"));
        builder.Services.AddCors(options => options.AddPolicy(Partners, policy => policy.AllowAnyOrigin()));
        builder.Services.AddOutputCache(options => options.AddPolicy("Short", policy => policy.Expire(TimeSpan.FromSeconds(5))));
        builder.Services.AddRateLimiter(options =>
        {
            options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetFixedWindowLimiter(
                context.Connection.RemoteIpAddress?.ToString() ?? "unknown", _ => new FixedWindowRateLimiterOptions { PermitLimit = 100, Window = TimeSpan.FromMinutes(1) }));
            options.AddPolicy("sign-in", context => RateLimitPartition.GetNoLimiter(context.Request.Path.ToString()));
        });
        WebApplication app = builder.Build();
        app.UseRouting();
        app.UseCors("partners");
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter();
        app.UseOutputCache();
        app.MapGet("/articles", () => "").RequireAuthorization("publishing").CacheOutput("SHORT");
        app.MapPost("/session/login", (string name) => name).AllowAnonymous().RequireRateLimiting("sign-in");
    }

    private static void AddRole(AuthorizationOptions options, string name, string role) => options.AddPolicy(name, policy => policy.RequireRole(role));
}

[ApiController]
[Authorize(PolicyNames.Publishing, AuthenticationSchemes = "Bearer", Roles = "creator, admin")]
[EnableCors("partners")]
public sealed class DraftsController : ControllerBase
{
    [HttpGet("drafts"), OutputCache(PolicyName = "short")]
    public IActionResult Get() => Ok();

    [HttpPost("drafts/reset-password"), AllowAnonymous, EnableRateLimiting("sign-in")]
    public IActionResult Reset(string name) => Ok(name);
}

/// <summary>Counts, and leaves the answer alone.</summary>
public sealed class RequestStatistics(RequestDelegate next)
{
    private static readonly ConcurrentDictionary<string, int> Counts = new();

    public async Task InvokeAsync(HttpContext context)
    {
        await next(context);
        if (context.Response.StatusCode == StatusCodes.Status429TooManyRequests)
            Counts.AddOrUpdate(context.Request.Path.ToString(), 1, (_, count) => count + 1);
    }
}

/// <summary>A scheme that knows nobody.</summary>
public sealed class NoOne(
    Microsoft.Extensions.Options.IOptionsMonitor<AuthenticationSchemeOptions> options, Microsoft.Extensions.Logging.ILoggerFactory logger, System.Text.Encodings.Web.UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(AuthenticateResult.NoResult());
}

using BackendPatterns.Behaviour.Tests.Framework;
using System.Reflection;
using System.Runtime.Loader;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.TestHost;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace BackendPatterns.Behaviour.Tests.Endpoints;

/// <summary>
/// A compiled application, loaded and started in memory by its own entry point. Its server is a <see cref="TestServer"/>: no port is opened, and any
/// number of applications run side by side. Disposing it stops the application and unloads its code.
/// </summary>
public sealed class RunningApplication : IAsyncDisposable
{
    private readonly AssemblyLoadContext _loader;
    private readonly Task _entryPoint;
    private readonly IHost _host;

    private RunningApplication(AssemblyLoadContext loader, Task entryPoint, IHost host)
    {
        _loader = loader;
        _entryPoint = entryPoint;
        _host = host;
    }

    /// <summary>What the application registered.</summary>
    public IServiceProvider Services => _host.Services;

    /// <summary>Loads the application and runs its entry point until it serves requests.</summary>
    /// <param name="compilation">An executable that builds a host with <c>WebApplication</c> or the generic host and passes its arguments on.</param>
    /// <param name="environment">The hosting environment.</param>
    public static async Task<RunningApplication> Start(Compilation compilation, string environment = "Production")
    {
        using var image = ScenarioCode.ImageOf(compilation);
        var loader = new AssemblyLoadContext(compilation.AssemblyName, isCollectible: true);
        try
        {
            var assembly = loader.LoadFromStream(image);
            var start = new HostStart(assembly);
            var entryPoint = start.Run(["--environment=" + environment, "--contentRoot=" + AppContext.BaseDirectory, "--hostBuilder:reloadConfigOnChange=false"]);
            return new RunningApplication(loader, entryPoint, await start.Started);
        }
        catch
        {
            loader.Unload();
            throw;
        }
    }

    /// <summary>Sends one request. Redirects are not followed and cookies are not kept.</summary>
    public Task<HttpResponseMessage> Send(HttpRequestMessage request)
    {
        var client = _host.GetTestServer().CreateClient();
        return client.SendAsync(request);
    }

    /// <summary>Sends one request as somebody who has not signed in.</summary>
    public Task<HttpResponseMessage> SendAnonymous(string method, string path) => Send(new HttpRequestMessage(new HttpMethod(method), path));

    /// <summary>
    /// Sends one request as a signed-in user, with a token such as the application itself would issue. The application has to register <c>AddBearerToken</c>.
    /// </summary>
    public Task<HttpResponseMessage> SendSignedIn(string method, string path, params string[] roles)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Authorization = new("Bearer", TokenFor("ada", roles));
        return Send(request);
    }

    /// <summary>Calls a method of a hub; the status says who was turned away, and where.</summary>
    public Task<int> CallHub(string hub, string method, bool isSignedIn) => HubCall.Send(_host.GetTestServer(), hub, method, isSignedIn ? TokenFor("ada") : null);

    /// <summary>True where the application registers bearer tokens, so that <see cref="SendSignedIn"/> works.</summary>
    public async Task<bool> KnowsBearerTokens() =>
        Services.GetService<IAuthenticationSchemeProvider>() is { } schemes
        && await schemes.GetSchemeAsync(BearerTokenDefaults.AuthenticationScheme) is not null;

    /// <summary>A token of the scheme <c>BearerToken</c>.</summary>
    public string TokenFor(string user, params string[] roles)
    {
        var claims = roles.Select(role => new Claim(ClaimTypes.Role, role)).Append(new(ClaimTypes.Name, user)).Append(new(ClaimTypes.NameIdentifier, user));
        var properties = new AuthenticationProperties { ExpiresUtc = DateTimeOffset.UtcNow.AddHours(1) };
        var ticket = new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(claims, "Test")), properties, $"{BearerTokenDefaults.AuthenticationScheme}:AccessToken");
        return Services.GetRequiredService<IOptionsMonitor<BearerTokenOptions>>().Get(BearerTokenDefaults.AuthenticationScheme).BearerTokenProtector.Protect(ticket);
    }

    public async ValueTask DisposeAsync()
    {
        Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        await _entryPoint;
        _loader.Unload();
    }
}

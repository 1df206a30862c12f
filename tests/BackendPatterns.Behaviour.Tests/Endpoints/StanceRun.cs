using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Endpoints;
using BackendPatterns.Analyzers.Rules.Security;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Behaviour.Tests.Endpoints;

/// <summary>What the model says about the endpoint of a case, what BP4001 reports, and what was observed.</summary>
/// <param name="Verdict">What the model says, in the words of the page.</param>
/// <param name="ChangesState">True where the model takes the endpoint for one that BP4001 is about.</param>
/// <param name="Reports">How often BP4001 reports something.</param>
/// <param name="Anonymous">The status that somebody gets who has not signed in.</param>
/// <param name="SignedIn">The status that a signed-in user gets.</param>
public sealed record StanceRun(string Verdict, bool ChangesState, int Reports, int Anonymous, int SignedIn)
{
    /// <summary>Compiles, analyses and runs a case.</summary>
    public static async Task<StanceRun> Of(StanceCase @case)
    {
        var compilation = ApplicationSource.Compile(@case.Program);
        var endpoints = BackendModel.For(compilation).Endpoints!;
        var endpoint = EndpointOf(@case, endpoints);
        var diagnostics = await compilation.WithAnalyzers([new BP4001MissingAuthorizationAnalyzer()]).GetAnalyzerDiagnosticsAsync();
        Assert.DoesNotContain(diagnostics, diagnostic => diagnostic.Id != BP4001MissingAuthorizationAnalyzer.Id);
        await using var application = await RunningApplication.Start(compilation);
        using var anonymous = await application.SendAnonymous(@case.Method, @case.Path);
        using var signedIn = await application.SendSignedIn(@case.Method, @case.Path);
        return new StanceRun(
            endpoint is null ? "unlisted" : WordOf(StanceOf(endpoint, endpoints)), endpoint?.Verbs.ChangeState() == true, diagnostics.Length, (int)anonymous.StatusCode, (int)signedIn.StatusCode);
    }

    /// <summary>The endpoint that answers the request; of several the one with this route.</summary>
    private static Endpoint? EndpointOf(StanceCase @case, EndpointModel endpoints)
    {
        var verb = HttpVerbsExtensions.Named(@case.Method);
        var candidates = endpoints.All.Where(endpoint => endpoint.Verbs is HttpVerbs.Unknown || (endpoint.Verbs & verb) != 0).ToImmutableArray();
        return candidates.Length > 1 ? candidates.Single(endpoint => endpoint.Route?.TrimEnd('/') == @case.Path) : candidates.SingleOrDefault();
    }

    /// <summary>The stance of the endpoint together with what holds for the whole application.</summary>
    private static AuthorizationStance StanceOf(Endpoint endpoint, EndpointModel endpoints)
    {
        if (endpoint.Stance is not AuthorizationStance.None)
            return endpoint.Stance;
        var app = endpoints.Authorization;
        if (app.HasFallback || (app.CoversControllers && endpoint.Kind is EndpointKind.Action))
            return AuthorizationStance.Authorized;
        return app.HasAuthorizingMiddleware || (endpoint.Handler is { } handler && endpoints.Checks.MayAuthorize(handler)) ? AuthorizationStance.Unknown : AuthorizationStance.None;
    }

    private static string WordOf(AuthorizationStance stance) => stance switch
    {
        AuthorizationStance.None => "open",
        AuthorizationStance.Authorized => "authorized",
        AuthorizationStance.Anonymous => "anonymous",
        _ => "unknown",
    };
}

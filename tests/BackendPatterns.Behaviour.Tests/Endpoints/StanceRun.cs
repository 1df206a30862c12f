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
    private const string HubMethod = "HUB";

    /// <summary>Compiles, analyses and runs a case.</summary>
    public static async Task<StanceRun> Of(StanceCase @case)
    {
        var compilation = ApplicationSource.Compile(@case.Program, @case.Pages.Code);
        var options = new AnalyzerOptions([.. @case.Pages.Markup]);
        var endpoints = BackendModel.For(compilation, options).Endpoints!;
        var endpoint = EndpointOf(@case, endpoints, compilation);
        var diagnostics = await compilation.WithAnalyzers([new BP4001MissingAuthorizationAnalyzer()], options).GetAnalyzerDiagnosticsAsync();
        Assert.DoesNotContain(diagnostics, diagnostic => diagnostic.Id != BP4001MissingAuthorizationAnalyzer.Id);
        await using var application = await RunningApplication.Start(compilation);
        return new StanceRun(
            endpoint is null ? "unlisted" : WordOf(EffectiveStance.Of(endpoint, endpoints)), endpoint?.ChangesState == true, diagnostics.Length,
            await Ask(application, @case, isSignedIn: false), await Ask(application, @case, isSignedIn: true));
    }

    private static async Task<int> Ask(RunningApplication application, StanceCase @case, bool isSignedIn)
    {
        var lastSlash = @case.Path.LastIndexOf('/');
        if (@case.Method == HubMethod)
            return await application.CallHub(@case.Path[..lastSlash], @case.Path[(lastSlash + 1)..], isSignedIn);
        using var answer = isSignedIn ? await application.SendSignedIn(@case.Method, @case.Path) : await application.SendAnonymous(@case.Method, @case.Path);
        return (int)answer.StatusCode;
    }

    /// <summary>The endpoint that answers the request; of several the one with this route.</summary>
    private static Endpoint? EndpointOf(StanceCase @case, EndpointModel endpoints, Compilation compilation)
    {
        var pages = compilation.GetSymbolsWithName(_ => true, SymbolFilter.Type).OfType<INamedTypeSymbol>().Where(endpoints.Pages.AreModelledBy)
            .SelectMany(page => endpoints.Pages.HandlersOf(page).Select(handler => endpoints.Pages.HandlerOf(handler, page)));
        var verb = @case.Method == HubMethod ? HttpVerbs.Unknown : HttpVerbsExtensions.Named(@case.Method);
        var candidates = endpoints.All.Concat(pages).Where(endpoint => endpoint.Verbs is HttpVerbs.Unknown || (endpoint.Verbs & verb) != 0).ToImmutableArray();
        return candidates.Length > 1
            ? candidates.Single(endpoint => (endpoint.Kind is EndpointKind.HubMethod ? $"{endpoint.Route}/{endpoint.Name}" : endpoint.Route?.TrimEnd('/')) == @case.Path)
            : candidates.SingleOrDefault();
    }

    private static string WordOf(AuthorizationStance stance) => stance switch
    {
        AuthorizationStance.None => "open",
        AuthorizationStance.Authorized => "authorized",
        AuthorizationStance.Anonymous => "anonymous",
        _ => "unknown",
    };
}

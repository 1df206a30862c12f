using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model;
using BackendPatterns.Analyzers.Model.Pipeline;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackendPatterns.Analyzers.Rules.Security;

/// <summary>A call that adds middleware at a place where it, or what follows it, does not work.</summary>
/// <param name="Step">The call.</param>
/// <param name="Other">The call that it is on the wrong side of.</param>
/// <param name="IsLate">True where the call has to stand before the other one, false where it has to stand after it.</param>
/// <param name="Effect">What happens, as the middle of a sentence.</param>
public sealed record BP4005MisplacedMiddleware(PipelineStep Step, PipelineStep Other, bool IsLate, string Effect)
{
    private static readonly TreeWords Schemes = new("AuthenticationSchemes");

    /// <summary>Returns the mistake of a call, or null where it is none in one of the applications that make it.</summary>
    public static BP4005MisplacedMiddleware? Of(SyntaxNode call, BackendModel model)
    {
        BP4005MisplacedMiddleware? found = null;
        var hosts = model.Pipelines?.With(call) ?? ImmutableArray<HostPipeline>.Empty;
        foreach (var host in hosts)
        {
            found = null;
            for (var i = 0; i < host.Steps.Count && found is null; i++)
            {
                if (host.Steps[i].Call.Syntax == call)
                    found = At(i, host, model);
            }

            if (found is null)
                return null;
        }

        return found;
    }

    private static BP4005MisplacedMiddleware? At(int index, HostPipeline host, BackendModel model) => host.Steps[index].Middleware switch
    {
        Middleware.Authentication => AfterAuthorization(index, host, model, "requests are authorized before anyone is signed in", speaksOf: "User") ?? AfterEndpoints(index, host, "endpoints see no signed-in user"),
        Middleware.Authorization => AfterEndpoints(index, host, "endpoints that require authorization fail"),
        Middleware.Cors => AfterAuthorization(index, host, model, "refused requests are answered without CORS headers and preflight requests are refused", speaksOf: "Access-Control")
            ?? AfterEndpoints(index, host, "endpoints answer without CORS headers"),
        Middleware.Session => AfterEndpoints(index, host, "endpoints have no session"),
        Middleware.ExceptionHandler => AfterEndpoints(index, host, "exceptions of endpoints are not handled"),
        Middleware.RateLimiter => EarlyLimiter(index, host, model) ?? AfterEndpoints(index, host, "endpoints are not limited"),
        Middleware.OutputCache or Middleware.ResponseCaching => EarlyCache(index, host, model),
        _ => null,
    };

    private static BP4005MisplacedMiddleware? AfterAuthorization(int index, HostPipeline host, BackendModel model, string effect, string speaksOf)
    {
        var authorization = host.FirstBefore(index, Middleware.Authorization);
        if (authorization < 0 || host.MayHaveBefore(authorization, host.Steps[index].Middleware) || OwnMiddlewareMentions(speaksOf, authorization, host) || !Authorizes(model))
            return null;
        // A policy that names its schemes signs in by itself.
        if (host.Steps[index].Middleware is Middleware.Authentication && model.Compilation.SyntaxTrees.Any(static tree => Schemes.AnyIn(tree, CancellationToken.None)))
            return null;
        return Mistake(index, authorization, host, isLate: true, effect);
    }

    private static bool Authorizes(BackendModel model) => model.Endpoints?.Authorization is { } app && (app.IsUsed || app.HasFallback || app.CoversControllers);

    /// <summary>The endpoint that routing found runs in <c>UseEndpoints</c>, and nothing after it does.</summary>
    private static BP4005MisplacedMiddleware? AfterEndpoints(int index, HostPipeline host, string effect)
    {
        var endpoints = host.FirstBefore(index, Middleware.Endpoints);
        if (endpoints < 0 || host.MayHaveBefore(endpoints, host.Steps[index].Middleware))
            return null;
        if (host.Steps[index].Middleware is Middleware.ExceptionHandler && host.MayHaveBefore(endpoints, Middleware.Own))
            return null;
        // What runs for requests that no endpoint answers: static files, a single-page application, a branch.
        for (var i = endpoints + 1; i < host.Steps.Count; i++)
        {
            if (host.Steps[i].Middleware is Middleware.Other or Middleware.Unknown or Middleware.Own or Middleware.Branch or Middleware.Endpoints && !IsStart(host.Steps[i]))
                return null;
        }

        return Mistake(index, endpoints, host, isLate: true, effect);
    }

    private static bool IsStart(PipelineStep step) => step is { Middleware: Middleware.Other, Call.TargetMethod.Name: "Run" or "RunAsync" or "Start" or "StartAsync" or "UseHttpsRedirection" or "UseHsts" };

    private static BP4005MisplacedMiddleware? EarlyLimiter(int index, HostPipeline host, BackendModel model)
    {
        var limits = model.Pipelines!.RateLimits;
        if (limits.PartitionsByUser && Early(index, Middleware.Authentication, host) is var authentication and >= 0 && !OwnMiddlewareMentions("User", index, host))
            return Mistake(index, authentication, host, isLate: false, "a limit per user counts all users as one");
        return limits.IsRequiredByEndpoint && Early(index, Middleware.Routing, host) is var routing and >= 0
            ? Mistake(index, routing, host, isLate: false, "the policies of endpoints are not applied")
            : null;
    }

    private static BP4005MisplacedMiddleware? EarlyCache(int index, HostPipeline host, BackendModel model)
    {
        if (Early(index, Middleware.Authorization, host) is var authorization and >= 0 && Leaks(host.Steps[index].Middleware, model.Pipelines!.CachedResponses))
            return Mistake(index, authorization, host, isLate: false, "cached responses are given to callers that authorization would refuse");
        return Early(index, Middleware.Cors, host) is var cors and >= 0
            ? Mistake(index, cors, host, isLate: false, "cached responses have no CORS headers, or those of another origin")
            : null;
    }

    private static bool Leaks(Middleware cache, CachedResponses responses) => cache is Middleware.OutputCache ? responses.HasOwnOutputPolicy : responses.LeakToOthers;

    /// <summary>Returns where middleware stands that has to run before the one at an index and comes after it; -1 where it also runs before, or both are called twice.</summary>
    private static int Early(int index, Middleware needed, HostPipeline host)
    {
        var other = host.FirstAfter(index, needed);
        return other < 0 || host.MayHaveBefore(index, needed) || host.HasAfter(other, host.Steps[index].Middleware) ? -1 : other;
    }

    /// <summary>True where middleware of the application before an index may do the same: its code mentions a word, or cannot be read.</summary>
    private static bool OwnMiddlewareMentions(string word, int index, HostPipeline host)
    {
        for (var i = 0; i < index; i++)
        {
            if (host.Steps[i].Middleware is not Middleware.Own)
                continue;
            var call = host.Steps[i].Call;
            if (call.TargetMethod.Name != "UseMiddleware")
            {
                if (Mentions(call.Syntax, word))
                    return true;
            }
            else if (call.TargetMethod.TypeArguments is not [INamedTypeSymbol type] || (!MiddlewareCalls.IsHarmless(type) && (type.DeclaringSyntaxReferences.IsEmpty || type.DeclaringSyntaxReferences.Any(reference => Mentions(reference.GetSyntax(), word)))))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Mentions(SyntaxNode code, string word) => code.ToString().IndexOf(word, StringComparison.Ordinal) >= 0;

    private static BP4005MisplacedMiddleware Mistake(int index, int other, HostPipeline host, bool isLate, string effect) => new(host.Steps[index], host.Steps[other], isLate, effect);
}

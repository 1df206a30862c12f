using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using BackendPatterns.Analyzers.Framework;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackendPatterns.Analyzers.Model.Endpoints;

/// <summary>Endpoints that are open to everyone by what they are: signing in, recovering a password, being called back.</summary>
public static class EndpointNames
{
    /// <summary>Replaces the built-in list; entries are words, several words of one name joined by <c>-</c>.</summary>
    public static readonly RuleOption<IReadOnlyList<string>> AnonymousEndpoints = RuleOption.Names(
        "anonymous_endpoints",
        "Names of endpoints that anyone may call, as whole words of a route segment, an action or a controller; replaces the built-in list.",
        "login", "log-in", "logon", "signin", "sign-in", "signup", "sign-up", "logout", "log-out", "logoff", "log-off", "signout", "sign-out", "register", "registration", "authenticate",
        "authentication", "token", "tokens", "refresh", "oauth", "oidc", "saml", "sso", "forgot", "forget", "forgotten", "recover", "recovery", "reset-password", "password-reset",
        "reset-email", "reset-code", "confirm", "confirmation", "verify", "verification", "activation", "activate-account", "resend", "otp", "mfa", "two-factor", "callback", "webhook",
        "webhooks", "hook", "ipn", "health", "healthz", "heartbeat", "ping", "install", "installation", "setup", "subscribe", "unsubscribe", "newsletter", "contact-us", "anonymous",
        "public", "guest", "captcha", "csp-report", "locale", "culture", "language", "set-language", "consent", "error");

    // The same list for every endpoint of every file without a setting of its own.
    private static readonly ConditionalWeakTable<IReadOnlyList<string>, List<ImmutableArray<string>>> Phrases = new();

    /// <summary>True where a route segment, the action or the controller has one of the listed names.</summary>
    public static bool SayAnonymous(Endpoint endpoint, AnalyzerOptions options, SyntaxTree tree)
    {
        foreach (var phrase in Phrases.GetValue(AnonymousEndpoints.In(options, tree), static entries => entries.Select(NameWords.Of).ToList()))
        {
            foreach (var name in endpoint.Words)
            {
                if (NameWords.Contain(name, phrase))
                    return true;
            }
        }

        return false;
    }

    /// <summary>Adds the words of every literal segment of a route template; parameters and tokens are not the author's words.</summary>
    internal static void AddSegments(string? template, ImmutableArray<ImmutableArray<string>>.Builder words)
    {
        if (template is null)
            return;
        foreach (var segment in template.Split('/'))
        {
            if (segment.Length > 0 && segment[0] is not ('{' or '['))
                words.Add(NameWords.Of(segment));
        }
    }
}

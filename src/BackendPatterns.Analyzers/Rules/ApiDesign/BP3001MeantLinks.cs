using System.Collections.Immutable;
using BackendPatterns.Analyzers.Model.Endpoints;
using BackendPatterns.Analyzers.Roslyn;

namespace BackendPatterns.Analyzers.Rules.ApiDesign;

/// <summary>GET endpoints that have to write, because a person follows a link from a mail, or another site redirects a browser to them.</summary>
internal static class BP3001MeantLinks
{
    private static readonly ImmutableArray<ImmutableArray<string>> Phrases = ImmutableArray.CreateRange(
        new[]
        {
            "activate", "activation", "confirm", "confirmation", "confirmed", "verify", "verification", "unsubscribe", "opt-out", "optout", "opt-in", "optin", "callback", "call-back", "webhook", "webhooks", "hook", "ipn",
            "login", "log-in", "logon", "signin", "sign-in", "logout", "log-out", "logoff", "log-off", "signout", "sign-out", "external", "oauth", "o-auth", "oauth2", "oidc", "openid", "saml", "sso",
            "authorize", "authenticate", "accept-invitation", "accept-invite", "invitation", "redirect", "return-url", "payment-return", "payment-success", "payment-cancel",
            "pixel", "beacon", "click", "install", "installation", "setup", "seed", "migrate", "health", "healthz", "ping",
        }.Select(NameWords.Of));

    /// <summary>True where a segment of the route, the action or its controller has one of these names, as whole words.</summary>
    public static bool Include(Endpoint endpoint)
    {
        foreach (var name in endpoint.Words)
        {
            foreach (var phrase in Phrases)
            {
                if (NameWords.Contain(name, phrase))
                    return true;
            }
        }

        return false;
    }
}

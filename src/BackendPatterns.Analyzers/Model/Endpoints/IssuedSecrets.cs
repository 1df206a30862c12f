using System.Collections.Immutable;
using BackendPatterns.Analyzers.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BackendPatterns.Analyzers.Model.Endpoints;

/// <summary>Tokens and keys that endpoints hand to the one they were made for: sign-in, refresh, registration, a new key.</summary>
internal sealed class IssuedSecrets
{
    /// <summary>Words of endpoints and of their contracts that are there to hand out a token.</summary>
    private static readonly HashSet<string> SignIn = new(StringComparer.Ordinal)
    {
        "login", "signin", "logon", "auth", "authenticate", "authenticated", "authentication", "authorize", "token", "tokens", "jwt", "refresh", "register", "registration", "signup", "connect", "oauth",
        "oidc", "sso", "session", "sessions", "otp", "2fa", "mfa", "twofactor", "credential", "credentials", "antiforgery", "csrf", "xsrf", "impersonate",
    };

    /// <summary>Words of endpoints that make a secret, and show it once.</summary>
    private static readonly HashSet<string> Issue = new(StringComparer.Ordinal)
    {
        "generate", "regenerate", "rotate", "renew", "issue", "reset", "key", "keys", "secret", "secrets", "apikey", "apikeys", "invite", "invitation", "share",
    };

    private readonly Lazy<HashSet<ITypeSymbol>> _contracts;

    public IssuedSecrets(BackendModel model, EndpointModel endpoints) => _contracts = BackendModel.Once(() => Find(model, endpoints));

    /// <summary>True for a type that an endpoint of <see cref="AreAnswerOf"/> answers with, alone or inside another.</summary>
    public bool AreIn(ITypeSymbol contract) => _contracts.Value.Contains(contract.OriginalDefinition);

    /// <summary>True for a contract that is named after the token in it, or after signing in: <c>TokenResponse</c>, <c>LoginResult</c>.</summary>
    public static bool AreNamedBy(ITypeSymbol contract) => NameWords.Of(contract.Name) is var words && (HasAny(words, SignIn) || HasPair(words));

    /// <summary>True for an endpoint that is named after signing in, or after making a secret.</summary>
    public static bool AreAnswerOf(Endpoint endpoint)
    {
        foreach (var words in endpoint.Words)
        {
            if (HasAny(words, SignIn) || HasPair(words) || (endpoint.ChangesState && HasAny(words, Issue)))
                return true;
        }

        return false;
    }

    private static HashSet<ITypeSymbol> Find(BackendModel model, EndpointModel endpoints)
    {
        var contracts = new ContractTypes();
        foreach (var controller in endpoints.Controllers.All)
        {
            foreach (var endpoint in endpoints.Of(controller))
                Add(endpoint, () => endpoint.Handler is { } action ? model.BodyOf(action) : null, endpoints, contracts);
        }

        foreach (var call in endpoints.MapCallsInSource)
        {
            if (endpoints.MappedBy(call) is { } endpoint)
                Add(endpoint, () => MappedEndpoints.BodyOf(call, model), endpoints, contracts);
        }

        return contracts.All;
    }

    private static void Add(Endpoint endpoint, Func<IOperation?> body, EndpointModel endpoints, ContractTypes contracts)
    {
        if (endpoint.Handler is not { } handler || !AreAnswerOf(endpoint))
            return;
        // A declaration is cheaper to read than a body.
        var payloads = Payloads.DeclaredBy(handler);
        foreach (var payload in payloads.IsEmpty ? endpoints.Payloads.Of(handler, body) : payloads)
            contracts.Add(payload.Type);
    }

    private static bool HasAny(ImmutableArray<string> words, HashSet<string> known)
    {
        foreach (var word in words)
        {
            if (known.Contains(word))
                return true;
        }

        return false;
    }

    /// <summary><c>SignIn</c>, <c>log-in</c>, <c>TwoFactor</c> are two words.</summary>
    private static bool HasPair(ImmutableArray<string> words)
    {
        for (var at = 0; at + 1 < words.Length; at++)
        {
            if ((words[at], words[at + 1]) is ("sign" or "log", "in" or "on" or "up") or ("two", "factor"))
                return true;
        }

        return false;
    }
}

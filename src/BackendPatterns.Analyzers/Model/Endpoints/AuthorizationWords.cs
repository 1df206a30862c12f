using System.Collections.Concurrent;
using System.Collections.Immutable;
using BackendPatterns.Analyzers.Roslyn;

namespace BackendPatterns.Analyzers.Model.Endpoints;

/// <summary>Names that speak of authorization. Where code cannot be read, its name decides whether it may authorize.</summary>
internal sealed class AuthorizationWords
{
    /// <summary>Words that a name has when it checks the caller: <c>EnsurePermission</c>, <c>ICurrentUser</c>, <c>VerifySignature</c>.</summary>
    public static readonly AuthorizationWords OfChecks = new(
        "authorize", "authorized", "authorization", "authorizer", "authorise", "authorised", "unauthorized", "forbid", "forbidden", "authenticated", "permission", "permissions",
        "permitted", "signature", "hmac", "current user", "user context", "work context", "user accessor", "current account", "logged in", "logged user", "signed in",
        "api key", "identity service", "user identity", "session user", "fixed time", "construct event", "get user id", "has access", "can access", "check access", "ensure access",
        "verify access", "access control", "access check", "acl service");

    /// <summary>Words that attributes and middleware have whose purpose may be authorization; wider, because such a type does nothing else.</summary>
    public static readonly AuthorizationWords OfAttributes = new(
        "authorize", "authorized", "authorization", "authorizer", "authorise", "authorised", "unauthorized", "auth", "authenticated", "permission", "permissions", "permitted",
        "privilege", "privileges", "role", "roles", "claim", "claims", "scope", "scopes", "policy", "access", "acl", "anonymous", "signature", "hmac", "secure", "secured", "security",
        "guard", "api key", "protected", "public", "admin", "owner");

    // An editor lives for days, and every name that is half typed is a new one.
    private const int MostKnown = 10_000;

    private readonly ConcurrentDictionary<string, bool> _known = new(StringComparer.Ordinal);
    private readonly ImmutableArray<ImmutableArray<string>> _phrases;

    private AuthorizationWords(params string[] phrases) => _phrases = phrases.Select(static phrase => ImmutableArray.Create(phrase.Split(' '))).ToImmutableArray();

    /// <summary>True where the identifier has one of the words, as whole words.</summary>
    public bool AreIn(string name)
    {
        if (_known.TryGetValue(name, out var known))
            return known;
        if (_known.Count >= MostKnown)
            _known.Clear();
        return _known.GetOrAdd(name, Search);
    }

    private bool Search(string name)
    {
        var words = NameWords.Of(name);
        foreach (var phrase in _phrases)
        {
            if (NameWords.Contain(words, phrase))
                return true;
        }

        return false;
    }
}

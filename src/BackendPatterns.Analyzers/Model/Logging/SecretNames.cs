using System.Collections.Immutable;
using BackendPatterns.Analyzers.Roslyn;

namespace BackendPatterns.Analyzers.Model.Logging;

/// <summary>Names of values that nobody but their owner may read.</summary>
public static class SecretNames
{
    // Cheaper than the words, which decide: most names have none of these.
    private static readonly string[] Hints = ["pass", "pwd", "secret", "token", "key", "connection", "conn", "jwt", "auth", "bearer"];

    private static readonly ImmutableArray<string>[] Secrets =
    [
        .. new[]
        {
            "password", "passwd", "pwd", "passphrase", "secret", "token", "jwt", "api key", "apikey", "private key", "access key", "secret key", "signing key", "encryption key", "account key",
            "shared key", "jwt key", "connection string", "connectionstring", "conn string", "connstring", "authorization header", "auth header", "bearer",
        }.Select(static phrase => phrase.Split(' ').ToImmutableArray()),
    ];

    // Tokens that are positions, signals or pieces of text, and secrets that were made unreadable.
    private static readonly HashSet<string> Harmless = new(StringComparer.Ordinal)
    {
        "cancellation", "cancel", "stopping", "continuation", "continue", "page", "paging", "pagination", "next", "previous", "prev", "skip", "delta", "sync", "concurrency", "change", "syntax", "hash", "hashed",
        "masked", "mask", "redacted", "obfuscated", "sanitized", "truncated", "encrypted", "protected", "public", "is", "has", "csrf", "xsrf", "antiforgery", "placeholder", "template", "search",
        "separator", "delimiter", "bookmark", "cursor", "replacement", "json", "xml", "metadata", "contract", "symbol", "no", "missing", "num", "max", "min", "total",
    };

    /// <summary>True for a name that ends in <c>password</c>, <c>token</c>, <c>apiKey</c> and the like, as whole words: <c>refreshToken</c>, not <c>tokenId</c>, <c>passwordHash</c>, <c>nextPageToken</c>.</summary>
    public static bool Contain(string name)
    {
        if (!HasHint(name))
            return false;
        var words = NameWords.Of(name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9'));
        foreach (var word in words)
        {
            if (Harmless.Contains(word))
                return false;
        }

        // tokenReceived, passwordValue: the last word says nothing about what it is.
        if (words.Length > 1 && words[words.Length - 1] is "value" or "received" or "expected" or "given" or "text" or "string" && words[words.Length - 2] is not ("connection" or "conn"))
            words = words.RemoveAt(words.Length - 1);
        foreach (var secret in Secrets)
        {
            if (EndsWith(words, secret))
                return true;
        }

        return false;
    }

    /// <summary>True for the name of what is kept of a password or a sign-in in place of it: <c>PasswordHash</c>, <c>PasswordSalt</c>, <c>SecurityStamp</c>.</summary>
    public static bool ContainVerifier(string name)
    {
        if (name.IndexOf("pass", StringComparison.OrdinalIgnoreCase) < 0 && name.IndexOf("pwd", StringComparison.OrdinalIgnoreCase) < 0 && name.IndexOf("stamp", StringComparison.OrdinalIgnoreCase) < 0)
            return false;
        var words = NameWords.Of(name);
        return words switch
        {
            [.., "password" or "passwd" or "pwd", "hash" or "hashed" or "salt"] or [.., "hashed" or "salted" or "encrypted", "password" or "pwd"] or [.., "passwordhash" or "passwordsalt"] => true,
            [.., "security", "stamp"] => true,
            _ => false,
        };
    }

    private static bool HasHint(string name)
    {
        foreach (var hint in Hints)
        {
            if (name.IndexOf(hint, StringComparison.OrdinalIgnoreCase) >= 0)
                return true;
        }

        return false;
    }

    private static bool EndsWith(ImmutableArray<string> words, ImmutableArray<string> phrase)
    {
        if (words.Length < phrase.Length)
            return false;
        for (var i = 1; i <= phrase.Length; i++)
        {
            if (words[words.Length - i] != phrase[phrase.Length - i])
                return false;
        }

        return true;
    }
}

namespace BackendPatterns.Analyzers.Model.Tokens;

/// <summary>What a validator returns for a token that it accepts.</summary>
internal enum ValidatorAcceptance
{
    /// <summary><c>true</c>.</summary>
    True,

    /// <summary>Its first argument.</summary>
    FirstParameter,

    /// <summary>A token that is read from its first argument without a look at the signature.</summary>
    ReadToken,
}

/// <summary>A check of <c>TokenValidationParameters</c>, and the two properties that can turn it off.</summary>
/// <param name="Flag">The property that turns it off with <c>false</c>.</param>
/// <param name="Validator">The delegate that takes its place.</param>
/// <param name="LetsIn">The tokens that come in without it.</param>
/// <param name="Subject">What the check looks at.</param>
internal sealed record ValidationCheck(string Flag, string Validator, string LetsIn, ValidationSubject Subject)
{
    private static readonly ValidationCheck Lifetime = new("ValidateLifetime", "LifetimeValidator", "expired tokens", ValidationSubject.Token);
    private static readonly ValidationCheck Expiration = new("RequireExpirationTime", "LifetimeValidator", "tokens that never expire", ValidationSubject.Token);
    private static readonly ValidationCheck Signature = new("RequireSignedTokens", "SignatureValidator", "tokens without a signature", ValidationSubject.Token) { IsSkippedToReadExpired = false };
    private static readonly ValidationCheck AnySignature = Signature with { LetsIn = "tokens with any signature", Acceptance = ValidatorAcceptance.ReadToken };

    // The default is not to look at the key again: a validator that accepts every key takes away what the flag asks for, and nothing else.
    private static readonly ValidationCheck Key = new("ValidateIssuerSigningKey", "IssuerSigningKeyValidator", "tokens of keys that are no longer valid", ValidationSubject.Token) { NeedsFlag = true };
    private static readonly ValidationCheck Issuer = new("ValidateIssuer", "IssuerValidator", "tokens of every issuer", ValidationSubject.Source) { Acceptance = ValidatorAcceptance.FirstParameter };
    private static readonly ValidationCheck Audience = new("ValidateAudience", "AudienceValidator", "tokens for every audience", ValidationSubject.Source);

    /// <summary>What the validator returns for a token that it accepts.</summary>
    public ValidatorAcceptance Acceptance { get; private init; }

    /// <summary>True where only the validator can do harm, and only where the flag asks for the check.</summary>
    public bool NeedsFlag { get; private init; }

    /// <summary>True where code that renews an expired token may skip the check.</summary>
    public bool IsSkippedToReadExpired { get; private init; } = true;

    /// <summary>Returns the check that a property can turn off, or null.</summary>
    public static ValidationCheck? Of(string property) => property switch
    {
        "ValidateLifetime" or "LifetimeValidator" => Lifetime,
        "RequireExpirationTime" => Expiration,
        "RequireSignedTokens" => Signature,
        "SignatureValidator" => AnySignature,
        "IssuerSigningKeyValidator" => Key,
        "ValidateIssuer" or "IssuerValidator" => Issuer,
        "ValidateAudience" or "AudienceValidator" => Audience,
        _ => null,
    };
}

/// <summary>What a check looks at.</summary>
internal enum ValidationSubject
{
    /// <summary>The token: its signature and its age.</summary>
    Token,

    /// <summary>Where it comes from and whom it is for.</summary>
    Source,
}

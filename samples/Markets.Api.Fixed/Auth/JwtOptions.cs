using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Markets.Api.Auth;

public sealed class JwtOptions
{
    private readonly byte[] _ephemeralKey = RandomNumberGenerator.GetBytes(32);

    public required string Issuer { get; set; }

    public required string Audience { get; set; }

    public int LifetimeMinutes { get; set; } = 60;

    /// <summary>Base64; when none is configured every start makes its own key and tokens end with the process.</summary>
    public string? SigningKey { get; set; }

    public SymmetricSecurityKey SecurityKey => new(string.IsNullOrEmpty(SigningKey) ? _ephemeralKey : Convert.FromBase64String(SigningKey));
}

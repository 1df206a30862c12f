namespace BackendPatterns.Behaviour.Tests.Security;

/// <summary>Real tokens, validated with parameters that have one setting of a test among them. The answer names the tokens that are accepted.</summary>
internal static class TokenScenario
{
    /// <summary>The source of the scenario with a setting such as <c>ValidateLifetime = false</c>, for one of the two handlers.</summary>
    public static string With(string setting, bool isNewHandler = false) => $$"""
        using System.IdentityModel.Tokens.Jwt;
        using System.Security.Claims;
        using System.Security.Cryptography;
        using Microsoft.IdentityModel.JsonWebTokens;
        using Microsoft.IdentityModel.Tokens;

        public static class Scenario
        {
            private static readonly SymmetricSecurityKey Key = new(RandomNumberGenerator.GetBytes(32));
            private static readonly SymmetricSecurityKey Stranger = new(RandomNumberGenerator.GetBytes(32));

            public static object? Run(ShopContext db)
            {
                var now = DateTime.UtcNow;
                var tokens = new Dictionary<string, string>
                {
                    ["good"] = Write(Key, now.AddHours(1)),
                    ["expired"] = Write(Key, now.AddHours(-2)),
                    ["endless"] = Write(Key, null),
                    ["unsigned"] = Write(null, now.AddHours(1)),
                    ["forged"] = Write(Stranger, now.AddHours(1)),
                    ["foreign"] = Write(Key, now.AddHours(1), issuer: "other"),
                    ["misdirected"] = Write(Key, now.AddHours(1), audience: "other"),
                };
                return string.Join(" ", tokens.Where(token => Find(token.Value) == "ada").Select(token => token.Key));
            }

            private static string Write(SecurityKey? key, DateTime? expires, string issuer = "shop", string audience = "shop") => new JwtSecurityTokenHandler().WriteToken(new JwtSecurityToken(
                issuer, audience, [new Claim("sub", "ada")], expires?.AddHours(-1), expires, key is null ? null : new SigningCredentials(key, SecurityAlgorithms.HmacSha256)));

            private static string? Find(string token)
            {
                var parameters = new TokenValidationParameters
                {
                    ValidIssuer = "shop",
                    ValidAudience = "shop",
                    IssuerSigningKey = Key,
                    {{setting}},
                };
                try
                {
                    return {{(isNewHandler
                        ? "new JsonWebTokenHandler().ValidateTokenAsync(token, parameters).Result is { IsValid: true } result ? result.ClaimsIdentity.FindFirst(\"sub\")?.Value : null"
                        : "new JwtSecurityTokenHandler { MapInboundClaims = false }.ValidateToken(token, parameters, out _).FindFirst(\"sub\")?.Value")}};
                }
                catch (SecurityTokenException)
                {
                    return null;
                }
            }
        }
        """;
}

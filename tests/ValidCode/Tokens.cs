using System.IdentityModel.Tokens.Jwt;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ValidCode;

/// <summary>Tokens that are checked, keys from elsewhere, and relaxations that end with development.</summary>
public static class TokenSetup
{
    public static void Add(WebApplicationBuilder builder) => builder.Services.AddAuthentication()
        .AddJwtBearer(options =>
        {
            options.Authority = builder.Configuration["Identity:Authority"];
            options.Audience = "orders";
            options.RequireHttpsMetadata = !builder.Environment.IsDevelopment();
            options.TokenValidationParameters.ValidateIssuerSigningKey = false;
            if (builder.Environment.IsDevelopment())
                options.TokenValidationParameters.ValidateLifetime = false;
        })
        .AddJwtBearer("partners", options => options.TokenValidationParameters = new TokenValidationParameters
        {
            ValidAudience = "orders",
            ValidateIssuer = false,
            IssuerValidator = (issuer, _, _) => issuer.EndsWith(".partners.example", StringComparison.Ordinal) ? issuer : throw new SecurityTokenInvalidIssuerException(issuer),
            LifetimeValidator = (_, expires, _, _) => expires > DateTime.UtcNow.AddSeconds(-10),
            IssuerSigningKey = new SymmetricSecurityKey(Convert.FromBase64String(builder.Configuration["Partners:Key"]!)),
        });

    public static SecurityKey KeyOfThisProcess() => new SymmetricSecurityKey(RandomNumberGenerator.GetBytes(32));
}

/// <summary>Renews sessions, for which it reads tokens that have expired.</summary>
public class SessionTokens(TokenValidationParameters accepted, SignInManager<IdentityUser> manager, ILogger<SessionTokens> logger)
{
    public ClaimsPrincipal GetPrincipalFromExpiredToken(string token)
    {
        var parameters = accepted.Clone();
        parameters.ValidateLifetime = false;
        return new JwtSecurityTokenHandler().ValidateToken(token, parameters, out _);
    }

    public async Task<ClaimsPrincipal?> ReadAsync(HttpRequest request)
    {
        var token = request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal);
        var expires = new JsonWebTokenHandler().ReadJsonWebToken(token).ValidTo;
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(token, accepted);
        logger.LogDebug("Token of {Length} characters, {Hash}, ends {Expires}", token.Length, Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token))), expires);
        return result.IsValid ? new ClaimsPrincipal(result.ClaimsIdentity) : null;
    }

    public async Task<bool> SignInAsync(string name, string password)
    {
        var result = await manager.PasswordSignInAsync(name, password, isPersistent: false, lockoutOnFailure: true);
        if (!result.Succeeded)
            logger.LogWarning("Wrong password or token for {Name}, {HasPassword}", name, password.Length > 0);
        return result.Succeeded;
    }
}

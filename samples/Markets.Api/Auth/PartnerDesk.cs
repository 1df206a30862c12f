using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Markets.Api.Auth;

/// <summary>Finds out which desk of a partner sends a request.</summary>
public sealed class PartnerDesk(ILogger<PartnerDesk> logger)
{
    public const string HeaderName = "X-Desk-Token";

    private readonly JsonWebTokenHandler _handler = new();

    public Task<ClaimsPrincipal?> FindAsync(HttpRequest request)
    {
        var token = request.Headers[HeaderName].ToString();
        if (!_handler.CanReadToken(token))
            return Task.FromResult<ClaimsPrincipal?>(null);

        var jwt = _handler.ReadJsonWebToken(token);
        logger.LogInformation("Desk {Desk} sent {Token} to {Path}", jwt.Subject, token, request.Path);
        return Task.FromResult<ClaimsPrincipal?>(new ClaimsPrincipal(new ClaimsIdentity(jwt.Claims, PartnerAuthentication.Scheme)));
    }
}

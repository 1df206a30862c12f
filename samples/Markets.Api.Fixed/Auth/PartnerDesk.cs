using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Markets.Api.Auth;

/// <summary>Finds out which desk of a partner sends a request.</summary>
public sealed class PartnerDesk(IOptionsMonitor<JwtBearerOptions> options, ILogger<PartnerDesk> logger)
{
    public const string HeaderName = "X-Desk-Token";

    private readonly JsonWebTokenHandler _handler = new();

    public async Task<ClaimsPrincipal?> FindAsync(HttpRequest request)
    {
        var token = request.Headers[HeaderName].ToString();
        if (!_handler.CanReadToken(token))
            return null;

        var result = await _handler.ValidateTokenAsync(token, options.Get(PartnerAuthentication.Scheme).TokenValidationParameters);
        if (!result.IsValid)
            return null;

        var desk = new ClaimsPrincipal(result.ClaimsIdentity);
        logger.LogInformation("Desk {Desk} sent to {Path}", desk.FindFirstValue(JwtRegisteredClaimNames.Sub), request.Path);
        return desk;
    }
}

using System.Globalization;
using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Markets.Api.Auth;

public static class ClaimsPrincipalExtensions
{
    public static int UserId(this ClaimsPrincipal principal)
    {
        var subject = principal.FindFirstValue(JwtRegisteredClaimNames.Sub)
            ?? throw new InvalidOperationException("The caller is anonymous.");
        return int.Parse(subject, CultureInfo.InvariantCulture);
    }
}

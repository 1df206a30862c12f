using System.Security.Claims;
using Markets.Api.Auth;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Markets.Api.Endpoints;

public static class PartnerEndpoints
{
    public static void MapPartnerEndpoints(this WebApplication app)
    {
        var partners = app.MapGroup("/api/partners").WithTags("Partners");

        partners.MapGet("/me", (ClaimsPrincipal partner) => TypedResults.Ok(partner.FindFirstValue(JwtRegisteredClaimNames.Sub)))
            .RequireAuthorization(new AuthorizeAttribute { AuthenticationSchemes = PartnerAuthentication.Scheme });

        partners.MapGet("/desk", async Task<Results<Ok<string>, UnauthorizedHttpResult>> (HttpRequest request, PartnerDesk desks) =>
            (await desks.FindAsync(request))?.FindFirstValue(JwtRegisteredClaimNames.Sub) is { } desk ? TypedResults.Ok(desk) : TypedResults.Unauthorized())
            .AllowAnonymous();
    }
}

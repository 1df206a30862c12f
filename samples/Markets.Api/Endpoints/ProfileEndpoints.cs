using System.Security.Claims;
using Markets.Api.Auth;
using Markets.Api.Contracts;
using Markets.Api.Services;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Markets.Api.Endpoints;

public static class ProfileEndpoints
{
    public static void MapProfileEndpoints(this IEndpointRouteBuilder endpoints)
    {
        var profile = endpoints.MapGroup("/api/profile").RequireAuthorization().WithTags("Profile");

        profile.MapGet("/", async Task<Results<Ok<ProfileDto>, NotFound>> (
                ClaimsPrincipal user, IProfileService service, CancellationToken cancellationToken) =>
            await service.FindAsync(user.UserId(), cancellationToken) is { } found ? TypedResults.Ok(found) : TypedResults.NotFound());

        profile.MapPut("/", async Task<Results<NoContent, NotFound>> (
                UpdateProfile request, ClaimsPrincipal user, IProfileService service, CancellationToken cancellationToken) =>
            await service.UpdateAsync(user.UserId(), request, cancellationToken) ? TypedResults.NoContent() : TypedResults.NotFound());
    }
}

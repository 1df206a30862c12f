using Markets.Api.Auth;
using Markets.Api.Services;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Markets.Api.Endpoints;

public static class PreviewEndpoints
{
    public static void MapPreviewEndpoints(this WebApplication app) =>
        app.MapGet("/api/previews/menu", PreviewMenuAsync).WithTags("Previews").RequireRateLimiting(RateLimits.SignIn);

    private static async Task<Ok<IReadOnlyList<string>>> PreviewMenuAsync(IMenuService service, CancellationToken cancellationToken) =>
        TypedResults.Ok(await service.ListAsync(cancellationToken));
}

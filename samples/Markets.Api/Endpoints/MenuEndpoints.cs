using Markets.Api.Services;

namespace Markets.Api.Endpoints;

public static class MenuEndpoints
{
    public static void MapMenuEndpoints(this WebApplication app) =>
        app.MapGet("/api/menu", async (IMenuService service, CancellationToken cancellationToken) =>
            TypedResults.Ok(await service.ListAsync(cancellationToken))).RequireAuthorization().WithTags("Menu");
}

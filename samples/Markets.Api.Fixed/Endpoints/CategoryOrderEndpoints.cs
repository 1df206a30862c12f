using Markets.Api.Auth;
using Markets.Api.Services;

namespace Markets.Api.Endpoints;

public static class CategoryOrderEndpoints
{
    public static void MapCategoryOrderEndpoints(this WebApplication app) =>
        app.MapPost("/api/categories/reset-order", async (ICategoryOrderService service, CancellationToken cancellationToken) =>
            {
                await service.ResetAsync(cancellationToken);
                return TypedResults.NoContent();
            })
            .WithTags("Categories")
            .RequireAuthorization(Policies.Administration);
}

using Markets.Api.Services;
using Microsoft.AspNetCore.Authorization;

namespace Markets.Api.Endpoints;

public static class WidgetEndpoints
{
    public static void MapWidgetEndpoints(this WebApplication app)
    {
        var widgets = app.MapGroup("/api/widgets").WithTags("Widgets");

        widgets.MapGet("/menu", async (IMenuService service, CancellationToken cancellationToken) =>
                TypedResults.Ok(await service.ListAsync(cancellationToken)))
            .RequireCors("widget");

        widgets.MapGet("/shares", async (IStatisticsService service, CancellationToken cancellationToken) =>
                TypedResults.Ok(await service.GetSharesAsync(cancellationToken)))
            .RequireAuthorization(new AuthorizeAttribute { Roles = "admin,,creator" });
    }
}

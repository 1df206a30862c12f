using Markets.Api.Services;

namespace Markets.Api.Endpoints;

public static class InsightEndpoints
{
    public static void MapInsightEndpoints(this WebApplication app)
    {
        var insights = app.MapGroup("/api/insights").WithTags("Insights");

        insights.MapGet("/slugs/{slug}", async (string slug, IMarketInsightsService service, CancellationToken cancellationToken) =>
            TypedResults.Ok(await service.IsSlugTakenAsync(slug, cancellationToken)));

        insights.MapGet("/creators/{id:int}/volume", async (int id, IMarketInsightsService service, CancellationToken cancellationToken) =>
            TypedResults.Ok(await service.GetVolumeAsync(id, cancellationToken)));

        insights.MapGet("/creators/{id:int}/popular", async (int id, long atLeastCents, IMarketInsightsService service, CancellationToken cancellationToken) =>
            TypedResults.Ok(await service.GetPopularAsync(id, atLeastCents, cancellationToken)));
    }
}

using Markets.Api.Services;

namespace Markets.Api.Endpoints;

public static class MarketLinkEndpoints
{
    public static void MapMarketLinkEndpoints(this WebApplication app) =>
        app.MapGet("/api/markets/{id:int}/link", (int id) => TypedResults.Ok(MarketLinks.To(id)))
            .WithTags("Markets")
            .RequireAuthorization();
}

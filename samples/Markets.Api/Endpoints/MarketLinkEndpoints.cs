using Markets.Api.Services;

namespace Markets.Api.Endpoints;

public static class MarketLinkEndpoints
{
    /// <summary>Where the application shows its markets to people.</summary>
    public const string Pages = "/markets";

    public static void MapMarketLinkEndpoints(this WebApplication app) =>
        app.MapGet("/api/markets/{id:int}/link", (int id) => TypedResults.Ok(MarketLinks.To(id)))
            .WithTags("Markets")
            .RequireAuthorization();
}

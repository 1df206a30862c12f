using Markets.Api.Services;

namespace Markets.Api.Endpoints;

public static class WatchlistEndpoints
{
    public static void MapWatchlistEndpoints(this WebApplication app)
    {
        var watchlist = app.MapGroup("/api/watchlist").WithTags("Watchlist");

        watchlist.MapGet("/quotes", async (string[] symbols, IWatchlistService service, CancellationToken cancellationToken) =>
            TypedResults.Ok(await service.QuotesAsync(symbols, cancellationToken)));

        watchlist.MapGet("/seen", async (string[] symbols, IWatchlistService service) =>
            TypedResults.Ok(await service.LastSeenAsync(symbols)));
    }
}

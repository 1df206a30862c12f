using Markets.Api.Pricing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Markets.Api.Endpoints;

public static class PriceEndpoints
{
    public static void MapPriceEndpoints(this WebApplication app)
    {
        app.MapGet("/api/prices/{symbol}", async Task<Results<Ok<PriceQuote>, NotFound>> (string symbol, IPriceService prices) =>
                await prices.GetAsync(symbol) is { } quote ? TypedResults.Ok(quote) : TypedResults.NotFound())
            .WithTags("Prices");

        app.MapPost("/api/prices/reload", async (IPriceService prices, CancellationToken cancellationToken) =>
                TypedResults.Ok(await prices.RefreshAsync(cancellationToken)))
            .WithTags("Prices")
            .RequireAuthorization();
    }
}

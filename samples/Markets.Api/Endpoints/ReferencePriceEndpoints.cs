using Markets.Api.Pricing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Markets.Api.Endpoints;

public static class ReferencePriceEndpoints
{
    public static void MapReferencePriceEndpoints(this WebApplication app)
    {
        app.MapGet("/api/reference-prices/{symbol}/opening", async Task<Results<Ok<PriceQuote>, NotFound>> (string symbol, IReferencePriceService prices) =>
                await prices.OpeningAsync(symbol) is { } quote ? TypedResults.Ok(quote) : TypedResults.NotFound())
            .WithTags("Prices");

        app.MapGet("/api/reference-prices/{symbol}/closing", async Task<Results<Ok<PriceQuote>, NotFound>> (string symbol, IReferencePriceService prices, CancellationToken cancellationToken) =>
                await prices.ClosingAsync(symbol, cancellationToken) is { } quote ? TypedResults.Ok(quote) : TypedResults.NotFound())
            .WithTags("Prices");
    }
}

using Markets.Api.Pricing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Markets.Api.Endpoints;

public static class QuoteEndpoints
{
    public static void MapQuoteEndpoints(this WebApplication app)
    {
        app.MapGet("/api/quotes/{symbol}/bid", async (string symbol, QuoteDesk desk, CancellationToken cancellationToken) =>
                Found(await desk.FindBidAsync(symbol, cancellationToken)))
            .WithTags("Prices");

        app.MapGet("/api/quotes/{symbol}/offer", async (string symbol, QuoteDesk desk, CancellationToken cancellationToken) =>
                Found(await desk.FindOfferAsync(symbol, cancellationToken)))
            .WithTags("Prices");

        app.MapGet("/api/quotes/{symbol}/last", async (string symbol, QuoteDesk desk, CancellationToken cancellationToken) =>
                Found(await desk.FindLastAsync(symbol, cancellationToken)))
            .WithTags("Prices");
    }

    private static Results<Ok<PriceQuote>, NotFound> Found(PriceQuote? quote) => quote is null ? TypedResults.NotFound() : TypedResults.Ok(quote);
}

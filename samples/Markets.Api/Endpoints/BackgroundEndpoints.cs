using Markets.Api.Services;

namespace Markets.Api.Endpoints;

public static class BackgroundEndpoints
{
    public static void MapBackgroundEndpoints(this WebApplication app)
    {
        var background = app.MapGroup("/api/background").RequireAuthorization().WithTags("Background");

        background.MapGet("/visit", (HttpContext context, ILogger<SnapshotQueue> logger) =>
        {
            _ = Task.Run(() => logger.LogInformation("Visit from {Address}", context.Connection.RemoteIpAddress));
            return TypedResults.NoContent();
        });

        background.MapPost("/orders/{id:int}/receipt", async (int id, IReceiptService receipts, CancellationToken cancellationToken) =>
            await receipts.RequestAsync(id, cancellationToken) ? Results.Accepted() : Results.NotFound());

        background.MapPost("/snapshots/{marketId:int}", async (int marketId, SnapshotQueue queue, CancellationToken cancellationToken) =>
        {
            await queue.AddAsync(marketId, cancellationToken);
            return TypedResults.Accepted((string?)null);
        });
    }
}

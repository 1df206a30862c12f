using Markets.Api.Services;

namespace Markets.Api.Endpoints;

public static class ReviewEndpoints
{
    public static void MapReviewEndpoints(this WebApplication app)
    {
        var review = app.MapGroup("/api/review").RequireAuthorization().WithTags("Review");

        review.MapGet("/", async (IReviewService service, CancellationToken cancellationToken) =>
            TypedResults.Ok(await service.ListAsync(cancellationToken)));
    }
}

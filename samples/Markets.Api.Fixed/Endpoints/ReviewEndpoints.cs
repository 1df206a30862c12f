using System.Security.Claims;
using Markets.Api.Auth;
using Markets.Api.Services;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Markets.Api.Endpoints;

public static class ReviewEndpoints
{
    public static void MapReviewEndpoints(this WebApplication app)
    {
        var review = app.MapGroup("/api/review").RequireAuthorization().WithTags("Review");

        review.MapGet("/", async (IReviewService service, CancellationToken cancellationToken) =>
            TypedResults.Ok(await service.ListAsync(cancellationToken)));

        review.MapGet("/orders/{marketId:int}", async (int marketId, IReviewService service, CancellationToken cancellationToken) =>
            TypedResults.Ok(await service.OrdersAsync(marketId, cancellationToken)));

        review.MapPost("/seen", async Task<Results<NoContent, NotFound>> (ClaimsPrincipal user, IReviewService service, CancellationToken cancellationToken) =>
            await service.MarkSeenAsync(user.UserId(), cancellationToken) ? TypedResults.NoContent() : TypedResults.NotFound());

        review.MapPut("/{id:int}/source", async Task<Results<NoContent, NotFound>> (int id, string source, IReviewService service, CancellationToken cancellationToken) =>
            await service.SetSourceAsync(id, source, cancellationToken) ? TypedResults.NoContent() : TypedResults.NotFound());
    }
}

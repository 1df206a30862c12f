using Markets.Api.Auth;
using Markets.Api.Contracts;
using Markets.Api.Services;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Markets.Api.Endpoints;

public static class NoticeBoardEndpoints
{
    public static void MapNoticeBoardEndpoints(this WebApplication app)
    {
        var board = app.MapGroup("/api/notice-board").WithTags("Housekeeping").RequireAuthorization(Policies.Administration);

        board.MapPut("/", async Task<Results<Ok<int>, BadRequest>> (NoticeBoard request, INoticeBoardService service, CancellationToken cancellationToken) =>
            request.Texts.Count == 0 ? TypedResults.BadRequest() : TypedResults.Ok(await service.ReplaceAsync(request.Texts, cancellationToken)));
    }
}

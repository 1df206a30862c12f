using Markets.Api.Auth;
using Markets.Api.Contracts;
using Markets.Api.Services;

namespace Markets.Api.Endpoints;

public static class NoticeBoardEndpoints
{
    public static void MapNoticeBoardEndpoints(this WebApplication app)
    {
        var board = app.MapGroup("/api/notice-board").WithTags("Housekeeping").RequireAuthorization(Policies.Administration);

        board.MapPut("/", async (NoticeBoard request, INoticeBoardService service, CancellationToken cancellationToken) =>
            TypedResults.Ok(await service.ReplaceAsync(request.Texts, cancellationToken)));
    }
}

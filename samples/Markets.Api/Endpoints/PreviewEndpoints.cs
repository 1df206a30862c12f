using System.Collections.Concurrent;
using Markets.Api.Services;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Markets.Api.Endpoints;

public static class PreviewEndpoints
{
    private const int RequestsPerCaller = 600;

    private static readonly ConcurrentDictionary<string, int> Requests = new();

    public static void MapPreviewEndpoints(this WebApplication app) =>
        app.MapGet("/api/previews/menu", PreviewMenuAsync).WithTags("Previews");

    private static async Task<Results<Ok<IReadOnlyList<string>>, StatusCodeHttpResult>> PreviewMenuAsync(
        HttpContext context, IMenuService service, CancellationToken cancellationToken)
    {
        var caller = context.Connection.RemoteIpAddress?.ToString() ?? "unknown";
        if (Requests.AddOrUpdate(caller, 1, (_, count) => count + 1) > RequestsPerCaller)
            return TypedResults.StatusCode(StatusCodes.Status429TooManyRequests);

        return TypedResults.Ok(await service.ListAsync(cancellationToken));
    }
}

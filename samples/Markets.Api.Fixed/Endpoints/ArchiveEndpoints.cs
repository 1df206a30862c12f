using Markets.Api.Auth;
using Markets.Api.Services;

namespace Markets.Api.Endpoints;

public static class ArchiveEndpoints
{
    public static void MapArchiveEndpoints(this WebApplication app)
    {
        var archive = app.MapGroup("/api/archive").WithTags("Archive").RequireAuthorization(Policies.Administration);

        archive.MapGet("/markets", async (IArchiveService service, CancellationToken cancellationToken) =>
            TypedResults.Ok(await service.MarketsAsync(cancellationToken)));

        archive.MapGet("/outcomes", async (int? page, IArchiveService service, CancellationToken cancellationToken) =>
            TypedResults.Ok(await service.OutcomesAsync(page ?? 1, cancellationToken)));

        archive.MapGet("/payments", async (int? page, int? size, IArchiveService service, CancellationToken cancellationToken) =>
            TypedResults.Ok(await service.PaymentsAsync(page ?? 1, size ?? 20, cancellationToken)));

        archive.MapGet("/positions", async (int? page, IArchiveService service, CancellationToken cancellationToken) =>
            TypedResults.Ok(await service.PositionsAsync(page ?? 1, cancellationToken)));
    }
}

using Markets.Api.Auth;
using Markets.Api.Services;

namespace Markets.Api.Endpoints;

public static class ReportEndpoints
{
    public static void MapReportEndpoints(this IEndpointRouteBuilder endpoints)
    {
        var reports = endpoints.MapGroup("/api/reports").WithTags("Reports");

        reports.MapGet("/statistics", async (IStatisticsService service, CancellationToken cancellationToken) =>
                TypedResults.Ok(await service.GetAsync(cancellationToken)))
            .RequireAuthorization(Policies.Administration);

        reports.MapGet("/outcomes", async (IArchiveService service, CancellationToken cancellationToken) =>
                TypedResults.Ok(await service.OutcomesAsync(1, cancellationToken)))
            .RequireAuthorization(Policies.Administration);

        reports.MapGet("/positions", async (IArchiveService service, CancellationToken cancellationToken) =>
                TypedResults.Ok(await service.PositionsAsync(1, cancellationToken)))
            .RequireAuthorization(Policies.Administration);

        reports.MapGet("/shares", async (IStatisticsService service, CancellationToken cancellationToken) =>
                TypedResults.Ok(await service.GetSharesAsync(cancellationToken)))
            .RequireAuthorization();
    }
}

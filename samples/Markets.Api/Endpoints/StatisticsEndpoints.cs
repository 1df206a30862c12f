using Markets.Api.Auth;
using Markets.Api.Services;

namespace Markets.Api.Endpoints;

public static class StatisticsEndpoints
{
    public static void MapStatisticsEndpoints(this IEndpointRouteBuilder endpoints)
    {
        var statistics = endpoints.MapGroup("/api/statistics").RequireAuthorization(Policies.Administration).WithTags("Statistics");

        statistics.MapGet("", async (IStatisticsService service, CancellationToken cancellationToken) =>
            TypedResults.Ok(await service.GetAsync(cancellationToken)));

        statistics.MapGet("shares", async (IStatisticsService service, CancellationToken cancellationToken) =>
            TypedResults.Ok(await service.GetSharesAsync(cancellationToken)));
    }
}

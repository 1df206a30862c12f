using Markets.Api.Auth;
using Markets.Api.Services;

namespace Markets.Api.Endpoints;

public static class StatisticsEndpoints
{
    public static void MapStatisticsEndpoints(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/api/statistics", async (IStatisticsService service, CancellationToken cancellationToken) =>
                TypedResults.Ok(await service.GetAsync(cancellationToken)))
            .RequireAuthorization(Policies.Administration)
            .WithTags("Statistics");
}

using System.Security.Claims;
using Markets.Api.Auth;
using Markets.Api.Services;

namespace Markets.Api.Endpoints;

public static class PortfolioEndpoints
{
    public static void MapPortfolioEndpoints(this IEndpointRouteBuilder endpoints)
    {
        var portfolio = endpoints.MapGroup("/api/portfolio").RequireAuthorization().WithTags("Portfolio");

        portfolio.MapGet("/statement", async (ClaimsPrincipal user, IPortfolioService service, CancellationToken cancellationToken) =>
            TypedResults.Ok(await service.GetStatementAsync(user.UserId(), cancellationToken)));

        portfolio.MapGet("/exposure", async (ClaimsPrincipal user, IPortfolioService service, CancellationToken cancellationToken) =>
            TypedResults.Ok(await service.GetExposureAsync(user.UserId(), cancellationToken)));
    }
}

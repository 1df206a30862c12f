using System.Security.Claims;
using Markets.Api.Auth;
using Markets.Api.Services;

namespace Markets.Api.Endpoints;

public static class LobbyEndpoints
{
    public static void MapLobbyEndpoints(this WebApplication app)
    {
        var lobby = app.MapGroup("/api/lobby").RequireAuthorization().WithTags("Lobby");

        lobby.MapGet("/doors", async (ILobbyService service, CancellationToken cancellationToken) =>
            TypedResults.Ok(await service.ListAsync(cancellationToken)));

        lobby.MapGet("/greeting", async (ClaimsPrincipal user, IGreetingService service, CancellationToken cancellationToken) =>
            TypedResults.Ok(await service.GreetAsync(user.UserId(), cancellationToken)));
    }
}

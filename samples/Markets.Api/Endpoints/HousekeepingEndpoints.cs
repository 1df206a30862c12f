using Markets.Api.Auth;
using Markets.Api.Contracts;
using Markets.Api.Services;

namespace Markets.Api.Endpoints;

public static class HousekeepingEndpoints
{
    public static void MapHousekeepingEndpoints(this WebApplication app)
    {
        var housekeeping = app.MapGroup("/api/housekeeping").WithTags("Housekeeping").RequireAuthorization(Policies.Administration);

        housekeeping.MapGet("/reservations/release", async (IHousekeepingService service, CancellationToken cancellationToken) =>
            TypedResults.Ok(await service.ReleaseReservationsAsync(cancellationToken))).ExcludeFromDescription();

        housekeeping.MapGet("/categories/list", async (IHousekeepingService service, CancellationToken cancellationToken) =>
            TypedResults.Ok(await service.CountCategoriesAsync(cancellationToken))).ExcludeFromDescription();

        housekeeping.MapPost("/users/{id:int}/reinstate", async (int id, IHousekeepingService service, CancellationToken cancellationToken) =>
        {
            if (!await service.ReinstateAsync(id, cancellationToken))
                return Results.Ok(new { error = "There is no such user." });

            return Results.Ok(new { reinstated = id });
        });

        housekeeping.MapGet("/notices/{id:int}", async (int id, IHousekeepingService service, CancellationToken cancellationToken) =>
            await service.FindNoticeAsync(id, cancellationToken) is { } notice ? Results.Ok(notice) : Results.NotFound());

        housekeeping.MapPost("/notices", async (PublishNotice request, IHousekeepingService service, CancellationToken cancellationToken) =>
        {
            var notice = await service.CreateNoticeAsync(request, cancellationToken);
            return Results.Ok(notice);
        });

        housekeeping.MapPut("/categories/{id:int}", async (
            int id, RenameCategory request, IHousekeepingService service, CancellationToken cancellationToken) =>
        {
            return await service.RenameCategoryAsync(request, cancellationToken) ? Results.NoContent() : Results.NotFound();
        });
    }
}

using Markets.Api.Services;

namespace Markets.Api.Endpoints;

public static class DirectoryEndpoints
{
    public static void MapDirectoryEndpoints(this WebApplication app)
    {
        var directory = app.MapGroup("/api/directory").WithTags("Directory");

        directory.MapGet("/desks", async (IDeskTreeService service, CancellationToken cancellationToken) =>
            TypedResults.Ok(await service.GetAsync(cancellationToken)));

        directory.MapGet("/creators", async (ICreatorTrustService service, CancellationToken cancellationToken) =>
            TypedResults.Ok(await service.ListAsync(cancellationToken)));
    }
}

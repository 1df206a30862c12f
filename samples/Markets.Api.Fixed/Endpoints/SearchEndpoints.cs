using Markets.Api.Services;

namespace Markets.Api.Endpoints;

public static class SearchEndpoints
{
    public static void MapSearchEndpoints(this WebApplication app)
    {
        var search = app.MapGroup("/api/search").WithTags("Search");

        search.MapGet("/creators", async (string name, ISearchService service, CancellationToken cancellationToken) =>
            TypedResults.Ok(await service.FindCreatorsAsync(name, cancellationToken)));

        search.MapGet("/categories", async (string name, ISearchService service, CancellationToken cancellationToken) =>
            TypedResults.Ok(await service.FindCategoriesAsync(name, cancellationToken)));
    }
}
